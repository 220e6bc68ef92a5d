"""What the fronts owe beside the path: a first response (事不隔夜, 两个工作日对接), a village mediator's words."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhuoluo.matters.actions.change import accused, change, due_by_term
from zhuoluo.matters.models import Attachment, Matter, Recusal
from zhuoluo.matters.rules import MEDIATION_RESULTS, RESPONSES, Refused
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may

Files = Sequence[tuple[UUID, str, str]]


def owe_response(
    *, matter_id: UUID, kind: str, unit_id: UUID, right: Permission, by: Actor, at: datetime, law: Law,
    person_id: UUID | None = None, version: int | None = None,
) -> Matter:  # fmt: skip
    """Let a unit owe the raiser a first response, from when the matter was raised; `kind` names it (rules.RESPONSES).

    It is the plan that is owed, not the cure, and it stands beside the law's own dates. `right`: that of the front.
    """
    with change(
        matter_id, Verb.OWE, by=by, at=at, law=law, permission=right, version=version, any_unit=by.can(Permission.READ_ALL)
    ) as act:  # fmt: skip
        unit = units().get(unit_id)
        if kind not in RESPONSES or unit is None:
            raise Refused("请选择单位")
        if act.owed(kind) is not None:
            raise Refused("这件事项已经有等着回应的期限")
        act.join(unit_id, "joint")
        act.open(
            kind, due_by_term(law, RESPONSES[kind], act.matter.raised_at), unit=unit_id, person=person_id
        )
        act.payload |= {"owed": kind, "unit": str(unit_id), "unit_name": unit.name}
    return act.matter


def respond(
    *, matter_id: UUID, kind: str, words: str, by: Actor, at: datetime, law: Law, files: Files = (),
    version: int | None = None, right: Permission = Permission.HANDLE,
) -> Matter:  # fmt: skip
    """Give the first response: what will be done, by whom and when. The raiser reads it; nothing is closed by it."""
    if len(words.strip()) < 5:
        raise Refused("请写明怎么回应的：谁去办、哪天办、先做什么")
    with change(
        matter_id, Verb.RESPOND, by=by, at=at, law=law, permission=right, version=version, any_unit=by.can(Permission.READ_ALL)
    ) as act:  # fmt: skip
        row = act.owed(kind) if kind in RESPONSES else None
        if row is None:
            raise Refused("没有等着回应的")
        if row.unit_id not in by.units and not by.can(Permission.READ_ALL):
            raise Forbidden("由负责回应的单位记录")
        unit = units().get(row.unit_id) if row.unit_id else None
        act.close(kind)
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.payload |= {"owed": kind, "unit_name": unit.name if unit else ""}
        act.say(words, to_raiser=True)
    return act.matter


def may_mediate(matter_id: UUID, who: Actor) -> bool:
    """Say whether a matter can be given to a mediator: not one about themselves or their village office, nor after recusal."""
    about_units, about_people = accused(matter_id)
    stood_back = Recusal.objects.filter(matter_id=matter_id, person_id=who.id).exists()
    return not stood_back and may(who, Permission.MEDIATE, about_units=about_units, about_people=about_people)


def tell_mediated(
    *, matter_id: UUID, result: str, words: str, by: Actor, at: datetime, law: Law, files: Files = ()
) -> Matter:  # fmt: skip
    """Keep what a village mediator did in a quarrel given to them. The caller has checked that it was given.

    No commitment stops for it, and agreement is no cure: the raiser's own word is asked all the same.
    """
    if result not in MEDIATION_RESULTS:
        raise Refused("请选择调解结果")
    with change(
        matter_id, Verb.MEDIATED, by=by, at=at, law=law, permission=Permission.MEDIATE, any_unit=True
    ) as act:
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], at=at) for f, r, c in files
        )
        act.payload |= {"result": result, "files": len(files)}
        act.say(words)
    return act.matter
