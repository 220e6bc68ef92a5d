"""One reception day: who booked, who came, what each batch asks and what was decided."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Line
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor
from zhuoluo.reception.models import Batch, Booking, Representative, Request, Session
from zhuoluo.reception.reads.roster import DayRow, NotFound, rows_of
from zhuoluo.reception.rules.closing import Standing, missing
from zhuoluo.reception.rules.words import DECISIONS
from zhuoluo.residents.reads import Masked, masked_by_id


@dataclass(frozen=True)
class RequestRow:
    """One request. `line` None: the reader may not see its matter, and so nothing of what was said either."""

    id: UUID
    place: int
    fresh: bool
    line: Line | None
    decision: str
    decision_word: str
    said: str
    wish: str
    cause: str
    unit: str
    until: Any


@dataclass(frozen=True)
class BatchRow:
    """One batch with its representatives, masked, and its requests."""

    batch: Batch
    people: list[Masked] = field(default_factory=list)
    requests: list[RequestRow] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Say whether something is still undecided."""
        return any(not row.decision for row in self.requests)


@dataclass(frozen=True)
class DayPage:
    """A day as its pages show it. Bookings about a leader who sits are not among those that leader gets."""

    row: DayRow
    batches: list[BatchRow]
    bookings: list[tuple[Booking, Masked | None]]
    hidden: int = 0

    @property
    def session(self) -> Session:
        """Return the day itself."""
        return self.row.session

    @property
    def missing(self) -> list[tuple[int, int, str]]:
        """Return what is still missing before the day can be closed."""
        return missing(
            Standing(b.batch.sequence, r.place, r.decision, r.said or "·", bool(r.unit))
            for b in self.batches
            for r in b.requests
        )


def find(session_id: UUID) -> DayRow:
    """Return a day for staff. Raises NotFound."""
    rows = rows_of(Session.objects.filter(pk=session_id))
    if not rows:
        raise NotFound("没有找到这个接访日")
    return rows[0]


def day_page(actor: Actor, session_id: UUID, *, now: datetime) -> DayPage:
    """Return everything of a day that the reader may see, in a fixed number of questions. Raises NotFound."""
    row = find(session_id)
    batches = batch_rows(actor, Batch.objects.filter(session_id=session_id).order_by("sequence"), now=now)
    booked = list(Booking.objects.filter(session_id=session_id).order_by("slot_at", "place"))
    shown = [b for b in booked if not (b.against and actor.id in row.who)]
    people = masked_by_id([b.raiser_id for b in shown])
    return DayPage(
        row, batches, [(b, people.get(b.raiser_id)) for b in shown], hidden=len(booked) - len(shown)
    )


def batch_rows(actor: Actor, batches: "QuerySet[Batch] | list[Batch]", *, now: datetime) -> list[BatchRow]:
    """Return batches with representatives and requests; five questions for any number."""
    found = list(batches)
    ids = [b.id for b in found]
    asked = list(Request.objects.filter(batch_id__in=ids).order_by("place"))
    lines = {line.id: line for line in matters.by_ids(actor, [r.matter_id for r in asked], now=now)}
    speakers = list(Representative.objects.filter(batch_id__in=ids).order_by("place"))
    people = masked_by_id([s.raiser_id for s in speakers])
    requests: dict[UUID, list[RequestRow]] = {}
    for request in asked:
        requests.setdefault(request.batch_id, []).append(_row(request, lines.get(request.matter_id)))
    spoken: dict[UUID, list[Masked]] = {}
    for speaker in speakers:
        if _may_know(requests.get(speaker.batch_id, [])):
            spoken.setdefault(speaker.batch_id, []).append(people[speaker.raiser_id])
    return [BatchRow(b, spoken.get(b.id, []), requests.get(b.id, [])) for b in found]


def _may_know(requests: Collection[RequestRow]) -> bool:
    """Who came is not told, even masked, to somebody who may see nothing of what they came for."""
    return any(row.line is not None for row in requests)


def _row(request: Request, line: Line | None) -> RequestRow:
    unit = units().get(request.unit_id) if request.unit_id else None
    known = line is not None
    return RequestRow(
        id=request.id, place=request.place, fresh=request.fresh, line=line, decision=request.decision,
        decision_word=_(DECISIONS[request.decision]) if request.decision else "", said=request.said if known else "",
        wish=request.wish if known else "", cause=request.cause if known else "",
        unit=unit.short_name if unit is not None else "", until=request.until,
    )  # fmt: skip


def on_screen(session_id: UUID) -> Batch | None:
    """Return the batch that is being received: the last one called."""
    called = Batch.objects.filter(session_id=session_id, called_at__isnull=False)
    return called.order_by("-called_at", "-sequence").first()
