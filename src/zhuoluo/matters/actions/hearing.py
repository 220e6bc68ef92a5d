"""Hearings (信访工作条例 arts. 31, 36), in the handling and in a review."""

from datetime import date, datetime, timedelta
from uuid import UUID

from zhuoluo.clock import Pause, reckon
from zhuoluo.matters.actions.change import Change, change, lead_unit, local_day
from zhuoluo.matters.models import Hearing, Review
from zhuoluo.matters.rules import Refused, check_hearing, check_minutes, excludes_hearing
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission


def plan_hearing(
    *, matter_id: UUID, reason: str, planned: datetime, place: str, by: Actor, at: datetime, law: Law,
    public: bool = False, version: int | None = None,
) -> Hearing:  # fmt: skip
    """Call a hearing: in the handling by the handling unit, in a review by the reviewing one; the raiser is told.

    In a second review the time it takes does not count (art. 36); elsewhere every clock runs on.
    """
    permission = Permission.REVIEW if by.can(Permission.REVIEW) else Permission.HANDLE
    with change(
        matter_id, Verb.PLAN_HEARING, by=by, at=at, law=law, permission=permission, version=version
    ) as act:
        check_hearing(reason, place, at, planned)
        if Hearing.objects.filter(
            matter=act.matter, closed_at__isnull=True, cancelled_at__isnull=True
        ).exists():
            raise Refused("已经有一次听证还没有结束")
        review, unit = _of(act)
        row = Hearing.objects.create(
            matter=act.matter, review=review, unit_id=unit, reason=reason.strip(), called_at=at, planned=planned,
            place=place.strip()[:120], public=public, called_by=by.id,
        )  # fmt: skip
        if review is not None and excludes_hearing(review.level):
            _stand_still(act, review, until=local_day(planned) + timedelta(days=1))
        act.payload |= {"hearing": str(row.id), "planned": planned.isoformat()}
        act.say(reason, to_raiser=True)
    return row


def _of(act: Change) -> tuple[Review | None, UUID]:
    review = Review.objects.filter(
        matter=act.matter, admitted_at__isnull=False, decided_at__isnull=True, withdrawn_at__isnull=True
    ).first()
    if review is not None:
        if review.unit_id not in act.by.units:
            raise Refused("复查、复核期间，由复查复核机构决定听证（信访工作条例第36条）")
        return review, review.unit_id
    if act.matter.stage != Stage.HANDLING:
        raise Refused("只有办理中或者复查复核中的事项可以听证（信访工作条例第31条、第36条）")
    unit = lead_unit(act)
    if unit not in act.by.units:
        raise Refused("只有主办单位可以这样办理")
    return None, unit


def _pauses(review: Review, extra: tuple[date, date] | None) -> list[Pause]:
    held = review.hearings.filter(closed_at__isnull=False).order_by("called_at")
    spans = [
        (local_day(h.called_at), local_day(h.closed_at) + timedelta(days=1)) for h in held if h.closed_at
    ]
    return [Pause(start, until) for start, until in [*spans, *([extra] if extra else [])]]


def _stand_still(act: Change, review: Review, until: date | None) -> None:
    """Reckon the review's date anew with the time of its hearings left out; the old date stays readable."""
    row = act.owed("review")
    if row is None:
        return
    open_ = review.hearings.filter(closed_at__isnull=True, cancelled_at__isnull=True).first()
    extra = (local_day(open_.called_at), until) if open_ is not None and until is not None else None
    term = act.law.rulebook.term(row.term, local_day(row.starts_at))
    due = reckon(term, row.starts_at, act.law.calendar, pauses=_pauses(review, extra))
    act.close("review", "replaced")
    act.open("review", due, unit=row.unit_id, person=row.person_id, subject=review.id, replaces=row)


def close_hearing(
    *, hearing_id: UUID, held_at: datetime, minutes: str, by: Actor, at: datetime, law: Law
) -> Hearing:
    """End a hearing with its minutes; in a second review the clock runs on from here."""
    row = Hearing.objects.select_related("review").get(pk=hearing_id)
    with change(row.matter_id, Verb.CLOSE_HEARING, by=by, at=at, law=law, permission=_right(row)) as act:
        _check_ours(act, row)
        check_minutes(minutes, row.called_at, held_at, at)
        row.held_at, row.closed_at, row.minutes = held_at, at, minutes.strip()
        row.save(update_fields=["held_at", "closed_at", "minutes"])
        if row.review is not None and excludes_hearing(row.review.level):
            _stand_still(act, row.review, until=None)
        act.payload["hearing"] = str(row.id)
        act.say(minutes)
    return row


def cancel_hearing(*, hearing_id: UUID, reason: str, by: Actor, at: datetime, law: Law) -> Hearing:
    """Call a hearing off, with the reason; its days count again."""
    row = Hearing.objects.select_related("review").get(pk=hearing_id)
    with change(row.matter_id, Verb.CANCEL_HEARING, by=by, at=at, law=law, permission=_right(row)) as act:
        _check_ours(act, row)
        if len(reason.strip()) < 2:
            raise Refused("请写明取消听证的理由")
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
        if row.review is not None and excludes_hearing(row.review.level):
            _stand_still(act, row.review, until=None)
        act.payload["hearing"] = str(row.id)
        act.say(reason, to_raiser=True)
    return row


def _right(row: Hearing) -> Permission:
    return Permission.REVIEW if row.review_id is not None else Permission.HANDLE


def _check_ours(act: Change, row: Hearing) -> None:
    if row.closed_at is not None or row.cancelled_at is not None:
        raise Refused("这次听证已经结束")
    if act.by.kind == "staff" and row.unit_id not in act.by.units:
        raise Refused("由决定听证的单位办理")
