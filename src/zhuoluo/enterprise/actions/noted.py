"""What every write of this room shares: the right for an enterprise, the one entry."""

from zhuoluo.enterprise.models import Firm, Liaison
from zhuoluo.enterprise.rules.errors import NotFound, Refused
from zhuoluo.kit.deeds import Deeds
from zhuoluo.org.actions import noter
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor, Forbidden, Permission

note = noter("enterprise", "enterprise")
locked = Deeds(NotFound, (Refused,)).locked


def may_keep(by: Actor, firm: Firm | None = None) -> bool:
    """Say whether an enterprise is the actor's to keep: its liaison, its township, or who runs it for the county."""
    if not by.can(Permission.ENTERPRISE):
        return False
    if firm is None or by.can(Permission.READ_ALL) or here(by, firm.area_id):
        return True
    if by.id is None:
        return False
    return Liaison.objects.filter(firm=firm, user_id=by.id, until_day__isnull=True).exists()


def here(by: Actor, area: str | None) -> bool:
    """Say whether a place lies in a township or village of the actor's units."""
    towns = {u.area_id[:9] for u in units().values() if u.id in by.units and u.area_id}
    return bool(area) and str(area)[:9] in towns


def check_keeps(by: Actor, firm: Firm | None = None) -> None:
    """Raise Forbidden unless an enterprise is the actor's to keep."""
    if not may_keep(by, firm):
        raise Forbidden("只有联络员、所在乡镇和两办专员可以登记这家企业的事")
