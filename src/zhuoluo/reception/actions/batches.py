"""A batch at the registration desk: its representatives, its requests, each a matter of its own, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads as matter_reads
from zhuoluo.matters.actions import Filing
from zhuoluo.matters.reads import NotFound
from zhuoluo.matters.rules import KeyReused, Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor
from zhuoluo.reception.actions.days import fix_seats
from zhuoluo.reception.actions.noted import body_hash, check_open, check_receives, locked, note
from zhuoluo.reception.models import Batch, Booking, Representative, Request, Session
from zhuoluo.reception.rules.words import MOST_REPRESENTATIVES, REPRESENTATIVES
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact

ORIGIN = "接访"


@dataclass(frozen=True)
class NewRequest:
    """One thing a batch asks, as written down at the desk. `wish` 诉求及理由, `cause` 产生原因."""

    klass: str
    text: str
    title: str = ""
    area: str | None = None
    place: str = ""
    wish: str = ""
    cause: str = ""
    about_units: tuple[UUID, ...] = ()
    about_people: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Received:
    """A batch registered. `fresh` False: the same form came before."""

    batch: Batch
    fresh: bool = True


def receive(
    *, session_id: UUID, people: int, representatives: Sequence[Contact], requests: Sequence[NewRequest],
    earlier: Sequence[UUID] = (), booking_id: UUID | None = None, key: str, by: Actor, at: datetime, law: Law,
) -> Received:  # fmt: skip
    """Register a batch: the next number of its day, who speaks for it, and a matter for each request.

    `earlier`: matters under way that they came for again; they get no second matter, the visit is kept in their story
    and every date goes on. Everything or nothing. The same form sent twice gives the first batch; another form under
    the same key is refused, and both are kept.
    """
    check_receives(by)
    same = body_hash(
        str(session_id), people, list(map(str, representatives)), list(map(str, requests)), sorted(map(str, earlier))
    )  # fmt: skip
    known = Batch.objects.filter(key=key).first()
    if known is not None:
        return _again(known, same, representatives, requests, at)
    _check(people, representatives, requests, earlier, with_booking=booking_id is not None)
    try:
        with transaction.atomic():
            return Received(
                _receive(
                    session_id, people, representatives, requests, earlier, booking_id, key, same, by, at, law
                )
            )
    except IntegrityError:
        known = Batch.objects.filter(key=key).first()
        if known is None:
            raise
        return _again(known, same, representatives, requests, at)


def _again(
    known: Batch, same: str, representatives: Sequence[Contact], requests: Sequence[NewRequest], at: datetime
) -> Received:
    if known.body_hash != same:
        body = {"representatives": [str(r) for r in representatives], "requests": [str(r) for r in requests]}
        residents.keep_refused(key=known.key, subject_id=known.id, body=body, at=at)
        raise KeyReused(
            "这份表已经登记为第 %(n)s 批，现在的内容与当时不同。两份都已保存；要补充，请在事项上“补充说明”",
            n=known.sequence,
        )
    return Received(known, fresh=False)


def _check(
    people: int, representatives: Sequence[Contact], requests: Sequence[NewRequest], earlier: Sequence[UUID], *,
    with_booking: bool,
) -> None:  # fmt: skip
    if len(representatives) > MOST_REPRESENTATIVES:
        raise Refused(REPRESENTATIVES)
    if not representatives and not with_booking:
        raise Refused("请至少登记一位来访人")
    if people < max(len(representatives), 1):
        raise Refused("来访人数不能少于登记的人数")
    if people > 5000:
        raise Refused("请核对来访人数")
    if not requests and not earlier:
        raise Refused("请写明反映的事情，或者选择以前的事项")


def _receive(
    session_id: UUID, people: int, representatives: Sequence[Contact], requests: Sequence[NewRequest], earlier: Sequence[UUID],
    booking_id: UUID | None, key: str, same: str, by: Actor, at: datetime, law: Law,
) -> Batch:  # fmt: skip
    session = locked(session_id)
    check_open(session)
    if session.day != local_day(at):
        raise Refused("只能在接访当天登记来访")
    booking = _booked(session, booking_id)
    speakers = list(representatives)
    if booking is not None:
        speakers = _with_booked(speakers, booking)
    last = Batch.objects.filter(session=session).aggregate(last=Max("sequence"))["last"] or 0
    batch = Batch.objects.create(
        session=session, sequence=last + 1, arrived_at=at, people=people, booking=booking, key=key, body_hash=same,
        registered_by=by.id,
    )  # fmt: skip
    if last == 0:
        fix_seats(session)
    _keep(batch, speakers, at)
    numbers = _ask(batch, people, speakers[0], requests, by, at, law)
    again = _come_again(batch, len(requests), earlier, by, at, law)
    if booking is not None:
        Booking.objects.filter(pk=booking.pk).update(state="arrived")
    note(
        "batch", batch.id, by, at, session=str(session.id), sequence=batch.sequence, people=people,
        representatives=len(speakers), matters=numbers, earlier=again,
    )  # fmt: skip
    return batch


def _booked(session: Session, booking_id: UUID | None) -> Booking | None:
    if booking_id is None:
        return None
    booking = Booking.objects.select_for_update().filter(pk=booking_id, session=session).first()
    if booking is None or booking.state != "booked":
        raise Refused("这个预约已经取消或者已经登记过")
    return booking


def _with_booked(speakers: list[Contact], booking: Booking) -> list[Contact]:
    """Who booked comes first; what the desk writes of the first one completes what the booking tells."""
    kept = residents.contact_of(booking.raiser_id)
    if not speakers:
        return [kept]
    first = speakers[0]
    whole = replace(
        kept,
        name=first.name.strip() or kept.name,
        phone=first.phone.strip() or kept.phone,
        address=first.address.strip() or kept.address,
        id_number=first.id_number.strip() or kept.id_number,
    )
    return [whole, *speakers[1:]]


def _keep(batch: Batch, speakers: Sequence[Contact], at: datetime) -> None:
    prepared = [residents.prepare(speaker, at) for speaker in speakers]
    residents.keep(prepared=prepared)
    Representative.objects.bulk_create(
        [
            Representative(batch=batch, place=place, raiser_id=p.id)
            for place, p in enumerate(prepared, start=1)
        ]
    )


def _ask(
    batch: Batch,
    people: int,
    speaker: Contact,
    requests: Sequence[NewRequest],
    by: Actor,
    at: datetime,
    law: Law,
) -> list[str]:
    """Register each request as a matter of its own; the group stands behind the first who speaks for it."""
    contact = replace(speaker, kind="group", others=people - 1) if people > 1 else speaker
    numbers = []
    for place, asked in enumerate(requests, start=1):
        filing = Filing(
            klass=asked.klass, text=asked.text, title=asked.title, contact=contact, channel="reception", area=asked.area,
            place=asked.place, about_units=asked.about_units, about_people=asked.about_people, origin=ORIGIN,
        )  # fmt: skip
        made = matters.register(filing=filing, by=by, at=at, law=law, key=f"{batch.key[:70]}:{place}")
        Request.objects.create(
            batch=batch, place=place, matter_id=made.matter.id, fresh=True, wish=asked.wish.strip(),
            cause=asked.cause.strip()[:300],
        )  # fmt: skip
        numbers.append(made.matter.number)
    return numbers


def _come_again(
    batch: Batch, place: int, earlier: Sequence[UUID], by: Actor, at: datetime, law: Law
) -> list[str]:
    numbers = []
    for matter_id in dict.fromkeys(earlier):
        place += 1
        try:
            matter = matter_reads.by_id(by, matter_id)
        except NotFound as error:
            raise Refused("选择的以前的事项您没有查看权限") from error
        said = f"{batch.session.day:%Y-%m-%d} 接访第{batch.sequence}批再次来访反映，共 {batch.people} 人。"
        matters.hear(matter_id=matter.id, said=said, decision="came", by=by, at=at, law=law)
        Request.objects.create(batch=batch, place=place, matter_id=matter.id, fresh=False)
        numbers.append(matter.number)
    return numbers


@transaction.atomic
def call(*, batch_id: UUID, by: Actor, at: datetime) -> Batch:
    """Call a batch in: the screen beside the door shows its number and nothing else."""
    check_receives(by)
    batch = Batch.objects.select_for_update().select_related("session").get(pk=batch_id)
    check_open(batch.session)
    batch.called_at = at
    batch.save(update_fields=["called_at"])
    note("call", batch.id, by, at, sequence=batch.sequence)
    return batch
