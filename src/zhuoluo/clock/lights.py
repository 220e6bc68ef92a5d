"""Lights: derived from a date and the clock, set by nobody; always a word and a shape beside the colour."""

from datetime import datetime, timedelta
from enum import Enum

from zhuoluo.clock.errors import ClockError


class Light(Enum):
    """What a date looks like now. `word` and `shape` go with the colour on every screen and print."""

    NONE = "none"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DONE_ONTIME = "done_ontime"
    DONE_LATE = "done_late"

    def word(self, language: str = "zh") -> str:
        """The word shown: 按期, 临期, 超期 …; English for any other language."""
        chinese, english, _ = _FACES[self.value]
        return chinese if language == "zh" else english

    @property
    def shape(self) -> str:
        """A glyph that differs from every other light's, for those who do not see the colour."""
        return _FACES[self.value][2]


_FACES = {
    "none": ("无期限", "no date", "○"),
    "green": ("按期", "on schedule", "●"),
    "yellow": ("临期", "due soon", "▲"),
    "red": ("超期", "overdue", "■"),
    "done_ontime": ("按期办到", "done on time", "✓"),
    "done_late": ("超期办到", "done late", "✗"),
}


def light(
    due: datetime | None, now: datetime, *, closed: datetime | None = None, yellow_days: int = 3
) -> Light:
    """The light of a date `due` at the instant `now`, all aware.

    Open: red from the instant `due` on, yellow within `yellow_days` times 24 hours before it, else green.
    Closed: done on time exactly if closed < due (as `Due` has it). No date, no light.
    """
    for moment in (due, now, closed):
        if moment is not None and moment.tzinfo is None:
            raise ClockError(f"a light needs aware datetimes, got the naive {moment!r}")
    if due is None:
        return Light.NONE
    if closed is not None:
        return Light.DONE_ONTIME if closed < due else Light.DONE_LATE
    if now >= due:
        return Light.RED
    return Light.YELLOW if now >= due - timedelta(days=yellow_days) else Light.GREEN
