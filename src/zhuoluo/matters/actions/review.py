"""Review and second review (信访工作条例 arts. 35-36): asked for, looked at, decided, served."""

from datetime import datetime
from uuid import UUID

from zhuoluo.matters.actions.answer import check_service, open_execution
from zhuoluo.matters.actions.change import Change, accused, change, due_by_term
from zhuoluo.matters.actions.confirm import check_apart
from zhuoluo.matters.models import Answer, Attachment, Review, Word
from zhuoluo.matters.reads.reviewing import organ, standing, window
from zhuoluo.matters.rules import (
    ASKED,
    REVIEW_REFUSALS,
    REVIEW_TERM,
    REVIEWED,
    Refused,
    Standing,
    answer_term,
    check_above,
    check_review_opinion,
    check_review_refusal,
    check_review_request,
    check_window,
)
from zhuoluo.matters.states import Verb
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import Law, above
from zhuoluo.org.rules import RESIDENT, Actor, Permission


def request_review(
    *, matter_id: UUID, text: str, at: datetime, law: Law, by: Actor = RESIDENT, asked_at: datetime | None = None,
    version: int | None = None,
) -> Review:  # fmt: skip
    """Keep a request for review of the answer, or for a second one of the review; the organ above owes its opinion
    within thirty days of receiving it.

    `asked_at`: when a letter was posted, if not now: it decides whether the petitioner was in time, while the organ's
    thirty days run from receiving it. Raises Refused with the article.
    """
    permission = None if by.kind == "resident" else Permission.REGISTER
    with change(
        matter_id, Verb.REQUEST_REVIEW, by=by, at=at, law=law, permission=permission, version=version,
        any_unit=by.can(Permission.REVIEW),
    ) as act:  # fmt: skip
        if len(text.strip()) < 5:
            raise Refused("请写明申请复查、复核的请求和理由")
        asked = asked_at or at
        if asked > at:
            raise Refused("申请时间不能晚于现在")
        answer, reviews = _current(act)
        where = standing(answer, reviews)
        last = window(where, law)
        check_review_request(act.matter.klass, where, asked, last.legal if last else None)
        row = _open(act, answer, reviews, where.level, text, asked)
        act.payload |= {"level": where.level, "review": str(row.id)}
        act.say(text, to_raiser=True)
    return row


def _current(act: Change) -> tuple[Answer, list[Review]]:
    answer = Answer.objects.filter(
        matter=act.matter, issued_at__isnull=False, replaced_at__isnull=True
    ).first()
    if answer is None:
        raise Refused("还没有答复，没有可以复查的意见书（信访工作条例第35条）")
    return answer, list(Review.objects.filter(answer=answer).order_by("requested_at", "id"))


def _open(
    act: Change, answer: Answer, reviews: list[Review], level: int, text: str, asked: datetime
) -> Review:
    unit, outside = _organ(act, level)
    first = next((r for r in reviews if r.level == 1 and r.decided_at), None) if level == 2 else None
    row = Review.objects.create(
        matter=act.matter, level=level, answer=answer, first=first, unit=unit, outside=outside, request=text.strip(),
        requested_at=act.at, posted_at=asked if asked < act.at else None,
    )  # fmt: skip
    act.join(unit.id, "review")
    act.undo(ASKED[level], REVIEWED[level])
    act.reach(ASKED[level])
    act.open("admit", due_by_term(act.law, "house.review.admit", act.at), unit=unit.id, subject=row.id)
    # An organ above this house owes its opinion too; nobody here can be late for it.
    due = due_by_term(act.law, REVIEW_TERM[level], act.at)
    act.open("review", due, unit=None if outside else unit.id, subject=row.id)
    return row


def _organ(act: Change, level: int) -> tuple[Unit, str]:
    about_units, _people = accused(act.matter.id)
    found = organ(act.matter.lead_unit_id, about_units, level)
    if found is None:
        raise Refused("还没有设置复查复核机构，请系统管理员先添加单位")
    return found


def _begin(review_id: UUID) -> Review:
    return Review.objects.select_related("answer", "first").get(pk=review_id)


def _check_open(row: Review) -> None:
    if row.refused_at or row.withdrawn_at or row.decided_at:
        raise Refused("这份申请已经办完")


def _check_reviewer(act: Change, row: Review) -> None:
    if act.by.kind == "staff" and row.unit_id not in act.by.units:
        raise Refused("由复查复核机构办理")
    check_above(act.matter.lead_unit_id, row.unit_id, {u: above(frozenset({u})) for u in act.by.units})
    check_apart(act, Verb.CALL_BACK, Verb.CERTIFY)


def _late(row: Review, law: Law) -> bool:
    before = row.first.served_at if row.first is not None else row.answer.served_at
    last = window(Standing(row.level, before), law)
    return last is None or (row.posted_at or row.requested_at) >= last.legal


def admit_review(*, review_id: UUID, by: Actor, at: datetime, law: Law, note: str = "") -> Review:
    """Take a request for review up; the applicant is told. The thirty days run from the request, not from here."""
    row = _begin(review_id)
    with change(row.matter_id, Verb.ADMIT_REVIEW, by=by, at=at, law=law, permission=Permission.REVIEW) as act:
        _check_open(row)
        _check_reviewer(act, row)
        if row.admitted_at is not None:
            raise Refused("已经受理")
        if _late(row, law):
            check_window(row.level, row.requested_at, row.requested_at)
        row.admitted_at = at
        row.save(update_fields=["admitted_at"])
        act.close("admit")
        act.payload |= {"level": row.level, "review": str(row.id)}
        act.say(note, to_raiser=True)
    return row


