"""Runs and rows as a reader may see them, and the tables by which words in a sheet are matched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from zhuoluo.exchange.models import ExportRun, ImportRow, ImportRun, SavedMapping
from zhuoluo.exchange.sheets.histories import Defaults, Lookups, plain
from zhuoluo.exchange.sheets.problems import Problem, Reason
from zhuoluo.matters.reads.categories import categories
from zhuoluo.matters.reads.imported import imported, numbered
from zhuoluo.org.models import User
from zhuoluo.org.reads import SHANGHAI, Law, actor, areas, jurisdiction, units
from zhuoluo.org.rules import SYSTEM, Actor, Permission

T = TypeVar("T")
PAGE = 50
NEEDED_TERMS = ("xf.route", "xf.answer", "house.inquiry.answer", "house.suggestion.answer", "house.serve")


class NotFound(Exception):
    """No such run, or not for this reader."""


def runs(by: Actor) -> QuerySet[ImportRun]:
    """The runs a reader may see: of their units, or all with READ_ALL; newest first."""
    rows = ImportRun.objects.select_related("by", "unit").order_by("-made_at", "-id")
    if by.kind == "system" or by.can(Permission.READ_ALL):
        return rows
    return rows.filter(Q(unit_id__in=by.units) | Q(by_id=by.id))


def run(by: Actor, run_id: UUID) -> ImportRun:
    """One run. Raises NotFound."""
    found = runs(by).filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有找到这次导入，或者您没有查看权限")
    return found


def exports(by: Actor) -> QuerySet[ExportRun]:
    """The sheets that this reader took out, newest first. Nobody else gets them."""
    return ExportRun.objects.filter(by_id=by.id).order_by("-made_at", "-id")


def export(by: Actor, run_id: UUID) -> ExportRun:
    """One sheet taken out. Raises NotFound."""
    found = exports(by).filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有找到这份导出，或者您没有查看权限")
    return found


def run_actor(row: ImportRun | ExportRun, now: datetime) -> Actor:
    """Who a run acts for, with the posts they hold now; the system for a run started at the terminal."""
    return SYSTEM if row.by_id is None else actor(User.objects.get(pk=row.by_id), now)


@dataclass(frozen=True)
class RowPage:
    """A page of rows; `next` is the row number to go on after, None on the last page."""

    rows: list[ImportRow]
    next: int | None


def rows(
    run: ImportRun, state: str = "", *, flagged: bool = False, after: int = 0, limit: int = PAGE
) -> RowPage:
    """Rows of a run in their order: of one state, or with something to look at."""
    found = ImportRow.objects.filter(run=run, number__gt=after)
    if state:
        found = found.filter(state=state)
    if flagged:
        found = found.filter(flagged=True)
    page = list(found.order_by("number")[: limit + 1])
    return RowPage(page[:limit], page[limit - 1].number if len(page) > limit else None)


def numbered_rows(run: ImportRun, numbers: Collection[int]) -> dict[int, ImportRow]:
    """Some rows of a run by their numbers."""
    return {row.number: row for row in ImportRow.objects.filter(run=run, number__in=list(numbers))}


def common_problems(run: ImportRun) -> list[tuple[str, Problem, int]]:
    """Which problems occur how often: (first cell, example, count), blocking ones first."""
    seen: dict[tuple[str, str, bool], list[Any]] = {}
    found = (
        ImportRow.objects.filter(run=run, flagged=True).order_by("number").values_list("problems", flat=True)
    )
    for listed in found.iterator(chunk_size=2000):
        for problem in map(problem_from, listed):
            kept = seen.setdefault((problem.column, problem.reason.code, problem.blocking), [problem, 0])
            kept[1] += 1
    ordered = sorted(seen.items(), key=lambda item: (not item[0][2], -item[1][1]))
    return [(problem.cell, problem, count) for _key, (problem, count) in ordered]


def problem_from(saved: list[Any]) -> Problem:
    """A problem as it was kept."""
    cell, column, code, params, blocking = saved
    return Problem(cell, column, Reason(code, tuple((name, value) for name, value in params)), blocking)


def problem_json(problem: Problem) -> list[Any]:
    """A problem as it is kept."""
    params = [list(pair) for pair in problem.reason.params]
    return [problem.cell, problem.column, problem.reason.code, params, problem.blocking]


def saved(signature: str) -> SavedMapping | None:
    """What the columns under such a header were last said to mean."""
    return SavedMapping.objects.filter(signature=signature).first()


def saved_named(name: str) -> SavedMapping | None:
    """A mapping by the name it was saved under, the newest if there are several."""
    return SavedMapping.objects.filter(name=name).order_by("-saved_at").first()


# --- what words can stand for ---


def defaults(run: ImportRun) -> Defaults:
    """What holds for rows of a run that do not say it themselves."""
    unit = run.defaults.get("unit")
    return Defaults(
        klass=run.defaults.get("klass", "claim"), channel=run.defaults.get("channel", "sheet"),
        unit=UUID(unit) if unit else None, origin=run.origin,
    )  # fmt: skip


def lookups(law: Law, now: datetime) -> Lookups:
    """The tables by which words are matched today."""
    return Lookups(
        areas=_areas(), units=_units(now.astimezone(SHANGHAI).date()), topics=_topics(), earliest=_earliest(law),
        now=now, secret=settings.IDENTITY_KEY,
    )  # fmt: skip


def _areas() -> dict[str, str]:
    home = jurisdiction().name
    named: dict[str, set[str]] = {}
    for area in areas().values():
        for words in {area.name, area.full_name, area.full_name.removeprefix(home)}:
            named.setdefault(plain(words), set()).add(area.code)
    return _certain(named)


def _units(on: date) -> dict[str, UUID]:
    named: dict[str, set[UUID]] = {}
    for unit in units().values():
        if unit.from_date <= on and (unit.until_date is None or unit.until_date >= on):
            for words in {unit.name, unit.short_name}:
                named.setdefault(plain(words), set()).add(unit.id)
    return _certain(named)


def _topics() -> dict[str, str]:
    named: dict[str, set[str]] = {}
    for code, full_name in categories():
        for words in {full_name, full_name.rpartition(" / ")[2]}:
            named.setdefault(plain(words), set()).add(code)
    return _certain(named)


def _certain(named: Mapping[str, set[T]]) -> dict[str, T]:
    return {words: next(iter(found)) for words, found in named.items() if words and len(found) == 1}


def _earliest(law: Law) -> date:
    first: dict[str, date] = {}
    for term in law.rulebook.all():
        first[term.id] = min(first.get(term.id, date.max), term.valid_from)
    return max(first[name] for name in NEEDED_TERMS)


# --- what is here already ---


@dataclass(frozen=True)
class Known:
    """The matters that rows are already, by the rows' keys, and what the rows said from which they came."""

    ids: Mapping[str, UUID]
    digests: Mapping[UUID, str]

    def changed(self, key: str, digest: str) -> bool:
        """Whether a row that is here already now says something else than it did."""
        return self.digests.get(self.ids[key], digest) != digest


def known(origin: str, keys: Collection[str]) -> Known:
    """Which rows are here already: taken in from the same source, or exported from here under our own numbers."""
    taken = imported(origin, keys)
    return Known(numbered(keys) | taken, _digests(list(taken.values())))


def _digests(matters: Sequence[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for start in range(0, len(matters), 500):
        rows = ImportRow.objects.filter(matter_id__in=matters[start : start + 500], state="in")
        found |= {key: digest for key, digest in rows.values_list("matter_id", "digest") if key}
    return found
