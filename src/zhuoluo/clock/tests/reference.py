"""A slow reckoning for the tests: it walks day by day over the raw year files and shares no code."""

import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "calendar"
DAY = timedelta(days=1)
HOURS_8 = timedelta(hours=8)


def raw_days() -> dict[date, bool]:
    """Every day a notice rules: True if worked. A later notice prevails."""
    ruled: dict[date, bool] = {}
    for path in sorted(DATA.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for days in data["holidays"].values():
            ruled |= dict.fromkeys(days, False)
        ruled |= dict.fromkeys(data["workdays"], True)
    return ruled


RULED = raw_days()


def works(day: date) -> bool:
    return RULED.get(day, day.isoweekday() <= 5)


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + DAY - HOURS_8


def walk(day: date, count: int, workdays_only: bool, stopped: Iterable[tuple[date, date]]) -> date:
    """Count `count` days from the day after `day`; stopped days [first, until) are never counted."""
    while count:
        day += DAY
        if any(first <= day < until for first, until in stopped):
            continue
        if works(day) or not workdays_only:
            count -= 1
    return day


def due(
    unit: str,
    length: int,
    person: bool,
    start: datetime,
    *,
    stopped: Iterable[tuple[date, date]] = (),
    extension: int = 0,
) -> tuple[datetime, datetime]:
    """(target, legal) of a term in days or workdays started at the aware moment `start`."""
    stopped = list(stopped)
    first = (start.astimezone(UTC).replace(tzinfo=None) + HOURS_8).date()
    last = walk(first, length, unit == "workday", stopped)
    last = walk(last, extension, False, stopped)
    rolled = last
    while not works(rolled):
        rolled += DAY
    return midnight_after(rolled if person else last), midnight_after(rolled)


def due_by_the_hour(unit: str, length: int, start: datetime) -> datetime:
    """The end of hours, a night or a morning, told by the hands of a Beijing clock."""
    wall = start.astimezone(UTC).replace(tzinfo=None) + HOURS_8
    evening = wall - timedelta(hours=6)  # shifted so that a night belongs to the day it began on
    if unit == "hour":
        end = wall + length * timedelta(hours=1)
    elif unit == "next_morning":
        end = datetime(evening.year, evening.month, evening.day, 9) + DAY
    else:
        end = datetime(evening.year, evening.month, evening.day) + DAY
        end += timedelta(hours=6) if end <= wall else timedelta(0)
    return (end - HOURS_8).replace(tzinfo=UTC)
