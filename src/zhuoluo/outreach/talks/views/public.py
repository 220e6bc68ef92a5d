"""What everybody sees: the calendar of talks, one talk, the menu; ordering and rating without an account."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.address import address_of
from zhuoluo.org.access import public
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import RESIDENT
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.order import OrderForm
from zhuoluo.outreach.talks.forms.record import RateForm
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.rules.words import KINDS
from zhuoluo.outreach.talks.views.follow import remember
from zhuoluo.outreach.talks.views.shown import asked_words, calendar_answer, done, or_404

AHEAD = timedelta(days=60)
COOKIE, YEAR = "talk_mark", 365 * 24 * 3600


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is taught soon and where, day by day."""
    rows = reads.days(today(), today() + AHEAD, public=True)
    return render(request, "talks/calendar.html", {"rows": rows, "today": today()})


@public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Return the published talks as a calendar to subscribe to."""
    rows = reads.days(today(), today() + AHEAD, public=True)
    return calendar_answer(rows, _("%(place)s政策宣讲") % {"place": jurisdiction().name})


def _talk(talk_id: UUID) -> Talk:
    return or_404(lambda: reads.talk(talk_id, public=True))


@public
@require_GET
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Show one talk: what, when, where, by whom; rating it once it began."""
    row, now = _talk(talk_id), timezone.now()
    context = {
        "talk": row, "teachers": reads.teachers([talk_id]).get(talk_id, []),
        "clauses": reads.clauses_of(row.lesson_id, row.day) if row.lesson_id else [],
        "rates": row.state != "cancelled" and row.starts_at <= now, "coming": row.ends_at > now,
    }  # fmt: skip
    return render(request, "talks/public_talk.html", context)


@public
@require_GET
def event(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Return one talk for one's own calendar."""
    row = _talk(talk_id)
    response = calendar_answer([row], row.title, remind=timedelta(hours=2))
    response["Content-Disposition"] = f'attachment; filename="talk-{row.day:%Y%m%d}.ics"'
    return response


@public
@never_cache
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Say how a talk was: no account, no name, one word a phone."""
    row = _talk(talk_id)
    form = RateForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        mark = request.COOKIES.get(COOKIE, "")[:64] or data["key"]

        def deed() -> object:
            return actions.rate(
                talk_id=talk_id, mark=mark, value=int(data["value"]), words=data["words"], at=timezone.now(),
                address=address_of(request),
            )  # fmt: skip

        try:
            if done(form, deed):
                return _marked(request, render(request, "talks/rated.html", {"talk": row}), mark)
        except actions.TooMany:
            form.add_error(None, _("这里一小时评得太多了，请过一会儿再评。"))
            status = 429
    begun = row.starts_at <= timezone.now() and row.state != "cancelled"
    response = render(request, "talks/rate.html", {"talk": row, "form": form, "begun": begun}, status=status)
    return _marked(request, response, secrets.token_urlsafe(24))


def _marked(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """Give a phone its mark, so that what it says again takes the place of what it said."""
    if not request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE, mark, max_age=YEAR, path="/talks/", httponly=True, samesite="Lax", secure=settings.HTTPS
        )  # fmt: skip
    return response


@public
@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """Show the menu: what can be ordered, found by words."""
    words, kind = asked_words(request), request.GET.get("kind", "")
    page = reads.menu(words=words, kind=kind if kind in KINDS else "", after=request.GET.get("after", ""))
    context = {"rows": page.rows, "next": page.next, "q": words, "kind": kind, "kinds": KINDS.items()}
    return render(request, "talks/public_menu.html", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Order a lesson: no account, one page."""
    row = or_404(lambda: reads.lesson(lesson_id, open_only=True))
    form = OrderForm(request.POST if request.method == "POST" else None)
    made: list[actions.Ordered] = []
    status = 200
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            made.append(
                actions.order(
                    wish=form.wish(lesson_id), contact=form.contact(), key=form.cleaned_data["key"], at=timezone.now(),
                    by=RESIDENT, address=address_of(request),
                )
            )  # fmt: skip

        try:
            if done(form, deed):
                remember(request, made[0].order.pk)
                return redirect("talks:mine")
        except actions.TooMany:
            form.add_error(None, _("点单的次数太多了，请一小时后再试，或者打电话。"))
            status = 429
    context = {
        "row": row, "form": form, "clauses": reads.clauses_of(lesson_id, today()), "kinds": [KINDS[k] for k in row.kinds]
    }  # fmt: skip
    return render(request, "talks/public_order.html", context, status=status)
