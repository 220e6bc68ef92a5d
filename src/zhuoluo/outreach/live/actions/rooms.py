"""Making a room for a talk, its address of the picture, the beginning."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from zhuoluo.org.rules import Actor
from zhuoluo.outreach.live.actions.noted import check_moderates, locked_room, note, turn
from zhuoluo.outreach.live.models import Room
from zhuoluo.outreach.live.rules.asking import NotFound, Refused
from zhuoluo.outreach.talks import reads as talks
from zhuoluo.outreach.talks.models import Talk

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without the look-alikes


@transaction.atomic
def make_room(*, talk_id: UUID, hls: str = "", by: Actor, at: datetime) -> Room:
    """Make the room of a talk; made already, it is given again."""
    talk = _talk(talk_id)
    check_moderates(by, talk.unit_id)
    known = Room.objects.filter(talk_id=talk_id).first()
    if known is not None:
        return known
    if talk.state == "cancelled":
        raise Refused("这场宣讲已经取消")
    code = "".join(secrets.choice(LETTERS) for _ in range(6))
    room = Room.objects.create(talk_id=talk_id, code=code, hls=_checked(hls), made_at=at, made_by=by.id)
    note("make_room", room.id, by, at, talk=str(talk_id), code=code)
    return room


@transaction.atomic
def set_stream(*, room_id: UUID, hls: str, by: Actor, at: datetime) -> Room:
    """Say where the picture comes from (an HLS address), or that there is none."""
    room = locked_room(room_id, by)
    address = _checked(hls)
    if address == room.hls:
        return room
    room.hls = address
    room.save(update_fields=["hls"])
    turn(room.id)
    note("set_stream", room.id, by, at, set=bool(address))
    return room


@transaction.atomic
def begin(*, room_id: UUID, by: Actor, at: datetime) -> Room:
    """Open the room: from now on questions are taken."""
    room = locked_room(room_id, by)
    if room.state == "closed":
        raise Refused("直播已经结束，不能再改")
    if room.state == "open":
        return room
    room.state, room.opened_at = "open", at
    room.save(update_fields=["state", "opened_at"])
    turn(room.id)
    note("begin", room.id, by, at)
    return room


def _talk(talk_id: UUID) -> Talk:
    try:
        return talks.talk(talk_id)
    except talks.NotFound as error:
        raise NotFound(str(error)) from error


def _checked(hls: str) -> str:
    address = hls.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Refused("播放地址要以 http:// 或 https:// 开头") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > 500:
        raise Refused("播放地址要以 http:// 或 https:// 开头")
    return address
