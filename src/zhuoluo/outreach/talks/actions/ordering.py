"""Ordering a lesson (点单) on the public page or through a clerk; following it, taking it back; declining it with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.matters.rules import Refused as NumberRefused
from zhuoluo.matters.rules import make_number, query_code, read_number, same_code
from zhuoluo.org.reads import units
from zhuoluo.org.rules import RESIDENT, Actor, Forbidden, Permission, may
from zhuoluo.outreach.talks.actions.limits import CODES, ORDERS, count_try, forget_tries
from zhuoluo.outreach.talks.actions.noted import body_hash, check_holds, locked_row, may_hold, note
from zhuoluo.outreach.talks.models import Lesson, Order, OrderCounter
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import ORDERERS
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.rules import normal_phone

LETTERS = "DD"  # 点单, in front of every number, so that it is not taken for a matter's
LONGEST_AHEAD = 400  # days


@dataclass(frozen=True)
class Wish:
    """What is ordered: by whom, where, on which days, for about how many."""

    lesson_id: UUID
    orderer: str
    organisation: str
    place: str
    from_day: date
    until_day: date
    area: str | None = None
    people: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Ordered:
    """What whoever ordered gets. `fresh` False: this form had come already."""

    order: Order
    code: str
    fresh: bool = True


def code_of(row: Order) -> str:
    """Return the code that opens an order; it is derived, never kept."""
    return query_code(settings.IDENTITY_KEY, row.id, 1)


def order(
    *, wish: Wish, contact: Contact, key: str, at: datetime, by: Actor = RESIDENT, address: str = ""
) -> Ordered:
    """Order a lesson. The same form sent twice is one order. Raises TooMany, Refused."""
    if by.kind == "staff":
        check_holds(by)
    same = body_hash(wish, contact)
    known = Order.objects.filter(key=key).first()
    if known is not None:
        return _again(known, same)
    _check(wish, contact, local_day(at))
    if address:
        count_try(kind="order", value=address, most=ORDERS, at=at)
    try:
        with transaction.atomic():
            row = _order(wish, contact, key, same, by, at)
    except IntegrityError:
        known = Order.objects.filter(key=key).first()
        if known is None:
            raise
        return _again(known, same)
    return Ordered(row, code_of(row))


def _again(known: Order, same: str) -> Ordered:
    if known.body_hash != same:
        raise Refused("这张点单已经交了（%(number)s）。要改，请先撤回再点", number=known.number)
    return Ordered(known, code_of(known), fresh=False)


def _check(wish: Wish, contact: Contact, today: date) -> None:
    if wish.orderer not in ORDERERS:
        raise Refused("请选择点单的是哪一类")
    if len(wish.organisation.strip()) < 2:
        raise Refused("请写点单的村、支部或者企业的名称")
    if len(wish.place.strip()) < 2:
        raise Refused("请写在哪里讲")
    if not contact.name.strip():
        raise Refused("请写联系人")
    if len(normal_phone(contact.phone)) < 7:
        raise Refused("请写能打通的电话，安排好了告诉您")
    if wish.until_day < wish.from_day:
        raise Refused("最晚的日期不能早于最早的日期")
    if wish.until_day < today:
        raise Refused("请选择今天以后的日期")
    if (wish.from_day - today).days > LONGEST_AHEAD:
        raise Refused("日期太远，请选一年以内的日期")
    if wish.people is not None and not 1 <= wish.people <= 10_000:
        raise Refused("请写大约有多少人听")


def _order(wish: Wish, contact: Contact, key: str, same: str, by: Actor, at: datetime) -> Order:
    lesson = Lesson.objects.filter(pk=wish.lesson_id, ended_at__isnull=True).first()
    if lesson is None:
        raise Refused("这一课已经不在菜单上，请另选一课")
    kept = residents.prepare(contact, at)
    residents.keep(prepared=[kept])
    day = local_day(at)
    row = Order.objects.create(
        number=_number(day), lesson=lesson, orderer=wish.orderer, organisation=wish.organisation.strip()[:120],
        area_id=wish.area, place=wish.place.strip()[:120], raiser_id=kept.id, from_day=wish.from_day,
        until_day=wish.until_day, people=wish.people, note=wish.note.strip()[:500], key=key, body_hash=same, made_at=at,
        made_by=by.id if by.kind == "staff" else None,
    )  # fmt: skip
    note("order", row.id, by, at, number=row.number, lesson=str(lesson.id))
    return row


def _number(day: date) -> str:
    OrderCounter.objects.get_or_create(day=day, defaults={"last": 0})
    counter = OrderCounter.objects.select_for_update().get(pk=day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return make_number(LETTERS, day, counter.last)


def unlock(*, number: str, code: str, address: str, at: datetime) -> Order | None:
    """Return the order that number and code open together, or None without saying which was wrong. Raises TooMany."""
    try:
        written = read_number(number)
    except NumberRefused:
        written = "?"
    tries = [
        count_try(kind="number", value=written, most=CODES, at=at),
        count_try(kind="address", value=address, most=CODES, at=at),
    ]
    row = Order.objects.filter(number=written).first()
    real = code_of(row) if row is not None else "-" * 8
    if not same_code(code, real) or row is None:
        return None
    forget_tries(rows=tries)
    return row


def may_serve(by: Actor, row: Order) -> bool:
    """Say whether an order is the actor's to plan or decline, and its contact to see: the lesson's unit and the township of
    the place have it, and whoever keeps the library."""
    if may_hold(by, row.lesson.unit_id):
        return True
    town = row.area_id[:9].ljust(12, "0") if row.area_id else ""
    here = {unit.id for unit in units().values() if town and unit.area_id == town}
    return may(by, Permission.HOLD_TALKS, units=here) if here else False


def check_serves(by: Actor, row: Order) -> None:
    """Raise Forbidden unless an order is the actor's to plan or decline."""
    if not may_serve(by, row):
        raise Forbidden("这张点单由出课的单位或者所在乡镇安排")


@transaction.atomic
def decline(*, order_id: UUID, reason: str, by: Actor, at: datetime) -> Order:
    """Say that an order cannot be met, and why; whoever ordered reads it."""
    row = locked_row(Order.objects.select_related("lesson"), order_id)
    check_serves(by, row)
    if row.state == "declined":
        return row
    _open(row)
    if len(reason.strip()) < 5:
        raise Refused("请写明为什么安排不了，点单的人会看到")
    return _end(row, "declined", reason, by, at)


@transaction.atomic
def withdraw(*, order_id: UUID, at: datetime, by: Actor = RESIDENT) -> Order:
    """Take an order back before it is planned."""
    row = locked_row(Order.objects.all(), order_id)
    if row.state == "withdrawn":
        return row
    _open(row)
    return _end(row, "withdrawn", "", by, at)


def _open(row: Order) -> None:
    if row.state == "planned":
        raise Refused("已经安排好了；有变动，请打电话给安排的单位")
    if row.state != "new":
        raise Refused("这张点单已经处理过")


def _end(row: Order, state: str, reason: str, by: Actor, at: datetime) -> Order:
    row.state, row.reason, row.decided_at = state, reason.strip()[:200], at
    row.save(update_fields=["state", "reason", "decided_at"])
    note(state, row.id, by, at, number=row.number)
    return row
