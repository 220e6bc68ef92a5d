"""What the leader decides on a request. The matter's own path carries it; a reception stops no clock."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads as matter_reads
from zhuoluo.matters.reads import NotFound
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.states import Stage
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.reception.actions.days import fix_seats
from zhuoluo.reception.actions.noted import check_open, check_receives, locked
from zhuoluo.reception.models import Request
from zhuoluo.reception.reads.roster import rows_of
from zhuoluo.reception.rules.words import DECISIONS

SUPERVISED = (Stage.ROUTED, Stage.HANDLING, Stage.ANSWERED, Stage.SERVED)


def decide(
    *, request_id: UUID, decision: str, said: str, by: Actor, at: datetime, law: Law, unit_id: UUID | None = None,
    until: date | None = None,
) -> Request:  # fmt: skip
    """Decide a request: answered or mediated with words, assigned or to a joint meeting with a unit and a day.

    The words become an entry of the matter. An inquiry or suggestion is answered at once (简易办理); to a claim the spoken
    answer is kept and the written one goes on being owed. Assigning sends a new matter on with a report due that day;
    of one under way the unit that holds it is supervised until that day. The one entry is the matter's.
    """
    check_receives(by)
    if decision not in DECISIONS:
        raise Refused("请选择怎么处理")
    owned = decision in {"assigned", "joint"}
    if owned and (unit_id is None or unit_id not in units()):
        raise Refused("请选择责任单位")
    if owned and (until is None or until < local_day(at)):
        raise Refused("请选择今天或以后的日期")
    if not owned and len(said.strip()) < 2:
        raise Refused("请写下当面怎么答复的，讲清理由")
    with transaction.atomic():
        asked = Request.objects.select_related("batch").get(pk=request_id)
        session = locked(asked.batch.session_id)
        asked = Request.objects.select_related("batch").select_for_update(of=("self",)).get(pk=request_id)
        if asked.decision:
            return _again(asked, decision, said)
        check_open(session)
        [day] = rows_of([session])
        if by.id not in day.who and not may(by, Permission.REGISTER):
            raise Forbidden("只有当天接访的领导和登记台可以定")
        words = said.strip() or _words(decision, unit_id, until)
        _carry(asked.matter_id, decision, words, unit_id, until, by, at, law)
        fix_seats(session)
        asked.decision, asked.said = decision, words
        asked.unit_id, asked.until = (unit_id, until) if owned else (None, None)
        asked.decided_by, asked.decided_at = by.id, at
        asked.save()
    return asked


def _again(asked: Request, decision: str, said: str) -> Request:
    """A second tap is the first one; another decision is a matter for the matter itself."""
    if asked.decision == decision and (not said.strip() or said.strip() == asked.said):
        return asked
    raise Refused("这一项已经有处理意见；要变更，请打开事项办理")


def _words(decision: str, unit_id: UUID | None, until: date | None) -> str:
    unit = units()[unit_id].name if unit_id else ""
    day = f"{until:%Y-%m-%d}" if until else ""
    if decision == "joint":
        return f"由{unit}牵头，{day}前召开联席会议研究解决。"
    return f"请{unit}办理，{day}前报送结果。"


def _carry(
    matter_id: UUID, decision: str, words: str, unit_id: UUID | None, until: date | None, by: Actor, at: datetime, law: Law
) -> None:  # fmt: skip
    try:
        matter = matter_reads.by_id(by, matter_id)
    except NotFound as error:
        raise Forbidden("您不能办理这一项，请信访工作机构另行安排") from error
    if (
        decision == "answered"
        and matter.stage == Stage.REGISTERED
        and matter.klass in {"inquiry", "suggestion"}
    ):
        matters.answer_now(matter_id=matter_id, opinion=words, by=by, at=at, law=law, receiving=True)
    elif unit_id and until and matter.stage == Stage.REGISTERED:
        matters.assign(
            matter_id=matter_id, unit_id=unit_id, report_by=until, note=words, by=by, at=at, law=law, receiving=True
        )  # fmt: skip
    elif decision == "assigned" and until and matter.stage in SUPERVISED and may(by, Permission.SUPERVISE):
        matters.supervise(matter_id=matter_id, reason=words, until=until, by=by, at=at, law=law)
    else:
        matters.hear(matter_id=matter_id, said=words, decision=decision, by=by, at=at, law=law)
