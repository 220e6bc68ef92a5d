"""Terms: how long somebody has, under which article, from when to when that rule was in force."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

from zhuoluo.clock import chinese, english
from zhuoluo.clock.errors import TermError

TermKind = Literal["statute", "house"]
Unit = Literal["day", "workday", "hour", "same_night", "next_morning"]
Whose = Literal["organ", "person"]
Starts = Literal[
    "received", "accepted", "issued", "served", "requested", "asked", "objected", "raised", "due"
]
Certainty = Literal["read", "excerpt", "unverified"]

LONGEST = 3660
_ID = re.compile(r"^[a-z]+(\.[a-z0-9_]+)+$")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(TermKind),
    "unit": get_args(Unit),
    "counts_for": get_args(Whose),
    "starts": get_args(Starts),
    "certainty": get_args(Certainty),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One version of a rule's period.

    `valid_until` is the last day in force (None: still in force). `bound_max` is the longest a jurisdiction
    may make it, in the term's own unit (None: no bound, house rules). `max_extension` is the natural days one
    extension may add (0: the rule knows none; None: no limit, house rules). `counts_for` person is a right:
    its end always rolls and it is never shortened. `starts` names the act the count starts from, `measures`
    ('answer') what the figures measure against it, `scope` the place a local rule belongs to, `jurisdiction`
    who overrode it, `certainty` whether the source was read in full.
    """

    id: str
    name: str
    name_en: str
    article: str
    kind: TermKind
    length: int
    unit: Unit
    counts_for: Whose
    valid_from: date
    valid_until: date | None = None
    bound_max: int | None = None
    max_extension: int | None = None
    measures: str = ""
    note: str = ""
    source: str = ""
    article_en: str = ""
    starts: Starts = "received"
    scope: str = ""
    jurisdiction: str = ""
    certainty: Certainty = "read"

    def in_force(self, on: date) -> bool:
        """Whether this version of the rule was in force on the day `on`."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def span(self, language: str = "zh") -> str:
        """The length in words: 60日, 5个工作日, 24小时, 当晚; or '60 days' and so on."""
        words = chinese.length_words if language == "zh" else english.length_words
        return words(self.length, self.unit)


_FILE_NAMES = {"valid_from": "from", "valid_until": "until"}
_NAMES = [field.name for field in fields(Term) if field.name != "jurisdiction"]
_FIELDS = {_FILE_NAMES.get(name, name): name for name in _NAMES}
_TEXTS = ("id", "name", "name_en", "article", "article_en", "source")
_REQUIRED = (*_TEXTS, "kind", "length", "unit", "counts_for", "starts", "from", "certainty")


def term_from_toml(number: int, entry: Mapping[str, Any]) -> Term:
    """The term in the `number`-th entry of a rules file; TermError names entry, field and remedy."""
    where = f"第{number}条规则（{entry.get('id', '无id')}）"
    for name in entry.keys() - _FIELDS.keys():
        raise TermError(f"{where}：不认识的字段 {name}，可用字段为 {'、'.join(sorted(_FIELDS))}")
    for name in _REQUIRED:
        if name not in entry:
            raise TermError(f"{where}：缺少字段 {name}，请补上")
    for name in _TEXTS:
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise TermError(f"{where}：字段 {name} 应为非空文字")
    if not _ID.match(entry["id"]):
        raise TermError(f"{where}：id 应为小写英文并以点分段，如 xf.answer")
    entry = with_dates(where, entry)
    check_values(where, entry)
    values = {_FIELDS[name]: value for name, value in entry.items()}
    if values["kind"] == "statute":
        values.setdefault("bound_max", values["length"])
        values.setdefault("max_extension", 0)
    return Term(**values)


def with_dates(where: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with `from` and `until` as dates; text such as 2022-05-01 is read (JSON has no dates)."""
    read = dict(entry)
    for name in {"from", "until"} & entry.keys():
        value = entry[name]
        try:
            read[name] = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            read[name] = None
        if type(read[name]) is not date:
            raise TermError(f"{where}：字段 {name} 应为日期，如 2022-05-01，现为 {value!r}")
    return read


def check_values(where: str, entry: Mapping[str, Any]) -> None:
    """Refuse values of the wrong type or range in an entry or an override; `where` opens the message."""
    for name, allowed in _CHOICES.items():
        if name in entry and entry[name] not in allowed:
            raise TermError(
                f"{where}：字段 {name} 的值 {entry[name]!r} 不可用，请用 {'、'.join(allowed)} 之一"
            )
    for name, least in (("length", 1), ("bound_max", 1), ("max_extension", 0)):
        value = entry.get(name, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LONGEST:
            raise TermError(f"{where}：字段 {name} 应为{least}到{LONGEST}的整数，现为 {value!r}")
    if "from" in entry and "until" in entry and entry["until"] < entry["from"]:
        raise TermError(f"{where}：until {entry['until']} 早于 from {entry['from']}，请改正其一")


def demand_disjoint(terms: Iterable[Term]) -> None:
    """Refuse two versions of one id that are in force on the same day."""
    latest: dict[str, Term] = {}
    for term in sorted(terms, key=lambda term: (term.id, term.valid_from)):
        earlier = latest.get(term.id)
        if earlier and (earlier.valid_until is None or earlier.valid_until >= term.valid_from):
            first, second = earlier.valid_from, term.valid_from
            raise TermError(
                f"规则 {term.id}：从{first}和{second}起的两个版本有效期重叠，请给前一个写上 until"
            )
        latest[term.id] = term
