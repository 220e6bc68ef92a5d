"""A document in force, for the tests of every room that cites one."""

from collections.abc import Sequence
from datetime import date, datetime

from zhuoluo.org.rules import SYSTEM, Actor
from zhuoluo.outreach.policy import actions
from zhuoluo.outreach.policy.actions import DocumentContent, Row
from zhuoluo.outreach.policy.models import Document


def published_document(
    title: str,
    clauses: Sequence[tuple[str, str]],
    *,
    since: date,
    at: datetime,
    by: Actor = SYSTEM,
    issuer: str = "县委组织部",
    kind: str = "measure",
    number: str = "",
) -> Document:
    """Take in, review and publish a document with these labels and texts, in force since a day."""
    content = DocumentContent(title, issuer, kind, since, since, number=number)
    document = actions.draft(content=content, by=by, at=at)
    rows = [Row(label, text) for label, text in clauses]
    actions.propose(document_id=document.id, rows=rows, by=by, at=at)
    actions.review(document_id=document.id, by=by, at=at)
    return actions.publish(document_id=document.id, by=by, at=at)
