"""Clauses as they stood on a day: found by words, cited, read whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.outreach.policy.models import ClauseText
from zhuoluo.outreach.policy.rules.citing import citation
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.search import reads as index

KIND = "clause"
READERS = ("all",)
LOOKED_AT = 200  # versions found by words, of which those of the day are kept


@dataclass(frozen=True)
class ClauseView:
    """A clause in the words of one day. `until_day`: the last day they hold; None: nobody has said when they end."""

    clause_id: UUID
    document_id: UUID
    document: str
    label: str
    heading: str
    text: str
    plain: str
    from_day: date
    until_day: date | None

    @property
    def citation(self) -> str:
        """Return how the clause is cited: document, label, and since when these words are in force."""
        return citation(self.document, self.label, self.from_day)


FoundClause = ClauseView


def _published() -> "QuerySet[ClauseText]":
    return ClauseText.objects.filter(clause__document__state="published").select_related("clause__document")


def _on(day: date) -> Q:
    return Q(from_day__lte=day) & (Q(until_day__isnull=True) | Q(until_day__gte=day))


def _view(row: ClauseText) -> ClauseView:
    clause = row.clause
    return ClauseView(
        clause.id, clause.document_id, clause.document.title, clause.label, clause.heading, row.text, row.plain,
        row.from_day, row.until_day,
    )  # fmt: skip


def search(text: str, *, on: date, limit: int = 20) -> list[FoundClause]:
    """Return the clauses in force on a day in which every word asked for stands, the newest words first.

    Nothing is made up: without a clause that holds the words the list is empty. Two queries.
    """
    found = index.find(text, readers=READERS, kind=KIND, limit=LOOKED_AT)
    if not found.ids:
        return []
    rows = {row.id: row for row in _published().filter(_on(on), pk__in=found.ids)}
    return [_view(rows[one]) for one in found.ids if one in rows][:limit]


def in_force(clause_id: UUID, on: date) -> ClauseView | None:
    """Return a clause as it stood on a day, or None when it was not in force then. One query."""
    row = _published().filter(_on(on), clause_id=clause_id).first()
    return _view(row) if row is not None else None


def citations(clause_ids: Collection[UUID], on: date) -> dict[UUID, ClauseView]:
    """Return those of the clauses that stood on a day, by id. One query for any number."""
    rows = _published().filter(_on(on), clause_id__in=list(clause_ids))
    return {row.clause_id: _view(row) for row in rows}


def cite(clause_id: UUID, on: date) -> str:
    """Return how a clause is cited for a day. Raises Refused when it was not in force on it."""
    found = in_force(clause_id, on)
    if found is None:
        raise Refused("这一条在 %(day)s 没有生效，不能引用", day=on.isoformat())
    return found.citation


def of_document(document_id: UUID, on: date) -> list[ClauseView]:
    """Return the clauses of a document as they stood on a day, in its order. One query."""
    rows = _published().filter(_on(on), clause__document_id=document_id).order_by("clause__sequence")
    return [_view(row) for row in rows]


def versions(clause_id: UUID) -> list[ClauseView]:
    """Return every version of a clause, the newest first. One query."""
    return [_view(row) for row in _published().filter(clause_id=clause_id).order_by("-from_day")]
