"""The times that can be booked on a reception day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

CLOSES = timedelta(hours=12)  # so long before it begins a day takes no more bookings from a phone


@dataclass(frozen=True)
class Slot:
    """A time to come, and how many more can book it."""

    at: datetime
    left: int

    @property
    def key(self) -> str:
        """Return the time as a form names it."""
        return self.at.isoformat()


def times(starts: datetime, ends: datetime, minutes: int) -> list[datetime]:
    """Return the beginnings of the times; what does not fit whole before the end is none."""
    step, found = timedelta(minutes=minutes), []
    while starts + step <= ends:
        found.append(starts)
        starts += step
    return found


def slots(starts: datetime, ends: datetime, minutes: int, each: int, taken: Iterable[datetime]) -> list[Slot]:
    """Return every time with what is left of it."""
    booked = Counter(taken)
    return [Slot(at, max(each - booked[at], 0)) for at in times(starts, ends, minutes)]


def open_for_phones(starts: datetime, now: datetime) -> bool:
    """Say whether residents can still book by themselves; afterwards a clerk can."""
    return now < starts - CLOSES