def refuse_review(*, review_id: UUID, ground: str, reason: str, by: Actor, at: datetime, law: Law) -> Review:
    """Turn a request away on a ground of the table; within the window it can be asked for again."""
    row = _begin(review_id)
    with change(
        row.matter_id, Verb.REFUSE_REVIEW, by=by, at=at, law=law, permission=Permission.REVIEW
    ) as act:
        _check_open(row)
        _check_reviewer(act, row)
        if row.admitted_at is not None:
            raise Refused("已经受理，应当作出意见（信访工作条例第35条、第36条）")
        check_review_refusal(ground, reason, late=_late(row, law))
        row.refused_at, row.refusal = at, ground
        row.save(update_fields=["refused_at", "refusal"])
        _end(act, row)
        words, article = REVIEW_REFUSALS[ground]
        act.payload |= {"refusal": ground, "article": article}
        act.say(f"{reason.strip()}\n（{words}，{article}）", to_raiser=True)
    return row


def withdraw_review(
    *, review_id: UUID, at: datetime, law: Law, by: Actor = RESIDENT, reason: str = ""
) -> Review:
    """Let the applicant take the request back before it is decided."""
    row = _begin(review_id)
    permission = None if by.kind == "resident" else Permission.REGISTER
    with change(row.matter_id, Verb.WITHDRAW_REVIEW, by=by, at=at, law=law, permission=permission) as act:
        _check_open(row)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _end(act, row)
        act.say(reason, to_raiser=True)
    return row


def _end(act: Change, row: Review) -> None:
    """End a request that led to no opinion: what was owed for it is owed no more."""
    act.close("admit", "cancelled")
    act.close("review", "cancelled")
    act.undo(ASKED[row.level])
    act.payload |= {"level": row.level, "review": str(row.id)}


def decide_review(
    *, review_id: UUID, outcome: str, facts: str, opinion: str, basis: str, by: Actor, at: datetime, law: Law,
    result: str = "",
) -> Review:  # fmt: skip
    """Decide a review: uphold, change, or annul and send back to be handled again under a new clock (arts. 35, 36).

    Never by whoever handled, called back or certified; never without facts, opinion and basis.
    """
    row = _begin(review_id)
    verb = Verb.ANNUL if outcome == "annulled" else Verb.DECIDE_REVIEW
    with change(row.matter_id, verb, by=by, at=at, law=law, permission=Permission.REVIEW) as act:
        _check_open(row)
        _check_reviewer(act, row)
        if row.admitted_at is None:
            raise Refused("请先受理申请")
        if row.hearings.filter(closed_at__isnull=True, cancelled_at__isnull=True).exists():
            raise Refused("听证还没有结束")
        check_review_opinion(outcome, facts, opinion, basis, result)
        row.outcome, row.result, row.decided_by, row.decided_at = outcome, result, by.id, at
        row.facts, row.opinion, row.basis = facts.strip(), opinion.strip(), basis.strip()
        row.save()
        act.close("review")
        act.reach(REVIEWED[row.level])
        due = due_by_term(law, "house.serve", at)
        act.open("review_serve", due, unit=row.unit_id, subject=row.id)
        act.payload |= {"level": row.level, "review": str(row.id), "outcome": outcome}
        if outcome == "annulled":
            _send_back(act)
        elif outcome == "changed":
            act.close("execute", "replaced")
            if result == "supported":
                open_execution(act, None)
    return row


def _send_back(act: Change) -> None:
    """The answer is annulled: handled again from now, every first fact still countable."""
    act.close_all(
        "replaced", keep=("supervise", "report", "perform", "joint", "case", "review_serve", "next")
    )
    act.undo("answered", "served", "executed", "resolved", "rated", "disputed", "final")
    act.reach("annulled")
    Answer.objects.filter(matter=act.matter, replaced_at__isnull=True).update(replaced_at=act.at)
    Word.objects.filter(matter=act.matter, superseded_at__isnull=True).update(superseded_at=act.at)
    act.matter.simple = False
    due = due_by_term(act.law, answer_term(act.matter.klass), act.at)
    act.open("answer", due, unit=act.matter.lead_unit_id, person=act.matter.lead_person_id)


def serve_review(
    *, review_id: UUID, method: str, by: Actor, at: datetime, law: Law, served_at: datetime | None = None,
    proof: UUID | None = None, note: str = "",
) -> Review:  # fmt: skip
    """Record the service of a review opinion. A served second review that leaves an answer standing makes it final."""
    row = _begin(review_id)
    with change(row.matter_id, Verb.SERVE_REVIEW, by=by, at=at, law=law, permission=Permission.REVIEW) as act:
        if act.by.kind == "staff" and row.unit_id not in act.by.units:
            raise Refused("由复查复核机构办理")
        if row.decided_at is None or row.served_at is not None:
            raise Refused("没有等待送达的复查、复核意见")
        row.served_at = check_service(method, served_at or at, row.decided_at, at)
        row.service = method
        row.save(update_fields=["served_at", "service"])
        if proof is not None:
            Attachment.objects.create(matter=act.matter, file_id=proof, role="proof", at=at)
        act.close("review_serve", subject=row.id)
        # The organ may have taken its answer back itself meanwhile: then nothing is final.
        if row.level == 2 and row.outcome != "annulled" and row.answer.replaced_at is None:
            act.reach("final")
            Answer.objects.filter(pk=row.answer_id).update(review_over=True)
            act.payload["final"] = "second_review"
        act.payload |= {
            "level": row.level, "review": str(row.id), "method": method, "served_at": row.served_at.isoformat()
        }  # fmt: skip
        act.say(note)
    return row
