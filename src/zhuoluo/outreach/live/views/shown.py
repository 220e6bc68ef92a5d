"""What the pages share: the phone's own mark, the pieces in memory, errors as 404."""

import secrets
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import KeyReused
from zhuoluo.matters.rules import Refused as MatterRefused
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.outreach.live import reads
from zhuoluo.outreach.live.actions import may_moderate
from zhuoluo.outreach.live.models import Room
from zhuoluo.outreach.live.reads.lists import shown
from zhuoluo.outreach.live.rules.polling import Asked

COOKIE = "live"
YEAR = 365 * 24 * 3600
WHY = (Sentence, MatterRefused, Forbidden, KeyReused)
_signer = signing.Signer(salt="live.phone")


def draw(asked: Asked, room: Room) -> str:
    """Draw a piece of the page; nothing in it depends on who looks."""
    language = "en" if asked.language == "en" else "zh-hans"
    with override(language):
        return render_to_string(f"live/parts/{asked.kind}.html", {"room": room, "questions": shown(room.pk)})


PIECES = reads.Pieces(draw)


def new_mark() -> str:
    """Return a random mark for a phone, signed so that nobody makes up marks to vote with."""
    return _signer.sign(secrets.token_urlsafe(12))


def digest_of(mark: str) -> str:
    """Return the digest a phone's mark is kept under, or nothing for a mark that is not ours."""
    try:
        token = _signer.unsign(mark)
    except signing.BadSignature:
        return ""
    return salted_hmac("live.phone", token, algorithm="sha256").hexdigest()[:32]


def digest(request: HttpRequest) -> str:
    """Return the digest of the phone that asks, or nothing when it has no mark yet."""
    return digest_of(request.COOKIES.get(COOKIE, ""))


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a phone its mark with its first page."""
    if not digest(request):
        response.set_cookie(
            COOKIE,
            new_mark(),
            max_age=YEAR,
            path="/live/",
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


def room_or_404(code: str) -> Room:
    """Return the room of a short address."""
    try:
        return reads.by_code(code)
    except reads.NotFound as error:
        raise Http404 from error


def desk_room(room_id: UUID, by: Actor) -> Room:
    """Return a room by its id, to whoever may run it."""
    try:
        room = reads.room(room_id)
    except reads.NotFound as error:
        raise Http404 from error
    if not may_moderate(by, room.talk.unit_id):
        raise PermissionDenied
    return room


def tried(deed: Callable[[], object]) -> str:
    """Do it; return why it was refused, or nothing."""
    try:
        deed()
    except reads.NotFound as error:
        raise Http404 from error
    except WHY as error:
        return spoken(error)
    return ""
