"""What enterprises need (企业问题台账): by chain, town, month and column of the list; each number opens to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zhuoluo.enterprise.models import Need
from zhuoluo.kit.cursor import newest
from zhuoluo.matters.reads import (
    Columns,
    Line,
    Standing,
    called_by_others,
    columns,
    open_lines,
    seen,
    standings,
    stood,
)
from zhuoluo.org.reads import SHANGHAI, within
from zhuoluo.org.rules import Actor

LOT = 200
OFFERED = 60  # for an agenda


@dataclass(frozen=True)
class Sought:
    """What the list is limited to; what is empty limits nothing. Days are days in Shanghai, both included."""

    standing: str = ""
    chain: UUID | None = None
    area: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class NeedLine:
    """A need, how it stands, and whether somebody other than the handler called the firm back."""

    need: Need
    standing: Standing
    called: bool


@dataclass(frozen=True)
class NeedPage:
    """One keyset page."""

    rows: list[NeedLine]
    next: str


def _rows(actor: Actor, sought: Sought) -> QuerySet[Need]:
    rows = seen(actor, Need.objects.all())
    if sought.chain is not None:
        rows = rows.filter(firm__chain_id=sought.chain)
    if sought.area:
        rows = rows.filter(within("firm__area_id", sought.area))
    if sought.first:
        rows = rows.filter(at__gte=datetime.combine(sought.first, time(), SHANGHAI))
    if sought.last:
        rows = rows.filter(at__lt=datetime.combine(sought.last + timedelta(days=1), time(), SHANGHAI))
    return stood(rows).filter(standing=sought.standing) if sought.standing else rows


def needs(actor: Actor, sought: Sought, *, now: datetime, after: str = "") -> NeedPage:
    """Return a page of needs, newest first."""
    page = newest(_rows(actor, sought).select_related("firm__chain"), "at", after)
    return NeedPage(_lines(actor, page.rows, now), page.next)


def whole_needs(actor: Actor, sought: Sought, *, now: datetime) -> Iterator[NeedLine]:
    """Return every need asked for, some hundreds at a time."""
    after, rows = "", _rows(actor, sought).select_related("firm__chain")
    while True:
        page = newest(rows, "at", after, LOT)
        yield from _lines(actor, page.rows, now)
        after = page.next
        if not after:
            return


def _lines(actor: Actor, rows: list[Need], now: datetime) -> list[NeedLine]:
    ids = [row.matter_id for row in rows]
    found, called = standings(actor, ids, now=now), called_by_others(ids)
    return [NeedLine(r, found[r.matter_id], r.matter_id in called) for r in rows if r.matter_id in found]


def open_of_chain(actor: Actor, chain: UUID, *, now: datetime) -> list[Line]:
    """Return what firms of a chain need and is still under way, newest first; three queries."""
    return open_lines(actor, Need.objects.filter(firm__chain_id=chain), now=now, limit=OFFERED)


def by_standing(actor: Actor, sought: Sought) -> Columns:
    """Count the needs asked for by their column; one query."""
    return columns(_rows(actor, sought))
