"""Joint meetings with their tasks, and the open tasks by unit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhuoluo.clock import Light, light
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.reads import Line, NotFound, TaskState, by_ids, task_states
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import jurisdiction, units
from zhuoluo.org.rules import Actor
from zhuoluo.oversight.models import Meeting, Task

PAGE = 30


@dataclass(frozen=True)
class TaskLine:
    """A task of a meeting: which unit, on which matter, by when, and whether it is done."""

    task: Task
    unit: str
    line: Line
    due: datetime | None
    done_at: datetime | None
    light: Light | None


@dataclass(frozen=True)
class TaskPage:
    """One keyset page."""

    rows: list[TaskLine]
    next: str


@dataclass(frozen=True)
class MeetingPage:
    """One keyset page of meetings, the newest first."""

    rows: list[Meeting]
    next: str


@dataclass(frozen=True)
class MeetingFile:
    """One meeting whole: who took part, the matters, the tasks."""

    meeting: Meeting
    units: list[Unit]
    tasks: list[TaskLine]


def meetings(*, after: str = "", limit: int = PAGE) -> MeetingPage:
    """Return the meetings, newest first; one query."""
    rows = Meeting.objects.filter(behind(after, "held_at", newest_first=True)).order_by("-held_at", "-id")
    found = list(rows[: limit + 1])
    page = found[:limit]
    return MeetingPage(page, write_cursor(page[-1].held_at, page[-1].id) if len(found) > limit else "")


def meeting_file(actor: Actor, meeting_id: UUID, *, now: datetime) -> MeetingFile:
    """Return a meeting with the tasks on matters that the actor may read. Raises NotFound."""
    row = Meeting.objects.filter(pk=meeting_id).first()
    if row is None:
        raise NotFound("没有找到这次会议")
    known = units()
    here = [known[one] for one in row.attendance.values_list("unit_id", flat=True) if one in known]
    return MeetingFile(row, here, _lines(actor, list(row.tasks.order_by("at", "id")), now))


def tasks(actor: Actor, *, now: datetime, unit: UUID | None = None, after: str = "") -> TaskPage:
    """Return the tasks, newest first, of all units or of one; four queries."""
    rows = Task.objects.filter(behind(after, "at", newest_first=True)).order_by("-at", "-id")
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    more = write_cursor(page[-1].at, page[-1].id) if len(found) > PAGE else ""
    return TaskPage(_lines(actor, page, now), more)


def _lines(actor: Actor, rows: list[Task], now: datetime) -> list[TaskLine]:
    ids = [row.matter_id for row in rows]
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    states = task_states(ids, [row.id for row in rows])
    yellow = int(jurisdiction().rules.get("yellow_days", 3))
    return [
        _line(row, known[row.matter_id], states.get(row.id), now, yellow)
        for row in rows
        if row.matter_id in known
    ]


def _line(row: Task, line: Line, state: TaskState | None, now: datetime, yellow: int) -> TaskLine:
    unit = units().get(row.unit_id)
    if state is None:
        return TaskLine(row, unit.short_name if unit else "", line, None, None, None)
    lit = light(state.due, now, closed=state.closed_at, yellow_days=yellow)
    return TaskLine(row, unit.short_name if unit else "", line, state.due, state.closed_at, lit)
