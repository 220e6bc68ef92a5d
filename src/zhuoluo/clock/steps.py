"""The steps by which a date was reached: kept with the date, put in words by `chinese` and `english`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal[
    "rule",
    "given",
    "start",
    "count",
    "pause",
    "extend",
    "roll",
    "exact",
    "night",
    "morning",
    "set",
    "unknown",
    "due",
]

WEEKEND = "周末"


@dataclass(frozen=True, slots=True)
class Run:
    """Rest days in a row that were passed over, under one name: a festival, or 周末 for a plain weekend."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step. What the fields mean depends on `kind`; unused ones keep their defaults.

    rule    text/text_en the term's name, article/article_en, count and unit its length
    given   count and unit set for this one case instead of the rule's own length
    start   day of the act in Beijing, until the first day counted (民法典 第201条)
    count   count units counted from day to until; rest days passed over in runs, make-up days in worked
    pause   [day, until] both stood still, count of days the term moved by, text the reason
    extend  count units added, until the new last day, article; runs and worked as for count
    roll    from the rest day `day` to the workday `until`, past runs (民法典 第203条); text person: a right
    exact   hours: at the instant; count hours (民法典 第201条)
    night   the evening's end, at the instant; morning: the next morning; neither is rolled
    set     day a person set; text its name if it is a rest day
    unknown years whose holiday notice is missing
    due     day of the target, until the legal last day; at the legal instant
    """

    kind: Kind
    day: date | None = None
    until: date | None = None
    at: datetime | None = None
    count: int = 0
    unit: str = ""
    runs: tuple[Run, ...] = ()
    worked: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    text: str = ""
    text_en: str = ""
    article: str = ""
    article_en: str = ""

    @property
    def skipped(self) -> int:
        """How many rest days were passed over in this step."""
        return sum(run.days for run in self.runs)

    def as_json(self) -> dict[str, Any]:
        """The step as JSON values; fields at their default are left out."""
        facts = ((name, getattr(self, name)) for name in _NAMES)
        return {name: _plain(value) for name, value in facts if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Step":
        """The step that `as_json` wrote."""
        return cls(**{name: _READ.get(name, _same)(value) for name, value in data.items()})


_NAMES = tuple(field.name for field in fields(Step))


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Run):
        return [value.first.isoformat(), value.last.isoformat(), value.name]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _same(value: Any) -> Any:
    return value


def _runs(value: list[list[str]]) -> tuple[Run, ...]:
    return tuple(
        Run(date.fromisoformat(first), date.fromisoformat(last), name) for first, last, name in value
    )


def _days(value: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in value)


_READ: Mapping[str, Any] = {
    "day": date.fromisoformat,
    "until": date.fromisoformat,
    "at": datetime.fromisoformat,
    "runs": _runs,
    "worked": _days,
    "years": tuple,
}
