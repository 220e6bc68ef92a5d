"""The problem list (问题清单): by column, chain, place, leader, class, week; each number opens to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhuoluo.kit.cursor import newest
from zhuoluo.matters.reads import (
    Columns,
    Line,
    Standing,
    TaskState,
    called_by_others,
    closed_within,
    columns,
    open_lines,
    seen,
    standings,
    stood,
    task_states,
)  # fmt: skip
from zhuoluo.org.reads import SHANGHAI, within
from zhuoluo.org.rules import Actor
from zhuoluo.research.models import Finding, Note, SpotCheck
from zhuoluo.research.rules.errors import NotFound

LOT = 200
OFFERED = 60  # for an agenda
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sought:
    """What the list is limited to; what is empty limits nothing. Days are days in Shanghai, both included.

    `closed`: the days of first and last are those of the close-out, not of the finding.
    """

    standing: str = ""
    chain: UUID | None = None
    no_chain: bool = False
    area: str = ""
    nowhere: bool = False
    lead: UUID | None = None
    topic: UUID | None = None
    first: date | None = None
    last: date | None = None
    closed: bool = False


@dataclass(frozen=True)
class FindingLine:
    """A problem and how it stands."""

    finding: Finding
    standing: Standing


@dataclass(frozen=True)
class Week:
    """A week of the list: new in it, closed out in it, and what is under way at its end."""

    first: date
    last: date
    new: int
    closed: int


@dataclass(frozen=True)
class FindingFile:
    """One problem whole."""

    finding: Finding
    standing: Standing
    task: TaskState | None
    notes: list[Note]
    checks: list[SpotCheck]
    called: bool


def midnight(day: date) -> datetime:
    """Return the beginning of a day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def rows_of(actor: Actor, sought: Sought) -> QuerySet[Finding]:
    """Return the problems asked for that the actor may read, in no order."""
    rows = seen(actor, Finding.objects.all())
    if sought.chain is not None:
        rows = rows.filter(chain_id=sought.chain)
    if sought.no_chain:
        rows = rows.filter(chain__isnull=True)
    if sought.area:
        rows = rows.filter(within("area_id", sought.area))
    if sought.nowhere:
        rows = rows.filter(area__isnull=True)
    same: dict[str, Any] = {"lead_id": sought.lead, "topic_id": sought.topic}
    rows = rows.filter(**{name: value for name, value in same.items() if value is not None})
    first = midnight(sought.first or date(1900, 1, 1))
    before = midnight((sought.last or date(2199, 1, 1)) + ONE_DAY)
    if sought.closed:
        rows = closed_within(rows, first, before)
    elif sought.first or sought.last:
        rows = rows.filter(at__gte=first, at__lt=before)
    return stood(rows).filter(standing=sought.standing) if sought.standing else rows


# The others are queries of their own: planning one query with all seven takes PostgreSQL three times as long as running these.
JOINED, OTHERS = ("topic", "lead", "chain"), ("unit", "area", "group", "firm")


def _whole(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related(*JOINED).prefetch_related(*OTHERS)


def problems(
    actor: Actor, sought: Sought, *, now: datetime, after: str = ""
) -> tuple[list[FindingLine], str]:
    """Return a page of problems, newest first."""
    page = newest(_whole(rows_of(actor, sought)), "at", after)
    return _lines(actor, page.rows, now), page.next


def whole_problems(actor: Actor, sought: Sought, *, now: datetime) -> Iterator[FindingLine]:
    """Return every problem asked for, some hundreds at a time."""
    after, rows = "", _whole(rows_of(actor, sought))
    while True:
        page = newest(rows, "at", after, LOT)
        yield from _lines(actor, page.rows, now)
        after = page.next
        if not after:
            return


def _lines(actor: Actor, rows: list[Finding], now: datetime) -> list[FindingLine]:
    found = standings(actor, [row.matter_id for row in rows], now=now)
    return [FindingLine(row, found[row.matter_id]) for row in rows if row.matter_id in found]


def by_standing(actor: Actor, sought: Sought) -> Columns:
    """Count the problems asked for by their column; one query."""
    return columns(rows_of(actor, sought))


def week(actor: Actor, day: date) -> Week:
    """Count the week (Monday to Sunday) of a day; two queries."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    new = rows_of(actor, Sought(first=first, last=last)).count()
    closed = rows_of(actor, Sought(first=first, last=last, closed=True, standing="closed")).count()
    return Week(first, last, new, closed)


def open_of_chain(actor: Actor, chain: UUID, *, now: datetime) -> list[Line]:
    """Return the problems of a chain that are still under way, newest first; three queries."""
    return open_lines(actor, Finding.objects.filter(chain_id=chain), now=now, limit=OFFERED)


def finding(actor: Actor, finding_id: UUID) -> Finding:
    """Return one problem whose matter the actor may read. Raises NotFound."""
    row = _whole(seen(actor, Finding.objects.all())).filter(pk=finding_id).first()
    if row is None:
        raise NotFound("没有找到这个问题，或者您没有查看权限")
    return row


def by_external_id(actor: Actor, external_id: str) -> list[Finding]:
    """Return the problems that have this number in the list of the province or the city, and that the actor may read."""
    return list(seen(actor, Finding.objects.filter(external_id=external_id))[:2])


def finding_file(actor: Actor, finding_id: UUID, *, now: datetime) -> FindingFile:
    """Return one problem with what it rests on and what later checks found. Raises NotFound."""
    row = finding(actor, finding_id)
    standing = standings(actor, [row.matter_id], now=now).get(row.matter_id)
    if standing is None:
        raise NotFound("没有找到这个问题，或者您没有查看权限")
    notes = Note.objects.filter(pk__in=row.rests.values("note_id")).select_related("visit").order_by("number")
    return FindingFile(
        row, standing, task_states([row.matter_id], [row.pk]).get(row.pk), list(notes), list(row.checks.order_by("-day", "-id")),
        row.matter_id in called_by_others([row.matter_id]),
    )  # fmt: skip
