"""What the leader reads the evening before, one screen a visitor: six questions for a whole day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Raised
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.reception.models import Booking
from zhuoluo.reception.rules.brief import Brief, Earlier, Owed, compose
from zhuoluo.residents.reads import Masked, masked_by_id, same_people

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Visitor:
    """An expected visitor: masked, with the brief, and the matters the brief was made of."""

    booking: Booking
    person: Masked | None
    brief: Brief
    matters: list[Raised]


def briefs(actor: Actor, bookings: Sequence[Booking], *, now: datetime) -> list[Visitor]:
    """Return the visitors who are expected, each with a brief made of what the reader may see."""
    expected = [b for b in bookings if b.state != "cancelled"]
    people = masked_by_id([b.raiser_id for b in expected])
    same = same_people([b.raiser_id for b in expected])
    everybody = {row for rows in same.values() for row in rows}
    known: dict[UUID, list[Raised]] = {}
    for raised in matters.raised_by(actor, everybody, now=now):
        known.setdefault(raised.raiser, []).append(raised)
    found = []
    for booking in expected:
        rows = same.get(booking.raiser_id, {})
        earlier = [(raised, rows[row]) for row in rows for raised in known.get(row, [])]
        earlier.sort(key=lambda pair: pair[0].line.registered_at, reverse=True)
        found.append(
            Visitor(
                booking,
                people.get(booking.raiser_id),
                _brief(booking, earlier, now),
                [raised for raised, _ in earlier],
            )
        )
    return found


def _brief(booking: Booking, earlier: Sequence[tuple[Raised, bool]], now: datetime) -> Brief:
    today = now.astimezone(SHANGHAI).date()
    owed = [
        Owed(due.what, due.unit, (due.due - _INSTANT).astimezone(SHANGHAI).date(), late=due.due <= now)
        for raised, name_only in earlier
        if not name_only
        for due in raised.owed
    ]
    told = [
        Earlier(
            raised.line.title,
            raised.line.registered_at.astimezone(SHANGHAI).date(),
            raised.line.unit,
            STAGE_WORDS[raised.line.stage],
            raised.outcome,
            name_only,
        )
        for raised, name_only in earlier
    ]
    return compose(
        about=booking.about, people=booking.people, earlier=told, owed=sorted(owed, key=lambda o: o.until), today=today
    )  # fmt: skip
