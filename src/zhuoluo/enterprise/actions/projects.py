"""Projects: begun, step by step with an office or the firm, finished. Each step of an office is its commitment."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise.actions.needs import contact
from zhuoluo.enterprise.actions.noted import check_keeps, locked, note
from zhuoluo.enterprise.models import Firm, Project, Step
from zhuoluo.enterprise.rules.days import after_workdays
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.steps import plans
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents.actions import Contact

LONGEST = 3650
MOST_STEPS = 60


@transaction.atomic
def begin_project(
    *, firm_id: UUID, name: str, plan: str, first_day: date, aim: int, unit_id: UUID, key: str, by: Actor, at: datetime,
    law: Law, who: Contact | None = None,
) -> Project:  # fmt: skip
    """Begin a project: a matter of the firm's that the leading unit answers for in the end."""
    firm = locked(Firm.objects.select_related("area"), firm_id)
    known = Project.objects.filter(key=key).first()  # behind the lock: two presses come one after the other
    if known is not None:
        return known
    check_keeps(by, firm)
    if plan not in plans() or len(name.strip()) < 2:
        raise Refused("请写项目名称，选择是哪一类项目")
    if first_day > local_day(at):
        raise Refused("开始的日期不能晚于今天")
    if not 1 <= aim <= LONGEST:
        raise Refused("目标天数在 1 到 %(n)s 之间", n=LONGEST)
    reached = contact(firm, who)
    if not reached.phone:
        raise Refused("请写企业联系人的电话，好把结果告诉企业")
    filing = Filing(
        klass="claim", title=f"{name.strip()}：{plans()[plan].name}"[:200],
        text=f"{firm.name}{name.strip()}，{plans()[plan].name}，目标 {aim} 天。", contact=reached, channel="enterprise",
        area=firm.area_id, place=firm.address or firm.name, unit_id=matters.desk_of(by, unit_id),
    )  # fmt: skip
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"project:{key}", right=Permission.ENTERPRISE
    )
    row = Project.objects.create(
        firm=firm, name=name.strip()[:120], plan=plan, matter_id=made.matter.id, first_day=first_day, aim=aim, key=key,
        made_at=at, made_by=by.id,
    )  # fmt: skip
    note("project", row.id, by, at, firm=str(firm.id), plan=plan, number=made.matter.number)
    return row


def _running(project_id: UUID) -> Project:
    row = locked(Project.objects.select_related("firm"), project_id)
    if row.last_day is not None:
        raise Refused("这个项目已经办成")
    return row


@transaction.atomic
def begin_step(
    *, project_id: UUID, name: str, since: date, by: Actor, at: datetime, law: Law, unit_id: UUID | None = None,
    workdays: int | None = None, place: int | None = None,
) -> Step:  # fmt: skip
    """Begin a step: with an office, which owes it within its working days, or with the firm (no unit).

    `place`: the number the page showed for the next step; sent twice it is begun once, and another's is never overwritten.
    """
    row = _running(project_id)
    check_keeps(by, row.firm)
    here = list(Step.objects.filter(project=row).order_by("place"))
    if place is not None and place <= len(here):
        return _same(here[place - 1], name, unit_id)
    if len(here) >= MOST_STEPS:
        raise Refused("一个项目最多 %(n)s 步", n=MOST_STEPS)
    if len(name.strip()) < 2:
        raise Refused("请写这一步办什么")
    if not row.first_day <= since <= local_day(at):
        raise Refused("这一步的开始在项目开始以后、今天以前")
    if unit_id is not None and (workdays is None or not 1 <= workdays <= 250):
        raise Refused("请写承诺几个工作日办好")
    step = Step(
        project=row, place=len(here) + 1, name=name.strip()[:60], unit_id=unit_id,
        workdays=workdays if unit_id else None, since=since,
    )  # fmt: skip
    step.save()
    if unit_id is not None and workdays is not None:
        until = max(after_workdays(since, workdays, law.calendar), local_day(at))
        matters.joint_task(
            matter_id=row.matter_id, task_id=step.id, unit_id=unit_id, what=f"{row.name}：{step.name}", until=until, by=by,
            at=at, law=law, right=Permission.ENTERPRISE,
        )  # fmt: skip
    note("step", step.id, by, at, project=str(row.id), unit=str(unit_id or ""), workdays=workdays or 0)
    return step


def _same(step: Step, name: str, unit_id: UUID | None) -> Step:
    if (step.name, step.unit_id) != (name.strip()[:60], unit_id):
        raise Refused("刚有人记了第 %(n)s 步“%(step)s”；要记下一步，请再按一次", n=step.place, step=step.name)
    return step


def promised(step: Step, law: Law) -> date:
    """Return the day by which the office promised a step."""
    return after_workdays(step.since, step.workdays or 0, law.calendar)


def may_end(by: Actor, step: Step) -> bool:
    """Say whether a step is the actor's to end: an office's own people end its step, whoever keeps the firm the firm's."""
    if step.unit_id is not None:
        return by.can(Permission.HANDLE) and step.unit_id in by.units
    return by.can(Permission.ENTERPRISE)


@transaction.atomic
def end_step(*, step_id: UUID, until: date, account: str, by: Actor, at: datetime, law: Law) -> Step:
    """Say that a step is done. Only the office that owes it can."""
    step = locked(Step.objects.select_related("project__firm"), step_id)
    if step.until is not None:
        return step
    if not may_end(by, step):
        raise Forbidden("由承办这一步的单位记录")
    if step.unit_id is None:
        check_keeps(by, step.project.firm)
    if not step.since <= until <= local_day(at):
        raise Refused("办好的日期在这一步开始以后、今天以前")
    if len(account.strip()) < 5:
        raise Refused("请写办好了什么，例如：用地规划许可证已发")
    step.until, step.account = until, account.strip()[:300]
    step.save(update_fields=["until", "account"])
    if step.unit_id is not None:
        matters.joint_done(
            matter_id=step.project.matter_id, task_id=step.id, account=account, by=by, at=at, law=law
        )
    note("end_step", step.id, by, at, project=str(step.project_id))
    return step


@transaction.atomic
def finish_project(*, project_id: UUID, last_day: date, by: Actor, at: datetime) -> Project:
    """Say that a project reached its end; its matter goes on until the firm has its answer and said its word."""
    row = locked(Project.objects.select_related("firm"), project_id)
    check_keeps(by, row.firm)
    if row.last_day is not None:
        return row
    running = Step.objects.filter(project=row, until__isnull=True).order_by("place").first()
    if running is not None:
        raise Refused("“%(step)s”还没有办好", step=running.name)
    ended = Step.objects.filter(project=row).order_by("-until").values_list("until", flat=True).first()
    if ended is None:
        raise Refused("还没有记一步")
    if not ended <= last_day <= local_day(at):
        raise Refused("办成的日期在最后一步办好以后、今天以前")
    row.last_day = last_day
    row.save(update_fields=["last_day"])
    note("finish", row.id, by, at)
    return row
