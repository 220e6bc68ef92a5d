"""One talk on the desk: planning it, changing the plan, what came of it, its poster."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.asked import asked_id
from zhuoluo.matters.actions import Registered
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.plan import MoveForm, PlanForm, SubstituteForm, VersionForm
from zhuoluo.outreach.talks.forms.record import AnswerForm, HoldForm, RaiseForm
from zhuoluo.outreach.talks.models import Lesson, Order, Talk
from zhuoluo.outreach.talks.views.shown import READS, allow, clauses, done, or_404, own_units
from zhuoluo.papers.reads.pdf import sheet


def _own(request: HttpRequest, talk_id: UUID) -> Talk:
    row = or_404(lambda: reads.talk(talk_id))
    allow(asking(request), row.unit_id)
    return row


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Plan a talk: from an order, from a lesson of the menu, or freely."""
    by = asking(request)
    order = _order(request)
    lesson = order.lesson if order else _lesson(request)
    everybody = reads.lecturers()
    form = PlanForm(
        request.POST if request.method == "POST" else None, units=own_units(by), lecturers=everybody, teams=reads.teams(),
        likely=reads.teachers_of(lesson.pk) if lesson else (), initial=_start(order, lesson, by.unit_id),
    )  # fmt: skip
    made: list[Talk] = []
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            content = form.content(lesson.pk if lesson else None)
            made.append(
                actions.plan(
                    content=content, order_id=order.pk if order else None, key=form.cleaned_data["key"], by=by, at=timezone.now()
                )
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("安排好了。公布以后，日历上看得到。"))
            return redirect("talks:talk", made[0].pk)
    return render(request, "talks/plan.html", {"form": form, "order": order, "lesson": lesson})


