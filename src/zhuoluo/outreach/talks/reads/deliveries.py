"""Deliveries to homes, newest first; their sums by kind open to these rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from zhuoluo.kit.cursor import behind_day, write_day_cursor
from zhuoluo.outreach.talks.models import Delivery

PAGE = 30
LOT = 500  # read at a time where all of them go out


@dataclass(frozen=True)
class Asked:
    """What the list is limited to; what is empty limits nothing."""

    kind: str = ""
    unit: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class SentPage:
    """One keyset page."""

    rows: list[Delivery]
    next: str = ""


def asked_rows(asked: Asked) -> "QuerySet[Delivery]":
    """Return the deliveries asked for, in no order."""
    rows = Delivery.objects.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.unit is not None:
        rows = rows.filter(unit_id=asked.unit)
    if asked.first is not None:
        rows = rows.filter(day__gte=asked.first)
    if asked.last is not None:
        rows = rows.filter(day__lte=asked.last)
    return rows


def whole(asked: Asked) -> Iterator[Delivery]:
    """Return every delivery asked for, the newest first, some hundred at a time."""
    page = deliveries(asked, limit=LOT)
    yield from page.rows
    while page.next:
        page = deliveries(asked, after=page.next, limit=LOT)
        yield from page.rows


def deliveries(asked: Asked, *, after: str = "", limit: int = PAGE) -> SentPage:
    """Return a page of deliveries, the newest first. One query."""
    rows = asked_rows(asked).filter(behind_day(after, "day")).select_related("unit")
    found = list(rows.order_by("-day", "-id")[: limit + 1])
    page = found[:limit]
    return SentPage(page, write_day_cursor(page[-1].day, page[-1].id) if len(found) > limit else "")
