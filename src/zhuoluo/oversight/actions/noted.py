"""The entry of an act of oversight that is not an act on one matter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may


def noted(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Append the one entry of an act."""
    act = Act(
        verb=f"oversight.{verb}", subject_id=subject, subject_kind="oversight", at=at, actor_kind=by.kind,
        actor_id=by.id, actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name,
        payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def check_may(by: Actor, *permissions: Permission) -> None:
    """Raise Forbidden unless the actor holds one of the permissions."""
    if not any(may(by, permission) for permission in permissions):
        raise Forbidden("您的岗位不能这样办理")
