"""Days by series, and one day whole: its agenda, decisions, and how each stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoluo.kit.cursor import newest
from zhuoluo.matters.reads import Standing, TaskState, called_by_others, standings, task_states
from zhuoluo.onsite.models import Day, Decision, Item, Series
from zhuoluo.onsite.rules.errors import NotFound
from zhuoluo.org.rules import Actor

LOT = 200


@dataclass(frozen=True)
class DayLine:
    """A day in the list: how many matters, tasks, tasks done."""

    day: Day
    items: int
    tasks: int


@dataclass(frozen=True)
class TaskLine:
    """A decision and what became of it."""

    decision: Decision
    state: TaskState | None

    @property
    def done(self) -> bool:
        """Return whether the unit has done it."""
        return self.state is not None and self.state.closed_at is not None


@dataclass
class ItemLine:
    """A matter of the agenda, how it stands, and its decisions."""

    item: Item
    standing: Standing
    called: bool
    tasks: list[TaskLine] = field(default_factory=list)


@dataclass(frozen=True)
class DayFile:
    """One day whole. `hidden`: matters of the agenda that this reader may not read."""

    day: Day
    items: list[ItemLine]
    hidden: int

    @property
    def tasks(self) -> int:
        """Return how many tasks there are."""
        return sum(len(one.tasks) for one in self.items)

    @property
    def done(self) -> int:
        """Return how many of them are done."""
        return sum(task.done for one in self.items for task in one.tasks)

    @property
    def closed(self) -> int:
        """Return how many matters are closed out."""
        return sum(one.standing.state == "closed" for one in self.items)


def series(*, ended: bool = False) -> list[Series]:
    """Return the series by name."""
    rows = Series.objects.order_by("name")
    return list(rows if ended else rows.filter(ended_at__isnull=True))


def _rows(series_id: UUID | None, state: str) -> QuerySet[Day]:
    rows = Day.objects.select_related("series", "chair", "area", "chain", "unit")
    if series_id is not None:
        rows = rows.filter(series_id=series_id)
    return rows.filter(state=state) if state else rows


def days(
    *, series_id: UUID | None = None, state: str = "", words: str = "", after: str = ""
) -> tuple[list[DayLine], str]:
    """Return a page of days, newest first, by words of their place or series; three queries."""
    rows = _rows(series_id, state)
    if words:
        rows = rows.filter(Q(place__icontains=words) | Q(series__name__icontains=words))
    page = newest(rows, "starts_at", after)
    return _lines(page.rows), page.next


def _lines(rows: list[Day]) -> list[DayLine]:
    ids = [row.pk for row in rows]
    counted = {
        day_id: (items, tasks)
        for day_id, items, tasks in Item.objects.filter(day_id__in=ids)
        .order_by()
        .values_list("day_id")
        .annotate(n=Count("pk", distinct=True), m=Count("decisions", distinct=True))
    }
    return [DayLine(row, *counted.get(row.pk, (0, 0))) for row in rows]


def whole_days(series_id: UUID | None = None, state: str = "") -> Iterator[DayLine]:
    """Return every day asked for."""
    after = ""
    while True:
        page = newest(_rows(series_id, state), "starts_at", after, LOT)
        yield from _lines(page.rows)
        after = page.next
        if not after:
            return


def day(day_id: UUID) -> Day:
    """Return one day. Raises NotFound."""
    row = Day.objects.select_related("series", "chair", "area", "chain", "unit").filter(pk=day_id).first()
    if row is None:
        raise NotFound("没有找到这次现场办公")
    return row


def item(day_id: UUID, item_id: UUID) -> Item:
    """Return one item of a day. Raises NotFound."""
    row = Item.objects.filter(pk=item_id, day_id=day_id).first()
    if row is None:
        raise NotFound("没有找到")
    return row


def day_file(actor: Actor, day_id: UUID, *, now: datetime) -> DayFile:
    """Return a day with those of its matters that the actor may read. Raises NotFound."""
    row = day(day_id)
    items = list(row.items.order_by("place"))
    ids = [i.matter_id for i in items]
    found, called = standings(actor, ids, now=now), called_by_others(ids)
    lines = {
        i.pk: ItemLine(i, found[i.matter_id], i.matter_id in called) for i in items if i.matter_id in found
    }
    decisions = list(
        Decision.objects.filter(item__in=list(lines)).select_related("unit").order_by("at", "id")
    )
    states = task_states(ids, [d.pk for d in decisions])
    for one in decisions:
        lines[one.item_id].tasks.append(TaskLine(one, states.get(one.pk)))
    return DayFile(row, list(lines.values()), len(items) - len(lines))
