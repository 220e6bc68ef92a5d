"""Joint meetings: held once, decided once; each decision becomes commitments of the units."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.matters import actions as matters
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.oversight.actions.noted import check_may, noted
from zhuoluo.oversight.models import Attendance, Meeting, Task
from zhuoluo.oversight.rules import check_meeting

_P = Permission


@transaction.atomic
def hold_meeting(
    *, held_at: datetime, place: str, topic: str, chair: str, unit_ids: Sequence[UUID], minutes: str, key: str,
    by: Actor, at: datetime,
) -> Meeting:  # fmt: skip
    """Record a joint meeting: when, who took part by unit, what was said. Sent twice under one key it is one meeting."""
    check_may(by, _P.LEAD, _P.SUPERVISE, _P.RULE)
    known = Meeting.objects.filter(key=key).first()
    if known is not None:
        return known
    check_meeting(topic, chair, unit_ids)
    if held_at > at:
        raise Refused("会议开过以后再记录")
    if not set(unit_ids) <= set(units()):
        raise Refused("请选择单位")
    row = Meeting.objects.create(
        held_at=held_at, place=place.strip()[:120], topic=topic.strip()[:120], chair=chair.strip()[:60],
        minutes=minutes.strip(), at=at, by_id=by.id, key=key,
    )  # fmt: skip
    Attendance.objects.bulk_create(Attendance(meeting=row, unit_id=one) for one in dict.fromkeys(unit_ids))
    noted("meeting", row.id, by, at, units=len(set(unit_ids)))
    return row


@transaction.atomic
def decide(
    *, meeting_id: UUID, matter_id: UUID, unit_ids: Sequence[UUID], what: str, until: date, by: Actor, at: datetime,
    law: Law,
) -> list[Task]:  # fmt: skip
    """Write down one decision about one matter: each unit named gets its own commitment, by the day.

    What the meeting decided for a unit by that day already is not given again.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if not unit_ids:
        raise Refused("请选择承担任务的单位")
    known = set(
        Task.objects.filter(meeting=meeting, matter_id=matter_id, until=until).values_list(
            "unit_id", flat=True
        )
    )
    made = []
    for unit_id in dict.fromkeys(unit_ids):
        if unit_id in known:
            continue
        row = Task.objects.create(
            meeting=meeting, matter_id=matter_id, unit_id=unit_id, what=what.strip(), until=until, at=at
        )
        matters.joint_task(
            matter_id=matter_id,
            task_id=row.id,
            unit_id=unit_id,
            what=what,
            until=until,
            by=by,
            at=at,
            law=law,
        )
        made.append(row)
    return made
