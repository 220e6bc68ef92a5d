"""The working calendar: which days are worked in China, as far as the official notices are known.

Saturdays and Sundays are rest days (国务院关于职工工作时间的规定 第7条). Festivals are off, and some weekend
days are worked in exchange, as the State Council's notice rules for each year (全国年节及纪念日放假办法
第2、7条). A year without its notice is guessed Monday to Friday; callers see that by `knows` and `settled`
and mark what they reckon as provisional.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources

from zhuoluo.clock.errors import ClockError
from zhuoluo.clock.moments import ONE_DAY, guard_day
from zhuoluo.clock.notices import YearNotice, notice_from_toml

_WEEKEND = ("周六", "周日")
_MAKE_UP = "调休上班"
# From this day on the next year's notice may still rule; so far none reached back beyond 29 December.
_LAST_WEEK = (12, 25)


class Calendar:
    """Working days of the years whose notices are given. Immutable: share it freely between threads.

    Where two notices rule the same day (late December), the later year's notice prevails, as it does in life.
    """

    __slots__ = ("_known", "_notices", "_off", "_worked", "fingerprint", "years")

    def __init__(self, notices: Iterable[YearNotice] = ()) -> None:
        self._notices = {notice.year: notice for notice in notices}
        self.years = frozenset(self._notices)
        self._known = _unbroken_years(self.years)
        self._off: dict[date, str] = {}
        worked: set[date] = set()
        for year in sorted(self._notices):
            notice = self._notices[year]
            for day in notice.workdays:
                self._off.pop(day, None)
            worked -= notice.holidays.keys()
            worked |= notice.workdays
            self._off.update(notice.holidays)
        self._worked = frozenset(worked)
        rulings = [sorted(self.years), sorted(self._off.items()), sorted(self._worked)]
        self.fingerprint = sha256(repr(rulings).encode()).hexdigest()[:16]

    @classmethod
    def shipped(cls) -> "Calendar":
        """The calendar of the notices shipped with the program (2007 to 2026). Read once."""
        return _shipped()

    @property
    def notices(self) -> tuple[YearNotice, ...]:
        """The notices this calendar rests on, by year."""
        return tuple(self._notices[year] for year in sorted(self._notices))

    def with_notice(self, notice: YearNotice) -> "Calendar":
        """A calendar with this notice added, or put in place of the one for the same year.

        A change in mid-year (as on 26 January 2020) is imported as the whole revised notice of that year.
        """
        return Calendar((self._notices | {notice.year: notice}).values())

    def knows(self, day: date) -> bool:
        """Whether the notice of the day's own year is known."""
        return day.year in self.years

    def settled(self, day: date) -> bool:
        """Whether no missing notice can change this day: from 25 December the next year's is needed too."""
        return not self.missing_years(day, day)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years whose notice is missing to be sure of every day from `first` to `last`.

        From 25 December the next year's notice is needed too: five of twenty (2007 to 2026) ruled such days.
        """
        until = last.year + 1 if (last.month, last.day) >= _LAST_WEEK else last.year
        if first.year in self._known and until in self._known:
            return ()
        return tuple(year for year in range(first.year, until + 1) if year not in self.years)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`; Monday to Friday is the guess where the year's notice is unknown."""
        return (day.weekday() < 5 and day not in self._off) or day in self._worked

    def name(self, day: date) -> str:
        """'' for an ordinary workday, else 周六, 周日, the festival (国庆节), or 调休上班 if worked."""
        if day in self._worked:
            return _MAKE_UP
        festival = self._off.get(day)
        if festival:
            return festival
        return _WEEKEND[day.weekday() - 5] if day.weekday() >= 5 else ""

    def is_festival(self, day: date) -> bool:
        """Whether a notice rules `day` off (as against a plain weekend)."""
        return day in self._off

    def is_make_up(self, day: date) -> bool:
        """Whether `day` is a weekend day worked in exchange for a holiday (调休上班)."""
        return day in self._worked

    def roll(self, day: date) -> date:
        """`day` if it is worked, else the first workday after it (民法典 第203条)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def next_workday(self, day: date) -> date:
        """The first workday after `day`."""
        return self.roll(day + ONE_DAY)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th workday after `day`, which is not counted (民法典 第201条). At least 1."""
        if count < 1:
            raise ClockError(f"count must be at least 1 workday, got {count}")
        for _ in range(count):
            day = self.next_workday(day)
        return guard_day(day)

    def longest_span(self, count: int) -> int:
        """The most natural days that `count` workdays ever took in the known years (0 if they are too few).

        Measured from a workday, itself not counted: 5 workdays took up to 15 days (Spring Festival of 2020).
        """
        worked = _workdays(self)
        return max(((b - a).days for a, b in zip(worked, worked[count:], strict=False)), default=0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        span = f"{min(self.years)}-{max(self.years)}" if self.years else "empty"
        return f"<Calendar {span} {self.fingerprint}>"


@cache
def _shipped() -> Calendar:
    folder = resources.files("zhuoluo.clock") / "data" / "calendar"
    files = (entry for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return Calendar(notice_from_toml(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files)


def _unbroken_years(years: frozenset[int]) -> range:
    """The years as a range if none is missing between the first and the last, else an empty range."""
    if not years or len(years) != max(years) - min(years) + 1:
        return range(0)
    return range(min(years), max(years) + 1)


@lru_cache(maxsize=4)
def _workdays(calendar: Calendar) -> list[date]:
    if not calendar.years:
        return []
    day, last = date(min(calendar.years), 1, 1), date(max(calendar.years), 12, 31)
    days = (date.fromordinal(number) for number in range(day.toordinal(), last.toordinal() + 1))
    return [day for day in days if calendar.is_workday(day)]
