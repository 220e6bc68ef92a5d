"""Matters that belong together: merged into an earlier one and taken apart again, or only linked."""

from datetime import datetime
from uuid import UUID

from zhuoluo.matters.actions.change import accused, change, check_may, due_by_term, locked, with_inner
from zhuoluo.matters.models import About, Link, Matter, Party
from zhuoluo.matters.rules import Refused, route_term
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission


def merge(
    *,
    matter_id: UUID,
    into_id: UUID,
    by: Actor,
    at: datetime,
    law: Law,
    note: str = "",
    version: int | None = None,
) -> Matter:
    """Merge into an earlier matter; both stay readable, the raiser is answered through the earlier one."""
    with change(
        matter_id, Verb.MERGE, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        into = locked().filter(pk=into_id).first()
        if into is None or into.id == matter_id:
            raise Refused("请选择要并入的另一件事项")
        check_may(by, Permission.TRIAGE, into)
        if into.stage in {Stage.MERGED, Stage.WITHDRAWN, Stage.DECLINED, Stage.REDIRECTED}:
            raise Refused("事项 %(number)s 已经结束，不能并入", number=into.number)
        _check_apart(act.matter, into)
        _check_apart(into, act.matter)
        act.matter.merged_into = into
        _carry_accused(matter_id, into)
        act.close_all("cancelled", keep=("perform",))  # what was signed is owed all the same
        act.reach("merged")
        act.payload |= {"into": str(into.id), "into_number": into.number}
        act.say(note)
    return act.matter


def _check_apart(about: Matter, handled: Matter) -> None:
    """Raise Refused when those a matter is about take part in the other one: they would answer its raiser."""
    units_about, people_about = accused(about.id)
    parties = Party.objects.filter(matter=handled, until_at__isnull=True).values_list("unit_id", flat=True)
    if not with_inner(units_about).isdisjoint(parties) or handled.lead_person_id in people_about:
        raise Refused("其中一件反映的正是另一件的经办单位或者人员，不能并案（信访工作条例第30条、第46条）")


def _carry_accused(matter_id: UUID, into: Matter) -> None:
    """The one complained of in a merged matter may not handle or read the matter that answers it (arts. 30, 46)."""
    rows = About.objects.filter(matter_id=matter_id)
    About.objects.bulk_create(
        [
            About(matter=into, unit_id=r.unit_id, person_id=r.person_id, via_id=r.via_id or matter_id)
            for r in rows
        ]
    )


def _take_accused_back(matter: Matter) -> None:
    """What came with a matter, and with those merged into it, leaves every matter it was carried on to."""
    origins = {matter.id} | set(
        About.objects.filter(matter=matter, via__isnull=False).values_list("via_id", flat=True)
    )
    into = matter.merged_into
    while into is not None:
        About.objects.filter(matter=into, via_id__in=origins).delete()
        into = into.merged_into


def unmerge(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """Undo a merge by a new entry; the matter is back in triage and its clock ran on."""
    with change(
        matter_id, Verb.UNMERGE, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        act.payload["out_of"] = str(act.matter.merged_into_id)
        _take_accused_back(act.matter)
        act.matter.merged_into = None
        act.matter.lead_unit, act.matter.lead_person = None, None
        act.undo("merged", "routed", "accepted")
        due = due_by_term(law, route_term(act.matter.klass), act.matter.registered_at)
        act.open("route", due, unit=act.matter.sender_id or act.matter.registered_by_id)
        act.say(reason)
    return act.matter


def link(
    *,
    matter_id: UUID,
    other_id: UUID,
    kind: str,
    by: Actor,
    at: datetime,
    law: Law,
    version: int | None = None,
) -> Matter:
    """Link another matter that belongs with this one; both must be readable to the actor."""
    with change(
        matter_id, Verb.LINK, by=by, at=at, law=law, permission=Permission.REGISTER, version=version
    ) as act:
        other = Matter.objects.filter(pk=other_id).first()
        if (
            other is None
            or other.id == matter_id
            or Link.objects.filter(matter=act.matter, other=other).exists()
        ):
            raise Refused("请选择另一件还没有关联的事项")
        check_may(by, Permission.REGISTER, other, any_unit=Permission.READ_ALL in by.grants)
        Link.objects.create(matter=act.matter, other=other, kind=kind, at=at)
        act.payload |= {"other": str(other.id), "other_number": other.number, "kind": kind}
    return act.matter
