"""The rulebook: every term by id and day, and what a jurisdiction may change about it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from zhuoluo.clock.days import Calendar
from zhuoluo.clock.errors import TermError
from zhuoluo.clock.moments import ONE_DAY
from zhuoluo.clock.terms import Term, check_values, demand_disjoint, term_from_toml, with_dates

_WORDS = ("name", "name_en", "article", "article_en", "note", "source")
_CHANGEABLE = ("length", "unit", "max_extension", *_WORDS)
_HOURS = {"hour": 1, "same_night": 24, "next_morning": 24, "day": 24}


class Rulebook:
    """Terms by id, each with its dated versions. Immutable: share it freely between threads."""

    __slots__ = ("_terms",)

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, tuple[Term, ...]] = {}
        for term in terms:
            self._terms[term.id] = (*self._terms.get(term.id, ()), term)
        demand_disjoint(self.all())

    @classmethod
    def shipped(cls) -> "Rulebook":
        """The terms shipped with the program. Read once."""
        return _shipped()

    @classmethod
    def from_toml(cls, text: str) -> "Rulebook":
        """A rulebook from the text of a rules file ([[term]] entries); TermError names entry and remedy."""
        try:
            entries = tomllib.loads(text).get("term", [])
        except tomllib.TOMLDecodeError as error:
            raise TermError(f"规则文件不是合格的 TOML：{error}") from error
        return cls(term_from_toml(number, entry) for number, entry in enumerate(entries, start=1))

    def term(self, id: str, on: date) -> Term:  # noqa: A002 - the data file calls it id, and so does every caller
        """The version of term `id` in force on the day `on`; TermError when unknown or not in force."""
        versions = self._terms.get(id)
        if versions is None:
            raise TermError(f"没有名为 {id} 的期限规则；可用的有 {'、'.join(sorted(self._terms))}")
        for term in reversed(versions):
            if term.in_force(on):
                return term
        spans = "、".join(f"{term.valid_from}至{term.valid_until or '今'}" for term in versions)
        raise TermError(f"期限规则 {id} 在{on}不施行（施行期：{spans}）；请核对事由日期或补充该时期的规则")

    def measuring(self, what: str, on: date) -> list[Term]:
        """The terms in force on `on` against which figures measure `what` ('answer'), in the file's order."""
        return [term for term in self.all() if term.measures == what and term.in_force(on)]

    def all(self) -> tuple[Term, ...]:
        """Every version of every term, in the order of the file."""
        return tuple(term for versions in self._terms.values() for term in versions)

    def overridden(self, overrides: Sequence[Mapping[str, Any]], jurisdiction: str) -> "Rulebook":
        """A rulebook with a jurisdiction's own periods.

        Each override names `id`, what changes (length, unit, max_extension, name, article, note …) and, if
        dated, from/until (dates or 2026-01-01 as text); undated, it changes the version now in force.
        Statutory duties of organs may only be shortened, statutory rights of persons not changed at all,
        house rules freely. A period in working days replaces one in natural days only if it never took longer
        in the known years. Raises TermError naming entry, field and remedy.
        """
        terms = dict(self._terms)
        for number, raw in enumerate(overrides, start=1):
            where = f"{jurisdiction}第{number}条修改（{raw.get('id', '无id')}）"
            entry = with_dates(where, raw)
            _demand_readable(where, entry, terms)
            pieces = [piece for term in terms[entry["id"]] for piece in _split(term, entry, jurisdiction)]
            for piece in pieces:
                national = next(term for term in self._terms[piece.id] if term.in_force(piece.valid_from))
                _demand_bounded(where, national, piece)
            terms[entry["id"]] = tuple(pieces)
        return Rulebook(term for versions in terms.values() for term in versions)


@cache
def _shipped() -> Rulebook:
    data = resources.files("zhuoluo.clock") / "data" / "terms.toml"
    return Rulebook.from_toml(data.read_text(encoding="utf-8"))


def _demand_readable(where: str, entry: Mapping[str, Any], terms: Mapping[str, tuple[Term, ...]]) -> None:
    if entry.get("id") not in terms:
        raise TermError(f"{where}：没有这个 id；可用的有 {'、'.join(sorted(terms))}")
    for name in entry.keys() - {"id", "from", "until", *_CHANGEABLE}:
        allowed = "、".join((*_CHANGEABLE, "from", "until"))
        raise TermError(f"{where}：字段 {name} 不能由辖区修改，可改的有 {allowed}")
    for name in _WORDS:
        if not isinstance(entry.get(name, ""), str):
            raise TermError(f"{where}：字段 {name} 应为文字，现为 {entry[name]!r}")
    check_values(where, entry)
    overlaps = [_overlap(term, entry) for term in terms[entry["id"]]]
    if not any(first <= until for first, until in overlaps):
        raise TermError(f"{where}：from/until 与该规则的施行期没有重合，请核对日期")


def _overlap(term: Term, entry: Mapping[str, Any]) -> tuple[date, date]:
    """First and last day on which the override holds for this version; last before first if never.

    Without a `from`, only the version still in force is changed: what was lawful then stays as it was.
    """
    last = term.valid_until or date.max
    first = entry.get("from", term.valid_from if term.valid_until is None else date.max)
    return max(term.valid_from, first), min(last, entry.get("until", date.max))


def _split(term: Term, entry: Mapping[str, Any], jurisdiction: str) -> Iterator[Term]:
    """The term's version cut in up to three: before, within and after the override's own period."""
    first, until = _overlap(term, entry)
    if until < first:
        yield term
        return
    if term.valid_from < first:
        yield replace(term, valid_until=first - ONE_DAY)
    changes = {name: entry[name] for name in _CHANGEABLE if name in entry}
    ends = None if until == date.max else until
    own = replace(term, **changes, valid_from=first, valid_until=ends, jurisdiction=jurisdiction)
    if own.unit != term.unit:
        own = replace(own, bound_max=own.length if term.kind == "statute" else None)
    yield own
    if until < (term.valid_until or date.max):
        yield replace(term, valid_from=until + ONE_DAY)


def _demand_bounded(where: str, term: Term, own: Term) -> None:
    if term.kind != "statute":
        return
    if (own.length, own.unit) != (term.length, term.unit) and term.counts_for == "person":
        raise TermError(
            f"{where}：{term.article} 给当事人的{term.span()}是其权利，字段 length、unit 不能改动"
        )
    if not _within(own, term):
        most = replace(term, length=term.bound_max or term.length).span()
        limit = f"{term.article}的上限{most}"
        raise TermError(
            f"{where}：length {own.span()} 可能长于{limit}，只能缩短；请改小 length 或改用相同单位"
        )
    if (own.max_extension or 0) > (term.max_extension or 0):
        limit = f"{term.article}的{term.max_extension}日"
        raise TermError(f"{where}：max_extension {own.max_extension}日 超过{limit}，请改小")


def _within(own: Term, term: Term) -> bool:
    """Whether `own` can never end after `term`, whatever the units."""
    bound = term.bound_max or term.length
    if own.unit == term.unit:
        return own.length <= bound
    if own.unit == "workday":
        span = Calendar.shipped().longest_span(own.length)
        return term.unit == "day" and 0 < span <= bound
    if term.unit in ("day", "workday"):
        return own.length * _HOURS[own.unit] <= bound * 24
    return False
