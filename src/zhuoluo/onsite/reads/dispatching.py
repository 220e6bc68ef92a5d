"""A morning's dispatch of all days that run, or of one: what moved, what is due, what is stuck, in whose hands."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from zhuoluo.matters.reads import Line, Move, by_ids, last_moves, moves, task_states
from zhuoluo.onsite.models import Day, Decision
from zhuoluo.onsite.rules.dispatch import Dispatch, Job, dispatch, message, morning_of
from zhuoluo.org.reads import Law
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
    decisions = list(
        Decision.objects.filter(item__day__in=[d.pk for d in here], at__lt=at)
        .select_related("item", "unit")
        .order_by("until", "id")
    )
    ids = list({d.item.matter_id for d in decisions})
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    shown = [d for d in decisions if d.item.matter_id in known]
    states = task_states(ids, [d.pk for d in shown])
    moved_at = last_moves(list(known), at)
    jobs = [
        Job(
            d.pk, known[d.item.matter_id].number, d.what, d.unit.short_name, d.at, states[d.pk].due, states[d.pk].closed_at,
            moved_at.get(d.item.matter_id),
        )
        for d in shown
        if d.pk in states
    ]  # fmt: skip
    found = dispatch(on, jobs, law.calendar)
    done = moves(list(known), found.since, at)
    name = "、".join(f"第{d.number}个{d.series.name}" for d in here) if 0 < len(here) <= 2 else "现场办公"
    return Morning(
        here, found, [(m, known[m.matter_id]) for m in done], {d.pk: known[d.item.matter_id] for d in shown},
        message(name, found), len(decisions) - len(shown),
    )  # fmt: skip
