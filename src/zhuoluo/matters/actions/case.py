"""A leader's case (包案) and the tasks of a joint meeting (联席会议): commitments beside the path, never a stage."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.actions.change import Change, accused, change, due_by_day, local_day
from zhuoluo.matters.models import Attachment, Matter, Recusal
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.states import Verb
from zhuoluo.org.models import Post
from zhuoluo.org.reads import Law, people, units
from zhuoluo.org.rules import ROLES, Actor, Forbidden, Permission
from zhuoluo.residents.actions import change_phone


def leaders(on: date) -> list[Post]:
    """Return the posts whose holders may take responsibility for a case on a day."""
    return [post for post in people(on) if Permission.LEAD in ROLES[post.role]]


def take_case(
    *, matter_id: UUID, person_id: UUID, plan: str, until: date, by: Actor, at: datetime, law: Law,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Give a leader the case: a commitment in their name, with a plan and a date. One leader at a time."""
    if len(plan.strip()) < 10:
        raise Refused("请写明包案计划：掌握情况、思想教育、解决化解、息诉息访各怎么做")
    with change(
        matter_id, Verb.TAKE_CASE, by=by, at=at, law=law, permission=_case_right(by), version=version, any_unit=True
    ) as act:  # fmt: skip
        post = next((p for p in leaders(local_day(at)) if p.user_id == person_id), None)
        _, about_people = accused(matter_id)
        if post is None or person_id in about_people:
            raise Refused("请选择在岗的领导；被反映的人不能包案（信访工作条例第30条）")
        if Recusal.objects.filter(matter=act.matter, person_id=person_id).exists():
            raise Refused("这位领导已经回避（信访工作条例第28条）")
        if act.owed("case") is not None:
            raise Refused("已有领导包案，请先结束再换人")
        act.join(post.unit_id, "case")
        act.open("case", due_by_day(law, until, at), unit=post.unit_id, person=person_id)
        act.payload |= {"person": str(person_id), "person_name": post.user.name}
        act.say(plan)
    return act.matter


def _case_right(by: Actor) -> Permission:
    """A leader for themselves and others; the petition office and supervision write down what leaders decided."""
    for permission in (Permission.LEAD, Permission.SUPERVISE):
        if by.can(permission):
            return permission
    return Permission.RULE


def _check_own(act: Change) -> None:
    row = act.owed("case")
    if row is None:
        raise Refused("这件事项没有领导包案")
    if row.person_id != act.by.id and not act.by.can(Permission.RULE):
        raise Forbidden("由包案领导本人记录，或者由信访、督查人员代记")


def visit_case(
    *, matter_id: UUID, day: date, met: str, found: str, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Matter:  # fmt: skip
    """Record a visit of the leader: the day, who was met (by their part, no names), what was found and comes next."""
    if day > local_day(at):
        raise Refused("走访日期不能晚于今天")
    if not met.strip() or len(found.strip()) < 5:
        raise Refused("请写明见了谁（写身份，不写姓名）、看到了什么、下一步怎么办")
    with change(
        matter_id, Verb.VISIT_CASE, by=by, at=at, law=law, permission=_case_right(by), version=version, any_unit=True
    ) as act:  # fmt: skip
        _check_own(act)
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.payload["day"] = day.isoformat()
        act.say(f"{met.strip()}：{found.strip()}")
    return act.matter


def end_case(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """End a leader's case, with the reason. It says nothing about whether the matter is resolved."""
    if len(reason.strip()) < 5:
        raise Refused("请写明为什么结束包案")
    with change(
        matter_id, Verb.END_CASE, by=by, at=at, law=law, permission=_case_right(by), version=version, any_unit=True
    ) as act:  # fmt: skip
        _check_own(act)
        row = act.close("case")
        if row is not None and row.unit_id is not None:
            act.leave(row.unit_id, "case")
        act.say(reason)
    return act.matter


def joint_task(
    *, matter_id: UUID, task_id: UUID, unit_id: UUID, what: str, until: date, by: Actor, at: datetime, law: Law,
    version: int | None = None, right: Permission | None = None,
) -> Matter:  # fmt: skip
    """Give a unit a task that a meeting, an on-site day or a problem list decided on.

    `task_id` names it, and sent twice it is given once. `right`: that of a front, instead of a leader's; it reaches
    matters of other units only with the right to read all.
    """
    if len(what.strip()) < 5:
        raise Refused("请写明这个单位要做什么")
    with change(
        matter_id, Verb.JOINT_TASK, by=by, at=at, law=law, permission=right or _case_right(by), version=version,
        any_unit=right is None or by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        unit = units().get(unit_id)
        if unit is None or (unit.until_date is not None and unit.until_date < local_day(at)):
            raise Refused("请选择单位")
        if act.owed("joint", subject=task_id) is not None:
            raise Refused("这项任务已经交办")
        act.join(unit_id, "joint")
        act.open("joint", due_by_day(law, until, at), unit=unit_id, owed_to=by.unit_id, subject=task_id)
        act.payload |= {"unit": str(unit_id), "unit_name": unit.name, "task": str(task_id)}
        act.say(what)
    return act.matter


def joint_done(
    *, matter_id: UUID, task_id: UUID, account: str, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Matter:  # fmt: skip
    """Tell what a unit did of its task of a joint meeting; the task is done."""
    if len(account.strip()) < 5:
        raise Refused("请写明做了什么")
    with change(
        matter_id, Verb.JOINT_DONE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        row = act.owed("joint", subject=task_id)
        if row is None or row.unit_id not in by.units:
            raise Refused("您的单位没有这项任务，或者已经完成")
        act.close("joint", subject=task_id)
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        unit = units().get(row.unit_id)
        act.payload |= {
            "unit": str(row.unit_id),
            "unit_name": unit.name if unit else "",
            "task": str(task_id),
        }
        act.say(account)
    return act.matter


def answer_supervision(
    *, matter_id: UUID, text: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Answer a supervision in writing (art. 40). Only whoever supervises lifts it."""
    if len(text.strip()) < 10:
        raise Refused("请书面说明采纳情况和办理进展（信访工作条例第40条）")
    with change(
        matter_id, Verb.ANSWER_SUPERVISION, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:  # fmt: skip
        row = act.owed("supervise")
        if row is None:
            raise Refused("这件事项没有在督办")
        if row.unit_id not in by.units:
            raise Refused("由被督办的单位书面答复")
        act.say(text)
    return act.matter


def correct_contact(
    *, matter_id: UUID, phone: str, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Correct the raiser's phone number, with the reason; the old one is kept, and a call-back soon after is looked at."""
    if len(reason.strip()) < 5:
        raise Refused("请写明怎么知道电话有误、向谁核实的")
    with change(
        matter_id, Verb.CORRECT_CONTACT, by=by, at=at, law=law, permission=Permission.REGISTER, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        if not change_phone(raiser_id=act.matter.raiser_id, phone=phone, by=by, at=at):
            raise Refused("电话号码不完整，或者和原来的一样")
        act.payload["fields"] = ["phone"]
        act.say(reason)
    return act.matter
