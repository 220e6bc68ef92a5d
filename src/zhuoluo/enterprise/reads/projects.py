"""Projects, and where each of their days went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.enterprise.models import Project, Step
from zhuoluo.enterprise.rules.days import Account, Span, account
from zhuoluo.enterprise.rules.errors import NotFound
from zhuoluo.enterprise.rules.steps import Planned, plans
from zhuoluo.kit.cursor import Page, newest
from zhuoluo.matters.reads import Standing, TaskState, standings, task_states
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor

LOT = 200


@dataclass(frozen=True)
class ProjectLine:
    """A project in the list: how many days it took or takes, with whom it lies now."""

    project: Project
    days: int
    late: bool
    here: list[str]


@dataclass(frozen=True)
class ProjectFile:
    """A project whole. `next`: the usual step that comes next; `states`: the commitments behind the offices' steps."""

    project: Project
    steps: list[Step]
    account: Account
    standing: Standing | None
    states: dict[UUID, TaskState]
    next: Planned | None

    @property
    def over(self) -> int:
        """Return by how many natural days the aim was missed, 0 or less when it was kept."""
        return self.account.days - self.project.aim


def _holder(step: Step, firm: str) -> str:
    unit = units().get(step.unit_id) if step.unit_id else None
    return unit.short_name if unit else firm


def _sought(words: str) -> QuerySet[Project]:
    rows = Project.objects.select_related("firm")
    return rows.filter(Q(name__icontains=words) | Q(firm__name__icontains=words)) if words else rows


def projects(*, today: date, words: str = "", after: str = "") -> tuple[list[ProjectLine], str]:
    """Return a page of projects, newest first, by words of their names or their firms'; two queries."""
    page: Page[Project] = newest(_sought(words), "made_at", after)
    return _lines(page.rows, today), page.next


def whole_projects(*, today: date) -> Iterator[ProjectLine]:
    """Return every project, some hundreds at a time."""
    after = ""
    while True:
        page: Page[Project] = newest(_sought(""), "made_at", after, LOT)
        yield from _lines(page.rows, today)
        after = page.next
        if not after:
            return


def _lines(rows: list[Project], today: date) -> list[ProjectLine]:
    running: dict[UUID, list[str]] = {}
    names = {p.id: p.firm.name for p in rows}
    for step in Step.objects.filter(project_id__in=list(names), until__isnull=True).order_by("place"):
        running.setdefault(step.project_id, []).append(
            f"{_holder(step, names[step.project_id])}：{step.name}"
        )
    return [_line(p, running.get(p.id, []), today) for p in rows]


def _line(row: Project, here: list[str], today: date) -> ProjectLine:
    days = ((row.last_day or today) - row.first_day).days + 1
    return ProjectLine(row, days, days > row.aim, here)


def project(project_id: UUID) -> Project:
    """Return one project. Raises NotFound."""
    row = Project.objects.select_related("firm").filter(pk=project_id).first()
    if row is None:
        raise NotFound("没有找到这个项目")
    return row


def project_file(actor: Actor, project_id: UUID, *, now: datetime, today: date, law: Law) -> ProjectFile:
    """Return a project with its steps and where each of its days went. Raises NotFound."""
    row = project(project_id)
    steps = list(row.steps.order_by("place"))
    spans = [Span(s.name, _holder(s, row.firm.name), s.since, s.until) for s in steps]
    made = account(row.first_day, row.last_day or max(today, row.first_day), spans, law.calendar)
    usual = plans()[row.plan].steps if row.plan in plans() else ()
    return ProjectFile(
        row, steps, made, standings(actor, [row.matter_id], now=now).get(row.matter_id),
        task_states([row.matter_id], [s.id for s in steps]), usual[len(steps)] if len(steps) < len(usual) else None,
    )  # fmt: skip