def _given(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _order(request: HttpRequest) -> Order | None:
    wanted = asked_id(_given(request).get("order"))
    if wanted is None:
        return None
    row = or_404(lambda: reads.order(wanted))
    if not actions.may_serve(asking(request), row):
        raise PermissionDenied
    return row


def _lesson(request: HttpRequest) -> Lesson | None:
    wanted = asked_id(_given(request).get("lesson"))
    return or_404(lambda: reads.lesson(wanted, open_only=True)) if wanted else None


def _start(order: Order | None, lesson: Lesson | None, unit_id: UUID | None) -> dict[str, Any]:
    start: dict[str, Any] = {"unit": str(unit_id or ""), "starts": "19:00"}
    if lesson is not None:
        start |= {
            "title": lesson.title,
            "kind": lesson.kinds[0],
            "minutes": lesson.minutes,
            "team": str(lesson.team_id or ""),
        }
    if order is not None:
        start |= {
            "day": order.from_day,
            "area": f"={order.area_id}" if order.area_id else "",
            "place": order.place,
        }
    return start


@needs(*READS)
@require_GET
def page(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Show one talk: who, when, where, what came of it."""
    by = asking(request)
    whole = or_404(lambda: reads.talk_file(talk_id))
    talk, now = whole.talk, timezone.now()
    holds = actions.may_hold(by, talk.unit_id)
    context = {
        "file": whole, "talk": talk, "holds": holds, "began": talk.starts_at <= now,
        "clauses": reads.clauses_of(talk.lesson_id, talk.day) if talk.lesson_id else [], "now": now,
        "order": reads.order_of(talk), "room": talk.live and by.can(Permission.MODERATE),
    }  # fmt: skip
    return render(request, "talks/talk.html", context)


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Move a talk to another time or place."""
    talk = _own(request, talk_id)
    starts = talk.starts_at.astimezone(SHANGHAI)
    start = {
        "day": starts.date(), "starts": starts.time(), "minutes": int((talk.ends_at - talk.starts_at).total_seconds() // 60),
        "place": talk.place, "version": talk.version,
    }  # fmt: skip
    form = MoveForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        begins, ends = form.hours()

        def deed() -> object:
            return actions.move(
                talk_id=talk_id, starts_at=begins, ends_at=ends, place=data["place"], reason=data["reason"],
                version=data["version"], by=asking(request), at=timezone.now(),
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("改好了，日历和点单的人都看得到。"))
            return redirect("talks:talk", talk_id)
    return render(request, "talks/move.html", {"form": form, "talk": talk})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def substitute(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Let somebody teach in another's place."""
    talk = _own(request, talk_id)
    form = SubstituteForm(
        request.POST if request.method == "POST" else None, teaching=reads.teachers([talk_id]).get(talk_id, []),
        lecturers=reads.lecturers(), initial={"version": talk.version},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.substitute(
                talk_id=talk_id, away=UUID(data["away"]), instead=UUID(data["instead"]), reason=data["reason"],
                version=data["version"], by=asking(request), at=timezone.now(),
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("换好了。"))
            return redirect("talks:talk", talk_id)
    return render(request, "talks/substitute.html", {"form": form, "talk": talk})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Call a talk off."""
    talk = _own(request, talk_id)
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": talk.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.cancel(
                talk_id=talk_id, reason=data["reason"], version=data["version"], by=asking(request), at=timezone.now()
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("取消了，日历上写明了原因。"))
            return redirect("talks:talk", talk_id)
    return render(request, "talks/cancel.html", {"form": form, "talk": talk})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Record that a talk was held, and how many came."""
    talk = _own(request, talk_id)
    start = {
        "counting": talk.counting,
        "people": talk.people,
        "how": talk.counted_how,
        "version": talk.version,
    }
    form = HoldForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.hold(
                talk_id=talk_id, counting=data["counting"], people=data["people"], how=data["how"], version=data["version"],
                by=asking(request), at=timezone.now(),
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("登记好了。有人当场问了什么、提了什么，接着记。"))
            return redirect("talks:talk", talk_id)
    return render(request, "talks/hold.html", {"form": form, "talk": talk})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Keep a question answered on the spot; the clause is found by its words."""
    talk = _own(request, talk_id)
    words = (request.POST if request.method == "POST" else request.GET).get("q", "")
    found = clauses(words, talk.day)
    sent = request.method == "POST" and "find" not in request.POST
    form = AnswerForm(
        request.POST if sent else None, clauses=found, initial=request.POST.dict() if not sent else {}
    )
    if sent and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.answer_on_spot(
                talk_id=talk_id, text=data["text"], answer=data["answer"], clause_id=form.clause_id(), by=asking(request),
                at=timezone.now(),
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("记下了。"))
            return redirect("talks:talk", talk_id)
    context = {
        "form": form,
        "talk": talk,
        "q": words,
        "found": found,
        "looked": bool(words.strip()) and not found,
    }
    return render(request, "talks/answer.html", context)


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Make a question nobody could answer a matter, with an owner and a date."""
    return _raise(request, talk_id, "ask")


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Make a suggestion gathered at a talk a matter."""
    return _raise(request, talk_id, "suggest")


def _raise(request: HttpRequest, talk_id: UUID, what: str) -> HttpResponse:
    talk = _own(request, talk_id)
    deed = actions.raise_question if what == "ask" else actions.suggest
    form = RaiseForm(request.POST if request.method == "POST" else None, units=reads.offices())
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            made.append(
                deed(
                    talk_id=talk_id, text=data["text"], contact=form.contact(), key=data["key"], unit_id=form.unit_id(),
                    by=asking(request), at=timezone.now(), law=law(),
                )
            )  # fmt: skip

        if done(form, act):
            return render(request, "talks/raised.html", {"talk": talk, "made": made[0], "what": what})
    return render(request, "talks/raise.html", {"form": form, "talk": talk, "what": what})


@needs(*READS)
@require_GET
def poster(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Hand out the poster: what, when, where, and the code that opens the talk on a phone."""
    talk = or_404(lambda: reads.talk(talk_id))
    link = request.build_absolute_uri(reverse("talks:public", args=[talk_id]))
    starts, ends = talk.starts_at.astimezone(SHANGHAI), talk.ends_at.astimezone(SHANGHAI)
    who = "、".join(t.lecturer.name for t in reads.teachers([talk_id]).get(talk_id, []))
    data = {
        "title": talk.title, "place": talk.place, "unit": talk.unit.name, "county": jurisdiction().name, "who": who,
        "when": f"{starts:%Y}年{starts.month}月{starts.day}日（星期{'一二三四五六日'[starts.weekday()]}）{starts:%H:%M}—{ends:%H:%M}",
        "link": link, "qr": segno.make(link, error="m", micro=False).svg_inline(border=2),
        "cancelled": talk.state == "cancelled",
    }  # fmt: skip
    response = HttpResponse(sheet("poster.typ", data, at=timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="poster-{talk.day:%Y%m%d}.pdf"'
    return response
