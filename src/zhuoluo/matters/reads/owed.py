"""What is owed: the handler's list, the triage inbox, the head's and the supervisor's view. Soonest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuoluo.clock import Due, Light, light
from zhuoluo.matters.models import About, Commitment
from zhuoluo.matters.rules import KINDS
from zhuoluo.org.reads import areas, jurisdiction, units
from zhuoluo.org.rules import Actor, Permission

INBOX = ("route", "accept", "rule")
PAGE = 30


@dataclass(frozen=True)
class Owed:
    """One line of a list: a commitment with what the reader needs to choose the next one."""

    id: UUID
    kind: str
    word: str
    matter_id: UUID
    number: str
    title: str
    klass: str
    stage: str
    place: str
    unit: str
    person: str
    due: datetime
    target: datetime
    provisional: bool
    light: Light
    bounces: int
    reckoning: dict[str, Any]

    @property
    def why(self) -> str:
        """Return the printed reason of the date."""
        return Due.from_json(self.reckoning).explanation()


@dataclass(frozen=True)
class OwedPage:
    """One keyset page; `next` is the cursor of the following page, empty on the last."""

    rows: list[Owed]
    next: str


def open_commitments(actor: Actor, *, everyone: bool = False) -> QuerySet[Commitment]:
    """Return what the actor's units owe now, or with `everyone` (and READ_ALL) what everybody owes."""
    rows = Commitment.objects.filter(closed_at__isnull=True)
    if everyone and actor.can(Permission.READ_ALL):
        if not actor.can(Permission.READ_ACCUSATIONS):
            rows = rows.exclude(matter__klass="accusation")
    else:
        rows = rows.filter(unit_id__in=actor.units)
    against = About.objects.filter(matter=OuterRef("matter_id")).filter(
        Q(unit_id__in=actor.shadow) | Q(person_id=actor.id)
    )
    return rows.filter(~Exists(against))


def owed(
    actor: Actor, *, now: datetime, kinds: Collection[str] = (), mine: bool = False, everyone: bool = False,
    overdue: bool = False, unit: UUID | None = None, after: str = "", limit: int = PAGE,
) -> OwedPage:  # fmt: skip
    """Return a page of what is owed, soonest first, in one query.

    `mine`: only what is owed by the actor in person or by nobody in particular. `after`: the cursor of a page.
    """
    rows = open_commitments(actor, everyone=everyone)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if mine:
        rows = rows.filter(Q(person_id=actor.id) | Q(person__isnull=True))
    if overdue:
        rows = rows.filter(due__lte=now)
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    if after:
        due, _, last = after.partition("_")
        moment = datetime.fromisoformat(due)
        rows = rows.filter(Q(due__gt=moment) | Q(due=moment, id__gt=UUID(last)), due__gte=moment)
    found = list(rows.order_by("due", "id").values(*_COLUMNS)[: limit + 1])
    yellow = int(jurisdiction().rules.get("yellow_days", 3))
    page = [_line(row, now, yellow) for row in found[:limit]]
    more = f"{page[-1].due.isoformat()}_{page[-1].id}" if len(found) > limit else ""
    return OwedPage(page, more)


_COLUMNS = (
    "id", "kind", "matter_id", "matter__number", "matter__title", "matter__klass", "matter__stage",
    "matter__area_id", "matter__place", "unit_id", "person__name", "due", "target", "provisional",
    "matter__bounces", "reckoning",
)  # fmt: skip


def _line(row: dict[str, Any], now: datetime, yellow: int) -> Owed:
    area = areas().get(row["matter__area_id"] or "")
    unit = units().get(row["unit_id"])
    return Owed(
        id=row["id"], kind=row["kind"], word=KINDS[row["kind"]], matter_id=row["matter_id"],
        number=row["matter__number"], title=row["matter__title"], klass=row["matter__klass"],
        stage=row["matter__stage"], place=area.name if area else row["matter__place"],
        unit=unit.short_name if unit else "", person=row["person__name"] or "", due=row["due"],
        target=row["target"], provisional=row["provisional"],
        light=light(row["due"], now, yellow_days=yellow), bounces=row["matter__bounces"],
        reckoning=row["reckoning"],
    )  # fmt: skip


def counts(actor: Actor, *, now: datetime, mine: bool = False) -> dict[str, int]:
    """Return how many commitments of the actor's units are open and how many of them overdue, for the menu."""
    rows = open_commitments(actor)
    if mine:
        rows = rows.filter(Q(person_id=actor.id) | Q(person__isnull=True))
    return {
        "inbox": rows.filter(kind__in=INBOX).count(),
        "owed": rows.exclude(kind__in=INBOX).count(),
        "overdue": rows.filter(due__lte=now).count(),
    }
