"""Booking a time, by phone page or by a clerk; looking it up and giving it back with number and code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from zhuoluo.matters.rules import Refused, make_number, query_code, read_number, same_code
from zhuoluo.org.rules import RESIDENT, Actor
from zhuoluo.reception.actions.limits import BOOKINGS, CODES, count_try, forget_tries
from zhuoluo.reception.actions.noted import body_hash, check_open, check_receives, locked, note
from zhuoluo.reception.models import Booking, BookingCounter, Session
from zhuoluo.reception.rules.slots import open_for_phones, times
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.reads import by_contact
from zhuoluo.residents.rules import normal_phone

LETTERS = "YY"  # in front of every booking's number, so that it is not taken for a matter's


@dataclass(frozen=True)
class Booked:
    """What somebody who booked gets: number and code. `fresh` False: it was there already."""

    booking: Booking
    code: str
    fresh: bool = True


def code_of(booking: Booking) -> str:
    """Return the code that opens a booking; it is derived, never kept."""
    return query_code(settings.IDENTITY_KEY, booking.id, 1)


def book(
    *, session_id: UUID, slot_at: datetime, contact: Contact, about: str, people: int, key: str, by: Actor, at: datetime,
    against: bool = False, address: str = "",
) -> Booked:  # fmt: skip
    """Book a time. The same form sent twice gives the first booking again.

    `against`: it is about whoever receives, who then never sees it. `address`: the network address of a resident, whose
    bookings are counted. Raises TooMany, Refused.
    """
    if by.kind == "staff":
        check_receives(by)
    same = body_hash(str(session_id), slot_at.isoformat(), contact, about.strip(), people, against)
    known = Booking.objects.filter(key=key).first()
    if known is not None:
        return _again(known, same)
    _check(contact, about, people)
    if address:
        count_try(kind="book", value=address, most=BOOKINGS, at=at)
    try:
        with transaction.atomic():
            booking = _book(session_id, slot_at, contact, about, people, against, key, same, by, at)
    except IntegrityError:
        known = Booking.objects.filter(key=key).first()
        if known is None:
            raise
        return _again(known, same)
    return Booked(booking, code_of(booking))


def _again(known: Booking, same: str) -> Booked:
    if known.body_hash != same:
        raise Refused("这份表已经预约成功（%(number)s）。要改时间，请先取消再约", number=known.number)
    return Booked(known, code_of(known), fresh=False)


def _check(contact: Contact, about: str, people: int) -> None:
    if not contact.name.strip():
        raise Refused("请写姓名")
    if len(normal_phone(contact.phone)) < 7:
        raise Refused("请写能打通的电话，有变动好告诉您")
    if len(about.strip()) < 5:
        raise Refused("请写几句要反映什么事，领导好提前了解")
    if not 1 <= people <= 500:
        raise Refused("请写来几个人")


def _book(
    session_id: UUID, slot_at: datetime, contact: Contact, about: str, people: int, against: bool, key: str, same: str,
    by: Actor, at: datetime,
) -> Booking:  # fmt: skip
    session = locked(session_id)
    check_open(session)
    if session.state != "published":
        raise Refused("这个接访日还没有公布")
    _check_slot(session, slot_at, by, at)
    mine = by_contact(phone=contact.phone)
    if Booking.objects.filter(session=session, raiser_id__in=mine).exclude(state="cancelled").exists():
        raise Refused("这个电话已经约过这一天了；要改时间，请先取消再约")
    taken = set(
        Booking.objects.filter(session=session, slot_at=slot_at)
        .exclude(state="cancelled")
        .values_list("place", flat=True)
    )
    free = [place for place in range(1, session.per_slot + 1) if place not in taken]
    if not free:
        raise Refused("这个时间刚被约满，请换一个时间")
    raiser = residents.prepare(contact, at)
    residents.keep(prepared=[raiser])
    booking = Booking.objects.create(
        number=_number(session), session=session, slot_at=slot_at, place=free[0], raiser_id=raiser.id,
        about=about.strip()[:500], people=people, against=against, key=key, body_hash=same, made_at=at,
        made_by=by.id if by.kind == "staff" else None,
    )  # fmt: skip
    note("book", booking.id, by, at, number=booking.number, session=str(session.id), people=people)
    return booking


def _check_slot(session: Session, slot_at: datetime, by: Actor, at: datetime) -> None:
    if slot_at not in times(session.starts_at, session.ends_at, session.slot_minutes):
        raise Refused("请选择列出的时间")
    if by.kind != "staff" and not open_for_phones(session.starts_at, at):
        raise Refused("开始前 12 小时内不能网上预约了，请直接来，或者打电话")
    if slot_at < at:
        raise Refused("这个时间已经过了")


def _number(session: Session) -> str:
    counter, _made = BookingCounter.objects.get_or_create(day=session.day, defaults={"last": 0})
    counter = BookingCounter.objects.select_for_update().get(pk=counter.pk)
    counter.last += 1
    counter.save(update_fields=["last"])
    return make_number(LETTERS, session.day, counter.last)


def unlock(*, number: str, code: str, address: str, at: datetime) -> Booking | None:
    """Return the booking that number and code open together, or None without saying which was wrong. Raises TooMany."""
    try:
        written = read_number(number)
    except Refused:
        written = "?"
    tries = [
        count_try(kind="number", value=written, most=CODES, at=at),
        count_try(kind="address", value=address, most=CODES, at=at),
    ]
    booking = Booking.objects.filter(number=written).first()
    real = code_of(booking) if booking is not None else "-" * 8
    if not same_code(code, real) or booking is None:
        return None
    forget_tries(rows=tries)
    return booking


@transaction.atomic
def cancel_booking(*, booking_id: UUID, by: Actor = RESIDENT, at: datetime) -> Booking:
    """Give a booked time back. The caller has checked number and code, or is staff who receives."""
    if by.kind == "staff":
        check_receives(by)
    booking = Booking.objects.select_for_update().get(pk=booking_id)
    if booking.state == "cancelled":
        return booking
    if booking.state != "booked":
        raise Refused("已经到场登记，不用取消了")
    booking.state, booking.cancelled_at = "cancelled", at
    booking.save(update_fields=["state", "cancelled_at"])
    note("cancel_booking", booking.id, by, at, number=booking.number)
    return booking
