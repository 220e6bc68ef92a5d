"""What every write of this room shares: the right for a night, the one entry."""

from collections.abc import Collection
from uuid import UUID

from zhuoluo.duty.models import Night
from zhuoluo.duty.reads.roster import on_duty
from zhuoluo.duty.rules.errors import NotFound, Refused
from zhuoluo.kit.deeds import Deeds
from zhuoluo.org.actions import noter
from zhuoluo.org.rules import Actor, Forbidden, Permission

ROSTER = UUID(int=6)  # the subject of entries about the roster as a whole
note = noter("duty", "duty")
locked = Deeds(NotFound, (Refused,)).locked


def may_plan(by: Actor) -> bool:
    """Say whether the actor plans the nights."""
    return by.can(Permission.NIGHTS)


def check_plans(by: Actor) -> None:
    """Raise Forbidden for whoever does not plan the nights."""
    if not may_plan(by):
        raise Forbidden("夜宿值班由两办专员排")


def may_write(by: Actor, night: Night, here: Collection[UUID] | None = None) -> bool:
    """Say whether a night's log is the actor's to keep: of the township, or on duty there that night.

    `here`: who is on duty, where that was read already.
    """
    if not by.can(Permission.DUTY):
        return False
    if night.unit_id in by.units:
        return True
    return by.id is not None and by.id in (on_duty(night) if here is None else here)


def check_writes(by: Actor, night: Night) -> None:
    """Raise Forbidden unless a night's log is the actor's to keep."""
    if not may_write(by, night):
        raise Forbidden("由当晚值班的领导和本乡镇的干部记录")
