"""Clauses as they stood on a day: found by words, cited, read whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.outreach.policy.models import ClauseText
from zhuoluo.outreach.policy.rules.citing import citation, place
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.wording import asked
from zhuoluo.outreach.policy.rules.words import AUDIENCES, tagged
from zhuoluo.search import reads as index

KIND = "clause"
READERS = ("all",)
LOOKED_AT = 200  # versions found by words, of which those of the day are kept
NEAR = 0.2  # of the weight of a question's words that have to stand in a clause only like it
NEAREST = 40


@dataclass(frozen=True)
class ClauseView:
    """A clause in the words of one day. `until_day`: the last day they hold; None: nobody has said when they end.

    `near`: not all words asked for stand in it, it is only like the question; say so where it is shown.
    """

    clause_id: UUID
    document_id: UUID
    document: str
    label: str
    heading: str
    text: str
    plain: str
    from_day: date
    until_day: date | None
    sequence: int = 0
    audiences: tuple[str, ...] = ()
    near: bool = False
    why: str = ""  # on what these words rest, when they amended others

    @property
    def citation(self) -> str:
        """Return how the clause is cited: document, label, and since when these words are in force."""
        return citation(self.document, self.label, self.from_day)

    @property
    def place(self) -> str:
        """Return the label as a citation says it: 第17项 for a bare 17."""
        return place(self.label)


FoundClause = ClauseView


def _published() -> "QuerySet[ClauseText]":
    return ClauseText.objects.filter(clause__document__state="published").select_related("clause__document")


def _on(day: date) -> Q:
    return Q(from_day__lte=day) & (Q(until_day__isnull=True) | Q(until_day__gte=day))


def _view(row: ClauseText, *, near: bool = False) -> ClauseView:
    clause, document = row.clause, row.clause.document
    kept = clause.audiences or document.audiences
    return ClauseView(
        clause.id, clause.document_id, document.title, clause.label, clause.heading, row.text, row.plain,
        row.from_day, row.until_day, clause.sequence, tuple(AUDIENCES[key] for key in tagged(kept)), near,
        row.why,
    )  # fmt: skip


def search(text: str, *, on: date, limit: int = 20) -> list[FoundClause]:
    """Return the clauses in force on a day in which every word asked for stands, the newest words first.

    Behind them come clauses that are only like what was asked (`near`), for people ask in sentences. Nothing is made up:
    where no clause of that day has the words or is like them, the list is empty. A fixed number of queries.
    """
    bare = asked(text)
    exact = [*index.find(text, readers=READERS, kind=KIND, limit=LOOKED_AT).ids]
    exact += index.find(bare, readers=READERS, kind=KIND, limit=LOOKED_AT).ids
    like = [
        one for one, score in index.similar(bare, readers=READERS, kind=KIND, limit=NEAREST) if score >= NEAR
    ]
    wanted = list(dict.fromkeys([*exact, *like]))
    if not wanted:
        return []
    rows = {row.id: row for row in _published().filter(_on(on), pk__in=wanted)}
    held = set(exact)
    return [_view(rows[one], near=one not in held) for one in wanted if one in rows][:limit]


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


def of_document(document_id: UUID, on: date, *, after: int = 0, limit: int | None = None) -> list[ClauseView]:
    """Return the clauses of a document as they stood on a day, in its order, behind a place. One query."""
    rows = _published().filter(_on(on), clause__document_id=document_id, clause__sequence__gt=after)
    return [_view(row) for row in rows.order_by("clause__sequence")[:limit]]


def versions(clause_id: UUID) -> list[ClauseView]:
    """Return every version of a clause, the newest first. One query."""
    return [_view(row) for row in _published().filter(clause_id=clause_id).order_by("-from_day")]
