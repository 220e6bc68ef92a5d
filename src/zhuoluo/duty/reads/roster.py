"""Who is on duty on which night: for the public, the office, one person; and what the generator needs of a month."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhuoluo.duty.models import Night, NightRule, Seat, Swap
from zhuoluo.duty.rules.errors import NotFound
from zhuoluo.duty.rules.nights import HOURS
from zhuoluo.org.models import Substitution
from zhuoluo.org.reads import live_posts, units
from zhuoluo.org.rules import Absence
from zhuoluo.rosters.rules.days import Pattern, read_numbers
from zhuoluo.rosters.rules.roster import Sat, sits

MEMORY = timedelta(days=366)  # turns older than this are forgotten
WEEK, AHEAD = 6, 31  # days ahead the public roster shows: of all townships, of one
MOST = 1200  # nights on one page: a month of forty townships


@dataclass(frozen=True)
class Seated:
    """Somebody on duty, as the roster says of them, and for whom they stand in."""

    user_id: UUID
    name: str
    post: str
    instead_of: str
    seat_id: UUID


@dataclass(frozen=True)
class Row:
    """A night as lists show it."""

    night: Night
    unit: str
    seated: list[Seated] = field(default_factory=list)

    @property
    def here(self) -> frozenset[UUID]:
        """Return who is on duty."""
        return frozenset(one.user_id for one in self.seated)


@dataclass(frozen=True)
class Fair:
    """How many nights somebody had or will have in some months."""

    user_id: UUID
    name: str
    nights: int
    rest_days: int  # of them on days off
    by_month: list[int]


def absences(first: date, last: date) -> list[Absence]:
    """Return the substitutions that touch some days."""
    rows = Substitution.objects.filter(from_date__lte=last, until_date__gte=first)
    return [Absence(r.absent_id, r.substitute_id, r.from_date, r.until_date) for r in rows]


def sitting(seat: Seat, day: date | None = None) -> UUID:
    """Return who is on duty on a seat: as fixed, else as the substitutions of the day have it."""
    if seat.sits_id is not None:
        return seat.sits_id
    on = day or seat.night.day
    return sits(seat.planned_id, absences(on, on), on)


def on_duty(night: Night) -> list[UUID]:
    """Return who is on duty on a night, each once: a substitute may have a seat of their own that night."""
    away = absences(night.day, night.day)
    seats = Seat.objects.filter(night=night).order_by("place")
    return list(dict.fromkeys(seat.sits_id or sits(seat.planned_id, away, night.day) for seat in seats))


def rows_of(nights: Iterable[Night]) -> list[Row]:
    """Return nights with who is on duty; three queries for any number of them."""
    found = list(nights)
    if not found:
        return []
    seats: dict[UUID, list[Seat]] = {}
    rows = (
        Seat.objects.filter(night_id__in=[n.pk for n in found])
        .select_related("planned", "sits")
        .order_by("place")
    )
    for seat in rows:
        seats.setdefault(seat.night_id, []).append(seat)
    first, last = min(n.day for n in found), max(n.day for n in found)
    away = absences(first, last)
    people = _People([s for row in seats.values() for s in row], away, last)
    known = units()
    return [
        Row(
            n, known[n.unit_id].short_name if n.unit_id in known else "",
            _once([people.seated(s, n.day, away) for s in seats.get(n.pk, [])]),
        )
        for n in found
    ]  # fmt: skip


def _once(seated: list[Seated]) -> list[Seated]:
    """Name everybody once, on their own seat rather than on one where they stand in."""
    shown: dict[UUID, Seated] = {}
    for one in sorted(seated, key=lambda s: s.instead_of != ""):
        shown.setdefault(one.user_id, one)
    return [one for one in seated if shown[one.user_id] is one]


class _People:
    """Names and posts of everybody on a page."""

    def __init__(self, seats: list[Seat], away: list[Absence], on: date) -> None:
        ids = (
            {s.planned_id for s in seats}
            | {s.sits_id for s in seats if s.sits_id}
            | {a.substitute for a in away}
        )
        self.names: dict[UUID, str] = {}
        self.posts: dict[UUID, str] = {}
        for post in live_posts(on).filter(user_id__in=ids):
            self.names.setdefault(post.user_id, post.user.name)
            self.posts.setdefault(post.user_id, f"{post.unit.short_name} {post.title}")
        for seat in seats:  # whose post ended was on duty all the same
            self.names.setdefault(seat.planned_id, seat.planned.name)
            if seat.sits is not None:
                self.names.setdefault(seat.sits.pk, seat.sits.name)

    def seated(self, seat: Seat, day: date, away: list[Absence]) -> Seated:
        """Return who is on duty on a seat."""
        who = seat.sits_id or sits(seat.planned_id, away, day)
        instead = self.names.get(seat.planned_id, "") if who != seat.planned_id else ""
        return Seated(who, self.names.get(who, ""), self.posts.get(who, ""), instead, seat.pk)


def public_nights(today: date, *, words: str = "", days: int = AHEAD) -> list[Row]:
    """Return the published nights from tonight on, soonest first; cancelled ones stay and say so."""
    rows = Night.objects.filter(
        day__gte=today, day__lte=today + timedelta(days=days), published_at__isnull=False
    ).select_related("unit")
    if words:
        rows = rows.filter(unit__name__icontains=words)
    return rows_of(rows.order_by("day", "unit__code", "id")[:MOST])


def month_rows(first: date, last: date) -> list[Row]:
    """Return the nights of a month for the office."""
    rows = Night.objects.filter(day__gte=first, day__lte=last).select_related("unit")
    return rows_of(rows.order_by("day", "unit__code", "id")[:MOST])


def mine(user_id: UUID, since: date, until: date) -> list[Row]:
    """Return the nights on which somebody is on duty, on their own seat or for somebody else."""
    stands_for = {a.absent for a in absences(since, until)}
    seats = Seat.objects.filter(
        Q(sits_id=user_id) | Q(sits__isnull=True, planned_id__in=[user_id, *stands_for])
    )
    rows = Night.objects.filter(day__gte=since, day__lte=until, pk__in=seats.values("night_id"))
    found = rows_of(rows.exclude(state="cancelled").select_related("unit").order_by("day", "id")[:MOST])
    return [row for row in found if any(s.user_id == user_id for s in row.seated)]


def of_others(user_id: UUID, since: date, until: date) -> list[Row]:
    """Return the nights still to come that are others', to be asked for in a swap."""
    return [
        row
        for row in month_rows(since, until)
        if row.night.state in ("planned", "published") and all(s.user_id != user_id for s in row.seated)
    ]


