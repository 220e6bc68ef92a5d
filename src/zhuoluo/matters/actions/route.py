"""Triage: where a matter goes, and every lawful way of not taking it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhuoluo.matters.actions.change import (
    Change,
    accused,
    change,
    check_lead,
    check_may,
    due_by_day,
    due_by_term,
    local_day,
)  # fmt: skip
from zhuoluo.matters.models import Answer, Designation, Link, Matter, Objection, Review
from zhuoluo.matters.rules import (
    DECLINE_GROUNDS,
    REDIRECTS,
    Earlier,
    Refused,
    accept_term,
    answer_term,
    check_answer,
    check_ground,
    route_term,
)  # fmt: skip
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law, areas, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents.reads import same_person


def forward(
    *,
    matter_id: UUID,
    unit_id: UUID,
    by: Actor,
    at: datetime,
    law: Law,
    note: str = "",
    version: int | None = None,
) -> Matter:
    """Forward (转送) to the competent unit; it must tell the raiser within its term (art. 22, 23)."""
    with change(
        matter_id, Verb.FORWARD, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        _send(act, unit_id, note)
    return act.matter


def assign(
    *, matter_id: UUID, unit_id: UUID, report_by: date, by: Actor, at: datetime, law: Law, note: str = "",
    version: int | None = None, receiving: bool = False,
) -> Matter:  # fmt: skip
    """Assign with report (交办): as forward, with a set date for the report of completion (办结报告, art. 22).

    `receiving`: decided at a reception, by whoever receives.
    """
    with change(
        matter_id, Verb.ASSIGN, by=by, at=at, law=law, version=version, **_right(by, receiving=receiving)
    ) as act:
        _send(act, unit_id, note, receiving=receiving)
        act.close("report", "replaced")
        act.open("report", due_by_day(law, report_by, at), unit=unit_id, owed_to=act.matter.sender_id)
    return act.matter


def _right(by: Actor, *, receiving: bool) -> dict[str, Any]:
    """Return who may triage: the unit's own people; at a reception whoever receives, leaders on every matter."""
    if not receiving:
        return {"permission": Permission.TRIAGE}
    return {"permission": Permission.RECEIVE, "any_unit": by.can(Permission.READ_ALL)}


def _send(act: Change, unit_id: UUID, note: str, *, receiving: bool = False) -> None:
    unit = units().get(unit_id)
    if unit is None or (unit.until_date is not None and unit.until_date < local_day(act.at)):
        raise Refused("请选择一个现有的单位")
    matter = act.matter
    if unit_id == matter.registered_by_id and act.by.unit_id == unit_id and not receiving:
        raise Refused("转给本单位，请直接受理")
    route = act.close("route")
    matter.sender_id = route.unit_id if route else act.by.unit_id
    matter.lead_unit_id, matter.lead_person = unit_id, None
    act.join(unit_id, "lead")
    if matter.sender_id is not None:
        act.join(matter.sender_id, "sender")
    act.reach("routed")
    due = due_by_term(act.law, accept_term(matter.klass), act.at)
    act.open("accept", due, unit=unit_id, owed_to=matter.sender_id)
    act.payload["unit"] = str(unit_id)
    act.payload["unit_name"] = unit.name
    act.say(note)


