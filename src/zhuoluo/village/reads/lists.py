"""Mediators by village, and quarrels: the mediator's own, and those an office gave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhuoluo.kit.cursor import Page, newest
from zhuoluo.matters.reads import Line, by_ids, seen
from zhuoluo.org.reads import areas, units, within
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.village.models import Mediator, Quarrel, Record
from zhuoluo.village.rules.errors import NotFound

MOST = 2000
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class QuarrelLine:
    """A quarrel for who gave it: the matter, the mediator, the last words."""

    quarrel: Quarrel
    line: Line
    last: Record | None


def _live() -> QuerySet[Mediator]:
    return Mediator.objects.filter(ended_on__isnull=True).select_related("user", "area")


def public(words: str = "") -> list[tuple[str, list[Mediator]]]:
    """Return the listed mediators by township; who is on the list agreed to be."""
    rows = _live()
    if words:
        rows = rows.filter(Q(area__name__icontains=words) | Q(area__full_name__icontains=words))
    known = areas()
    found: dict[str, list[Mediator]] = {}
    for row in rows.order_by("area_id", "id")[:MOST]:
        town = known.get(row.area_id[:9].ljust(12, "0"))
        found.setdefault(town.name if town else "", []).append(row)
    return list(found.items())


def listed(actor: Actor) -> list[Mediator]:
    """Return the mediators of the actor's townships; of all, for who reads all."""
    rows = _live().order_by("area_id", "id")
    if actor.can(Permission.READ_ALL):
        return list(rows[:MOST])
    towns = {u.area_id[:9] for u in units().values() if u.id in actor.units and u.area_id}
    here = Q(pk__in=[])
    for town in towns:
        here |= within("area_id", town.ljust(12, "0"))
    return list(rows.filter(here)[:MOST])


def open_to() -> list[Mediator]:
    """Return every listed mediator, to choose one from."""
    return list(_live().order_by("area_id", "id")[:MOST])


def my_listing(actor: Actor) -> Mediator | None:
    """Return the actor's own listing."""
    return _live().filter(user_id=actor.id).first() if actor.id else None


def mine(actor: Actor, *, after: str = "") -> Page[Quarrel]:
    """Return the actor's own quarrels, newest first: what they were told and nothing else of the matter."""
    own = Mediator.objects.filter(user_id=actor.id or NOBODY)
    rows = Quarrel.objects.filter(mediator__in=own).only(
        "id", "told", "state", "given_at", "reason", "mediator_id"
    )
    return newest(rows, "given_at", after)


def quarrel(actor: Actor, quarrel_id: UUID) -> Quarrel:
    """Return one of the actor's own quarrels. Raises NotFound."""
    row = Quarrel.objects.filter(pk=quarrel_id, mediator__user_id=actor.id or NOBODY).first()
    if row is None:
        raise NotFound("没有找到这件事")
    return row


def records(quarrel_id: UUID) -> list[Record]:
    """Return what was recorded of a quarrel, newest first."""
    return list(Record.objects.filter(quarrel_id=quarrel_id).order_by("-at", "-id"))


def given(actor: Actor, *, now: datetime, after: str = "") -> tuple[list[QuarrelLine], str]:
    """Return the quarrels on matters that the actor may read, newest first; five queries."""
    page = newest(
        seen(actor, Quarrel.objects.select_related("mediator__user", "mediator__area")), "given_at", after
    )
    lines = {line.id: line for line in by_ids(actor, [q.matter_id for q in page.rows], now=now)}
    last: dict[UUID, Record] = {}
    for row in Record.objects.filter(quarrel__in=[q.pk for q in page.rows]).order_by("at", "id"):
        last[row.quarrel_id] = row
    return [
        QuarrelLine(q, lines[q.matter_id], last.get(q.pk)) for q in page.rows if q.matter_id in lines
    ], page.next


def voice_of(actor: Actor, record_id: UUID) -> UUID:
    """Return the kept voice note of a record: for its mediator, and for who may read the matter. Raises NotFound."""
    row = Record.objects.filter(pk=record_id, voice__isnull=False).select_related("quarrel__mediator").first()
    if row is None or row.voice is None:
        raise NotFound("没有找到")
    own = row.quarrel.mediator.user_id == actor.id
    if not own and not seen(actor, Quarrel.objects.filter(pk=row.quarrel_id)).exists():
        raise NotFound("没有找到")
    return row.voice