def coming(today: date) -> list[Row]:
    """Return tonight's nights, and last night's that nobody handed over yet."""
    rows = Night.objects.filter(
        Q(day=today) | Q(day=today - timedelta(days=1), handed_at__isnull=True)
    ).exclude(state="cancelled")
    return rows_of(rows.select_related("unit").order_by("day", "unit__code", "id")[:MOST])


def night(night_id: UUID) -> Night:
    """Return one night. Raises NotFound."""
    row = Night.objects.select_related("unit").filter(pk=night_id).first()
    if row is None:
        raise NotFound("没有找到这一晚")
    return row


def rules(*, active_only: bool = False) -> list[tuple[NightRule, list[UUID]]]:
    """Return the rules with their people in order."""
    rows = (
        NightRule.objects.select_related("unit")
        .prefetch_related("people")
        .order_by("-active", "unit__code", "id")
    )
    if active_only:
        rows = rows.filter(active=True)
    return [(row, [p.user_id for p in sorted(row.people.all(), key=lambda p: p.place)]) for row in rows]


def rule(rule_id: UUID) -> NightRule:
    """Return one rule. Raises NotFound."""
    row = NightRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotFound("没有找到这条规则")
    return row


def month_input(first: date, last: date, gone: Collection[UUID]) -> dict[str, Any]:
    """Return rules, absences and who was or is on duty, for the generator. `gone`: nights about to be made anew."""
    seats = Seat.objects.filter(night__day__gte=first - MEMORY, night__day__lte=last).exclude(
        night__state="cancelled"
    )
    taken = [
        Sat(seat.sits_id or seat.planned_id, seat.night.day, *HOURS, seat.night.rule_id)
        for seat in seats.exclude(night_id__in=list(gone)).select_related("night")
    ]
    return {
        "rules": [
            (
                row.id,
                Pattern(row.pattern, read_numbers(row.pattern, row.numbers), row.on_rest),
                people,
                row.seats,
            )
            for row, people in rules(active_only=True)
        ],
        "absences": absences(first, last),
        "taken": taken,
    }


def fair(first: date, last: date, works: Any) -> list[Fair]:
    """Return how many nights everybody has in some months, most first; `works`: tells a working day from a day off."""
    months = sorted({(d.year, d.month) for d in _days(first, last)})
    counted: dict[UUID, tuple[str, list[int], int]] = {}
    nights = (
        Night.objects.filter(day__gte=first, day__lte=last).exclude(state="cancelled").select_related("unit")
    )
    for row in rows_of(nights.order_by("day", "id")[: MOST * 12]):
        for one in row.seated:
            name, by_month, rest = counted.get(one.user_id, (one.name, [0] * len(months), 0))
            by_month[months.index((row.night.day.year, row.night.day.month))] += 1
            counted[one.user_id] = (name, by_month, rest + (not works(row.night.day)))
    found = [
        Fair(who, name, sum(by_month), rest, by_month) for who, (name, by_month, rest) in counted.items()
    ]
    return sorted(found, key=lambda f: (-f.nights, f.name))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def swaps_for(user_id: UUID) -> list[Swap]:
    """Return the swaps that wait for somebody, or that they asked for."""
    rows = Swap.objects.filter(Q(answerer_id=user_id) | Q(asker_id=user_id), answered_at__isnull=True)
    related = ("mine__night__unit", "theirs__night__unit", "asker", "answerer")
    return list(rows.select_related(*related).order_by("asked_at"))
