"""A night's log, and the register of nights (值班台账)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoluo.clock import local_day
from zhuoluo.duty.models import Household, Night, Raised, Seat
from zhuoluo.duty.reads.roster import Row, night, rows_of
from zhuoluo.duty.rules.errors import NotFound
from zhuoluo.kit.cursor import newest_by_day
from zhuoluo.matters.reads import Standing, standings
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents.reads import Masked, masked_by_id

LOT = 200


@dataclass(frozen=True)
class Sought:
    """What the register is limited to; what is empty limits nothing."""

    unit: UUID | None = None
    user: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class HouseLine:
    """A household visited, masked, and how many things it raised."""

    row: Household
    who: Masked
    raised: int


@dataclass(frozen=True)
class NightFile:
    """A night whole."""

    row: Row
    households: list[HouseLine]
    raised: list[Standing]
    waiting: frozenset[UUID]  # matters whose same-night response is still owed

    @property
    def night(self) -> Night:
        """Return the night."""
        return self.row.night


@dataclass(frozen=True)
class NightLine:
    """A night of the register."""

    row: Row
    households: int
    raised: list[Standing] = field(default_factory=list)


def _own(actor: Actor) -> QuerySet[Night]:
    rows = Night.objects.select_related("unit")
    if actor.can(Permission.READ_ALL):
        return rows
    seats = Seat.objects.filter(Q(sits_id=actor.id) | Q(planned_id=actor.id)).values("night_id")
    return rows.filter(Q(unit_id__in=actor.units) | Q(pk__in=seats))


def night_file(actor: Actor, night_id: UUID, *, now: datetime) -> NightFile:
    """Return a night's log for whoever may read it. Raises NotFound."""
    found = _own(actor).filter(pk=night_id).first()
    if found is None:
        night(night_id)
        raise NotFound("没有找到这一晚，或者您没有查看权限")
    [row] = rows_of([found])
    houses = list(found.households.select_related("area").annotate(n=Count("raised")).order_by("place"))
    who = masked_by_id([h.raiser_id for h in houses])
    ids = list(Raised.objects.filter(night=found).order_by("at", "id").values_list("matter_id", flat=True))
    known = standings(actor, ids, now=now)
    waiting = _waiting(known)
    return NightFile(
        row,
        [HouseLine(h, who[h.raiser_id], h.n) for h in houses],
        [known[i] for i in ids if i in known],
        waiting,
    )


def _waiting(known: dict[UUID, Standing]) -> frozenset[UUID]:
    return frozenset(one for one, standing in known.items() if "tonight" in standing.owed)


def _asked(actor: Actor, sought: Sought, now: datetime) -> QuerySet[Night]:
    """Nights that were, tonight among them; those to come are in the roster."""
    rows = _own(actor).exclude(state__in=["planned", "cancelled"]).filter(day__lte=local_day(now))
    if sought.unit is not None:
        rows = rows.filter(unit_id=sought.unit)
    if sought.user is not None:
        rows = rows.filter(
            pk__in=Seat.objects.filter(
                Q(sits_id=sought.user) | Q(sits__isnull=True, planned_id=sought.user)
            ).values("night_id")
        )
    if sought.first:
        rows = rows.filter(day__gte=sought.first)
    return rows.filter(day__lte=sought.last) if sought.last else rows


def register(actor: Actor, sought: Sought, *, now: datetime, after: str = "") -> tuple[list[NightLine], str]:
    """Return a page of the register, newest first."""
    page = newest_by_day(_asked(actor, sought, now), "day", after)
    return _lines(actor, page.rows, now), page.next


def whole_register(actor: Actor, sought: Sought, *, now: datetime) -> Iterator[NightLine]:
    """Return every night asked for, some hundreds at a time."""
    after, rows = "", _asked(actor, sought, now)
    while True:
        page = newest_by_day(rows, "day", after, LOT)
        yield from _lines(actor, page.rows, now)
        after = page.next
        if not after:
            return


def _lines(actor: Actor, nights: list[Night], now: datetime) -> list[NightLine]:
    ids = [n.pk for n in nights]
    houses = dict(
        Household.objects.filter(night_id__in=ids).order_by().values_list("night_id").annotate(n=Count("pk"))
    )
    raised: dict[UUID, list[UUID]] = {}
    for night_id, matter_id in (
        Raised.objects.filter(night_id__in=ids).order_by("at", "id").values_list("night_id", "matter_id")
    ):
        raised.setdefault(night_id, []).append(matter_id)
    known = standings(actor, [m for row in raised.values() for m in row], now=now)
    return [
        NightLine(
            row, houses.get(row.night.pk, 0) or row.night.told or 0,
            [known[m] for m in raised.get(row.night.pk, []) if m in known],
        )
        for row in rows_of(nights)
    ]  # fmt: skip
