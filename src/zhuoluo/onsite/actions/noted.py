"""What every write of this room shares: the right for a day, the one entry."""

from zhuoluo.kit.deeds import Deeds
from zhuoluo.onsite.models import Day
from zhuoluo.onsite.rules.errors import NotFound, Refused
from zhuoluo.org.actions import noter
from zhuoluo.org.rules import Actor, Forbidden, Permission

note = noter("onsite", "onsite")
locked = Deeds(NotFound, (Refused,)).locked


def may_run(by: Actor, day: Day | None = None) -> bool:
    """Say whether a day is the actor's to run: its unit, its chair, or who runs them for the county."""
    if not by.can(Permission.ONSITE):
        return False
    runs = by.can(Permission.READ_ALL) and by.can(Permission.REGISTER)
    return day is None or runs or day.unit_id in by.units or day.chair_id == by.id


def check_runs(by: Actor, day: Day | None = None) -> None:
    """Raise Forbidden unless a day is the actor's to run."""
    if not may_run(by, day):
        raise Forbidden("由组织单位、主持的领导和两办专员记录")


def locked_day(day_id: object, by: Actor, version: int | None = None) -> Day:
    """Return a day, locked, that the actor runs. Raises NotFound, Forbidden, Refused when somebody else changed it."""
    row = locked(Day.objects.select_related("series"), day_id)
    check_runs(by, row)
    if version is not None and version != row.version:
        raise Refused("这次现场办公刚被别人改过，请看过最新的再改；您写的内容没有丢")
    return row
