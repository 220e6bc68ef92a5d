"""The simplified way, and a matter done in stages."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.actions.change import Change, change, check_lead, due_by_day, due_by_term
from zhuoluo.matters.models import Attachment, Extension, Link, Matter
from zhuoluo.matters.rules import Refused, Simple, answer_term, check_simple
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission

SIMPLE_ANSWER = "xf.simple.answer"


def simplify(
    *, matter_id: UUID, ground: str, likely_supported: bool, by: Actor, at: datetime, law: Law, major: bool = False,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Handle a matter the simplified way: ten working days from acceptance (国信办发〔2022〕17号).

    What the record shows (first time, assigned, shared) is not asked again; `likely_supported` and `major` are the
    handler's judgement. Raises Refused with everything that excludes it.
    """
    with change(
        matter_id, Verb.SIMPLIFY, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if act.matter.simple:
            raise Refused("已经适用简易办理")
        check_simple(ground, _facts(act, likely_supported=likely_supported, major=major))
        _restart(act, SIMPLE_ANSWER)
        act.matter.simple = True
        act.payload["simple"] = ground
    return act.matter


def _facts(act: Change, *, likely_supported: bool, major: bool) -> Simple:
    earlier = Link.objects.filter(matter=act.matter, kind="earlier").exists()
    raiser = act.matter.raiser
    return Simple(
        klass=act.matter.klass,
        first_time=not earlier,
        assigned=act.owed("report") is not None,
        shared=act.owed("cohandle") is not None or raiser.kind == "group" or raiser.others > 0,
        major=major,
        likely_supported=likely_supported,
    )


def _restart(act: Change, term: str) -> None:
    """Reckon the answer by another term from the same acceptance; the old date stays readable."""
    row = act.owed("answer")
    if row is None:
        raise Refused("没有正在计算的答复期限")
    waiting = Extension.objects.filter(matter=act.matter, decided_at__isnull=True).exists()
    if row.extension or waiting:
        raise Refused("已经延期或者申请延期，不能再改变办理程序（信访工作条例第34条）")
    due = due_by_term(act.law, term, row.starts_at)
    if act.at >= due.legal:
        raise Refused("按这个程序，期限已经过了")
    act.close("answer", "replaced")
    act.open("answer", due, unit=row.unit_id, person=row.person_id, replaces=row)


def to_ordinary(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Go back to the ordinary way because the matter is not simple after all; the full term runs from acceptance."""
    with change(
        matter_id, Verb.ORDINARY, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if not act.matter.simple:
            raise Refused("没有适用简易办理")
        if len(reason.strip()) < 5:
            raise Refused("请写明转为普通程序的理由，会告知诉求人")
        _restart(act, answer_term(act.matter.klass))
        act.matter.simple = False
        act.say(reason, to_raiser=True)
    return act.matter


def partly_done(
    *, matter_id: UUID, account: str, next_day: date, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Matter:  # fmt: skip
    """Note a stage that is done (阶段办结), with the day of the next one. It counts in its own column, as nothing else."""
    with change(
        matter_id, Verb.PARTLY, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if len(account.strip()) < 5:
            raise Refused("请写明这一阶段办成了什么、还剩什么")
        act.close("next")
        row = act.open(
            "next",
            due_by_day(law, next_day, at),
            unit=act.matter.lead_unit_id,
            person=act.matter.lead_person_id,
        )
        act.reach("partly")
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.payload["next"] = row.due.isoformat()
        act.say(account, to_raiser=True)
    return act.matter
