"""The moderator's pages: rooms, the queue, one act at a time, the wall."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.live import actions, reads
from zhuoluo.outreach.live.actions import Given
from zhuoluo.outreach.live.forms import AnswerForm, HideForm, StreamForm
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.rules.polling import EVERY_MS, JITTER_MS, Asked
from zhuoluo.outreach.live.views.shown import PIECES, desk_room, tried
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.policy.forms.calculators import CalculatorForm
from zhuoluo.outreach.talks.reads import offices

WRITING = ("answer", "find", "reckon")  # while an answer is being written


def _link(request: HttpRequest, room: Room) -> str:
    path = reverse("live:room", args=[room.code])
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _qr(link: str) -> SafeString:
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        scale=6, border=2, dark="#000", light="#fff"
    )
    return mark_safe(drawn)  # noqa: S308  # drawn by segno from our own address


@needs(Permission.MODERATE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List the rooms, the newest first."""
    by = asking(request)
    rows, following = reads.rooms(after=request.GET.get("after", ""))
    context = {
        "rooms": [(row, actions.may_moderate(by, row.talk.unit_id)) for row in rows], "next": following,
        "talks": [t for t in reads.without_room(timezone.now()) if actions.may_moderate(by, t.unit_id)],
    }  # fmt: skip
    return render(request, "live/home.html", context)


