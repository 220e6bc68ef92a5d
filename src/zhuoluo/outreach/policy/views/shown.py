"""What the pages share: today in Shanghai, the day asked for, doing an act and saying why it was refused."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from zhuoluo.kit.asked import asked_day, asked_number
from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.sentences import Sentence
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.policy import reads
from zhuoluo.outreach.policy.models import Document
from zhuoluo.outreach.policy.reads import ClauseView, FoundClause
from zhuoluo.outreach.policy.rules.errors import NotFound

_deeds = Deeds(NotFound, (Sentence, Forbidden))
or_404, done, tried = _deeds.or_404, _deeds.done, _deeds.tried
LONGEST = 100  # characters of what is looked for
CLAUSES = 60  # on one page of a document


def today() -> date:
    """Return the day it is in Shanghai."""
    return timezone.now().astimezone(SHANGHAI).date()


def asked_on(request: HttpRequest) -> date:
    """Return the day the address asks for, else today."""
    return asked_day(request.GET.get("on")) or today()


def document_or_404(document_id: UUID, *, staff: bool = False) -> Document:
    """Return the document of an address."""
    return or_404(lambda: reads.document(document_id, staff=staff))


def version_of(request: HttpRequest) -> int | None:
    """Return the version of the document that the page was made from."""
    return asked_number(request.POST.get("version"))


def sought(request: HttpRequest, on: date) -> dict[str, object]:
    """Return what was looked for and the clauses found: those with all words, and those only like it."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found: list[FoundClause] = reads.search(words, on=on) if words else []
    return {
        "words": words, "on": on, "today": today(), "found": [f for f in found if not f.near],
        "near": [f for f in found if f.near],
    }  # fmt: skip


def page_of_clauses(
    request: HttpRequest, row: Document, on: date, *, whole: bool = False
) -> dict[str, object]:
    """Return a page of a document's clauses as they stood on a day, and where the next begins."""
    after = asked_number(request.GET.get("after")) or 0
    limit = None if whole else CLAUSES
    found: list[ClauseView] = reads.of_document(
        row.pk, on, after=0 if whole else after, limit=limit and limit + 1
    )
    page = found[:limit]
    more = page[-1].sequence if limit and len(found) > limit else 0
    return {"document": row, "rows": page, "next": more, "on": on, "today": today(), "whole": whole}
