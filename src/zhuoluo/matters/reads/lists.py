"""All matters a reader may see, newest first, by the filters of the list page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.clock import Light, light
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.reads.owed import PAGE, place_words, yellow_days
from zhuoluo.matters.reads.visible import visible
from zhuoluo.matters.rules import KINDS
from zhuoluo.org.reads import SHANGHAI, units, within
from zhuoluo.org.rules import Actor


@dataclass(frozen=True)
class Line:
    """One matter in a list: nothing of who raised it. `due`, `light`, `owes`: what is owed soonest, if anything."""

    id: UUID
    number: str
    title: str
    klass: str
    stage: str
    channel: str
    place: str
    unit: str
    registered_at: datetime
    bounces: int
    owes: str = ""
    due: datetime | None = None
    light: Light | None = None


@dataclass(frozen=True)
class LinePage:
    """One keyset page; `next` is the cursor of the following page, empty on the last."""

    rows: list[Line]
    next: str


@dataclass(frozen=True)
class Sought:
    """What the list is limited to; what is left empty limits nothing. Days are days in Shanghai, both included."""

    klass: str = ""
    stage: str = ""
    channel: str = ""
    area: str = ""
    unit: UUID | None = None
    since: date | None = None
    until: date | None = None
    bounces: int = 0
    open_only: bool = False


EVERYTHING = Sought()


def matters(
    actor: Actor, sought: Sought = EVERYTHING, *, now: datetime, after: str = "", limit: int = PAGE
) -> LinePage:
    """Return a page of the matters the actor may read, newest first, in two queries."""
    rows = visible(actor).filter(_limits(sought), behind(after, "registered_at", newest_first=True))
    found = list(rows.order_by("-registered_at", "-id").values(*COLUMNS)[: limit + 1])
    page = lines(found[:limit], now=now)
    more = write_cursor(page[-1].registered_at, page[-1].id) if len(found) > limit else ""
    return LinePage(page, more)


def _limits(sought: Sought) -> Q:
    same = {
        "klass": sought.klass,
        "stage": sought.stage,
        "channel": sought.channel,
        "lead_unit_id": sought.unit,
    }
    found = Q(**{name: value for name, value in same.items() if value})
    if sought.area:
        found &= within("area_id", sought.area)
    if sought.since:
        found &= Q(registered_at__gte=_midnight(sought.since))
    if sought.until:
        found &= Q(registered_at__lt=_midnight(sought.until + timedelta(days=1)))
    if sought.bounces:
        found &= Q(bounces__gte=sought.bounces)
    if sought.open_only:
        found &= Q(stage__in=["registered", "routed", "handling"])
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


COLUMNS = (
    "id", "number", "title", "klass", "stage", "channel", "area_id", "place", "lead_unit_id", "registered_by_id",
    "registered_at", "bounces",
)  # fmt: skip


def lines(found: Collection[dict[str, Any]], *, now: datetime) -> list[Line]:
    """Return rows of COLUMNS as lines, in their order, each with what is owed soonest; one query for all."""
    soonest = _soonest([row["id"] for row in found])
    yellow = yellow_days()
    return [_line(row, soonest.get(row["id"]), now, yellow) for row in found]


def by_ids(actor: Actor, ids: Collection[UUID], *, now: datetime) -> list[Line]:
    """Return those of the given matters that the actor may read, in the order given; two queries at most."""
    if not ids:
        return []
    rows: QuerySet[Matter, dict[str, Any]] = visible(actor).filter(pk__in=list(ids)).values(*COLUMNS)
    known = {row["id"]: row for row in rows}
    return lines([known[i] for i in dict.fromkeys(ids) if i in known], now=now)


def _soonest(ids: list[UUID]) -> dict[UUID, tuple[str, datetime]]:
    rows = Commitment.objects.filter(matter_id__in=ids, closed_at__isnull=True).order_by("-due", "-id")
    return {matter: (kind, due) for matter, kind, due in rows.values_list("matter_id", "kind", "due")}


def _line(row: dict[str, Any], owes: tuple[str, datetime] | None, now: datetime, yellow: int) -> Line:
    unit = units().get(row["lead_unit_id"] or row["registered_by_id"])
    kind, due = owes if owes is not None else ("", None)
    return Line(
        id=row["id"], number=row["number"], title=row["title"], klass=row["klass"], stage=row["stage"],
        channel=row["channel"], place=place_words(row["area_id"], row["place"]),
        unit=unit.short_name if unit else "", registered_at=row["registered_at"], bounces=row["bounces"],
        owes=KINDS.get(kind, ""), due=due, light=light(due, now, yellow_days=yellow) if due else None,
    )  # fmt: skip
