"""The reviews and second reviews a reader may see, newest first, and how many of each: every count for itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoluo.clock import Light, light
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.models import Commitment, Review
from zhuoluo.matters.reads.owed import PAGE, yellow_days
from zhuoluo.matters.reads.visible import visible
from zhuoluo.matters.rules import REVIEW_LEVELS, REVIEW_OUTCOMES
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor

_ENDED = Q(refused_at__isnull=False) | Q(withdrawn_at__isnull=False)
_OPEN = ~_ENDED & Q(decided_at__isnull=True)
STATES: dict[str, Q] = {"open": _OPEN, "decided": Q(decided_at__isnull=False), "ended": _ENDED}


@dataclass(frozen=True)
class AskedFor:
    """Which requests a list shall hold; what is left empty limits nothing."""

    state: str = ""
    level: int = 0
    unit: UUID | None = None  # that handled the matter


@dataclass(frozen=True)
class AskedLine:
    """One request in a list: nothing of who asked. `due` and `light`: of the opinion, while it is owed."""

    id: UUID
    number: str
    title: str
    level: str
    organ: str
    unit: str
    requested_at: datetime
    admitted: bool
    refused: bool
    withdrawn: bool
    outcome: str
    served: bool
    due: datetime | None = None
    light: Light | None = None


@dataclass(frozen=True)
class AskedPage:
    """One keyset page; `next` is the cursor of the following page, empty on the last."""

    rows: list[AskedLine]
    next: str


def _seen(actor: Actor) -> QuerySet[Review]:
    return Review.objects.filter(matter__in=visible(actor))


def asked(actor: Actor, wanted: AskedFor, *, now: datetime, after: str = "", limit: int = PAGE) -> AskedPage:
    """Return a page of requests for review, newest first, in two queries."""
    rows = _seen(actor).filter(behind(after, "requested_at", newest_first=True), _limits(wanted))
    found = list(rows.order_by("-requested_at", "-id").values(*_COLUMNS)[: limit + 1])
    dates = _dates([row["id"] for row in found[:limit]])
    yellow = yellow_days()
    page = [_line(row, dates.get(row["id"]), now, yellow) for row in found[:limit]]
    return AskedPage(page, write_cursor(page[-1].requested_at, page[-1].id) if len(found) > limit else "")


def _limits(wanted: AskedFor) -> Q:
    found = STATES.get(wanted.state, Q())
    if wanted.level:
        found &= Q(level=wanted.level)
    return found & Q(matter__lead_unit_id=wanted.unit) if wanted.unit else found


def _dates(ids: Collection[UUID]) -> dict[UUID, datetime]:
    rows = Commitment.objects.filter(subject__in=ids, kind="review", closed_at__isnull=True)
    return {subject: due for subject, due in rows.values_list("subject", "due") if subject}


_COLUMNS = (
    "id", "matter__number", "matter__title", "level", "unit_id", "outside", "matter__lead_unit_id", "requested_at",
    "admitted_at", "refused_at", "withdrawn_at", "outcome", "served_at",
)  # fmt: skip


def _line(row: dict[str, Any], due: datetime | None, now: datetime, yellow: int) -> AskedLine:
    organ, handler = units().get(row["unit_id"]), units().get(row["matter__lead_unit_id"])
    return AskedLine(
        id=row["id"], number=row["matter__number"], title=row["matter__title"], level=REVIEW_LEVELS[row["level"]],
        organ=row["outside"] or (organ.short_name if organ else ""), unit=handler.short_name if handler else "",
        requested_at=row["requested_at"], admitted=row["admitted_at"] is not None,
        refused=row["refused_at"] is not None, withdrawn=row["withdrawn_at"] is not None, outcome=row["outcome"],
        served=row["served_at"] is not None, due=due, light=light(due, now, yellow_days=yellow) if due else None,
    )  # fmt: skip


@dataclass(frozen=True)
class AskedCounts:
    """How many requests of one level there are, by what became of them; they add up to `asked`."""

    level: str
    asked: int
    waiting: int
    examined: int
    upheld: int
    changed: int
    annulled: int
    refused: int
    withdrawn: int


def asked_counts(actor: Actor) -> list[AskedCounts]:
    """Count the requests a reader may see, by level and by what became of them; one query."""
    rows = _seen(actor).order_by().values("level").annotate(
        asked=Count("pk"),
        waiting=Count("pk", filter=_OPEN & Q(admitted_at__isnull=True)),
        examined=Count("pk", filter=_OPEN & Q(admitted_at__isnull=False)),
        refused=Count("pk", filter=Q(refused_at__isnull=False)),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        **{key: Count("pk", filter=Q(outcome=key)) for key in REVIEW_OUTCOMES},
    )  # fmt: skip
    found: dict[int, Any] = {row["level"]: row for row in rows}
    return [_counted(word, found.get(level, {})) for level, word in REVIEW_LEVELS.items()]


def _counted(level: str, row: dict[str, int]) -> AskedCounts:
    kinds = ("asked", "waiting", "examined", "upheld", "changed", "annulled", "refused", "withdrawn")
    return AskedCounts(level, *(row.get(kind, 0) for kind in kinds))
