"""What every write of this room shares: the right for a unit, the locked talk, the one entry."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.rules.errors import NotFound, Refused

M = TypeVar("M", bound=Model)


def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act; names, phones and words of those who came are never in it."""
    act = Act(
        verb=f"talks.{verb}", subject_id=subject, subject_kind="talk", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def may_hold(by: Actor, unit_id: UUID | None = None) -> bool:
    """Say whether the actor may hold talks of a unit: those of any, if keeping the library is theirs too."""
    if unit_id is None or may(by, Permission.KEEP_POLICY):
        return may(by, Permission.HOLD_TALKS)
    return may(by, Permission.HOLD_TALKS, units=[unit_id])


def check_holds(by: Actor, unit_id: UUID | None = None) -> None:
    """Raise Forbidden unless the actor may hold talks of a unit."""
    if not may_hold(by):
        raise Forbidden("您的岗位不能安排和登记宣讲")
    if not may_hold(by, unit_id):
        raise Forbidden("只能安排和登记本单位的宣讲")


def locked(talk_id: UUID, version: int | None = None) -> Talk:
    """Return a talk locked for the rest of the transaction. Raises NotFound, Refused when somebody else changed it."""
    row = locked_row(Talk.objects.all(), talk_id)
    if version is not None and version != row.version:
        raise Refused("这场宣讲刚被别人改过，请看过最新的再改；您写的内容没有丢")
    return row


def locked_row(rows: QuerySet[M], pk: UUID) -> M:
    """Return one row locked for the rest of the transaction. Raises NotFound."""
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到")
    return row


def body_hash(*parts: Any) -> str:
    """Return the digest of what a form said, so that the same form sent twice is known."""
    plain = [asdict(p) if is_dataclass(p) and not isinstance(p, type) else p for p in parts]
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()
