"""What every write of this room shares: the right, the one entry, the locked row, the clause in force."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.programmes.models import Application, Programme
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused

CATALOGUE = UUID(int=5)  # the subject of entries about the catalogue of wanted talents as a whole
REGISTER = UUID(int=6)  # and about the payment register


def act(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> Act:
    """Return the entry of an act; no names, phones or words of applicants are ever in it."""
    return Act(
        verb=f"programmes.{verb}", subject_id=subject, subject_kind="programme", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip


def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act."""
    ledger.append(acts=[act(verb, subject, by, at, **payload)], recorded_at=at)


def note_all(acts: Iterable[Act], at: datetime) -> None:
    """Leave the entries of acts that are written together, one each."""
    ledger.append(acts=list(acts), recorded_at=at)


def check_keeps(by: Actor, programme: Programme | None = None) -> None:
    """Raise Forbidden for whoever may not draw up programmes and check applications (of this one)."""
    units = None if programme is None else {programme.unit_id, programme.desk_id}
    if not may(by, Permission.PROGRAMMES, units=units):
        raise Forbidden("您的岗位不能办理这个奖补项目")


def check_approves(by: Actor, programme: Programme) -> None:
    """Raise Forbidden for whoever may not approve in the unit in charge."""
    if not may(by, Permission.ISSUE, units={programme.unit_id}):
        raise Forbidden("批准要由主管单位负责人办理")


def check_pays(by: Actor) -> None:
    """Raise Forbidden for whoever may not record payments."""
    if not may(by, Permission.PAY):
        raise Forbidden("您的岗位不能登记兑现")


def locked_programme(programme_id: UUID) -> Programme:
    """Return a programme locked for the rest of the transaction: its budget is spent by one at a time."""
    row = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if row is None:
        raise NotFound
    return row


def locked(application_id: UUID) -> Application:
    """Return an application locked for the rest of the transaction."""
    row = Application.objects.select_for_update(of=("self",)).filter(pk=application_id).first()
    if row is None:
        raise NotFound
    return row


def cited(clause_id: UUID, on: date) -> str:
    """Return how a clause is cited. Raises Refused when it is not in force on the day, or unknown."""
    if policy.in_force(clause_id, on) is None:
        raise Refused("这一条在 %(day)s 没有施行，请另选依据", day=f"{on:%Y-%m-%d}")
    return policy.cite(clause_id, on)[:300]


def body_hash(*parts: Any) -> str:
    """Return the digest of what a form said, so that the same form sent twice is known."""
    plain = [asdict(p) if hasattr(p, "__dataclass_fields__") else p for p in parts]
    return hashlib.sha256(
        json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
