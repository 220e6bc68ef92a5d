"""Days a leader can set with one touch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhuoluo.clock import Calendar

FESTIVAL = "春节"
NEAR = 150  # days within which the festival is near enough to be named


@dataclass(frozen=True)
class Preset:
    """A day to choose: `key` says what it is ("7", "festival"), `day` which."""

    key: str
    day: date


def before_festival(calendar: Calendar, today: date) -> date | None:
    """Return the last working day before the Spring Festival, or None while its year's notice is not known or far off."""
    for ahead in range(1, NEAR):
        day = today + timedelta(days=ahead)
        if calendar.knows(day) and calendar.name(day) == FESTIVAL:
            day -= timedelta(days=1)
            while not calendar.is_workday(day):
                day -= timedelta(days=1)
            return day if day > today else None
    return None


def presets(calendar: Calendar, today: date) -> Iterator[Preset]:
    """Yield the days offered: three days, a week, a month, and before the Spring Festival when it is near."""
    for days in (3, 7, 30):
        yield Preset(str(days), calendar.roll(today + timedelta(days=days)))
    festival = before_festival(calendar, today)
    if festival is not None:
        yield Preset("festival", festival)
