"""Every number opens to its rows: the facts behind a numerator or a denominator, newest first, in keyset pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhuoluo.clock import Term, reckon
from zhuoluo.figures.rules import Known, answered_at, rule_start
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.reads import counted
from zhuoluo.matters.reads.counted import Span
from zhuoluo.org.reads import Law, areas, units
from zhuoluo.org.rules import Actor

PAGE = 30
SCAN = 200  # matters looked at a time where a rule's verdict is reckoned, not stored
SCANS = 10


@dataclass(frozen=True)
class Line:
    """One row behind a number: the matter, and the instant that made it count."""

    number: str
    title: str
    place: str
    unit: str
    klass: str
    stage: str
    at: datetime
    due: datetime | None = None
    done: datetime | None = None


@dataclass(frozen=True)
class RowPage:
    """One page of rows; `next` is the cursor of the following page, empty on the last."""

    lines: list[Line]
    next: str


def rows(
    actor: Actor, kinds: tuple[str, ...], span: Span, *, law: Law, after: str = "", size: int = PAGE
) -> RowPage:
    """Return the rows behind the sum of `kinds` in a span; without `since` what stands at its end.

    Kinds are those of figures.rules: a milestone, `due:`/`kept:`/`late:` and a commitment kind, `word:` and a
    satisfaction, `rule_due:`/`rule_kept:`/`rule_late:` and a term id.
    """
    kind = kinds[0]
    prefix, _, name = kind.partition(":")
    standing = span.since is None
    if prefix.startswith("rule_"):
        return _measured(actor, prefix, name, span, law, after, size)
    if prefix == "word":
        words = [k.partition(":")[2] for k in kinds]
        return _page(counted.word_rows(actor, words, span, standing=standing), "at", after, size)
    if prefix in {"due", "kept", "late"}:
        kept = {"due": None, "kept": True, "late": False}[prefix]
        return _page(counted.commitment_rows(actor, name, span, kept=kept), "due", after, size)
    return _page(counted.milestone_rows(actor, kind, span, standing=standing), "at", after, size)


def _page(found: QuerySet[Any], column: str, after: str, size: int) -> RowPage:
    found = found.filter(behind(after, column, newest_first=True))
    page = list(found.order_by(f"-{column}", "-id")[: size + 1])
    lines = [_line(row.matter, getattr(row, column), row) for row in page[:size]]
    last_row = page[size - 1] if len(page) > size else None
    return RowPage(lines, write_cursor(getattr(last_row, column), last_row.id) if last_row else "")


def _line(matter: Any, at: datetime, row: Any = None) -> Line:
    area = areas().get(matter.area_id or "")
    unit = units().get(matter.lead_unit_id or matter.registered_by_id)
    return Line(
        number=matter.number, title=matter.title, place=area.name if area else matter.place,
        unit=unit.short_name if unit else "", klass=matter.klass, stage=matter.stage, at=at,
        due=getattr(row, "due", None), done=getattr(row, "closed_at", None),
    )  # fmt: skip


def _measured(
    actor: Actor, prefix: str, term_id: str, span: Span, law: Law, after: str, size: int
) -> RowPage:
    """Reckon the rule for matter after matter, newest first, until a page is full or enough were looked at."""
    term = next(t for t in law.rulebook.measuring("answer", span.before.date()) if t.id == term_id)
    lines: list[Line] = []
    where = Span(span.before, None, span.area, span.unit, span.klass)
    for _ in range(SCANS):
        older = behind(after, "registered_at", newest_first=True)
        batch = list(counted.matter_rows(actor, where).filter(older)[:SCAN])
        facts = counted.facts([m.id for m in batch])
        for matter in batch:
            after = write_cursor(matter.registered_at, matter.id)
            line = _verdict(matter, facts[matter.id], term, law, prefix, span)
            if line is not None:
                lines.append(line)
            if len(lines) == size:
                return RowPage(lines, after)
        if len(batch) < SCAN:
            return RowPage(lines, "")
    return RowPage(lines, after)


def _verdict(matter: Any, facts: counted.Facts, term: Term, law: Law, prefix: str, span: Span) -> Line | None:
    known = Known(
        facts.klass,
        facts.area,
        facts.unit,
        facts.registered_at,
        facts.milestones,
        facts.promises,
        facts.words,
    )
    answered = answered_at(known)
    gone = {"withdrawn", "merged", "declined", "redirected"}
    if answered is None and any(kind in gone and undone is None for kind, _, undone in known.milestones):
        return None
    due = reckon(term, rule_start(known, term), law.calendar).legal
    if due > span.before or (span.since is not None and due <= span.since):
        return None
    kept = answered is not None and answered < due
    if (prefix == "rule_kept" and not kept) or (prefix == "rule_late" and kept):
        return None
    line = _line(matter, matter.registered_at)
    return Line(**{**vars(line), "due": due, "done": answered})
