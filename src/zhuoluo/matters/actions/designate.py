"""Whose matter it is, when units disagree or have ended, and who must stand back (信访工作条例 arts. 24, 28)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.actions.change import Change, accused, change, due_by_term, local_day
from zhuoluo.matters.models import Commitment, Designation, Matter, Objection, Party, Recusal
from zhuoluo.matters.rules import (
    Refused,
    accept_term,
    check_recusal,
    common_superior,
    successor_of,
)  # fmt: skip
from zhuoluo.matters.states import ENDED, Verb
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import Law, people, units
from zhuoluo.org.rules import SYSTEM, Actor, Permission


def ask_designation(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Designation:
    """Bring a dispute over competence to the common superior (art. 24), after an objection was made and ruled on.

    No clock stops for it. Asked by the unit that should take the matter or by the one that sends it.
    """
    permission = Permission.TRIAGE if by.can(Permission.TRIAGE) else Permission.HANDLE
    with change(
        matter_id, Verb.ASK_DESIGNATION, by=by, at=at, law=law, permission=permission, version=version
    ) as act:
        if len(reason.strip()) < 10:
            raise Refused("请写明争议在哪里、协商过什么（信访工作条例第24条）")
        last = Objection.objects.filter(matter=act.matter).order_by("-made_at").first()
        if last is None or last.ruled_at is None:
            raise Refused("先提出异议、由转出单位裁定；仍有争议的，再请共同的上级指定（信访工作条例第24条）")
        if Designation.objects.filter(matter=act.matter, decided_at__isnull=True).exists():
            raise Refused("已经请上级指定，等待决定")
        superior = _superior(act, last.unit_id)
        row = Designation.objects.create(
            matter=act.matter, superior=superior, asked_by=by.id, asked_at=at, reason=reason.strip()
        )
        act.join(superior.id, "superior")
        act.open("designate", due_by_term(law, "house.designate", at), unit=superior.id)
        act.payload |= {"unit": str(superior.id), "unit_name": superior.name}
        act.say(reason)
    return row


def _superior(act: Change, other: UUID) -> Unit:
    """The first unit over both; where there is none, who convenes the joint meeting: the petition office, and where
    that is itself a party or complained of, supervision, then the leaders."""
    known = units()
    sender = act.matter.sender_id or act.matter.registered_by_id
    found = common_superior(_chain(sender), _chain(other))
    about, _people = accused(act.matter.id)
    if found is not None and found not in about:
        return known[found]
    for kind in ("office", "supervision", "leadership"):
        for unit in known.values():
            if unit.kind == kind and unit.id not in {sender, other, *about} and unit.until_date is None:
                return unit
    raise Refused("没有共同的上级机关可以指定，请系统管理员先设置")


def _chain(unit: UUID) -> list[UUID]:
    known, chain = units(), [unit]
    while (parent := known[chain[-1]].parent_id) is not None:
        chain.append(parent)
    return chain


def designate(
    *, designation_id: UUID, unit_id: UUID, ruling: str, by: Actor, at: datetime, law: Law
) -> Designation:
    """Name the unit that handles the matter. It is final: the unit cannot send it back."""
    row = Designation.objects.get(pk=designation_id)
    with change(row.matter_id, Verb.DESIGNATE, by=by, at=at, law=law, permission=_order(by)) as act:
        if row.decided_at is not None:
            raise Refused("已经指定")
        if act.by.kind == "staff" and row.superior_id not in act.by.units:
            raise Refused("由共同的上级机关指定（信访工作条例第24条）")
        unit = units().get(unit_id)
        if unit is None or (unit.until_date is not None and unit.until_date < local_day(at)):
            raise Refused("请选择一个现有的单位")
        if len(ruling.strip()) < 5:
            raise Refused("请写明指定的理由")
        row.decided_by, row.decided_at, row.unit, row.ruling = by.id, at, unit, ruling.strip()
        row.save()
        _hand_to(act, unit)
        act.say(ruling)
    return row


def _hand_to(act: Change, unit: Unit) -> None:
    matter = act.matter
    if Objection.objects.filter(matter=matter, ruled_at__isnull=True).exists():
        raise Refused("退回异议还没有裁定")
    act.close("designate")
    act.close("route")
    act.close("accept", "replaced")
    if matter.lead_unit_id is not None and matter.lead_unit_id != unit.id:
        act.leave(matter.lead_unit_id, "lead")
    if matter.sender_id is None:
        matter.sender_id = matter.registered_by_id
    matter.lead_unit_id, matter.lead_person = unit.id, None
    act.join(unit.id, "lead")
    act.reach("routed")
    due = due_by_term(act.law, accept_term(matter.klass), act.at)
    act.open("accept", due, unit=unit.id, owed_to=matter.sender_id)
    act.payload |= {"unit": str(unit.id), "unit_name": unit.name}


def recuse(
    *,
    matter_id: UUID,
    person_id: UUID,
    reason: str,
    by: Actor,
    at: datetime,
    law: Law,
    version: int | None = None,
) -> Recusal:
    """Let somebody with a direct interest stand back (art. 28): asked for by themselves, ordered by a head, or at the
    raiser's request. What they owed is the unit's again."""
    oneself = person_id == by.id
    permission = Permission.READ_UNIT if oneself else _order(by)
    with change(
        matter_id, Verb.RECUSE, by=by, at=at, law=law, permission=permission, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        already = set(Recusal.objects.filter(matter=act.matter).values_list("person_id", flat=True))
        check_recusal(reason, person_id, already)
        posts = [p for p in people(local_day(at)) if p.user_id == person_id]
        if not posts:
            raise Refused("请选择在岗的工作人员")
        row = Recusal.objects.create(
            matter=act.matter, person_id=person_id, reason=reason.strip(), by_id=by.id, at=at
        )
        if act.matter.lead_person_id == person_id:
            act.matter.lead_person = None
        _free(act.live.values(), person_id)
        act.payload |= {"person": str(person_id), "person_name": posts[0].user.name}
        act.say(reason)
    return row


def _order(by: Actor) -> Permission:
    for permission in (Permission.ISSUE, Permission.RULE, Permission.SUPERVISE):
        if by.can(permission):
            return permission
    return Permission.ISSUE


def _free(rows: Iterable[Commitment], person_id: UUID) -> None:
    for row in rows:
        if row.person_id == person_id:
            row.person_id = None
            row.save(update_fields=["person"])


def succeed(*, matter_id: UUID, at: datetime, law: Law, by: Actor = SYSTEM) -> Matter:
    """Pass a matter of a unit that ended to its successor (art. 24). Every date stays."""
    today = local_day(at)
    permission = None if by.kind == "system" else Permission.RULE
    with change(matter_id, Verb.SUCCEED, by=by, at=at, law=law, permission=permission, any_unit=True) as act:
        moves = _successors(act, today)
        if not moves:
            raise Refused("承办单位没有变动，不需要承接")
        led = act.matter.lead_unit_id
        for column in ("lead_unit_id", "sender_id", "registered_by_id"):
            old = getattr(act.matter, column)
            if old in moves:
                setattr(act.matter, column, moves[old].id)
        if led in moves:
            act.matter.lead_person = None
        for row in act.live.values():
            _pass_on(row, moves)
        for party in Party.objects.filter(matter=act.matter, unit_id__in=moves, until_at__isnull=True):
            act.join(moves[party.unit_id].id, party.role)
            act.leave(party.unit_id, party.role)
        last = list(moves.values())[-1]
        act.payload |= {"unit": str(last.id), "unit_name": last.name}
    return act.matter


def _successors(act: Change, today: date) -> dict[UUID, Unit]:
    known = units()
    ended = {u.id: (u.until_date, u.successor_id) for u in known.values()}
    involved = set(
        Party.objects.filter(matter=act.matter, until_at__isnull=True).values_list("unit_id", flat=True)
    )
    found = {}
    for unit in involved:
        successor = successor_of(unit, ended, today)
        if successor is not None:
            found[unit] = known[successor]
    return found


def _pass_on(row: Commitment, moves: dict[UUID, Unit]) -> None:
    changed = []
    for column in ("unit", "owed_to"):
        old = getattr(row, f"{column}_id")
        if old in moves:
            setattr(row, f"{column}_id", moves[old].id)
            changed.append(column)
    if changed:
        row.person_id = None
        row.save(update_fields=[*changed, "person"])


def succeed_all(*, at: datetime, law: Law, limit: int = 200) -> int:
    """Pass on every open matter of units that ended; one entry a matter. Returns how many. Run by the worker."""
    today = local_day(at)
    ended = {u.id: (u.until_date, u.successor_id) for u in units().values()}
    gone = [u for u, (until, successor) in ended.items() if until is not None and until < today and successor]
    if not gone:
        return 0
    rows = (
        Party.objects.filter(unit_id__in=gone, until_at__isnull=True)
        .exclude(matter__stage__in=list(ENDED))
        .values_list("matter_id", flat=True)
        .distinct()[:limit]
    )
    done = 0
    for matter_id in list(rows):
        succeed(matter_id=matter_id, at=at, law=law)
        done += 1
    return done
