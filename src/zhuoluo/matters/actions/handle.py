"""Handling: who does it, who objects, who helps, the evidence, the one extension."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.actions.change import (
    Change,
    accused,
    change,
    check_lead,
    due_by_day,
    due_by_term,
    lead_unit,
    local_day,
)  # fmt: skip
from zhuoluo.matters.actions.route import back_to_triage
from zhuoluo.matters.models import Attachment, Commitment, Designation, Extension, Matter, Objection, Recusal
from zhuoluo.matters.rules import Refused, check_extension
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law, people, units
from zhuoluo.org.rules import Actor, Permission


def hand_over(
    *, matter_id: UUID, person_id: UUID, by: Actor, at: datetime, law: Law, note: str = "",
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Hand a matter to somebody inside the handling unit; what the unit owes is theirs from now on."""
    with change(
        matter_id, Verb.HAND_OVER, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        posts = [p for p in people(local_day(at), act.by.units) if p.user_id == person_id]
        _, about_people = accused(matter_id)
        if not posts or person_id in about_people:
            raise Refused("请选择本单位在岗的人员；被反映的人不能经办（信访工作条例第28条、第30条）")
        if Recusal.objects.filter(matter=act.matter, person_id=person_id).exists():
            raise Refused("这位同事已经回避（信访工作条例第28条）")
        act.matter.lead_person_id = person_id
        for row in act.live.values():
            if row.unit_id == act.matter.lead_unit_id:
                row.person_id = person_id
                row.save(update_fields=["person"])
        act.payload |= {"person": str(person_id), "person_name": posts[0].user.name}
        act.say(note)
    return act.matter


def object_to(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Objection:
    """Object to a wrong assignment within 5 working days, with detailed reasons (art. 23). No clock stops for it."""
    if len(reason.strip()) < 10:
        raise Refused("请详细写明不属于本单位职权的理由和应由谁办理（信访工作条例第23条）")
    with change(
        matter_id, Verb.OBJECT, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        accept = act.owed("accept")
        if accept is None or Objection.objects.filter(commitment=accept).exists():
            raise Refused("对这次转交已经提出过异议")
        if Designation.objects.filter(matter=act.matter, decided_at__isnull=False).exists():
            raise Refused("上级已经指定承办单位，不能再退回（信访工作条例第24条）")
        window = due_by_term(law, "xf.object", accept.opened_at)
        if at >= window.legal:
            raise Refused("提出异议应在收到之日起 5 个工作日内（信访工作条例第23条），期限已过，请依法受理")
        row = Objection.objects.create(
            matter=act.matter, commitment=accept, unit_id=lead_unit(act), by_id=by.id, made_at=at,
            reason=reason.strip(),
        )  # fmt: skip
        act.open("rule", due_by_term(law, "house.rule_objection", at), unit=act.matter.sender_id)
        act.say(reason)
    return row


def rule_on(*, objection_id: UUID, uphold: bool, ruling: str, by: Actor, at: datetime, law: Law) -> Objection:
    """Rule on an objection: the sender decides, with reasons that are kept (art. 23: return only if it agrees).

    Upheld: back to the sender's triage, one bounce more, the first clock still running. Rejected: the unit must take it.
    """
    if len(ruling.strip()) < 5:
        raise Refused("请写明裁定理由")
    row = Objection.objects.select_related("matter").get(pk=objection_id)
    verb = Verb.UPHOLD if uphold else Verb.REJECT
    with change(row.matter_id, verb, by=by, at=at, law=law, permission=_ruling_right(by)) as act:
        if row.ruled_at is not None:
            raise Refused("这份异议已经裁定")
        if by.kind == "staff" and act.matter.sender_id not in by.units:
            raise Refused("由转出单位裁定")
        row.ruled_at, row.upheld, row.ruling = at, uphold, ruling.strip()
        row.save(update_fields=["ruled_at", "upheld", "ruling"])
        act.close("rule")
        if uphold:
            act.matter.bounces += 1
            back_to_triage(act, ruling, closing="returned")
        else:
            act.say(ruling)
    return row


def _ruling_right(by: Actor) -> Permission:
    return Permission.RULE if by.can(Permission.RULE) else Permission.TRIAGE


def invite(
    *, matter_id: UUID, unit_id: UUID, task: str, by: Actor, at: datetime, law: Law, until: date | None = None,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Ask another unit to help (协办) by a date; the first unit leads and stays responsible."""
    with change(
        matter_id, Verb.INVITE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if unit_id == act.matter.lead_unit_id or unit_id not in units():
            raise Refused("请选择另一个单位协办")
        if act.owed("cohandle", unit_id) is not None:
            raise Refused("这个单位已经在协办")
        if len(task.strip()) < 5:
            raise Refused("请写明需要对方做什么")
        due = due_by_day(law, until, at) if until else due_by_term(law, "house.cohandle", at)
        act.join(unit_id, "co")
        act.open("cohandle", due, unit=unit_id, owed_to=act.matter.lead_unit_id)
        act.payload |= {"unit": str(unit_id), "unit_name": units()[unit_id].name}
        act.say(task)
    return act.matter


def report_back(
    *, matter_id: UUID, report: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Tell the lead what a co-handling unit did; its part is done."""
    with change(
        matter_id, Verb.REPORT_BACK, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        mine = [r for r in act.live.values() if r.kind == "cohandle" and r.unit_id in by.units]
        if not mine:
            raise Refused("您的单位没有待反馈的协办事项")
        if len(report.strip()) < 5:
            raise Refused("请写明协办情况")
        for row in mine:
            act.close("cohandle", unit=row.unit_id)
        act.say(report)
    return act.matter


def add_evidence(
    *, matter_id: UUID, files: Sequence[tuple[UUID, str, str]], by: Actor, at: datetime, law: Law, note: str = "",
    to_raiser: bool = False, version: int | None = None,
) -> Matter:  # fmt: skip
    """Add files: (file id, role such as before/after/proof, caption). Photos are never demanded of anyone."""
    if not files:
        raise Refused("请选择要添加的材料")
    with change(
        matter_id, Verb.ADD_EVIDENCE, by=by, at=at, law=law, permission=_evidence_right(by), version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        Attachment.objects.bulk_create(
            Attachment(
                matter=act.matter, file_id=file_id, role=role, caption=caption.strip()[:120], to_raiser=to_raiser,
                at=at,
            )
            for file_id, role, caption in files
        )  # fmt: skip
        act.payload["files"] = [{"file": str(f), "role": r} for f, r, _ in files]
        act.say(note)
    return act.matter


def _evidence_right(by: Actor) -> Permission:
    for permission in (Permission.HANDLE, Permission.CALL_BACK, Permission.REGISTER):
        if by.can(permission):
            return permission
    return Permission.HANDLE


def note(
    *, matter_id: UUID, text: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Write an internal note into the story. The raiser does not see it."""
    if len(text.strip()) < 2:
        raise Refused("请写下内容")
    with change(
        matter_id, Verb.NOTE, by=by, at=at, law=law, permission=Permission.REGISTER, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        act.say(text)
    return act.matter


def ask_extension(
    *, matter_id: UUID, days: int, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Extension:
    """Ask for the one extension before expiry (art. 34); the head of the handling unit decides."""
    with change(
        matter_id, Verb.ASK_EXTENSION, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        answer = _running_answer(act)
        limit = _longest_extension(act, answer)
        waiting = Extension.objects.filter(matter=act.matter, decided_at__isnull=True).exists()
        if waiting:
            raise Refused("已有一份延期申请等待审批")
        check_extension(days, limit, reason, already=answer.extension > 0, expired=at >= answer.due)
        row = Extension.objects.create(
            matter=act.matter,
            commitment=answer,
            days=days,
            reason=reason.strip(),
            asked_by=_staff(by),
            asked_at=at,
        )
        act.payload["days"] = days
        act.say(reason)
    return row


def _running_answer(act: Change) -> Commitment:
    answer = act.owed("answer")
    if answer is None:
        raise Refused("没有正在计算的答复期限")
    return answer


def _longest_extension(act: Change, answer: Commitment) -> int:
    """How many days the law lets this answer be extended. Raises Refused where it gives none (simplified handling)."""
    most = act.law.rulebook.term("xf.extend", local_day(act.at)).length
    own = act.law.rulebook.term(answer.term, local_day(answer.starts_at)).max_extension
    if own == 0:
        raise Refused("简易办理不能延期，办不完的请转为普通程序（国信办发〔2022〕17号）")
    return most if own is None else min(most, own)


def _staff(by: Actor) -> UUID:
    if by.id is None:
        raise Refused("需要工作人员账号")
    return by.id


def decide_extension(
    *, extension_id: UUID, grant: bool, remark: str, by: Actor, at: datetime, law: Law
) -> Extension:
    """Grant or refuse an extension, by the head of the handling unit, before expiry; the raiser is told why (art. 34)."""
    row = Extension.objects.get(pk=extension_id)
    verb = Verb.GRANT_EXTENSION if grant else Verb.REFUSE_EXTENSION
    with change(row.matter_id, verb, by=by, at=at, law=law, permission=Permission.ISSUE) as act:
        check_lead(act)
        if row.decided_at is not None:
            raise Refused("这份申请已经审批")
        answer = _running_answer(act)
        if grant:
            limit = _longest_extension(act, answer)
            check_extension(
                row.days, limit, row.reason, already=answer.extension > 0, expired=at >= answer.due
            )
            _extend(act, answer, row.days)
        row.decided_by, row.decided_at, row.granted, row.remark = _staff(by), at, grant, remark.strip()
        row.save(update_fields=["decided_by", "decided_at", "granted", "remark"])
        act.payload["days"] = row.days
        if grant:
            act.say(row.reason, to_raiser=True)
        else:
            act.say(remark or "不同意延期")
    return row


def _extend(act: Change, answer: Commitment, days: int) -> None:
    act.close("answer", "replaced")
    due = due_by_term(act.law, answer.term, answer.starts_at, extension=days)
    act.open("answer", due, unit=answer.unit_id, person=answer.person_id, extension=days, replaces=answer)
