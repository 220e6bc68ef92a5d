"""Reception days of the demo county: rules, published days, some held with batches, times booked for the next ones."""

import random
from datetime import datetime, time, timedelta
from uuid import UUID

from zhuoluo.clock import local_day
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import Place, data
from zhuoluo.demo.rules.texts import compose, person_name, phone, slots, topics
from zhuoluo.org.rules import RESIDENT, Actor
from zhuoluo.reception import actions, reads
from zhuoluo.reception.actions import NewRequest, RuleContent
from zhuoluo.reception.models import Request, Session
from zhuoluo.reception.reads import Sitter
from zhuoluo.residents.actions import Contact

BEGINS = timedelta(days=12)  # so long ago the office planned by rule for the first time
ROOM = "县人民来访接待中心"
ASKED = ("roads", "canal", "dibao", "subsidy", "lift", "insurance", "parking", "leak", "clinic", "wages")
BATCHES = (3, 1, 2)  # how many come on the days held, over and over


def receptions(world: World) -> Life:
    """Plan and publish, receive those who come, book the coming days; in the order of time."""
    dice = random.Random("receptions")  # noqa: S311  # invented lives, not secrets
    at = world.now - BEGINS
    yield at
    _set_up(world, at)
    held = 0
    for session in Session.objects.filter(starts_at__lt=world.now).order_by("starts_at"):
        if session.ends_at >= world.now:
            continue
        yield from _receive(world, dice, session, BATCHES[held % len(BATCHES)])
        held += 1
    yield from _book(world, dice)


def registered() -> int:
    """Return how many matters were raised at receptions, beside those that live by themselves."""
    return Request.objects.filter(fresh=True).count()


def _set_up(world: World, at: datetime) -> None:
    office = world.who("XF", ("petition_officer",), at)
    able = {s.name: s.user_id for s in reads.can_sit(local_day(at))}
    rows = [
        Sitter(able[row["name"]], row["name"], "", row["portfolio"], row["principal"], order, listed=True)
        for order, row in enumerate(data("receptions")["leader"], start=1)
        if row["name"] in able
    ]
    actions.save_leaders(rows=rows, by=office, at=at)
    for content in (
        RuleContent("每个工作日一位县领导", "fixed", "turn", "workday", time(9), time(11, 30), ROOM),
        RuleContent("主要领导每月一天", "appointed", "principal", "nth_workday", time(14, 30), time(17), ROOM, numbers="10"),
    ):  # fmt: skip
        actions.save_rule(content=content, by=office, at=at)
    day = local_day(at)
    for month in sorted({(d.year, d.month) for d in (day, local_day(world.now), day + timedelta(days=45))}):
        actions.plan_month(year=month[0], month=month[1], by=office, at=at, law=world.law)
    until = local_day(world.now) + timedelta(days=16)
    ready = list(Session.objects.filter(day__lte=until).values_list("pk", flat=True))
    if ready:
        actions.publish(session_ids=ready, by=office, at=at)


def _receive(world: World, dice: random.Random, session: Session, batches: int) -> Life:
    """Let batches come, each heard and decided by whoever sits, and close the day."""
    at = session.starts_at + timedelta(minutes=dice.randint(2, 9))
    office = world.who("XF", ("petition_officer",), at)
    for number in range(batches):
        yield at
        place = _place(world, dice)
        asks = [_asked(world, dice, place) for _ in range(dice.choice((1, 1, 2)))]
        people = dice.choice((1, 1, 2, 6))
        batch = actions.receive(
            session_id=session.pk, people=people, representatives=[_person(world, dice, place)], requests=asks,
            key=f"demo-{session.pk}-{number}", by=office, at=at, law=world.law,
        ).batch  # fmt: skip
        actions.call(batch_id=batch.pk, by=office, at=at)
        for asked in Request.objects.filter(batch=batch).order_by("place"):
            at += timedelta(minutes=dice.randint(6, 14))
            yield at
            _decide(world, dice, session, asked.pk, office, at, place)
        at += timedelta(minutes=dice.randint(2, 6))
    at = max(at, session.ends_at)
    yield at
    actions.hold(session_id=session.pk, by=office, at=at)


def _decide(
    world: World,
    dice: random.Random,
    session: Session,
    request: UUID,
    office: Actor,
    at: datetime,
    place: Place,
) -> None:
    decision = dice.choices(("assigned", "answered", "mediated"), (5, 3, 1))[0]
    if decision == "assigned":
        until = world.law.calendar.roll(session.day + timedelta(days=dice.choice((7, 14, 30))))
        unit = world.units[place.town_code[:9]].id
        actions.decide(
            request_id=request, decision=decision, said="", unit_id=unit, until=until, by=office, at=at, law=world.law
        )  # fmt: skip
    else:
        actions.decide(
            request_id=request,
            decision=decision,
            said=data("receptions")[decision],
            by=office,
            at=at,
            law=world.law,
        )


def _place(world: World, dice: random.Random) -> Place:
    return dice.choice([p for p in world.county.places if p.level == "village"])


def _person(world: World, dice: random.Random, place: Place) -> Contact:
    address = f"清溪县{world.town(place).name}{place.name}{dice.randint(1, 12)}组"
    return Contact(name=person_name(dice), phone=phone(dice), address=address)


def _asked(world: World, dice: random.Random, place: Place) -> NewRequest:
    known = topics()
    topic = known[dice.choice([name for name in ASKED if name in known])]
    wording = compose(topic, slots(dice, place, world.town(place)), "person", dice)
    return NewRequest(topic.klass, wording.text, wording.title, place.code, wish=wording.request)


def _book(world: World, dice: random.Random) -> Life:
    """Some book a time on the coming days by phone page."""
    at = world.now - timedelta(hours=3)
    coming = Session.objects.filter(starts_at__gt=world.now + timedelta(hours=13), state="published")
    for session in coming.order_by("starts_at")[:3]:
        for number in range(dice.randint(1, 3)):
            at += timedelta(minutes=dice.randint(2, 11))
            yield at
            _one_booking(world, dice, session, number, at)


def _one_booking(world: World, dice: random.Random, session: Session, number: int, at: datetime) -> None:
    place = _place(world, dice)
    asked = _asked(world, dice, place)
    actions.book(
        session_id=session.pk, slot_at=session.starts_at + timedelta(minutes=session.slot_minutes * number),
        contact=_person(world, dice, place), about=f"{place.name}：{asked.title}", people=dice.choice((1, 1, 2)),
        key=f"demo-{session.pk}-b{number}", by=RESIDENT, at=at,
    )  # fmt: skip