@needs(Permission.MODERATE)
@require_POST
def make(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Make the room of a talk and open its page."""
    made: list[Room] = []
    why = tried(
        lambda: made.append(actions.make_room(talk_id=talk_id, by=asking(request), at=timezone.now()))
    )
    if why:
        messages.error(request, why)
        return redirect("live:home")
    return redirect("live:desk", room_id=made[0].pk)


@needs(Permission.MODERATE)
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Show the queue and the wall's questions; POST begins, sets the picture, or closes."""
    room = desk_room(room_id, asking(request))
    form = StreamForm(request.POST if "hls" in request.POST else None, initial={"hls": room.hls})
    if request.method == "POST":
        deed = _room_deed(request, room, form)
        why = tried(deed)
        if why:
            messages.error(request, why)
        return redirect("live:desk", room_id=room.pk)
    context = {
        "room": room, "form": form, "waiting": reads.waiting(room.pk), "rows": reads.moderated(room.pk),
        "link": _link(request, room), "units": offices(), "left": reads.left_open(room.pk),
    }  # fmt: skip
    return render(request, "live/desk.html", context)


def _room_deed(request: HttpRequest, room: Room, form: StreamForm) -> Callable[[], object]:
    by, at = asking(request), timezone.now()
    if "begin" in request.POST:
        return lambda: actions.begin(room_id=room.pk, by=by, at=at)
    if "close" in request.POST:
        unit = next((u.id for u in offices() if str(u.id) == request.POST.get("unit")), None)
        return lambda: actions.close(room_id=room.pk, unit_id=unit, by=by, at=at, law=law())
    hls = form.cleaned_data["hls"] if form.is_valid() else ""
    return lambda: actions.set_stream(room_id=room.pk, hls=hls, by=by, at=at)


@needs(Permission.MODERATE)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: what it says, what can be done with it, clauses found for its answer."""
    row = _question(request, question_id)
    act = request.POST.get("act", "")
    hiding = HideForm(request.POST if act == "hide" else None)
    answering = AnswerForm(request.POST if act in WRITING else None, calculators=_calculators())
    reckoning = _reckoning(request, act)
    if request.method == "POST" and act not in {"find", "reckon"}:
        form = {"hide": hiding, "answer": answering}.get(act)
        if (form is None or form.is_valid()) and (act != "answer" or _reckons(reckoning)):
            why = tried(_deed(request, question_id, act, form.cleaned_data if form else {}, reckoning))
            if not why:
                return redirect("live:desk", room_id=row.room_id)
            if form is None:
                messages.error(request, why)
                return redirect("live:question", question_id=question_id)
            form.add_error(None, why)
    words = request.POST.get("find", "").strip() or row.text
    context = {
        "question": row, "hiding": hiding, "answering": answering, "similar": [q for q in reads.similar(row.text) if q.pk != row.pk],
        "clauses": policy.search(words, on=_today(), limit=8), "reckoning": reckoning, "made": _made(reckoning, act),
        "chosen": request.POST.getlist("clause"), "others": [q for q in reads.shown(row.room_id) if q.pk != row.pk],
        "units": offices(),
    }  # fmt: skip
    return render(request, "live/question.html", context)


def _question(request: HttpRequest, question_id: UUID) -> Question:
    try:
        row = reads.question(question_id)
    except reads.NotFound as error:
        raise Http404 from error
    if not actions.may_moderate(asking(request), row.room.talk.unit_id):
        raise PermissionDenied
    return row


def _today() -> date:
    return timezone.now().astimezone(SHANGHAI).date()


def _calculators() -> list[tuple[str, str]]:
    return [(one.slug, _(one.title)) for one in policy.calculators(_today())]


def _reckoning(request: HttpRequest, act: str) -> CalculatorForm | None:
    """Return the questions of the calculator chosen for an answer, with what was typed so far."""
    slug = request.POST.get("calculator", "")
    if act not in WRITING or slug not in {key for key, _title in _calculators()}:
        return None
    begun = any(name.startswith("c-") for name in request.POST)
    chosen = policy.calculator(slug)
    form = CalculatorForm(
        request.POST if begun else None,
        calculator=chosen,
        today=_today(),
        prefix="c",
        use_required_attribute=False,
    )
    del form.fields["on"]  # an answer is reckoned by the standards of its own day
    return form


def _made(form: CalculatorForm | None, act: str) -> policy.Calculation | None:
    """Reckon what was typed, for the moderator to see before the answer goes out."""
    if form is None or not form.is_bound or act == "answer" or not form.is_valid():
        return None
    return form.reckoned(lambda given, on: policy.calculate(form.calculator.slug, given, on=on), on=_today())


def _reckons(form: CalculatorForm | None) -> bool:
    """Say whether the calculation, if there is one, makes sense; what does not is said beside its question."""
    if form is None:
        return True
    if not form.is_bound or not form.is_valid():
        return False
    done = form.reckoned(lambda given, on: policy.calculate(form.calculator.slug, given, on=on), on=_today())
    return done is not None


def _deed(
    request: HttpRequest, question_id: UUID, act: str, given: dict[str, str], form: CalculatorForm | None
) -> Callable[[], object]:
    by, at, post = asking(request), timezone.now(), request.POST
    common: dict[str, Any] = {"question_id": question_id, "by": by, "at": at}
    if act == "let_through":
        return lambda: actions.let_through(**common)
    if act == "hide":
        return lambda: actions.hide(reason=given["reason"], words=given["words"], **common)
    if act == "merge":
        return lambda: actions.merge(into=_id(post.get("into")), **common)
    if act in {"pin", "unpin"}:
        return lambda: actions.pin(pinned=act == "pin", **common)
    if act == "take_up":
        return lambda: actions.take_up(**common)
    if act == "answer":
        resting = Given(
            clauses=[_id(one) for one in post.getlist("clause")],
            calculator=form.calculator.slug if form else "", values=dict(form.cleaned_data) if form else None,
        )  # fmt: skip
        return lambda: actions.answer(text=given["text"], given=resting, **common)
    if act == "hand_over":
        return lambda: actions.hand_over(unit_id=_id(post.get("unit")), law=law(), **common)
    raise Http404


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error


@needs(Permission.MODERATE)
@require_GET
def wall(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Show the view for the projector."""
    room = desk_room(room_id, asking(request))
    link = _link(request, room)
    language = "en" if get_language() == "en" else "zh"
    piece = PIECES.get(Asked(room.code, "wall", language))
    context = {
        "room": room, "link": link, "qr": _qr(link), "piece": piece.body.decode() if piece else "",
        "mark": piece.mark if piece else "", "language": language, "every": EVERY_MS, "jitter": JITTER_MS, "title": _("直播提问"),
    }  # fmt: skip
    return render(request, "live/wall.html", context)
