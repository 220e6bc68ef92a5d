"""One action makes the reception sheet of a batch: a draft while something is undecided, frozen once all is decided."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.papers import actions as papers
from zhuoluo.papers import reads as kept
from zhuoluo.papers.models import Paper
from zhuoluo.papers.rules import Content
from zhuoluo.reception.actions.noted import check_receives
from zhuoluo.reception.models import Batch, Request
from zhuoluo.reception.reads.sheet import sheet_content
from zhuoluo.residents.actions import record_exports

KIND = "reception"


@transaction.atomic
def make_sheet(*, batch_id: UUID, by: Actor, at: datetime) -> Paper | Content:
    """Return the sheet of a batch: its issued paper, or its content as a draft while a request is undecided.

    It names who came, so it takes the right to see identity, and each look is recorded on every matter in it. Made
    again, the same paper comes back. Raises Forbidden.
    """
    check_receives(by)
    if not may(by, Permission.UNMASK):
        raise Forbidden("您的岗位不能查看诉求人身份信息")
    batch = Batch.objects.select_related("session").select_for_update(of=("self",)).get(pk=batch_id)
    content = sheet_content(by, batch, now=at)
    if content is None:
        raise Forbidden("这一批里有您不能查看的事项，请信访工作机构出具接访登记表")
    asked = list(Request.objects.filter(batch=batch).order_by("place"))
    record_exports(subject_ids=[r.matter_id for r in asked], by=by, at=at, reason="制作文书：来访接待登记表")
    issued = next((p for p in kept.of(batch.id) if p.kind == KIND and p.state == "issued"), None)
    if issued is not None:
        return issued
    if any(not r.decision for r in asked):
        return content
    paper = papers.draft(
        kind=KIND, subject_kind="batch", subject_id=batch.id, unit_id=_unit(batch, by), content=content, by=by, at=at
    )  # fmt: skip
    return papers.issue(paper_id=paper.id, by=by, at=at)


def _unit(batch: Batch, by: Actor) -> UUID:
    """The unit that holds the day keeps the sheet; at a desk staffed by another unit, that one does."""
    there = by.grants.get(Permission.RECEIVE, frozenset())
    if by.unit_id is None:
        raise Refused("请用有岗位的账号出具接访登记表")
    return batch.session.unit_id if batch.session.unit_id in there else by.unit_id
