"""What every write of this room shares: the right, the one entry, the locked row, the version of the room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.rules.asking import Refused


def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act; no words, names or phones of askers are ever in it."""
    act = Act(
        verb=f"live.{verb}", subject_id=subject, subject_kind="live", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def check_moderates(by: Actor) -> None:
    """Raise Forbidden for whoever may not run a live room."""
    if not may(by, Permission.MODERATE):
        raise Forbidden("您的岗位不能主持直播间")


def locked(question_id: UUID) -> Question:
    """Return a question locked for the rest of the transaction. Raises Refused once its room is closed."""
    question = Question.objects.select_for_update(of=("self",)).select_related("room").get(pk=question_id)
    if question.room.state == "closed":
        raise Refused("直播已经结束，不能再改")
    return question


def turn(room_id: UUID) -> None:
    """Let every phone know that the public page changed."""
    Room.objects.filter(pk=room_id).update(version=F("version") + 1)
