"""Counts of talks and deliveries, each of which opens to its rows: held talks by kind, month, unit; people as they were told."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from zhuoluo.outreach.talks.models import Delivery, Talk
from zhuoluo.outreach.talks.rules.words import DELIVERIES, KINDS


@dataclass(frozen=True)
class Served:
    """People as they were told, never added across: those counted, those estimated, and talks where nobody counted."""

    counted: int
    estimated: int
    unknown: int


@dataclass(frozen=True)
class Counted:
    """Held talks of some days."""

    held: int
    cancelled: int
    planned: int
    people: Served
    by_kind: dict[str, int] = field(default_factory=dict)
    by_month: dict[date, int] = field(default_factory=dict)
    by_unit: dict[Any, int] = field(default_factory=dict)


def counted(first: date, last: date) -> Counted:
    """Count the talks of some days, both included; four queries."""
    rows = Talk.objects.filter(day__gte=first, day__lte=last)
    whole = rows.aggregate(
        held=Count("id", filter=Q(state="held")), cancelled=Count("id", filter=Q(state="cancelled")),
        planned=Count("id", filter=Q(state="planned")), unknown=Count("id", filter=Q(counting="unknown")),
        counted=Sum("people", filter=Q(counting="counted")), estimated=Sum("people", filter=Q(counting="estimated")),
    )  # fmt: skip
    people = Served(whole["counted"] or 0, whole["estimated"] or 0, whole["unknown"])
    held = rows.filter(state="held")
    kinds = _sums(held, "kind")
    months = dict(
        held.annotate(month=TruncMonth("day")).order_by("month").values_list("month").annotate(n=Count("id"))
    )
    return Counted(
        whole["held"], whole["cancelled"], whole["planned"], people, {k: kinds.get(k, 0) for k in KINDS}, months,
        _sums(held, "unit_id"),
    )  # fmt: skip


def _sums(rows: "QuerySet[Talk]", name: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("id")))


def deliveries_by_kind(first: date, last: date) -> dict[str, int]:
    """Return how often each kind was delivered on some days; the three are never added up. One query."""
    rows = Delivery.objects.filter(day__gte=first, day__lte=last).order_by().values_list("kind")
    found = dict(rows.annotate(n=Sum("count")))
    return {kind: found.get(kind, 0) for kind in DELIVERIES}
