"""The night's log: households, what was raised with the same-night response owed, the hand-over to the day."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.duty.actions.noted import check_writes, locked, note
from zhuoluo.duty.models import Household, Night, Raised, Seat
from zhuoluo.duty.reads.roster import on_duty, sitting
from zhuoluo.duty.rules.errors import Refused
from zhuoluo.duty.rules.nights import can_write
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact, contact_of

MOST = 200


def _writing(night_id: UUID, by: Actor, at: datetime) -> Night:
    night = locked(Night.objects.all(), night_id)
    check_writes(by, night)
    if night.state == "cancelled":
        raise Refused("这一晚已经取消")
    if night.state == "handed":
        raise Refused("已经交班；补充请在事项里写")
    if not can_write(night.day, at):
        raise Refused("记录从当天中午到第二天中午")
    _fix(night)
    return night


def _fix(night: Night) -> None:
    """Write down who is on duty once the night's log begins: later substitutions do not rewrite what was."""
    seats = list(Seat.objects.filter(night=night).order_by("place"))
    taken = {s.sits_id for s in seats if s.sits_id}
    sits = {s.pk: sitting(s, night.day) for s in seats}
    for seat in sorted(seats, key=lambda s: sits[s.pk] != s.planned_id):  # on their own seat first
        who = sits[seat.pk]
        if seat.sits_id is None and who not in taken:  # a seat whose substitute has one already stays empty
            Seat.objects.filter(pk=seat.pk).update(sits_id=who)
            taken.add(who)


def visit(
    *, night_id: UUID, contact: Contact, key: str, by: Actor, at: datetime, area: str | None = None, heard: str = ""
) -> Household:  # fmt: skip
    """Record a household visited. The same form sent twice is one household."""
    known = Household.objects.filter(key=key).first()
    if known is not None:
        return known
    if not contact.name.strip() and not contact.address.strip():
        raise Refused("请写是哪一户：户主姓名，或者住在哪里")
    try:
        with transaction.atomic():
            night = _writing(night_id, by, at)
            last = night.households.order_by("-place").values_list("place", flat=True).first() or 0
            if last >= MOST:
                raise Refused("一晚最多记 %(n)s 户", n=MOST)
            kept = residents.prepare(contact, at)
            residents.keep(prepared=[kept])
            row = Household.objects.create(
                night=night,
                place=last + 1,
                area_id=area,
                raiser_id=kept.id,
                heard=heard.strip(),
                key=key,
                at=at,
                by_id=by.id,
            )
            note("visit", row.id, by, at, night=str(night.id))
            return row
    except IntegrityError:
        known = Household.objects.filter(key=key).first()
        if known is None:
            raise
        return known


@transaction.atomic
def raise_matter(
    *, night_id: UUID, klass: str, text: str, key: str, by: Actor, at: datetime, law: Law, contact: Contact | None = None,
    household_id: UUID | None = None, area: str | None = None, place: str = "", files: tuple[UUID, ...] = (),
) -> Registered:  # fmt: skip
    """Make what was raised that night a matter of the township, which owes a response the same night (house.same_night).

    The response is the plan: who goes, when, what first. The cure has the law's own dates.
    """
    night = _writing(night_id, by, at)
    who = contact
    if household_id is not None:
        house = Household.objects.filter(pk=household_id, night=night).first()
        if house is None:
            raise Refused("没有找到这一户")
        told = contact_of(house.raiser_id)
        who = Contact(kind="household", name=told.name, phone=told.phone, address=told.address or night.place)
        area = area or house.area_id
    if who is None:
        raise Refused("请写谁提的")
    filing = Filing(
        klass=klass, text=text, contact=who, channel="duty", area=area or night.unit.area_id, place=place or night.place,
        unit_id=night.unit_id, files=files,
    )  # fmt: skip
    made = matters.register(filing=filing, by=by, at=at, law=law, key=f"duty:{key}", right=Permission.DUTY)
    if made.fresh:
        Raised.objects.create(night=night, household_id=household_id, matter_id=made.matter.id, at=at)
        here = on_duty(night)
        person = by.id if by.id in here else (here[0] if here else None)
        matters.owe_response(
            matter_id=made.matter.id, kind="tonight", unit_id=night.unit_id, person_id=person, right=Permission.DUTY, by=by,
            at=at, law=law,
        )  # fmt: skip
        note("raise", night.id, by, at, number=made.matter.number)
    return made


@transaction.atomic
def respond(*, night_id: UUID, matter_id: UUID, words: str, by: Actor, at: datetime, law: Law) -> None:
    """Give the same-night response to something raised that night."""
    night = locked(Night.objects.all(), night_id)
    check_writes(by, night)
    if not Raised.objects.filter(night=night, matter_id=matter_id).exists():
        raise Refused("这件不是这一晚提的")
    matters.respond(
        matter_id=matter_id, kind="tonight", words=words, by=by, at=at, law=law, right=Permission.DUTY
    )
    note("respond", night.id, by, at, matter=str(matter_id))


@transaction.atomic
def hand_over(*, night_id: UUID, words: str, taken_by: str, by: Actor, at: datetime) -> Night:
    """Hand the night over to the day: who takes it, and what must be known. What was raised goes on as matters."""
    night = locked(Night.objects.all(), night_id)
    check_writes(by, night)
    if night.state == "handed":
        return night
    if night.state == "cancelled":
        raise Refused("这一晚已经取消")
    if not taken_by.strip():
        raise Refused("请写谁接的班")
    _fix(night)
    night.state, night.handed_at, night.handed_by = "handed", at, by.id
    night.taken_by, night.handover = taken_by.strip()[:60], words.strip()
    night.version += 1
    night.save()
    note("hand_over", night.id, by, at, raised=night.raised.count(), households=night.households.count())
    return night
