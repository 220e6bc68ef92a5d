"""Documents: the list, one of them, its proposals while it is a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.rules.errors import NotFound
from zhuoluo.outreach.policy.rules.splitting import doubts

PAGE = 30


@dataclass(frozen=True)
class DocumentPage:
    """One page of documents, those taken in last first, and the cursor of the next."""

    rows: Sequence[Document]
    next: str = ""


def documents(
    *states: str, on: date | None = None, ended: date | None = None, audience: str = "", after: str = "", limit: int = PAGE
) -> DocumentPage:  # fmt: skip
    """Return the documents in some states, those taken in last first; keyset pages. One query.

    `on`: only those in force on a day or from a later one; `ended`: only those that were over before a day. `clauses` of each
    row is how many it has.
    """
    rows = Document.objects.filter(behind(after, "made_at", newest_first=True), state__in=states)
    if on is not None:
        rows = rows.filter(Q(until_day__isnull=True) | Q(until_day__gte=on))
    if ended is not None:
        rows = rows.filter(until_day__lt=ended)
    if audience:
        rows = rows.filter(audiences__contains=f",{audience},")
    counted = rows.annotate(many=Count("clauses"))
    found = list(counted.order_by("-made_at", "-id")[: limit + 1])
    page = found[:limit]
    more = write_cursor(page[-1].made_at, page[-1].id) if len(found) > limit else ""
    return DocumentPage(page, more)


def document(document_id: UUID, *, staff: bool = False) -> Document:
    """Return a document; drafts and those taken down are for staff only. Raises NotFound."""
    row = Document.objects.select_related("replaced_by").filter(pk=document_id).first()
    if row is None or (row.state != "published" and not staff):
        raise NotFound("没有找到这份政策文件")
    return row


@dataclass(frozen=True)
class Proposal:
    """A proposed clause with what is in doubt about it."""

    row: Proposed
    doubts: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Say whether somebody still has to look at it."""
        return bool(self.doubts) and not self.row.seen


def proposed(document_id: UUID) -> list[Proposal]:
    """Return the proposals of a draft in their order. One query."""
    rows = list(Proposed.objects.filter(document_id=document_id).order_by("place"))
    told = doubts((row.label, row.text) for row in rows)
    return [Proposal(row, why) for row, why in zip(rows, told, strict=True)]


def replacements(document_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Return the published documents that may stand in the place of another, those taken in last first."""
    rows = Document.objects.filter(state="published").exclude(pk=document_id).order_by("-made_at", "-id")
    return [(row.pk, row.title) for row in rows[:200]]
