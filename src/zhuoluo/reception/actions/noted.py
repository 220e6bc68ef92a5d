"""What every write of this room shares: the right, the one entry, the locked day."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.reception.models import Session

ROSTER = UUID(int=4)  # the subject of entries about the roster as a whole


def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act; no names, phones or words of visitors are ever in it."""
    act = Act(
        verb=f"reception.{verb}", subject_id=subject, subject_kind="reception", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def check_plans(by: Actor) -> None:
    """Raise Forbidden for whoever may not plan reception days."""
    if not may(by, Permission.PLAN):
        raise Forbidden("您的岗位不能安排接访日")


def check_receives(by: Actor) -> None:
    """Raise Forbidden for whoever may not work at a reception."""
    if not may(by, Permission.RECEIVE):
        raise Forbidden("您的岗位不能在接访日登记和办理")


def locked(session_id: UUID) -> Session:
    """Return a day locked for the rest of the transaction: places, numbers and states are decided one after another."""
    return Session.objects.select_for_update().get(pk=session_id)


def check_open(session: Session) -> None:
    """Raise Refused for a day that is over or was cancelled."""
    if session.state == "cancelled":
        raise Refused("这个接访日已经取消")
    if session.state == "held":
        raise Refused("这个接访日已经结束归档")


def body_hash(*parts: Any) -> str:
    """Return the digest of what a form said, so that the same form sent twice is known."""
    plain = [asdict(p) if hasattr(p, "__dataclass_fields__") else p for p in parts]
    return hashlib.sha256(
        json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
