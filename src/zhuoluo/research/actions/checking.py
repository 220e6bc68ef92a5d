"""Spot checks: somebody looks again later; what does not hold is done anew."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.reads import marks
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.research.actions.noted import locked, note
from zhuoluo.research.models import Finding, SpotCheck
from zhuoluo.research.rules.errors import Refused


def may_check(by: Actor) -> bool:
    """Say whether the actor may look again at what was closed out."""
    return by.can(Permission.CERTIFY) or by.can(Permission.SUPERVISE)


@transaction.atomic
def spot_check(
    *, finding_id: UUID, day: date, found: str, holds: bool, by: Actor, at: datetime, law: Law
) -> SpotCheck:
    """Record a spot check of a problem that was closed out. Where it no longer holds, the matter is done anew.

    Never by whoever handled it (matters.reopen refuses them).
    """
    if not may_check(by):
        raise Forbidden("由督查、信访的人员抽查")
    row = locked(Finding.objects.all(), finding_id)
    if "resolved" not in marks([row.matter_id]).get(row.matter_id, ()):
        raise Refused("还没有销号，不用抽查")
    if day > local_day(at):
        raise Refused("日期不能晚于今天")
    if len(found.strip()) < 5:
        raise Refused("请写看到了什么")
    same = SpotCheck.objects.filter(finding=row, day=day, found=found.strip()).first()
    if same is not None:
        return same
    made = SpotCheck.objects.create(
        finding=row, day=day, found=found.strip(), holds=holds, by_id=by.id, by_name=by.name, at=at
    )
    if not holds:
        matters.reopen(matter_id=row.matter_id, reason=f"抽查：{found.strip()}", by=by, at=at, law=law)
    note("check", made.id, by, at, finding=str(row.id), holds=holds)
    return made
