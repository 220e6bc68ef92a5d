"""From what a row says to the matter it becomes: words matched where certain, kept as words where not.

Pure but for the types it fills: areas, units and topics come in as plain tables, "now" as an argument.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID

from zhuoluo.exchange.sheets.choices import Mapping as Columns
from zhuoluo.exchange.sheets.fields import BY_KEY
from zhuoluo.exchange.sheets.meaning import ACCUSATION, anonymous, channel_of, klass_of, outcome_of
from zhuoluo.exchange.sheets.problems import Problem, reason
from zhuoluo.exchange.sheets.rowvalues import Cleaned, RowResult
from zhuoluo.exchange.sheets.values import as_text
from zhuoluo.exchange.sheets.when import SHANGHAI
from zhuoluo.matters.actions import Answered, Filing, History
from zhuoluo.matters.rules import CHANNELS, KLASSES
from zhuoluo.residents.actions import Contact

KLASSES_EN = {
    "claim": "claim", "suggestion": "suggestion", "inquiry": "inquiry",
    "litigation": "matter for the courts",
}  # fmt: skip
CHANNELS_EN = {
    "web": "online", "walk_in": "visit", "phone": "phone", "letter": "letter", "sheet": "sheet", "talk": "talk",
    "research": "research", "reception": "reception", "onsite": "on-site", "duty": "duty", "transfer": "from above",
}  # fmt: skip
_UNANSWERABLE = frozenset({"litigation"})
_PLACE = 200  # characters the column of the database holds


@dataclass(frozen=True)
class Defaults:
    """What holds for rows that do not say it themselves. `unit`: who registers, and owes the routing."""

    klass: str = "claim"
    channel: str = "sheet"
    unit: UUID | None = None
    origin: str = ""


@dataclass(frozen=True)
class Lookups:
    """What words can stand for here; a word that could stand for two things is in no table."""

    areas: Mapping[str, str]
    units: Mapping[str, UUID]
    topics: Mapping[str, str]
    earliest: date  # the first day whose terms are known
    now: datetime
    secret: str  # keys the digests, so that nobody can try out contents


@dataclass(frozen=True)
class Built:
    """A row ready to come in, or the reasons why not (`history` is then None)."""

    number: int
    key: str
    digest: str
    history: History | None
    problems: tuple[Problem, ...]
    cell: str  # where its number stands, and under which label; else where it begins
    column: str


def plain(words: str) -> str:
    """A name as names are compared: no blanks."""
    return "".join(words.split())


def build_row(result: RowResult, columns: Columns, defaults: Defaults, lookups: Lookups) -> Built:
    """What a row of its own becomes."""
    building = _Building(result, columns, defaults, lookups)
    history = building.history()
    problems = (*result.problems, *building.problems)
    blocked = any(problem.blocking for problem in problems)
    cell, column = building.cell("external_id", "title", "text")
    kept = None if blocked else history
    return Built(result.number, building.key(), building.digest(), kept, problems, cell, column)


@dataclass
class _Building:
    """Builds one row; what could not be matched ends up among the notes."""

    result: RowResult
    columns: Columns
    defaults: Defaults
    lookups: Lookups
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    # --- the row's own mark ---

    def key(self) -> str:
        """The number at the source, else a keyed digest of what was raised by whom and when."""
        given = self.said("external_id")
        return given or "#" + self.hashed("title", "text", "raised_at", "raiser_name", "phone")

    def digest(self) -> str:
        """A keyed digest of all that matters, which tells a row that was changed later."""
        return self.hashed(
            "title", "text", "raised_at", "raiser_name", "phone", "answer_text", "answered_at", "served_at"
        )

    def hashed(self, *keys: str) -> str:
        values = json.dumps([self.said(key) for key in keys], ensure_ascii=False)
        return hmac.digest(self.lookups.secret.encode(), values.encode(), "sha256").hex()[:32]

    # --- reading ---

    def said(self, key: str) -> str:
        """The cleaned value of a field as text, empty where the row does not say."""
        value = self.result.values.get(key)
        return "" if value is None else as_text(value)

    def blame(self, key: str, code: str, *, blocking: bool = True, **params: str) -> None:
        """Point at the cell of a field, or at the row's first column."""
        self.problems.append(Problem(*self.cell(key), reason(code, **params), blocking))

    def cell(self, *keys: str) -> tuple[str, str]:
        """Address and label of the cell of the first of these fields that has a column, else of the first column."""
        choices = {choice.target: choice for choice in reversed(self.columns.choices)}
        found = next((choices[key] for key in keys if key in choices), self.columns.choices[0])
        return f"{found.letter}{self.result.number}", found.label

    def note(self, key: str, words: str) -> None:
        """Keep words for staff under the label of their column."""
        label = next((one.label for one in self.columns.choices if one.target == key), BY_KEY[key].label)
        self.notes.append(f"{label}：{words}")

    # --- building ---

    def history(self) -> History:
        """The matter, its answer if there is one, and everything else as a note."""
        klass, category = self.klass(), self.category()
        raised = self.moment("raised_at")
        if raised is None and not any(problem.blocking for problem in self.result.problems):
            self.blame("raised_at", "raised_unknown", blocking=False)
        area, place = self.place()
        channel = self.channel()
        unit = self.unit()
        answer = self.answer(klass, raised, unit)
        contact = self.contact()
        self.rest()
        filing = Filing(
            klass=klass, text=self.said("text") or self.said("title"), title=self.said("title"), contact=contact,
            channel=channel, area=area, place=place, category=category, raised_at=raised, unit_id=self.defaults.unit,
            origin=self.defaults.origin, external_id=self.key(), complete=False,
        )  # fmt: skip
        return History(filing, "\n".join(self.notes), answer)

    def moment(self, key: str) -> datetime | None:
        """A time in the past; a day without a time is its first instant."""
        value = self.result.values.get(key)
        if not isinstance(value, date):
            return None
        moment = _instant(value)
        if moment > self.lookups.now:
            self.blame(key, "when_future", value=as_text(value))
        elif moment.astimezone(SHANGHAI).date() < self.lookups.earliest:
            self.blame(key, "when_before_rules", value=as_text(value), day=self.lookups.earliest.isoformat())
        return moment

    def klass(self) -> str:
        """The class said, else the default."""
        words = self.said("klass")
        found = klass_of(words)
        if found == ACCUSATION:
            self.blame("klass", "class_sealed", value=words)
            return self.defaults.klass
        if words and not found:
            used = self.defaults.klass
            self.note("klass", words)
            if plain(words) not in self.lookups.topics:
                self.blame(
                    "klass", "class_unknown", blocking=False, value=words, used=KLASSES[used], used_en=KLASSES_EN[used]
                )  # fmt: skip
        return found or self.defaults.klass

    def category(self) -> str | None:
        """The topic of the site's own tree that the words name for certain."""
        topic, klass = plain(self.said("topic")), plain(self.said("klass"))
        found = self.lookups.topics.get(topic) or self.lookups.topics.get(klass)
        if topic and topic not in self.lookups.topics:
            self.note("topic", self.said("topic"))
        return found

    def channel(self) -> str:
        """The channel said, else the default."""
        words = self.said("channel")
        found = channel_of(words)
        if words and not found:
            used = self.defaults.channel
            self.note("channel", words)
            self.blame(
                "channel", "channel_unknown", blocking=False, value=words, used=CHANNELS[used], used_en=CHANNELS_EN[used]
            )  # fmt: skip
        return found or self.defaults.channel

    def place(self) -> tuple[str | None, str]:
        """The area where its name is certain; every other word stays in the place, or in a note if too long."""
        words, detail = self.said("area"), self.said("place")
        area = self.lookups.areas.get(plain(words)) if words else None
        if words and area is None:
            self.blame("area", "area_unknown", blocking=False, value=words)
            detail = f"{words} {detail}".strip()
        if len(detail) > _PLACE:
            self.note("place", detail)
            detail = detail[: _PLACE - 1] + "…"
        return area, detail

    def unit(self) -> UUID | None:
        """The unit that answered, where its name is certain."""
        words = self.said("unit")
        found = self.lookups.units.get(plain(words)) if words else None
        if words and found is None:
            self.blame("unit", "unit_unknown", blocking=False, value=words)
        if words and (found is None or not self.said("answered_at")):
            self.note("unit", words)
        return found

    def answer(self, klass: str, raised: datetime | None, unit: UUID | None) -> Answered | None:
        """The answer, if the row gives one with its time."""
        text, answered, served = (
            self.said("answer_text"),
            self.moment("answered_at"),
            self.moment("served_at"),
        )
        if answered is None:
            self.unanswered(text, served)
            return None
        if not text:
            self.blame("answered_at", "answered_without_text")
        if raised is None:
            self.blame("raised_at", "answered_without_raised")
        if klass in _UNANSWERABLE:
            self.blame("klass", "class_without_answer")
        outcome = self.said("outcome")
        if outcome and not outcome_of(outcome):
            self.note("outcome", outcome)
        answered = max(answered, raised or answered)  # a day alone counts as the whole day
        return Answered(
            text=text, at=answered, served_at=max(served, answered) if served else None, unit_id=unit,
            outcome=outcome_of(outcome) or "explained",
        )  # fmt: skip

    def unanswered(self, text: str, served: datetime | None) -> None:
        """Keep what is said about handling when there is no dated answer."""
        if text:
            self.note("answer_text", text)
            self.blame("answered_at", "answer_without_day", blocking=False)
        if served:
            self.note("served_at", self.said("served_at"))
        if self.said("outcome"):
            self.note("outcome", self.said("outcome"))

    def contact(self) -> Contact:
        """Who raised it, as the row tells; what fits no column goes along with the identity."""
        name = self.said("raiser_name")
        told = Contact(
            name=name, phone=self.said("phone"), id_number=self.said("id_number"), address=self.said("address"),
            more="\n".join(f"{label}：{words}" for label, words in self.result.extra_personal.items()),
        )  # fmt: skip
        if anonymous(name) and not told.id_number and not told.more:
            return replace(told, kind="anonymous", name="")
        return told

    def rest(self) -> None:
        """Keep every other word."""
        self.notes += [f"{label}：{words}" for label, words in self.result.extra.items()]
        for key in ("likes", "dislikes"):
            if self.result.values.get(key):
                self.note(key, self.said(key))
        if self.said("remark"):
            self.note("remark", self.said("remark"))


def _instant(value: Cleaned) -> datetime:
    """A moment; a day is its midnight in Shanghai."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min, SHANGHAI)
    raise TypeError(value)


def default_origin(signature: str, sheet: str) -> str:
    """The name of a source nobody named: the same header in a sheet of the same name is the same source."""
    return f"{sheet[:40]} {signature[:8]}".strip()


def hashed_file(data: bytes) -> str:
    """The SHA-256 of a file, as hex."""
    return hashlib.sha256(data).hexdigest()
