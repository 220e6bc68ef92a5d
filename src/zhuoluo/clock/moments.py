"""Instants and days: stored in UTC, counted in Beijing time.

China has kept one fixed offset, UTC+8, since summer time ended in 1991, so no zone database is needed.
Years outside `FIRST_YEAR`…`LAST_YEAR` are refused: they are typing errors, not deadlines.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from zhuoluo.clock.errors import ClockError

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST_YEAR = 1992
LAST_YEAR = 2199
ONE_DAY = timedelta(days=1)
_MIDNIGHT_IN_UTC = time(16, 0, tzinfo=UTC)  # 24:00 in Beijing is 16:00 UTC of the same date


def as_utc(moment: datetime, what: str = "start") -> datetime:
    """`moment` in UTC. A naive datetime is refused: nobody knows which midnight it means."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ClockError(f"{what} must be an aware datetime, got the naive {moment!r}")
    utc = moment.astimezone(UTC)
    guard_day(utc.date())
    return utc


def local_day(moment: datetime) -> date:
    """The calendar day in Beijing on which an aware moment falls."""
    return moment.astimezone(BEIJING).date()


def end_of(day: date) -> datetime:
    """24:00 Beijing time of `day` (民法典 第203条: a period ends at 24:00 of its last day), as aware UTC."""
    return datetime.combine(day, _MIDNIGHT_IN_UTC)


def at_hour(day: date, hour: int) -> datetime:
    """`hour`:00 Beijing time of `day`, as aware UTC."""
    return datetime.combine(day, time(hour), BEIJING).astimezone(UTC)


def guard_day(day: date) -> date:
    """`day` itself, if it lies in the years the clock reckons with; otherwise ClockError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ClockError(f"日期 {day} 超出可计算的年份({FIRST_YEAR}至{LAST_YEAR}年),请检查是否填错")
    return day
