"""The written answer: drafted, issued by the head, served, carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.actions.change import (
    Change,
    change,
    check_lead,
    due_by_day,
    due_by_term,
    lead_unit,
    local_day,
)  # fmt: skip
from zhuoluo.matters.actions.route import open_callback
from zhuoluo.matters.models import Answer, Attachment, Matter, Review
from zhuoluo.matters.rules import SERVICE_METHODS, Refused, Stale, check_answer, check_redone
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission


@dataclass(frozen=True)
class Drafted:
    """The contents of a written answer (art. 32) and the date by which a supporting one is carried out."""

    outcome: str = ""
    request: str = ""
    facts: str = ""
    opinion: str = ""
    basis: str = ""
    execute_by: date | None = None


class DraftConflict(Stale):
    """Somebody saved the draft meanwhile: `theirs` is what is kept now, `mine` what came second. Nothing is lost."""

    def __init__(self, theirs: Answer, mine: Drafted) -> None:
        super().__init__("另一位同事刚保存了这份草稿，请对照两份文字后再保存")
        self.theirs = theirs
        self.mine = mine


def draft(
    *, matter_id: UUID, content: Drafted, by: Actor, at: datetime, law: Law, draft_version: int = 0
) -> Answer:
    """Save the draft answer. `draft_version` is the version the writer started from (0: none was there).

    Raises DraftConflict when the draft was saved by somebody else meanwhile; neither text is lost.
    """
    with change(matter_id, Verb.DRAFT, by=by, at=at, law=law, permission=Permission.HANDLE) as act:
        check_lead(act)
        row = Answer.objects.filter(matter=act.matter, issued_at__isnull=True).first()
        if (row.version if row else 0) != draft_version:
            raise DraftConflict(row or Answer(), content)
        if row is None:
            row = Answer(matter=act.matter, unit_id=lead_unit(act), version=0)
        _fill(row, content)
        row.version += 1
        row.drafted_by, row.drafted_at = by.id, at
        row.save()
        act.payload["draft"] = row.version
    return row


def _fill(row: Answer, content: Drafted) -> None:
    row.outcome, row.execute_by = content.outcome, content.execute_by
    row.request, row.facts = content.request.strip(), content.facts.strip()
    row.opinion, row.basis = content.opinion.strip(), content.basis.strip()


def issue(
    *, matter_id: UUID, by: Actor, at: datetime, law: Law, draft_version: int, version: int | None = None
) -> Answer:
    """Issue the answer as its unit's head: the draft as read (`draft_version`) becomes final; it must now be served.

    A supporting answer opens its execution (art. 32, 40) with the date it names, or the house term.
    """
    with change(
        matter_id, Verb.ISSUE, by=by, at=at, law=law, permission=Permission.ISSUE, version=version
    ) as act:
        check_lead(act)
        row = Answer.objects.filter(matter=act.matter, issued_at__isnull=True).first()
        if row is None:
            raise Refused("还没有起草答复")
        if row.version != draft_version:
            raise Stale("草稿刚被修改，请看过最新文字再签发")
        check_answer(row.request, row.facts, row.opinion, row.basis, row.outcome, klass=act.matter.klass)
        check_redone(_annulled(act), (row.facts, row.opinion, row.basis))
        row.issued_by, row.issued_at = by.id, at
        row.save(update_fields=["issued_by", "issued_at"])
        act.close("answer")
        for helper in [r for r in act.live.values() if r.kind == "cohandle"]:
            act.close("cohandle", "cancelled", helper.unit_id)
        act.reach("answered")
        act.open(
            "serve", due_by_term(law, "house.serve", at), unit=act.matter.lead_unit_id,
            person=act.matter.lead_person_id,
        )  # fmt: skip
        if row.outcome == "supported":
            open_execution(act, row.execute_by)
        act.payload |= {"answer": str(row.id), "outcome": row.outcome}
    return row


def _annulled(act: Change) -> tuple[str, str, str] | None:
    """The words of the answer that a review annulled last, if this one is made in its place."""
    review = Review.objects.filter(matter=act.matter, outcome="annulled").order_by("-decided_at").first()
    return None if review is None else (review.answer.facts, review.answer.opinion, review.answer.basis)


def open_execution(act: Change, by_day: date | None) -> None:
    """Open the duty to carry a supporting opinion out (arts. 32, 40), by the day it names or the house term."""
    if by_day is not None and by_day >= local_day(act.at):
        due = due_by_day(act.law, by_day, act.at)
    else:
        due = due_by_term(act.law, "house.execute", act.at)
    act.close("execute", "replaced")
    act.open("execute", due, unit=act.matter.lead_unit_id, person=act.matter.lead_person_id)


def serve(
    *, matter_id: UUID, method: str, by: Actor, at: datetime, law: Law, proof: UUID | None = None, note: str = "",
    served_at: datetime | None = None, version: int | None = None,
) -> Answer:  # fmt: skip
    """Record the service of the answer, which makes the matter 办结 (answered and served, never "solved").

    `served_at`: when it was really served, not before it was issued and not in the future.
    """
    with change(
        matter_id, Verb.SERVE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        row = Answer.objects.get(matter=act.matter, issued_at__isnull=False, replaced_at__isnull=True)
        moment = check_service(method, served_at or at, row.issued_at, at)
        row.served_at, row.service = moment, method
        row.review_over = act.matter.klass != "claim"
        row.save(update_fields=["served_at", "service", "review_over"])
        if proof is not None:
            Attachment.objects.create(matter=act.matter, file_id=proof, role="proof", at=at)
        act.close("serve")
        act.reach("served")
        open_callback(act)
        act.payload |= {"method": method, "served_at": moment.isoformat()}
        act.say(note)
    return row


def check_service(method: str, served_at: datetime, issued_at: datetime | None, at: datetime) -> datetime:
    """Return when it was served. Raises Refused for an unknown way, before it was issued, or in the future."""
    if method not in SERVICE_METHODS:
        raise Refused("请选择送达方式")
    if issued_at is not None and not issued_at <= served_at <= at:
        raise Refused("送达时间应在签发之后，不晚于现在")
    return served_at


def report_done(
    *, matter_id: UUID, report: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """File the report of completion that an assignment asked for (办结报告, art. 22)."""
    with change(
        matter_id, Verb.REPORT_DONE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if len(report.strip()) < 10:
            raise Refused("请写明办理过程和结果")
        if act.close("report") is None:
            raise Refused("这件事项没有要求报送办结报告")
        act.say(report)
    return act.matter


def execute(
    *, matter_id: UUID, account: str, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Matter:  # fmt: skip
    """Record that a supporting answer was carried out (art. 32, 40), with what shows it. Not the same as resolved."""
    with change(
        matter_id, Verb.EXECUTE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if len(account.strip()) < 5:
            raise Refused("请写明怎样落实的")
        if act.close("execute") is None:
            raise Refused("没有待落实的事项")
        act.close("next")
        act.undo("partly")
        act.reach("executed")
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.say(account, to_raiser=True)
    return act.matter


def changed_since(theirs: Answer, mine: Drafted) -> Mapping[str, tuple[str, str]]:
    """Return the parts in which two drafts differ: name → (theirs, mine)."""
    names = ("outcome", "request", "facts", "opinion", "basis")
    pairs = {name: (getattr(theirs, name), getattr(mine, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
