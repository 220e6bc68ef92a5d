"""Nights on duty in the demo county, with households visited and what was raised; and its village mediators."""

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.clock import BEIJING, local_day
from zhuoluo.demo.actions.carried import carry, side_by_side
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import Place, data
from zhuoluo.demo.rules.texts import person_name, phone
from zhuoluo.duty import actions as duty
from zhuoluo.duty.actions import RuleContent
from zhuoluo.duty.models import Night, Raised
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.residents.actions import Contact
from zhuoluo.village import actions as village
from zhuoluo.village.models import Quarrel

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BEGAN = 33 * DAY


def nights(world: World) -> list[Life]:
    """Return the lives of night duty and of the mediators."""
    told = data("fronts")
    dice = random.Random("nights")  # noqa: S311  # invented lives, not secrets
    towns = [next(t for t in world.county.towns if t.name == name) for name in told["towns"]]
    return [
        _roster(world, dice, towns),
        *(_night(world, dice, row, towns[0]) for row in told["night"]),
        _mediators(world, dice, told),
    ]


def raised() -> int:
    """Return how many matters nights and mediators brought."""
    return Raised.objects.count() + Quarrel.objects.values("matter").distinct().count()


def _roster(world: World, dice: random.Random, towns: list[Place]) -> Life:
    at = world.now - BEGAN
    yield at
    by = world.who("XB", ("coordinator",), at)
    leaders = [m.user.id for m in world.members if m.role == "leader" and m.until is None]
    for town in towns:
        heads = [
            m.user.id
            for m in world.members
            if m.unit == town.code[:9] and m.role == "head" and m.until is None
        ]
        clerks = [
            m.user.id
            for m in world.members
            if m.unit == town.code[:9] and m.role == "clerk" and m.until is None
        ]
        people = tuple(dict.fromkeys([*(leaders if town is towns[0] else ()), *heads, *clerks]))
        content = RuleContent(
            f"{town.name}夜宿值班",
            world.units[town.code[:9]].id,
            f"{town.name}值班室",
            people,
            phone="0731-0000110",
        )
        duty.save_rule(content=content, by=by, at=at)
    months = sorted({(d.year, d.month) for d in (local_day(at) + n * DAY for n in range(0, 60, 5))})
    for year, month in months:
        duty.plan_month(year=year, month=month, by=by, at=at, law=world.law)
    until = local_day(world.now) + 20 * DAY
    duty.publish(
        night_ids=list(Night.objects.filter(day__lte=until).values_list("pk", flat=True)), by=by, at=at
    )
    yield from side_by_side([_spent(world, dice, world.units[town.code[:9]].id, at) for town in towns])


def _spent(world: World, dice: random.Random, unit: UUID, after: datetime) -> Life:
    """The nights of one town as they went: households visited, handed over in the morning."""
    nights = Night.objects.filter(unit_id=unit, day__lt=local_day(world.now)).select_related("unit")
    for night in nights.order_by("day"):
        evening = datetime.combine(night.day, time(19), BEIJING)
        if evening <= after:
            continue
        yield from _visits(world, dice, night, evening)
        yield evening + 12 * HOUR
        duty.hand_over(
            night_id=night.pk, words="昨晚提的事都登记了，今天接着办。", taken_by=person_name(dice), by=_clerk(world, night, evening),
            at=evening + 12 * HOUR,
        )  # fmt: skip


def _clerk(world: World, night: Night, at: datetime) -> Any:
    return world.who(night.unit.code, ("clerk",), at)


def _visits(world: World, dice: random.Random, night: Night, at: datetime) -> Life:
    villages = [p for p in world.county.places if p.level == "village" and p.code.startswith(night.unit.code)]
    for number in range(dice.choice((0, 1, 1, 2, 3))):
        place = dice.choice(villages)
        yield at + number * 20 * MINUTE
        who = Contact(
            kind="household",
            name=person_name(dice),
            phone=phone(dice),
            address=f"{place.name}{dice.randint(1, 12)}组",
        )
        duty.visit(
            night_id=night.pk, contact=who, area=place.code, heard=dice.choice(("问了收成", "说了医保报销", "孩子在外打工")),
            key=f"demo-{night.pk}-{number}", by=_clerk(world, night, at), at=at + number * 20 * MINUTE,
        )  # fmt: skip


def _night(world: World, dice: random.Random, row: Mapping[str, Any], town: Place) -> Life:
    """Something raised one evening: answered that evening, done in the days after; the last one waits."""
    at = datetime.combine(local_day(world.now - row["nights"] * DAY), time(20), BEIJING)
    if row["nights"] == 0:
        at = min(at, world.now - 20 * MINUTE)
    yield at
    unit = world.units[town.code[:9]]
    day = local_day(at) if at.astimezone(BEIJING).hour >= 12 else local_day(at) - DAY
    night = Night.objects.filter(unit=unit, day=day).first()
    if night is None or night.state == "handed":
        return
    by = _clerk(world, night, at)
    who = Contact(name=person_name(dice), phone=phone(dice), address=f"{town.name}3组")
    made = duty.raise_matter(
        night_id=night.pk,
        klass="claim",
        text=row["text"],
        contact=who,
        key=f"demo-{row['text'][:8]}",
        by=by,
        at=at,
        law=world.law,
    )
    if row["nights"] == 0:
        return
    yield at + 50 * MINUTE
    duty.respond(
        night_id=night.pk,
        matter_id=made.matter.pk,
        words=row["plan"],
        by=by,
        at=at + 50 * MINUTE,
        law=world.law,
    )
    yield from carry(world, dice, made.matter.pk, unit.code, at + HOUR, days=2)


def _mediators(world: World, dice: random.Random, told: Mapping[str, Any]) -> Life:
    """Mediators with an account are listed with their consent; two quarrels are given to them."""
    at = world.now - 12 * DAY
    yield at
    listed = []
    for member in [m for m in world.members if m.role == "mediator" and m.until is None][:3]:
        clerk = world.who(member.unit[:9], ("clerk",), at)
        listed.append(
            village.list_mediator(
                user_id=member.user.id,
                area=member.unit,
                consented_on=local_day(at) - 3 * DAY,
                good_at="邻里、宅基地",
                by=clerk,
                at=at,
            )
        )
    for number, row in enumerate(told["quarrel"]):
        at += HOUR
        yield at
        one = listed[row["village"] % len(listed)]
        clerk = world.who(one.area_id[:9], ("clerk",), at)
        who = Contact(name=person_name(dice), phone=phone(dice), address=one.area.name)
        filing = Filing(klass="claim", text=row["told"], contact=who, channel="walk_in", area=one.area_id)
        made = matters.register(filing=filing, by=clerk, at=at, law=world.law)
        given = village.give(
            matter_id=made.matter.pk, mediator_id=one.pk, told=row["told"], by=clerk, at=at, law=world.law
        )
        yield at + DAY
        me = _actor(world, one.user_id, at + DAY)
        village.take(quarrel_id=given.pk, by=me, at=at + DAY)
        yield at + DAY + HOUR
        village.record(
            quarrel_id=given.pk, result=row["result"], said=row["said"], key=f"demo-{number}", by=me, at=at + DAY + HOUR,
            law=world.law,
        )  # fmt: skip
        at += 2 * DAY


def _actor(world: World, user_id: UUID, at: datetime) -> Any:
    member = next(m for m in world.members if m.user.id == user_id)
    return world.who(member.unit, ("mediator",), at)
