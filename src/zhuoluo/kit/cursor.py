"""Where the next page of a list begins: the moment and the id of the last row shown."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE = 30


@dataclass(frozen=True)
class Page(Generic[M]):
    """One keyset page; `next` is the cursor of the following page, empty on the last."""

    rows: list[M]
    next: str


def newest(rows: "QuerySet[M]", field: str, after: str, limit: int = PAGE) -> "Page[M]":
    """Return a page of rows by a moment, the newest first; one query."""
    return _page(rows.filter(behind(after, field, newest_first=True)), field, limit, write_cursor)


def newest_by_day(rows: "QuerySet[M]", field: str, after: str, limit: int = PAGE) -> "Page[M]":
    """Return a page of rows by a day, the newest first; one query."""
    return _page(rows.filter(behind_day(after, field)), field, limit, write_day_cursor)


def _page(rows: "QuerySet[M]", field: str, limit: int, write: Any) -> "Page[M]":
    found = list(rows.order_by(f"-{field}", "-id")[: limit + 1])
    page = found[:limit]
    more = write(getattr(page[-1], field), page[-1].pk) if len(found) > limit else ""
    return Page(page, more)


def write_cursor(at: datetime, row_id: UUID) -> str:
    """Return the cursor that stands behind a row."""
    return f"{at.isoformat()}_{row_id}"


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Return what a cursor says, or None for one that is empty or was changed by hand: the first page then."""
    moment, _, row_id = text.replace(" ", "+").partition("_")
    try:
        at, row = datetime.fromisoformat(moment), UUID(row_id)
        # Beside the ends of the calendar neither the database nor a time zone can follow.
        near = at.tzinfo is not None and 1900 < at.year < 2200
        return (at.astimezone(UTC), row) if near else None
    except (ValueError, OverflowError):
        return None


def behind(text: str, field: str, *, newest_first: bool = False, row: str = "id") -> Q:
    """Return the condition for the rows behind a cursor, in an order by `field` and then by id."""
    place = read_cursor(text)
    if place is None:
        return Q()
    at, row_id = place
    side = "lt" if newest_first else "gt"
    past = Q(**{f"{field}__{side}": at}) | Q(**{field: at, f"{row}__{side}": row_id})
    # The plain bound lets the database start in its index instead of reading what was shown before.
    return past & Q(**{f"{field}__{side}e": at})


def write_day_cursor(day: date, row_id: UUID) -> str:
    """Return the cursor that stands behind a row of a list by day."""
    return write_cursor(datetime.combine(day, time(), UTC), row_id)


def behind_day(text: str, field: str) -> Q:
    """Return the condition for the rows behind a cursor, in an order by day and then by id, the newest first."""
    place = read_cursor(text)
    if place is None:
        return Q()
    day, row_id = place[0].date(), place[1]
    return (Q(**{f"{field}__lt": day}) | Q(**{field: day, "id__lt": row_id})) & Q(**{f"{field}__lte": day})
