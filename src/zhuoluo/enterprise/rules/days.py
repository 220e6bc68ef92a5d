"""Where each day of a project went and with whom. Pure.

Every day from the first to the last is accounted for once in natural days: with the one who held the project, with several
where steps ran side by side, or with nobody, and then it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhuoluo.clock import Calendar

ONE_DAY = timedelta(days=1)
NOBODY = ""


@dataclass(frozen=True)
class Span:
    """A step: what, with whom, from its first day to its last, both included; `until` None: it still runs."""

    name: str
    holder: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Day:
    """One day: with whom it lay (nobody: empty), in which steps, whether people work on it."""

    day: date
    holders: tuple[str, ...]
    steps: tuple[str, ...]
    works: bool


@dataclass(frozen=True)
class Share:
    """Of the whole time: natural and working days with one holder, days shared with others counted once more as such."""

    holder: str
    days: int
    workdays: int
    shared: int


@dataclass
class Account:
    """Every day, and what each holder had of them. `days` counts both ends, as people do."""

    lines: list[Day] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)

    @property
    def days(self) -> int:
        """Return the natural days from the first to the last, both included."""
        return len(self.lines)

    @property
    def workdays(self) -> int:
        """Return how many of them are working days."""
        return sum(line.works for line in self.lines)

    @property
    def idle(self) -> int:
        """Return the working days on which the project lay with nobody."""
        return sum(line.works and not line.holders for line in self.lines)


def account(first: date, last: date, spans: Sequence[Span], calendar: Calendar) -> Account:
    """Return the account of a project from its first to its last day (today, while it runs)."""
    made = Account()
    day = first
    while day <= last:
        here = [s for s in spans if s.since <= day and (s.until is None or day <= s.until)]
        # On the day of a hand-over the day belongs to whoever had it in the morning.
        had = [s for s in here if s.since < day] or here
        holders = tuple(dict.fromkeys(s.holder for s in had))
        made.lines.append(Day(day, holders, tuple(s.name for s in had), calendar.is_workday(day)))
        day += ONE_DAY
    for holder in dict.fromkeys(h for line in made.lines for h in (line.holders or (NOBODY,))):
        own = [line for line in made.lines if holder in (line.holders or (NOBODY,))]
        made.shares.append(
            Share(
                holder, len(own), sum(line.works for line in own), sum(len(line.holders) > 1 for line in own)
            )
        )
    return made


def after_workdays(start: date, count: int, calendar: Calendar) -> date:
    """Return the working day on which so many working days after a day are over; the day itself does not count."""
    day = start
    while count > 0:
        day += ONE_DAY
        count -= calendar.is_workday(day)
    return calendar.roll(day)
