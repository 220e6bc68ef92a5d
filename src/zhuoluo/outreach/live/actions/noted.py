"""What every write of this room shares: the right, the one entry, the locked row, the version of the room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.rules.asking import NotFound, Refused


def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act; no words, names or phones of askers are ever in it."""
    act = Act(
        verb=f"live.{verb}", subject_id=subject, subject_kind="live", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def may_moderate(by: Actor, unit_id: UUID) -> bool:
    """Say whether the actor may run the rooms of a unit's talks: those of any, if keeping the library is theirs too."""
    if may(by, Permission.KEEP_POLICY):
        return may(by, Permission.MODERATE)
    return may(by, Permission.MODERATE, units=[unit_id])


def check_moderates(by: Actor, unit_id: UUID) -> None:
    """Raise Forbidden for whoever may not run a live room of this unit."""
    if not may_moderate(by, unit_id):
        raise Forbidden("只能主持本单位宣讲的直播间")


def locked_room(room_id: UUID, by: Actor) -> Room:
    """Return a room locked for the rest of the transaction. Raises NotFound, Forbidden."""
    room = Room.objects.select_for_update(of=("self",)).select_related("talk").filter(pk=room_id).first()
    if room is None:
        raise NotFound("没有找到这个直播间")
    check_moderates(by, room.talk.unit_id)
    return room


def locked(question_id: UUID, by: Actor) -> Question:
    """Return a question locked for the rest of the transaction. Raises NotFound, Forbidden, Refused in a closed room."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("room__talk")
    question = rows.filter(pk=question_id).first()
    if question is None:
        raise NotFound("没有找到这个问题")
    check_moderates(by, question.room.talk.unit_id)
    if question.room.state == "closed":
        raise Refused("直播已经结束，不能再改")
    return question


def turn(room_id: UUID) -> None:
    """Let every phone know that the public page changed."""
    Room.objects.filter(pk=room_id).update(version=F("version") + 1)
