"""Supervision beside the path, and re-dating when the calendar becomes known."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import Due, Pause, reckon
from zhuoluo.matters.actions.change import change, due_by_day, local_day
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import SYSTEM, Actor, Permission

PAGE = 500


def supervise(
    *,
    matter_id: UUID,
    reason: str,
    until: date,
    by: Actor,
    at: datetime,
    law: Law,
    version: int | None = None,
) -> Matter:
    """Flag a matter (督办) with a date for the unit that holds it; a parallel duty, not a state (art. 40)."""
    if len(reason.strip()) < 5:
        raise Refused("请写明督办理由和要求")
    with change(
        matter_id, Verb.SUPERVISE, by=by, at=at, law=law, permission=Permission.SUPERVISE, version=version,
        any_unit=True,
    ) as act:  # fmt: skip
        act.close("supervise", "replaced")
        route = act.owed("route")
        holder = act.matter.lead_unit_id or (route.unit_id if route else act.matter.registered_by_id)
        due = due_by_day(law, until, at)
        act.open("supervise", due, unit=holder, person=act.matter.lead_person_id, owed_to=by.unit_id)
        act.say(reason)
    return act.matter


def lift_supervision(
    *, matter_id: UUID, reason: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:
    """End a supervision with what was found."""
    if len(reason.strip()) < 5:
        raise Refused("请写明解除督办的依据")
    with change(
        matter_id,
        Verb.LIFT,
        by=by,
        at=at,
        law=law,
        permission=Permission.SUPERVISE,
        version=version,
        any_unit=True,
    ) as act:
        if act.close("supervise") is None:
            raise Refused("这件事项没有在督办")
        act.say(reason)
    return act.matter


def again(row: Commitment, law: Law) -> Due:
    """Reckon an open commitment's date again from what it stands on, under the calendar given."""
    steps = Due.from_json(row.reckoning).steps
    pauses = [
        Pause(step.day, step.until + timedelta(days=1), step.text, step.text_en)
        for step in steps
        if step.kind == "pause" and step.day is not None and step.until is not None
    ]
    length = next((step.count for step in steps if step.kind == "given"), None)
    term = law.rulebook.term(row.term, local_day(row.starts_at))
    return reckon(
        term, row.starts_at, law.calendar, pauses=pauses, extension=row.extension or None, length=length
    )


def redate(
    *, at: datetime, law: Law, by: Actor = SYSTEM, progress: Callable[[int], None] | None = None
) -> dict[str, int]:
    """Recompute every open date after a year's notice came in; each change is an entry, closed dates stay.

    Works matter by matter, so it can be stopped and run again. Returns how many were looked at and how many moved.
    """
    seen = moved = 0
    for matter_id in _matters_with_open_dates():
        moved += _redate_one(matter_id, by, at, law)
        seen += 1
        if progress is not None:
            progress(seen)
    return {"seen": seen, "moved": moved}


def _matters_with_open_dates() -> Iterator[UUID]:
    last: UUID | None = None
    while True:
        rows = Commitment.objects.filter(closed_at__isnull=True).exclude(term="set").order_by("matter_id")
        if last is not None:
            rows = rows.filter(matter_id__gt=last)
        page = list(rows.values_list("matter_id", flat=True)[:PAGE])
        if not page:
            return
        last = page[-1]
        yield from dict.fromkeys(page)


def _redate_one(matter_id: UUID, by: Actor, at: datetime, law: Law) -> int:
    rows = Commitment.objects.filter(matter_id=matter_id, closed_at__isnull=True).exclude(term="set")
    # The common case, nothing moves, is found without locking anything.
    if not any(_moved(row, again(row, law)) for row in rows):
        return 0
    with transaction.atomic(), change(matter_id, Verb.REDATE, by=by, at=at, law=law, permission=None) as act:
        moves: list[dict[str, Any]] = []
        for row in act.live.values():
            if row.term == "set":
                continue
            due = again(row, law)
            if _moved(row, due):
                moves.append({"kind": row.kind, "from": row.due.isoformat(), "to": due.legal.isoformat()})
                row.target, row.due, row.provisional = due.target, due.legal, due.provisional
                row.reckoning = due.as_json()
                row.save(update_fields=["target", "due", "provisional", "reckoning"])
        act.payload["moved"] = moves
    return 1


def _moved(row: Commitment, due: Due) -> bool:
    return (row.target, row.due, row.provisional) != (due.target, due.legal, due.provisional)