def accept(
    *, matter_id: UUID, by: Actor, at: datetime, law: Law, note: str = "", version: int | None = None
) -> Matter:
    """Accept a matter of one's own competence without sending it anywhere (art. 23); the answer's clock starts."""
    with change(
        matter_id, Verb.ACCEPT, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        route = act.close("route")
        begin_handling(act, route.unit_id if route else act.by.unit_id, note)
    return act.matter


def begin_handling(act: Change, unit_id: UUID | None, note: str) -> None:
    """Start the handling in a unit: lead, milestone, the answer's date, the words told to the raiser."""
    if unit_id is None:
        raise Refused("您没有所在单位，请系统管理员先设置岗位")
    matter = act.matter
    if matter.klass == "litigation":
        raise Refused("涉法涉诉事项请告知途径，移送有权机关（信访工作条例第22条）")
    matter.lead_unit_id = unit_id
    act.join(unit_id, "lead")
    act.reach("accepted")
    due = due_by_term(act.law, answer_term(matter.klass), act.at)
    act.open("answer", due, unit=unit_id, person=matter.lead_person_id)
    act.say(note, to_raiser=True)


def take(
    *, matter_id: UUID, by: Actor, at: datetime, law: Law, note: str = "", version: int | None = None
) -> Matter:
    """Take what was sent to one's unit: accepted, the raiser told (art. 23), the answer's clock starts (art. 34).

    Refused while an objection waits for its ruling.
    """
    with change(
        matter_id, Verb.TAKE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        check_lead(act)
        if Objection.objects.filter(matter=act.matter, ruled_at__isnull=True).exists():
            raise Refused("退回异议还没有裁定")
        if Designation.objects.filter(matter=act.matter, decided_at__isnull=True).exists():
            raise Refused("已经请上级指定承办单位，等待决定（信访工作条例第24条）")
        act.close("accept")
        if act.by.unit_id == act.matter.lead_unit_id and act.matter.lead_person_id is None:
            act.matter.lead_person_id = act.by.id
        begin_handling(act, act.matter.lead_unit_id, note)
    return act.matter


def recall(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Take back a wrong sending before the other unit took it. The routing clock goes on from registration."""
    with change(
        matter_id, Verb.RECALL, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        if act.by.kind == "staff" and act.matter.sender_id not in act.by.units:
            raise Refused("只有转出单位可以收回")
        if Objection.objects.filter(matter=act.matter, ruled_at__isnull=True).exists():
            raise Refused("对方已提出退回异议，请裁定")
        back_to_triage(act, reason, closing="cancelled")
    return act.matter


def back_to_triage(act: Change, reason: str, *, closing: str) -> None:
    """Bring a matter back to its sender: a returned matter's clock never stopped, it runs from registration."""
    matter = act.matter
    act.close("accept", closing)
    act.close("report", closing)
    if matter.lead_unit_id is not None and matter.lead_unit_id != matter.sender_id:
        act.leave(matter.lead_unit_id, "lead")
    act.undo("routed")
    due = due_by_term(act.law, route_term(matter.klass), matter.registered_at)
    act.open("route", due, unit=matter.sender_id or matter.registered_by_id)
    matter.lead_unit, matter.lead_person = None, None
    act.say(reason)


def decline(
    *,
    matter_id: UUID,
    ground: str,
    reason: str,
    by: Actor,
    at: datetime,
    law: Law,
    earlier: UUID | None = None,
    version: int | None = None,
) -> Matter:
    """Decline on a lawful ground only (art. 19, 36); the raiser reads the ground and the reason.

    `earlier`: the same matter, already taken up or finally reviewed; "no more" (不再受理) rests on nothing else.
    """
    if ground not in DECLINE_GROUNDS:
        raise Refused("请选择法定的不予受理理由；不属于本单位职权的，请“告知途径”")
    if len(reason.strip()) < 5:
        raise Refused("请写明不予受理的具体情况，会告知诉求人")
    with change(
        matter_id, Verb.DECLINE, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        check_ground(ground, _earlier(act, earlier))
        act.close_all("done")
        act.reach("declined")
        words, article = DECLINE_GROUNDS[ground]
        act.payload |= {"ground": ground, "article": article}
        act.say(f"{reason.strip()}\n（{words}，{article}）", to_raiser=True)
    return act.matter


def _earlier(act: Change, earlier_id: UUID | None) -> Earlier | None:
    """What the earlier matter shows, and a link to it. The actor must be allowed to deal with it too."""
    if earlier_id is None:
        return None
    row = Matter.objects.select_related("raiser").filter(pk=earlier_id).exclude(pk=act.matter.pk).first()
    if row is None:
        raise Refused("请选择另一件事项")
    check_may(act.by, Permission.TRIAGE, row, any_unit=act.by.can(Permission.READ_ALL))
    if not Link.objects.filter(matter=act.matter, other=row).exists():
        Link.objects.create(matter=act.matter, other=row, kind="earlier", at=act.at)
    act.payload |= {"other": str(row.id), "other_number": row.number}
    ended = Review.objects.filter(matter=row, level=2, served_at__isnull=False).exclude(outcome="annulled")
    return Earlier(
        row.stage, second_served=ended.exists(), same_raiser=same_person(act.matter.raiser, row.raiser)
    )


def redirect(
    *, matter_id: UUID, door: str, where: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Tell the raiser the lawful way and where to go (art. 23, 31(1)-(5)); a notice, not a refusal."""
    if door not in REDIRECTS:
        raise Refused("请选择依法应走的途径")
    if len(where.strip()) < 5:
        raise Refused("请写明向哪个机关、怎样提出，会告知诉求人")
    with change(
        matter_id, Verb.REDIRECT, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        act.close_all("done")
        act.reach("redirected")
        words, article = REDIRECTS[door]
        act.payload |= {"door": door, "article": article}
        act.say(f"{where.strip()}\n（{words}，{article}）", to_raiser=True)
    return act.matter


def reinstate(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Undo a declining or redirecting that was wrong, by a new entry; the first clock goes on."""
    if len(reason.strip()) < 2:
        raise Refused("请写明恢复登记的理由")
    with change(
        matter_id, Verb.REINSTATE, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        act.undo("declined", "redirected", "routed")
        act.matter.lead_unit, act.matter.lead_person = None, None
        due = due_by_term(law, route_term(act.matter.klass), act.matter.registered_at)
        act.open("route", due, unit=act.matter.sender_id or act.matter.registered_by_id)
        act.say(reason)
    return act.matter


def answer_now(
    *, matter_id: UUID, opinion: str, by: Actor, at: datetime, law: Law, outcome: str = "explained",
    basis: str = "", version: int | None = None, receiving: bool = False,
) -> Matter:  # fmt: skip
    """Answer an inquiry or suggestion on the spot (简易办理): accepted, answered and served in one act.

    Claims are never answered this way: their opinion is drafted, issued and served (art. 32). `receiving`: as in assign.
    """
    with change(
        matter_id, Verb.ANSWER_NOW, by=by, at=at, law=law, version=version, **_right(by, receiving=receiving)
    ) as act:
        if act.matter.klass not in {"inquiry", "suggestion"}:
            raise Refused(
                "只有咨询求助、建议意见可以当场答复；申诉求决要出具处理意见书（信访工作条例第32条）"
            )
        check_answer("", "", opinion, basis, outcome, klass=act.matter.klass)
        route = act.close("route")
        unit_id = (route.unit_id if route else None) or act.matter.registered_by_id
        act.matter.lead_unit_id, act.matter.lead_person_id = unit_id, act.by.id
        act.join(unit_id, "lead")
        for kind in ("accepted", "answered", "served"):
            act.reach(kind)
        Answer.objects.create(
            matter=act.matter, unit_id=unit_id, outcome=outcome, opinion=opinion.strip(), basis=basis.strip(),
            drafted_by=by.id, drafted_at=at, issued_by=by.id, issued_at=at, served_at=at, service="in_person",
            review_over=True,
        )  # fmt: skip
        open_callback(act)
    return act.matter


def open_callback(act: Change) -> None:
    """Open the call-back, owed by the petition office: never by the unit that handled (DOMAIN S8).

    When the office itself handled the matter, supervision calls back.
    """
    about_units, _ = accused(act.matter.id)
    for kind in ("office", "supervision"):
        for unit in units().values():
            if unit.kind == kind and unit.id != act.matter.lead_unit_id and unit.id not in about_units:
                act.join(unit.id, "callback")
                act.open("callback", due_by_term(act.law, "house.callback", act.at), unit=unit.id)
                return


def ask_more(
    *, matter_id: UUID, question: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Ask the raiser for what is missing; they see the question. No clock stops for it."""
    if len(question.strip()) < 5:
        raise Refused("请写明需要补充什么")
    with change(
        matter_id, Verb.ASK_MORE, by=by, at=at, law=law, permission=Permission.REGISTER, version=version
    ) as act:
        act.close("supplement", "replaced")
        act.open("supplement", due_by_term(law, "house.supplement", at), owed_to=by.unit_id)
        act.say(question, to_raiser=True)
    return act.matter


def correct(
    *, matter_id: UUID, by: Actor, at: datetime, law: Law, changes: dict[str, Any], version: int | None = None
) -> Matter:
    """Correct how a matter is filed: `title`, `klass`, `area`, `place`, `category`. The text itself is never changed.

    A new class changes which terms apply from the next commitment on; those running keep their dates.
    """
    columns = {
        "title": "title",
        "klass": "klass",
        "area": "area_id",
        "place": "place",
        "category": "category_id",
    }
    if not changes or not set(changes) <= set(columns):
        raise Refused("可以更正：标题、类别、地点、位置说明、分类")
    if changes.get("area") is not None and changes["area"] not in areas():
        raise Refused("请从列表中选择地点")
    with change(
        matter_id, Verb.CORRECT, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        for name, value in changes.items():
            setattr(act.matter, columns[name], value)
        # Titles and places can carry names, so the entry says which columns changed, not their words.
        act.payload["changed"] = sorted(changes)
    return act.matter
