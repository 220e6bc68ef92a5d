"""Who sits on which day: rules, calendar, leaders and absences in, reception days out. The same input, the same roster.

Nobody sits twice at a time. Turns are fair over months: whoever sat least comes next, then whoever sat longest ago.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from zhuoluo.clock import Calendar
from zhuoluo.org.rules import Absence
from zhuoluo.rosters.rules.days import Day, Pattern, days_of


@dataclass(frozen=True)
class Rule:
    """A rule of the roster: on which days who sits, from when to when. `seats`: how many of those in turn together."""

    id: UUID
    who: str  # people, turn, principal
    pattern: Pattern
    starts: time
    ends: time
    people: tuple[UUID, ...] = ()
    seats: int = 1


@dataclass(frozen=True)
class Leader:
    """Somebody who can sit. `principal`: the county's first man or woman; `order` breaks ties."""

    id: UUID
    order: int = 0
    principal: bool = False


@dataclass(frozen=True)
class Sat:
    """Somebody sat, or is going to, under a rule or none: what fairness counts and clashes are found in."""

    person: UUID
    day: date
    starts: time
    ends: time
    rule: UUID | None = None


@dataclass(frozen=True)
class Planned:
    """A reception day to be made: who was planned, and for each who sits."""

    rule: UUID
    day: Day
    starts: time
    ends: time
    seats: tuple[tuple[UUID, UUID], ...]


@dataclass(frozen=True)
class Gap:
    """A day on which nobody could be found, and why: "busy" (they sit elsewhere then) or "nobody"."""

    rule: UUID
    day: date
    why: str


@dataclass
class Roster:
    """What the generator made of a month."""

    planned: list[Planned] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def sits(person: UUID, absences: Collection[Absence], on: date) -> UUID:
    """Return who sits for somebody on a day: themselves, or the end of the chain of substitutes (A for B, B for C).

    A chain that runs in a circle has no end: the person themselves is named then, and somebody must decide.
    """
    away = {a.absent: a.substitute for a in absences if a.from_date <= on <= a.until_date}
    seen, here = {person}, person
    while here in away:
        here = away[here]
        if here in seen:
            return person
        seen.add(here)
    return here


def generate(
    *, year: int, month: int, rules: Sequence[Rule], calendar: Calendar, leaders: Sequence[Leader],
    absences: Collection[Absence], taken: Iterable[Sat] = (), kept: Collection[tuple[UUID, date]] = (),
    since: date | None = None,
) -> Roster:  # fmt: skip
    """Return the roster of a month.

    `taken`: who sat before and who already sits in the month. `kept`: rule and nominal day of what stands already
    (published, changed by hand, cancelled) and is not made again. `since`: no day before it.
    """
    made = Roster()
    desk = _Desk(leaders, absences, list(taken))
    # Those named sit first; turns go round them.
    for rule in sorted(rules, key=lambda r: (r.who == "turn", str(r.id))):
        for day in days_of(rule.pattern, year, month, calendar):
            if (rule.id, day.nominal) in kept or (since is not None and day.day < since):
                continue
            seats, why = desk.seat(rule, day.day)
            if seats:
                made.planned.append(Planned(rule.id, day, rule.starts, rule.ends, seats))
            else:
                made.gaps.append(Gap(rule.id, day.day, why))
    made.planned.sort(key=lambda p: (p.day.day, p.starts, str(p.rule)))
    return made


class _Desk:
    """Who is where while a month is being made."""

    def __init__(self, leaders: Sequence[Leader], absences: Collection[Absence], taken: list[Sat]) -> None:
        self.leaders = sorted(leaders, key=lambda leader: (leader.order, str(leader.id)))
        self.absences = absences
        self.taken = taken

    def seat(self, rule: Rule, day: date) -> tuple[tuple[tuple[UUID, UUID], ...], str]:
        """Return who is planned and who sits, or why nobody does."""
        if rule.who == "turn":
            chosen = [(person, person) for person in self._in_turn(rule, day)[: rule.seats]]
        else:
            named = rule.people if rule.who == "people" else self._principals()
            chosen = [(person, sits(person, self.absences, day)) for person in named]
        free: list[tuple[UUID, UUID]] = []
        for planned, sitting in chosen:
            if not self._busy(sitting, day, rule) and sitting not in {s for _, s in free}:
                free.append((planned, sitting))
        self.taken += [Sat(sitting, day, rule.starts, rule.ends, rule.id) for _, sitting in free]
        return tuple(free), "busy" if chosen else "nobody"

    def _principals(self) -> tuple[UUID, ...]:
        return tuple(leader.id for leader in self.leaders if leader.principal)

    def _in_turn(self, rule: Rule, day: date) -> list[UUID]:
        """Those who are there and free, whose turn it is first."""
        turns: dict[UUID, list[date]] = {leader.id: [] for leader in self.leaders}
        for sat in self.taken:
            if sat.rule == rule.id and sat.person in turns:
                turns[sat.person].append(sat.day)
        # Counted since the newest of them began: nobody makes up for months in which they were not here yet.
        since = max((min(days) for days in turns.values() if days), default=date.min)
        counts = {person: sum(d >= since for d in days) for person, days in turns.items() if days}
        newcomer = min(counts.values(), default=0)
        found = []
        for place, leader in enumerate(self.leaders):
            away = sits(leader.id, self.absences, day) != leader.id
            if away or self._busy(leader.id, day, rule):
                continue
            today = any(sat.person == leader.id and sat.day == day for sat in self.taken)
            last = max((d for d in turns[leader.id] if d <= day), default=date.min)
            found.append((today, counts.get(leader.id, newcomer), last, place, leader.id))
        return [row[-1] for row in sorted(found)]

    def _busy(self, person: UUID, day: date, rule: Rule) -> bool:
        return any(
            sat.person == person and sat.day == day and sat.starts < rule.ends and rule.starts < sat.ends
            for sat in self.taken
        )
