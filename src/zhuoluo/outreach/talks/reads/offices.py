"""The units that hold talks, and to which what is asked there can go."""

from zhuoluo.org.models import Unit
from zhuoluo.org.reads import units

KINDS = ("department", "township", "office", "supervision")


def offices() -> list[Unit]:
    """Return the units of those kinds that exist today, departments first. No query once units are remembered."""
    live = [u for u in units().values() if u.until_date is None and u.kind in KINDS]
    return sorted(live, key=lambda u: (KINDS.index(u.kind), u.code))
