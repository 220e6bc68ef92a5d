"""One action makes a paper from what the matter holds. Issuing, voiding and serving check the matter first."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.matters.models import Matter, Recusal
from zhuoluo.matters.reads.page import page
from zhuoluo.matters.reads.papers import NOT_YET, Basis, bases, common, day, name_of
from zhuoluo.matters.reads.visible import NotFound, by_id
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.papers import actions as papers
from zhuoluo.papers import reads as kept
from zhuoluo.papers.models import Paper, Service
from zhuoluo.papers.rules import KINDS, Facts, build
from zhuoluo.papers.rules import Refused as PaperRefused
from zhuoluo.residents.actions import record_view
from zhuoluo.residents.reads import full

__all__ = ["change_paper", "issue_paper", "make_paper", "serve_paper", "void_paper"]


def readable_matter(matter_id: UUID, by: Actor) -> Matter:
    """Return a matter whose papers the actor may deal with. Raises Forbidden.

    A paper names who raised the matter: it takes the right to see identity, a part in the matter, and no interest in it.
    """
    try:
        matter = by_id(by, matter_id)
    except NotFound as error:
        raise Forbidden(str(error)) from error
    if by.kind == "staff" and not by.can(Permission.UNMASK):
        raise Forbidden("您的岗位不能查看诉求人身份信息")
    if by.id is not None and Recusal.objects.filter(matter=matter, person_id=by.id).exists():
        raise Forbidden("您已回避，不能再办理这件事项（信访工作条例第28条）")
    return matter


@transaction.atomic
def make_paper(
    *, matter_id: UUID, kind: str, by: Actor, at: datetime, law: Law, source_id: UUID | None = None
) -> Paper:
    """Draft a paper of a kind from what the matter holds: names, dates, articles, opinions, terms with their due dates.

    `source_id`: the fact it is about, where there are several (an answer, a review); the newest without it. Made
    again, the live one comes back. Raises Refused with the reason when the facts do not allow it, Forbidden.
    """
    if kind not in KINDS:
        raise Refused("没有这种文书")
    matter = readable_matter(matter_id, by)
    whole = page(matter, now=at)
    found = [b for b in bases(whole) if b.kind == kind and source_id in {None, b.source_id}]
    if not found:
        raise Refused(NOT_YET.get(kind, "事项还没有到出具这种文书的时候"))
    basis = found[0]
    record_view(subject_id=matter.id, kind="unmasked", by=by, at=at, reason=f"制作文书：{KINDS[kind].name}")
    facts = _facts(matter, basis, common(whole), at)
    try:
        return papers.draft(
            kind=kind, subject_kind="matter", subject_id=matter.id, source_id=basis.source_id, unit_id=basis.unit_id,
            content=build(kind, facts), by=by, at=at,
        )  # fmt: skip
    except PaperRefused as error:
        raise Refused(error.sentence, **error.values) from error


def _facts(matter: Matter, basis: Basis, values: dict[str, object], at: datetime) -> Facts:
    raiser = full([matter.raiser_id])[matter.raiser_id]
    who = {"name": raiser.name, "address": raiser.address}
    whole = {"organ": name_of(basis.unit_id), "day": day(at), **values, **who, **basis.values}
    return Facts(**whole, extra=basis.extra)


def paper_of(matter_id: UUID, paper_id: UUID) -> Paper:
    """Return a paper of this matter. Raises Refused for any other."""
    paper = next((row for row in kept.of(matter_id) if row.id == paper_id), None)
    if paper is None:
        raise Refused("这件事项没有这份文书")
    return paper


def change_paper(
    *, matter_id: UUID, paper_id: UUID, text: str, by: Actor, at: datetime, version: int | None = None
) -> Paper:
    """Change the free words of a draft."""
    _check(matter_id, paper_id, by)
    return papers.change_draft(paper_id=paper_id, text=text, by=by, at=at, version=version)


def issue_paper(
    *, matter_id: UUID, paper_id: UUID, by: Actor, at: datetime, version: int | None = None
) -> Paper:
    """Issue a draft, if the facts it was made from still hold. Raises Refused, papers.rules.Refused, Forbidden."""
    paper = _check(matter_id, paper_id, by)
    if paper.state == "draft":
        matter = by_id(by, matter_id)
        held = {(b.kind, b.source_id) for b in bases(page(matter, now=at))}
        if (paper.kind, paper.source_id) not in held:
            raise Refused("这份文书依据的事实已经变了，请作废后重新制作")
    return papers.issue(paper_id=paper_id, by=by, at=at, version=version)


def void_paper(*, matter_id: UUID, paper_id: UUID, reason: str, by: Actor, at: datetime) -> Paper:
    """Make a paper void, with the reason; its number stays used."""
    _check(matter_id, paper_id, by)
    return papers.void(paper_id=paper_id, reason=reason, by=by, at=at)


def serve_paper(
    *, matter_id: UUID, paper_id: UUID, method: str, recipient: str, served_at: datetime, by: Actor, at: datetime,
    receipt_id: UUID | None = None, note: str = "",
) -> Service:  # fmt: skip
    """Record the proof that a paper was served. That the answer was served is an act of its own (matters.serve)."""
    _check(matter_id, paper_id, by)
    return papers.serve(
        paper_id=paper_id, method=method, recipient=recipient, served_at=served_at, receipt_id=receipt_id, note=note,
        by=by, at=at,
    )  # fmt: skip


def _check(matter_id: UUID, paper_id: UUID, by: Actor) -> Paper:
    readable_matter(matter_id, by)
    return paper_of(matter_id, paper_id)
