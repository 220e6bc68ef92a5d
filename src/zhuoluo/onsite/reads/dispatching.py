"""A morning's dispatch of all days that run, or of one: what moved, what is due, what is stuck, in whose hands."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from zhuoluo.matters.reads import Line, Move, by_ids, last_moves, moves, task_states
from zhuoluo.onsite.models import Day, Decision
from zhuoluo.onsite.rules.dispatch import Dispatch, Job, dispatch, message, morning_of
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor


@dataclass(frozen=True)
class Morning:
    """One morning's page: the days that run, the dispatch, what was done since the morning before, the message."""

    days: list[Day]
    found: Dispatch
    moved: list[tuple[Move, Line]]
    lines: dict[UUID, Line]  # of each task, its matter
    message: str
    hidden: int


def morning(actor: Actor, on: date, *, now: datetime, law: Law, day_id: UUID | None = None) -> Morning:
    """Return the dispatch of a morning as it was then; six queries, whatever the number of tasks."""
    at = morning_of(on)
    rows = Day.objects.filter(held_at__isnull=False, held_at__lt=at).select_related("series")
    running = rows.filter(Q(state="held") | Q(closed_at__gte=at))
    here = list((rows.filter(pk=day_id) if day_id else running).order_by("starts_at", "id"))
    rows_of_tasks = Decision.objects.filter(item__day__in=[d.pk for d in here], at__lt=at)
    decisions = list(
        rows_of_tasks.order_by("until", "id").values_list("id", "what", "unit_id", "at", "item__matter_id")
    )
    ids = list({matter for *_said, matter in decisions})
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    shown = [row for row in decisions if row[-1] in known]
    states = task_states(ids, [task for task, *_said in shown])
    moved_at, offices = last_moves(list(known), at), units()
    jobs = [
        Job(
            task, known[matter].number, what, offices[unit].short_name, given, states[task].due, states[task].closed_at,
            moved_at.get(matter),
        )
        for task, what, unit, given, matter in shown
        if task in states
    ]  # fmt: skip
    found = dispatch(on, jobs, law.calendar)
    done = moves(list(known), found.since, at)
    name = "、".join(f"第{d.number}个{d.series.name}" for d in here) if 0 < len(here) <= 2 else "现场办公"
    return Morning(
        here, found, [(m, known[m.matter_id]) for m in done], {task: known[matter] for task, *_said, matter in shown},
        message(name, found), len(decisions) - len(shown),
    )  # fmt: skip
