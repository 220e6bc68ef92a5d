"""A reckoned date with all it rests on: what a commitment keeps, a page prints, a recomputation compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from zhuoluo.clock import chinese, english
from zhuoluo.clock.errors import ClockError
from zhuoluo.clock.moments import local_day
from zhuoluo.clock.steps import Step

_INSTANT = timedelta(microseconds=1)
_SENTENCE = {"zh": chinese.sentence, "en": english.sentence}


@dataclass(frozen=True, slots=True)
class Due:
    """When a term ends. All moments are aware UTC; days are days in Beijing.

    `start` is the act the count starts from, `first_day` the first day counted (for hours, nights and
    mornings the day of the act). `target` is the end without rolling, `legal` the end after rolling over rest
    days (民法典 第203条). They are the same for working days, hours, nights, mornings and set dates, and for
    rights of persons, since those always roll. Both are exclusive: 24:00 Beijing time of the last day (for
    hours, the instant), and an act at instant t is in time exactly if t < legal (t < target to meet the
    target). `provisional` says that a holiday notice is still missing; `missing_years` which.
    """

    term_id: str
    start: datetime
    first_day: date
    target: datetime
    legal: datetime
    provisional: bool
    steps: tuple[Step, ...]

    @property
    def target_day(self) -> date:
        """The last day by the target, in Beijing."""
        return local_day(self.target - _INSTANT)

    @property
    def legal_day(self) -> date:
        """The last day by law, in Beijing."""
        return local_day(self.legal - _INSTANT)

    @property
    def missing_years(self) -> tuple[int, ...]:
        """The years whose holiday notice is needed to make a provisional date final."""
        return next((step.years for step in self.steps if step.kind == "unknown"), ())

    def in_time(self, act: datetime) -> bool:
        """Whether an act at this aware instant is within the legal limit."""
        if act.tzinfo is None:
            raise ClockError(f"act must be an aware datetime, got the naive {act!r}")
        return act < self.legal

    def explanation(self, language: str = "zh") -> str:
        """Printable sentences, one a line, in "zh" or "en".

        The rule; the first day and why; what was counted and passed over; pauses, extension, roll; doubt.
        """
        if language not in _SENTENCE:
            raise ClockError(f"language must be one of {tuple(_SENTENCE)}, got {language!r}")
        return "\n".join(map(_SENTENCE[language], self.steps))

    def as_json(self) -> dict[str, Any]:
        """The whole date as JSON values; `from_json` reads it back unchanged."""
        return {
            "term": self.term_id,
            "start": self.start.isoformat(),
            "first_day": self.first_day.isoformat(),
            "target": self.target.isoformat(),
            "legal": self.legal.isoformat(),
            "provisional": self.provisional,
            "steps": [step.as_json() for step in self.steps],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Due":
        """The date that `as_json` wrote."""
        return cls(
            term_id=data["term"],
            start=datetime.fromisoformat(data["start"]),
            first_day=date.fromisoformat(data["first_day"]),
            target=datetime.fromisoformat(data["target"]),
            legal=datetime.fromisoformat(data["legal"]),
            provisional=data["provisional"],
            steps=tuple(Step.from_json(step) for step in data["steps"]),
        )
