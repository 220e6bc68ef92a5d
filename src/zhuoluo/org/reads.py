"""The one jurisdiction, its law and calendar, its units, and who is asking."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import DateField, Q, QuerySet, UUIDField
from django.utils import timezone

from zhuoluo.clock import Calendar, Rulebook, YearNotice
from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.org.models import Area, CalendarNotice, Jurisdiction, Post, Substitution, Unit, User
from zhuoluo.org.rules import ROLES, Absence, Actor, Permission, area_prefix, stands_in_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
REMEMBER_SECONDS = 5.0
T = TypeVar("T")
_remembered: dict[tuple[Any, ...], tuple[float, Any]] = {}


@dataclass(frozen=True)
class Law:
    """The calendar and the rulebook in force here; handed to every action, so a test can stand on any day."""

    calendar: Calendar
    rulebook: Rulebook


def _remember(name: str, make: Callable[[], T]) -> T:
    """Keep small reference tables for a few seconds, apart for each database and schema."""
    settings = connection.settings_dict
    key = (name, settings["NAME"], str(settings.get("OPTIONS", {}).get("options", "")), connection.vendor)
    kept = _remembered.get(key)
    now = time.monotonic()
    if kept is None or kept[0] < now:
        kept = (now + REMEMBER_SECONDS, make())
        _remembered[key] = kept
    value: T = kept[1]
    return value


def forget() -> None:
    """Drop what this process remembers of the reference tables; actions that change them call it."""
    _remembered.clear()


def jurisdiction() -> Jurisdiction:
    """Return the current jurisdiction. Raises Jurisdiction.DoesNotExist before the site is set up."""
    return _remember("jurisdiction", lambda: Jurisdiction.objects.get(pk=1))


def law() -> Law:
    """Return the calendar (shipped years and imported notices) and the rulebook with local terms."""
    return _remember("law", _law)


def _law() -> Law:
    calendar = Calendar.shipped()
    for row in CalendarNotice.objects.order_by("year"):
        calendar = calendar.with_notice(notice(row))
    rulebook = Rulebook.shipped()
    here = Jurisdiction.objects.filter(pk=1).first()
    if here is not None and here.terms:
        rulebook = rulebook.overridden(here.terms, here.name)
    return Law(calendar, rulebook)


def notice(row: CalendarNotice) -> YearNotice:
    """Return an imported notice as the clock knows it."""
    return YearNotice(
        year=row.year,
        holidays={date.fromisoformat(day): name for day, name in row.days["holidays"].items()},
        workdays=frozenset(date.fromisoformat(day) for day in row.days["workdays"]),
        title=row.title,
        document=row.document,
        published=row.published,
    )


def today() -> date:
    """Return the day it is in Shanghai."""
    return timezone.now().astimezone(SHANGHAI).date()


def units() -> dict[UUID, Unit]:
    """Return every unit by id, with its area; a county has a few hundred."""
    return _house()[0]


def _house() -> tuple[dict[UUID, Unit], dict[UUID, list[UUID]]]:
    """Every unit, and the units right under each: one reading, so that the two never tell of different days."""
    return _remember("units", _read_units)


def _read_units() -> tuple[dict[UUID, Unit], dict[UUID, list[UUID]]]:
    known = {u.id: u for u in Unit.objects.select_related("area").order_by("code")}
    under: dict[UUID, list[UUID]] = {}
    for unit in known.values():
        if unit.parent_id is not None:
            under.setdefault(unit.parent_id, []).append(unit.id)
    return known, under


def areas() -> dict[str, Area]:
    """Return every active area by code, in code order; a county has a few hundred, a city some thousands."""
    return _remember("areas", lambda: {a.code: a for a in Area.objects.filter(active=True).order_by("code")})


def within(field: str, code: str) -> Q:
    """Return the condition that `field` (an area code) lies in the area `code`, as one index range."""
    prefix = area_prefix(code)
    return Q(**{f"{field}__gte": prefix.ljust(12, "0"), f"{field}__lte": prefix.ljust(12, "9")})


def below(unit_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Return the units and all units under them."""
    _known, under = _house()
    found = set(unit_ids)
    edge = set(unit_ids)
    while edge:
        edge = {child for unit in edge for child in under.get(unit, ())} - found
        found |= edge
    return frozenset(found)


def above(unit_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Return the units and all units over them."""
    everything = units()
    found: set[UUID] = set()
    edge = {u for u in unit_ids if u in everything}
    while edge:
        found |= edge
        edge = {p for u in edge if (p := everything[u].parent_id) is not None} - found
    return frozenset(found)


def live_posts(on: date) -> QuerySet[Post]:
    """Return the posts held on a day by active people in units that exist that day."""
    return (
        Post.objects.filter(from_date__lte=on, user__is_active=True)
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=on))
        .select_related("user", "unit")
        .order_by("unit__code", "from_date", "id")
    )


# Asked for by every page.
POSTS_OF = BuiltOnce(lambda on, user: live_posts(on).filter(user_id=user), on=DateField(), user=UUIDField())


def actor(user: User, at: datetime) -> Actor:
    """Return who `user` is at an instant: posts, permissions and units, own and those stood in for."""
    on = at.astimezone(SHANGHAI).date()
    absences = _remember(f"absences {on}", lambda: _absences(on))
    covered = stands_in_for(user.id, absences, on)
    posts = [post for one in (user.id, *covered) for post in POSTS_OF(on=on, user=one)]
    own = [p for p in posts if p.user_id == user.id]
    first = own[0] if own else None
    grants: dict[Permission, frozenset[UUID]] = {}
    for post in posts:
        reach = below(frozenset({post.unit_id}))
        for permission in ROLES[post.role]:
            grants[permission] = grants.get(permission, frozenset()) | reach
    return Actor(
        kind="staff",
        id=user.id,
        name=user.name,
        post=first.title if first else "",
        unit_id=first.unit_id if first else None,
        unit_name=first.unit.name if first else "",
        units=below(frozenset(p.unit_id for p in posts)),
        shadow=above(frozenset(p.unit_id for p in own)),
        grants=grants,
        standing_in_for="、".join(sorted({p.user.name for p in posts} - {user.name})),
    )


def _absences(on: date) -> list[Absence]:
    rows = Substitution.objects.filter(from_date__lte=on, until_date__gte=on)
    return [Absence(r.absent_id, r.substitute_id, r.from_date, r.until_date) for r in rows]


def people(on: date, unit_ids: frozenset[UUID] | None = None) -> list[Post]:
    """Return the live posts, of some units or of all, for pickers and lists."""
    posts = live_posts(on)
    return list(posts if unit_ids is None else posts.filter(unit_id__in=unit_ids))
