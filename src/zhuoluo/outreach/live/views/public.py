"""What everybody opens from the QR code: the picture, the questions, asking, supporting, one's own question."""

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.kit.opened import Opened
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.actions import code_of as matter_code
from zhuoluo.matters.reads import follow, raised
from zhuoluo.org.access import public
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.outreach.live import actions, reads
from zhuoluo.outreach.live.forms import AskForm, FindForm
from zhuoluo.outreach.live.models import Question
from zhuoluo.outreach.live.rules.asking import Refused
from zhuoluo.outreach.live.rules.polling import EVERY_MS, JITTER_MS, Asked
from zhuoluo.outreach.live.views.shown import PIECES, WHY, digest, marked, room_or_404
from zhuoluo.outreach.policy import reads as policy

OPENED = Opened("live_questions")


@public
@never_cache
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the room: picture, questions, what one asked oneself."""
    room = room_or_404(code)
    language = "en" if get_language() == "en" else "zh"
    piece = PIECES.get(Asked(code, "list", language))
    response = render(
        request,
        "live/room.html",
        {
            "room": room, "piece": piece.body.decode() if piece else "", "mark": piece.mark if piece else "", "language": language,
            "mine": reads.mine(room.pk, digest(request)), "every": EVERY_MS, "jitter": JITTER_MS,
        },
    )  # fmt: skip
    response._csp_update = {"media-src": _sources(room.hls), "connect-src": ["'self'"]}  # type: ignore[attr-defined]  # read by django-csp
    return marked(request, response)


def _sources(hls: str) -> list[str]:
    """The one origin the picture of this room comes from may be played here."""
    parts = urlsplit(hls)
    return ["'self'", "blob:", *([f"{parts.scheme}://{parts.netloc}"] if hls else [])]


@public
@never_cache
@require_GET
def now(request: HttpRequest, code: str, kind: str, language: str) -> HttpResponse:
    """Return a piece where the fast way (middleware.Polls) is not in front, as in tests."""
    piece = PIECES.get(Asked(code, kind, language))
    if piece is None:
        raise Http404
    return HttpResponse(piece.body, headers={"ETag": piece.mark, "Cache-Control": "no-cache"})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask: what is like it and answered is offered first, and then it is sent."""
    room = room_or_404(code)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return marked(request, render(request, "live/ask.html", {"room": room, "form": form}))
    given = form.cleaned_data
    if "sure" not in request.POST:
        like = {"questions": reads.similar(given["text"]), "clauses": _clauses(given["text"])}
        if any(like.values()):
            return marked(request, render(request, "live/ask.html", {"room": room, "form": form, **like}))
    phone = digest(request)
    try:
        if not phone:
            raise Refused("请先打开直播页，再回来提问（浏览器要允许 Cookie）")
        made = actions.ask(
            room_id=room.pk,
            text=given["text"],
            phone=given["phone"],
            digest=phone,
            key=given["key"],
            at=timezone.now(),
        )
    except WHY as error:
        form.add_error(None, spoken(error))
        return marked(request, render(request, "live/ask.html", {"room": room, "form": form}))
    OPENED.remember(request, made.question.pk)
    return redirect("live:asked", number=made.question.number)


def _clauses(text: str) -> list[policy.FoundClause]:
    return policy.search(text, on=timezone.now().astimezone(SHANGHAI).date(), limit=3)


@public
@never_cache
@require_GET
def asked(request: HttpRequest, number: str) -> HttpResponse:
    """Show one's own question: number, code, what became of it, the answer of the matter it became."""
    question = reads.numbered(number)
    if question is None or not _own(request, question):
        return redirect("live:find")
    target = question.merged_into or question
    followed = None
    if target.matter_id is not None:
        followed = follow(raised(target.matter_id), now=timezone.now(), law=law())
    context = {
        "question": question, "target": target, "code": actions.code_of(question), "followed": followed,
        "matter_code": matter_code(followed.matter) if followed and target is question else "",
    }  # fmt: skip
    return render(request, "live/asked.html", context)


def _own(request: HttpRequest, question: Question) -> bool:
    return question.digest == digest(request) or question.pk in OPENED.ids(request)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; every wrong pair gets the same words."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "live/find.html", {"form": form})
    given = form.cleaned_data
    try:
        question = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        form.add_error(None, _("试的次数太多了，请一小时后再试。"))
        return render(request, "live/find.html", {"form": form}, status=429)
    if question is None:
        form.add_error(None, _("问题编号和查询码对不上，请再核对一遍。"))
        return render(request, "live/find.html", {"form": form})
    request.session.cycle_key()
    OPENED.remember(request, question.pk)
    return redirect("live:asked", number=question.number)


@public
@require_POST
def support(request: HttpRequest, code: str) -> HttpResponse:
    """Support a question once."""
    room = room_or_404(code)
    phone = digest(request)
    try:
        if not phone:
            raise Refused("请先打开直播页，再点支持（浏览器要允许 Cookie）")
        wanted = next(
            (q for q in reads.shown(room.pk) if str(q.pk) == request.POST.get("question", "")), None
        )
        if wanted is None:
            raise Refused("这个问题现在不能再点支持")
        if not actions.support(question_id=UUID(str(wanted.pk)), digest=phone, at=timezone.now()):
            messages.info(request, _("您已经支持过这个问题了。"))
    except WHY as error:
        messages.error(request, spoken(error))
    return redirect("live:room", code=code)
