"""The payment register (兑现台账): its rows, and totals that are always the sum of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from zhuoluo.kit.cursor import read_cursor, write_cursor
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes.models import Application, Award, Payment, Programme
from zhuoluo.outreach.programmes.reads.programmes import mine
from zhuoluo.outreach.programmes.rules.words import PAYMENTS
from zhuoluo.outreach.programmes.states import GIVEN
from zhuoluo.residents.reads import masked_by_id

PAGE = 50
DEEP = "award__application__programme"


@dataclass(frozen=True)
class Sought:
    """What the register is limited to. `month`: the first day of it; `clause`: the clause as it is cited."""

    year: int | None = None
    month: date | None = None
    programme: UUID | None = None
    unit: UUID | None = None
    clause: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One row of money, with who got it as the reader may see it."""

    payment: Payment
    number: str
    name: str
    programme: str
    item: str
    basis: str
    unit: str
    kind: str


@dataclass(frozen=True)
class Total:
    """One line of totals: how many rows, their exact sum in fen, and what opens them."""

    label: str
    value: str
    rows: int
    total: int


def _all(sought: Sought) -> QuerySet[Payment]:
    rows = Payment.objects.all()
    if sought.year is not None:
        rows = rows.filter(day__year=sought.year)
    if sought.month is not None:
        rows = rows.filter(day__year=sought.month.year, day__month=sought.month.month)
    if sought.programme is not None:
        rows = rows.filter(**{DEEP: sought.programme})
    if sought.unit is not None:
        rows = rows.filter(**{f"{DEEP}__unit": sought.unit})
    if sought.clause:
        rows = rows.filter(award__basis=sought.clause)
    return rows.filter(kind=sought.kind) if sought.kind in PAYMENTS else rows


def register(by: Actor, sought: Sought, *, after: str = "", limit: int = PAGE) -> tuple[list[Row], str]:
    """Return a page of the register, the latest day first, and the cursor of the next."""
    return _page(_all(sought).filter(mine(by, f"{DEEP}__")), after, limit)


def public(year: int, *, after: str = "", limit: int = PAGE) -> tuple[list[Row], str]:
    """Return a page of what was paid in a year, as everybody may see it: persons masked, enterprises in full."""
    return _page(_all(Sought(year=year)), after, limit)


def _page(rows: QuerySet[Payment], after: str, limit: int) -> tuple[list[Row], str]:
    place = read_cursor(after)
    if place is not None:
        day, row_id = place[0].date(), place[1]
        rows = rows.filter(Q(day__lt=day) | Q(day=day, id__lt=row_id), day__lte=day)
    found = list(
        rows.select_related("award__application__programme", "award__item").order_by("-day", "-id")[
            : limit + 1
        ]
    )
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    following = write_cursor(datetime.combine(last.day, time(), UTC), last.id) if last is not None else ""
    return _rows(shown), following


def _rows(payments: Sequence[Payment]) -> list[Row]:
    people = masked_by_id([p.award.application.raiser_id for p in payments])
    house = units()
    rows = []
    for payment in payments:
        award, application = payment.award, payment.award.application
        programme = application.programme
        unit = house.get(programme.unit_id)
        rows.append(
            Row(
                payment, application.number, people[application.raiser_id].name, programme.title, award.item.title, award.basis,
                unit.name if unit is not None else "", PAYMENTS[payment.kind],
            )
        )  # fmt: skip
    return rows


@dataclass(frozen=True)
class Totals:
    """The register added up: the whole, and by programme, clause, unit and month."""

    rows: int
    total: int
    paid: int
    back: int
    programmes: Sequence[Total]
    clauses: Sequence[Total]
    units: Sequence[Total]
    months: Sequence[Total]


def totals(by: Actor, sought: Sought) -> Totals:
    """Add up what the register shows, exactly."""
    rows = _all(sought).filter(mine(by, f"{DEEP}__"))
    months = rows.annotate(month=TruncMonth("day"))
    whole = rows.aggregate(
        n=Count("pk"), total=Sum("amount"), paid=Sum("amount", filter=Q(kind="paid")),
        back=Sum("amount", filter=~Q(kind="paid")),
    )  # fmt: skip
    house = units()
    return Totals(
        whole["n"], int(whole["total"] or 0), int(whole["paid"] or 0), int(whole["back"] or 0),
        [Total(title, str(key), n, fen) for key, title, n, fen in _groups(rows, DEEP, f"{DEEP}__title")],
        [Total(basis, basis, n, fen) for basis, n, fen in _groups(rows, "award__basis")],
        [
            Total(house[key].name if key in house else "", str(key), n, fen)
            for key, n, fen in _groups(rows, f"{DEEP}__unit")
        ],
        [Total(f"{month:%Y-%m}", f"{month:%Y-%m}", n, fen) for month, n, fen in _groups(months, "month")],
    )  # fmt: skip


def _groups(rows: QuerySet[Payment], *by: str) -> list[tuple[Any, ...]]:
    found = rows.order_by().values_list(*by).annotate(n=Count("pk"), total=Sum("amount"))
    return [(*row[:-1], int(row[-1])) for row in found.order_by(by[-1])]


def public_total(year: int) -> tuple[int, int]:
    """Return how many rows of money a year has, and their exact sum."""
    found = _all(Sought(year=year)).aggregate(n=Count("pk"), total=Sum("amount"))
    return found["n"], int(found["total"] or 0)


@dataclass(frozen=True)
class Figures:
    """The figures of a year, counts and sums apart: announced, applied, approved, paid. Sums in fen."""

    announced: int
    budget: int
    applied: int
    approved: int
    approved_sum: int
    paid: int
    paid_sum: int


def figures(by: Actor, year: int) -> Figures:
    """Count a year: programmes of the year, what was applied for and approved in them; paid is by day of payment."""
    programmes = Programme.objects.filter(mine(by), year=year).exclude(state="draft")
    announced = programmes.aggregate(n=Count("pk"), total=Sum("budget"))
    applications = Application.objects.filter(mine(by, "programme__"), programme__year=year)
    applied = applications.aggregate(n=Count("pk"), given=Count("pk", filter=Q(state__in=GIVEN)))
    standing = Award.objects.filter(
        mine(by, "application__programme__"), application__programme__year=year, application__state__in=GIVEN
    )  # fmt: skip
    awarded = standing.aggregate(total=Sum("amount"))
    paid = _all(Sought(year=year)).filter(mine(by, f"{DEEP}__"))
    out = paid.aggregate(n=Count("award__application", distinct=True), total=Sum("amount"))
    return Figures(
        announced["n"], int(announced["total"] or 0), applied["n"], applied["given"], int(awarded["total"] or 0),
        out["n"], int(out["total"] or 0),
    )  # fmt: skip
