"""The proof that a paper reached whom it is for."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.org.rules import Actor
from zhuoluo.papers.actions.drafting import check_writer, locked, record
from zhuoluo.papers.models import METHODS, RECIPIENTS, Service
from zhuoluo.papers.rules import Refused


@transaction.atomic
def serve(
    *, paper_id: UUID, method: str, recipient: str, served_at: datetime, by: Actor, at: datetime,
    receipt_id: UUID | None = None, note: str = "",
) -> Service:  # fmt: skip
    """Record how, to whom (in which role) and when a paper was served, with the signed sheet (files) if there is one.

    Once only: told again, the first proof comes back. Raises Refused, Forbidden.
    """
    paper = locked(paper_id)
    check_writer(by, paper.kind, paper.unit_id)
    found = Service.objects.filter(paper=paper).first()
    if found is not None:
        return found
    if paper.state != "issued" or paper.issued_at is None:
        raise Refused("文书还没有出具，不能送达")
    if method not in METHODS or recipient not in RECIPIENTS:
        raise Refused("请选择送达方式和收件人")
    if not paper.issued_at <= served_at <= at:
        raise Refused("送达时间应在出具之后、现在之前")
    proof = Service.objects.create(
        paper=paper, method=method, recipient=recipient, by_id=by.id, at=served_at, receipt_id=receipt_id,
        note=note.strip(),
    )  # fmt: skip
    record(paper, "serve_paper", by, at, method=method, recipient=recipient, receipt=bool(receipt_id))
    return proof
