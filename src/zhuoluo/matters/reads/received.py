"""What people who come to a reception raised before, and what is still owed on it: for many at once, in four queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhuoluo.matters.models import Answer, Commitment
from zhuoluo.matters.reads.lists import COLUMNS, Line, lines
from zhuoluo.matters.reads.visible import visible
from zhuoluo.matters.rules import KINDS, OUTCOMES
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor

MOST = 400  # earlier matters read for one page
TO_RAISER = ("route", "accept", "answer", "serve", "execute", "supplement", "recheck")


@dataclass(frozen=True)
class Due:
    """Something owed on a matter: what, by which unit, until when (exclusive)."""

    what: str
    unit: str
    due: datetime


@dataclass(frozen=True)
class Raised:
    """A matter somebody raised before, with the outcome of its answer and what is owed on it, soonest first."""

    line: Line
    raiser: UUID
    outcome: str
    owed: list[Due]


def raised_by(actor: Actor, raisers: Collection[UUID], *, now: datetime) -> list[Raised]:
    """Return the matters of these rows of residents that the actor may read, newest first."""
    if not raisers:
        return []
    # No order is asked of the database: sorting, it would walk the register instead of the index of raisers.
    rows = list(visible(actor).filter(raiser_id__in=list(raisers)).values(*COLUMNS, "raiser_id")[:MOST])
    rows.sort(key=lambda row: (row["registered_at"], row["id"]), reverse=True)
    ids = [row["id"] for row in rows]
    outcomes = dict(
        Answer.objects.filter(
            matter_id__in=ids, issued_at__isnull=False, replaced_at__isnull=True
        ).values_list("matter_id", "outcome")
    )
    owed: dict[UUID, list[Due]] = {}
    open_ones = Commitment.objects.filter(matter_id__in=ids, closed_at__isnull=True, kind__in=TO_RAISER)
    for matter, kind, unit_id, due in sorted(
        open_ones.values_list("matter_id", "kind", "unit_id", "due"), key=lambda row: row[3]
    ):
        unit = units().get(unit_id) if unit_id else None
        owed.setdefault(matter, []).append(Due(KINDS[kind], unit.short_name if unit else "", due))
    return [
        Raised(line, row["raiser_id"], OUTCOMES.get(outcomes.get(line.id, ""), ""), owed.get(line.id, []))
        for line, row in zip(lines(rows, now=now), rows, strict=True)
    ]
