"""Which days of a month a rule means. Working days come from the official notices, make-up Saturdays included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhuoluo.clock import Calendar
from zhuoluo.rosters.rules.errors import Refused

ONE_DAY = timedelta(days=1)
REACH = (
    20  # days before a month from which a day off can still be put off into it; the longest holiday was 16
)
LIMITS = {"daily": (0, 0), "workday": (0, 0), "weekday": (1, 7), "monthday": (1, 31), "nth_workday": (1, 23)}


@dataclass(frozen=True)
class Pattern:
    """When a rule's days are: `kind` of words.PATTERNS, its numbers, and what becomes of a day off ("next", "skip", "stay")."""

    kind: str
    numbers: tuple[int, ...] = ()
    on_rest: str = "next"


@dataclass(frozen=True)
class Day:
    """A day meant. `nominal`: the one the rule named before a day off was put off; both are the same otherwise.

    `provisional`: the year's official notice is missing, so that the day may still turn out to be off.
    """

    day: date
    nominal: date
    provisional: bool


def read_numbers(kind: str, text: str) -> tuple[int, ...]:
    """Return the numbers typed for a pattern: "1,15" or "1 15" or "1、15". Raises Refused with what is expected."""
    low, high = LIMITS[kind]
    parts = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    if kind in ("workday", "daily"):
        return ()
    if not parts or not all(p.isascii() and p.isdigit() and low <= int(p) <= high for p in parts):
        raise Refused("请写 %(low)s 到 %(high)s 的数，几个数用逗号隔开", low=low, high=high)
    return tuple(sorted({int(p) for p in parts}))


def days_of(pattern: Pattern, year: int, month: int, calendar: Calendar) -> list[Day]:
    """Return the days of a month in their order, each once."""
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    found: dict[date, Day] = {}
    for nominal in _nominal(pattern, first, last, calendar):
        day = nominal
        if pattern.on_rest != "stay" and not calendar.is_workday(nominal):
            if pattern.on_rest == "skip":
                continue
            day = calendar.roll(nominal)
        if first <= day <= last and day not in found:
            found[day] = Day(day, nominal, not (calendar.settled(day) and calendar.settled(nominal)))
    return [found[day] for day in sorted(found)]


def _nominal(pattern: Pattern, first: date, last: date, calendar: Calendar) -> Iterator[date]:
    if pattern.kind == "nth_workday":
        worked = [day for day in _between(first, last) if calendar.is_workday(day)]
        yield from (worked[n - 1] for n in pattern.numbers if n <= len(worked))
        return
    for day in _between(first - timedelta(days=REACH), last):
        if _meant(pattern, day, calendar):
            yield day


def _meant(pattern: Pattern, day: date, calendar: Calendar) -> bool:
    if pattern.kind == "daily":
        return True
    if pattern.kind == "workday":
        return calendar.is_workday(day)
    return day.isoweekday() in pattern.numbers if pattern.kind == "weekday" else _named(day, pattern.numbers)


def _named(day: date, numbers: tuple[int, ...]) -> bool:
    """The 31st of a shorter month is its last day."""
    last = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY
    return day.day in numbers or (day == last and any(n > last.day for n in numbers))


def _between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY
