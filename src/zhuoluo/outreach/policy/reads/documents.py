"""Documents: the list, one of them, its proposals while it is a draft."""

from dataclasses import dataclass
from uuid import UUID

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.rules.errors import NotFound
from zhuoluo.outreach.policy.rules.splitting import doubts

PAGE = 30


@dataclass(frozen=True)
class DocumentPage:
    """One page of documents, those taken in last first, and the cursor of the next."""

    rows: list[Document]
    next: str = ""


def documents(state: str, *, after: str = "", limit: int = PAGE) -> DocumentPage:
    """Return the documents in a state, those taken in last first; keyset pages. One query."""
    rows = Document.objects.filter(behind(after, "made_at", newest_first=True), state=state)
    found = list(rows.order_by("-made_at", "-id")[: limit + 1])
    page = found[:limit]
    more = write_cursor(page[-1].made_at, page[-1].id) if len(found) > limit else ""
    return DocumentPage(page, more)


def document(document_id: UUID, *, staff: bool = False) -> Document:
    """Return a document; drafts and those taken down are for staff only. Raises NotFound."""
    row = Document.objects.select_related("replaced_by").filter(pk=document_id).first()
    if row is None or (row.state != "published" and not staff):
        raise NotFound("没有找到这份政策文件")
    return row


def proposed(document_id: UUID) -> list[tuple[Proposed, tuple[str, ...]]]:
    """Return the proposals of a draft in their order, each with what is in doubt about it. One query."""
    rows = list(Proposed.objects.filter(document_id=document_id).order_by("place"))
    return list(zip(rows, doubts((row.label, row.text) for row in rows), strict=True))
