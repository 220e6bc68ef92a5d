"""When things happen: offices work on working days, people write when they have time. Pure."""

import random
from datetime import UTC, datetime, time, timedelta

from zhuoluo.clock import BEIJING, Calendar, local_day

OPENS, CLOSES = 8 * 60 + 40, 17 * 60 + 20  # minutes of the day


def later(calendar: Calendar, dice: random.Random, at: datetime, low: float, high: float) -> datetime:
    """Return a moment in office hours `low` to `high` days after `at`, never before it."""
    wanted = at + timedelta(days=dice.uniform(low, high))
    day = calendar.roll(local_day(wanted))
    moment = _on(day.toordinal(), dice.randint(OPENS, CLOSES), dice)
    if moment > at:
        return moment
    # The drawn minute has passed that day: a little after the last act if the office is still open, else tomorrow.
    soon = at + timedelta(minutes=dice.randint(4, 50))
    local = soon.astimezone(BEIJING)
    if calendar.is_workday(local.date()) and OPENS <= local.hour * 60 + local.minute <= CLOSES:
        return soon
    return _on(calendar.next_workday(local_day(at)).toordinal(), dice.randint(OPENS, CLOSES), dice)


def leisure(dice: random.Random, day: datetime) -> datetime:
    """Return a moment at which people write: mostly morning and evening."""
    hour = dice.choices(range(7, 23), [3, 6, 9, 9, 7, 5, 5, 5, 6, 6, 5, 6, 8, 10, 8, 3])[0]
    return _on(local_day(day).toordinal(), hour * 60 + dice.randint(0, 59), dice)


def _on(ordinal: int, minute: int, dice: random.Random) -> datetime:
    moment = datetime.combine(
        datetime.fromordinal(ordinal), time(minute // 60, minute % 60, dice.randint(0, 59))
    )
    return moment.replace(tzinfo=BEIJING).astimezone(UTC)
