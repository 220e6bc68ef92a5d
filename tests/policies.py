"""A document in force with its file, a draft under review, for the tests that walk every page of the policy library."""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhuoluo.org.reads import SHANGHAI
from zhuoluo.outreach.policy import actions
from zhuoluo.outreach.policy.actions import DocumentContent, Row, Upload
from zhuoluo.outreach.policy.models import Document
from zhuoluo.outreach.policy.tests.library import published_document
from zhuoluo.outreach.policy.tests.papers import lines, word

if TYPE_CHECKING:
    from tests.scene import Browser, Scene

SINCE = date(2024, 3, 1)
PROPOSED = (Row("第一条", "本县户籍居民适用。"), Row("第三条", "门诊按七成报。"), Row("第四条", "大病另报。"))


def stand(made: "Scene") -> None:
    """Let there be a document taken from a file and published, and a draft of which something is in doubt."""
    at = made.now - timedelta(days=3)
    by = made.county.who("outreach", at)
    taken = actions.take_in(upload=Upload(word(lines()), "三十六条.docx"), by=by, at=at)
    content = DocumentContent("高层次人才若干措施", "县委组织部", "measure", SINCE, SINCE)
    actions.change(document_id=taken.pk, content=content, by=by, at=at)
    actions.look_over(document_id=taken.pk, proposed_ids=[p.pk for p in taken.proposed.all()], by=by, at=at)
    actions.review(document_id=taken.pk, by=by, at=at)
    published = actions.publish(document_id=taken.pk, by=by, at=at)
    draft = drafted(made, "门诊报销办法", at)
    made.policies |= {
        "published": published.pk, "clause": published.clauses.order_by("sequence")[0].pk, "draft": draft.pk,
        "proposed": draft.proposed.order_by("place")[0].pk,
    }  # fmt: skip


def drafted(made: "Scene", title: str, at: Any) -> Document:
    """A draft with a jump in its numbering."""
    by = made.county.who("outreach", at)
    row = actions.draft(content=DocumentContent(title, "县医保局", "measure", SINCE, SINCE), by=by, at=at)
    actions.propose(document_id=row.pk, rows=PROPOSED, by=by, at=at)
    return row


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a page of the library can list."""
    at, by = made.now - timedelta(days=2), made.county.who("outreach", made.now)
    drafted(made, f"第{lot}份草稿", at)
    since = SINCE + timedelta(days=lot)
    published_document(
        f"第{lot}份办法", [("第一条", "看病怎么报销"), ("第二条", "报销多少")], since=since, at=at
    )
    actions.amend(
        clause_id=made.policies["clause"], from_day=made.now.astimezone(SHANGHAI).date() + timedelta(days=30 * lot),
        text=f"第{lot}次修订的条文", by=by, at=made.now,
    )  # fmt: skip
    kept = Document.objects.get(pk=made.policies["draft"])
    actions.add_clause(
        document_id=kept.pk, behind=3, row=Row("", f"再加第{lot}条"), version=kept.version, by=by, at=made.now
    )


def at_draft(made: "Scene") -> tuple["Browser", str]:
    """The officer at the review of a draft."""
    return made.clients["outreach"], reverse("policy:desk-document", args=[made.policies["draft"]])


def paper() -> SimpleUploadedFile:
    """A document to take in."""
    return SimpleUploadedFile("办法.docx", _written())


@cache
def _written() -> bytes:
    """The same bytes each time: a file is known by its digest."""
    return word(lines())


CLAUSE = {"label": "第二条", "text": "住院按八成报。", "act": "save"}
