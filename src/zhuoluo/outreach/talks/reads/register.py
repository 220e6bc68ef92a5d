"""The talk register (宣讲台账): a page of it, newest first, with the columns offices keep."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.org.reads import within
from zhuoluo.outreach.talks.models import Question, Talk
from zhuoluo.outreach.talks.reads.talk import teachers

PAGE = 30
LOT = 500  # read at a time where all of them go out


@dataclass(frozen=True)
class Sought:
    """What the register is limited to; what is empty limits nothing. `area`: a place and everything in it."""

    words: str = ""
    kind: str = ""
    state: str = ""
    unit: UUID | None = None
    area: str = ""
    first: date | None = None
    last: date | None = None
    counting: str = ""


@dataclass(frozen=True)
class Row:
    """One talk of the register: who taught, and the numbers of the matters that came of its questions."""

    talk: Talk
    lecturers: list[str] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RegisterPage:
    """One keyset page."""

    rows: list[Row]
    next: str = ""


def chosen(sought: Sought) -> "QuerySet[Talk]":
    """Return the talks that are sought, in no order."""
    rows = Talk.objects.all()
    for word in sought.words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(place__icontains=word))
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.state:
        rows = rows.filter(state=sought.state)
    if sought.counting:
        rows = rows.filter(counting=sought.counting)
    if sought.unit is not None:
        rows = rows.filter(unit_id=sought.unit)
    if sought.area:
        rows = rows.filter(within("area_id", sought.area))
    if sought.first is not None:
        rows = rows.filter(day__gte=sought.first)
    if sought.last is not None:
        rows = rows.filter(day__lte=sought.last)
    return rows


def whole(sought: Sought) -> Iterator[Row]:
    """Return every talk that is sought, newest first, some hundred at a time."""
    page = register(sought, limit=LOT)
    yield from page.rows
    while page.next:
        page = register(sought, after=page.next, limit=LOT)
        yield from page.rows


def register(sought: Sought, *, after: str = "", limit: int = PAGE) -> RegisterPage:
    """Return a page of the register, newest first; three queries for any number."""
    rows = chosen(sought).filter(behind(after, "starts_at", newest_first=True)).select_related("unit", "area")
    found = list(rows.order_by("-starts_at", "-id")[: limit + 1])
    page = found[:limit]
    ids = [row.id for row in page]
    taught = teachers(ids)
    asked: dict[UUID, list[str]] = {}
    raised = Question.objects.filter(talk_id__in=ids, matter__isnull=False).order_by("place")
    for talk_id, number in raised.values_list("talk_id", "matter__number"):
        asked.setdefault(talk_id, []).append(number)
    lines = [
        Row(row, [t.lecturer.name for t in taught.get(row.id, [])], asked.get(row.id, [])) for row in page
    ]
    more = write_cursor(page[-1].starts_at, page[-1].id) if len(found) > limit else ""
    return RegisterPage(lines, more)
