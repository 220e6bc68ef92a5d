"""The questions of the form: their order, what each one keeps, and what is still missing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any

from zhuoluo.matters.rules import Refused, check_filing

KEPT_UNFILED = timedelta(hours=48)  # since the last touch
KEPT_FILED = timedelta(hours=24)  # the receipt page; then every word of the draft is wiped
KEPT_STUB = timedelta(days=7)  # so that an old tab still hears "filed already" instead of filing twice
MAX_PHOTOS = 6
MAX_NAMED = 5  # representatives of a joint petition (信访工作条例 art. 20)
MAX_TEXT = 20_000
MAX_ABOUT = 6
WAYS_FIRST = frozenset({"litigation"})  # classes that get a word about their own way before the form
NEEDS_NAME = frozenset({"claim", "litigation"})  # 信访工作条例 art. 19: name and address
KINDS = ("person", "group", "enterprise", "anonymous")
SCREENS = {"kind": 1, "sort": 1, "notice": 1, "what": 2, "about": 3, "where": 4, "village": 4, "photos": 5, "who": 6,
           "check": 7}  # fmt: skip
LAST_SCREEN = 7


@dataclass(frozen=True)
class Answers:
    """What has been answered so far. Field names are the draft's JSON keys."""

    klass: str = ""
    unsure: bool = False
    title: str = ""
    text: str = ""
    about_units: tuple[str, ...] = ()
    about_people: tuple[str, ...] = ()
    query: str = ""  # what was last looked up on the "about whom" screen; never filed
    within: str = ""  # the area whose parts are offered next
    town: str = ""
    area: str = ""
    place: str = ""
    longitude: str = ""
    latitude: str = ""
    photos: tuple[str, ...] = ()  # ids of kept files
    prints: tuple[str, ...] = ()  # what each was when it came (SHA-256), to know a repeated upload by
    kind: str = "person"
    name: str = ""
    phone: str = ""
    address: str = ""
    people: int = 0  # how many a joint petition speaks for, the named ones included
    earlier: str = ""  # id of an answered matter of the same person that this brings new facts to
    earlier_number: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answers":
        """Read what a draft keeps; unknown keys of an older release are passed over."""
        known = {f.name for f in fields(cls)}
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in data.items()
            if name in known
        }
        return cls(**kept)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form, without empty answers."""
        empty = Answers()
        whole = asdict(self)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in whole.items()
            if value != getattr(empty, name)
        }

    def names(self) -> list[str]:
        """Return the representatives of a joint petition."""
        return [name for name in self.name.split("、") if name]

    def others(self) -> int:
        """Return how many people are spoken for beyond those named."""
        return max(self.people - len(self.names()), 0) if self.kind == "group" else 0


def path(answers: Answers) -> tuple[str, ...]:
    """Return the screens this filing goes through, in order."""
    steps = ["kind"]
    if answers.unsure:
        steps.append("sort")
    if answers.klass in WAYS_FIRST:
        steps.append("notice")
    steps += ["what", "about", "where"]
    if answers.town:
        steps.append("village")
    return (*steps, "photos", "who", "check")


def after(answers: Answers, step: str) -> str:
    """Return the screen that follows."""
    steps = path(answers)
    at = steps.index(step) if step in steps else 0
    return steps[min(at + 1, len(steps) - 1)]


def before(answers: Answers, step: str) -> str:
    """Return the screen the back link leads to, or an empty string on the first."""
    steps = path(answers)
    at = steps.index(step) if step in steps else 0
    return steps[at - 1] if at else ""


def gap(answers: Answers) -> str:
    """Return the first screen whose answer is needed and missing, or an empty string when all is there."""
    if not answers.klass:
        return "sort" if answers.unsure else "kind"
    if not answers.text.strip():
        return "what"
    try:
        check_filing(
            answers.klass,
            answers.kind,
            answers.name,
            answers.address,
            answers.phone,
            answers.text,
            required=True,
        )
    except Refused:
        return "who"
    if answers.kind == "group" and not 1 <= len(answers.names()) <= MAX_NAMED:
        return "who"
    return ""


def chosen_class(answers: Answers, klass: str) -> Answers:
    """Answer the first question; "unsure" leaves the class open for the follow-up question."""
    if klass == "unsure":
        return replace(answers, unsure=True, klass="")
    return replace(answers, unsure=False, klass=klass)
