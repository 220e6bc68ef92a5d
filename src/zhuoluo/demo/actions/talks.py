"""Two years of talks: the menu, orders, talks planned, moved, cancelled, held, what was asked, and deliveries to homes."""

import heapq
import random
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from zhuoluo.clock import BEIJING, local_day
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import Place, data
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.talks import actions
from zhuoluo.outreach.talks.actions import LessonContent, Plan, Wish
from zhuoluo.outreach.talks.models import Lesson, Order, Suggestion, Talk
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.residents.actions import Contact

Deed = Callable[[datetime], None]
SINCE, EVERY = 700, 6  # days ago the menu began; a talk about every so many days
CALLED_OFF = 0.05


def talks(world: World) -> Life:
    """Live the talks in the order of time, the coming ones planned too."""
    begin = world.now - timedelta(days=SINCE)
    yield begin
    told = _Talks(world)
    told.open(begin)
    while told.queue:
        at, _order, deed = heapq.heappop(told.queue)
        yield at
        deed(at)


def suggested() -> int:
    """Return how many suggestions were gathered at talks; each is a matter."""
    return Suggestion.objects.count()


class _Talks:
    """The menu and everything planned from it."""

    def __init__(self, world: World) -> None:
        self.world, self.dice = world, random.Random("talks")  # noqa: S311  # invented lives, not secrets
        self.queue: list[tuple[datetime, int, Deed]] = []
        self.lessons: dict[str, Lesson] = {}
        self.plans: dict[str, Mapping[str, Any]] = {}
        self.teachers: list[UUID] = []
        self.planned = 0
        self.told = data("talks")

    def plan(self, at: datetime, deed: Deed) -> None:
        self.planned += 1
        heapq.heappush(self.queue, (at, self.planned, deed))

    def officer(self, at: datetime) -> Actor:
        return self.world.who("XC", ("outreach_officer",), at)

    def open(self, at: datetime) -> None:
        """List who teaches, write the menu, and plan ahead when which talk is planned."""
        by, told = self.officer(at), self.told
        for unit in ("XC", "RS", "YB", "NY", "ZJ", "JY"):
            some = next(m for m in self.world.members if m.unit == unit and m.until is None and m.since <= at)
            row = actions.list_lecturer(user_id=some.user.id, unit_id=self.world.units[unit].id, by=by, at=at)
            self.teachers.append(row.id)
        for one in told["outsiders"]:
            agreed = local_day(self.world.now - timedelta(days=one["agreed"]))
            row = actions.list_lecturer(
                name=one["name"], title=one["title"], subjects=one["subjects"], agreed_on=agreed, by=by, at=at
            )
            self.teachers.append(row.id)
        actions.form_team(
            name=told["team"], unit_id=self.world.units["XC"].id, lecturers=self.teachers[:3], by=by, at=at
        )  # fmt: skip
        for lesson in told["lesson"]:
            self.write(lesson, by, at)
        day = at + timedelta(days=3)
        while day < self.world.now + timedelta(days=21):
            self.plan(
                min(day - timedelta(days=5), self.world.now - timedelta(hours=2)), partial(self.arrange, day)
            )
            day += timedelta(days=self.dice.randint(3, 2 * EVERY - 3))
        for months in range(1, 23):
            for kind in self.told["delivered"]:
                when = self.world.now - timedelta(days=30 * months, hours=self.dice.randint(2, 60))
                if when > at:
                    self.plan(when, partial(self.deliver, kind))

    def write(self, lesson: Mapping[str, Any], by: Actor, at: datetime) -> None:
        found = policy.search(lesson["find"], on=local_day(self.world.now), limit=1) if lesson["find"] else []
        self.plans[lesson["title"]] = lesson
        self.lessons[lesson["title"]] = actions.save_lesson(
            content=LessonContent(
                lesson["title"], lesson["summary"], lesson["audience"], lesson["minutes"], tuple(lesson["kinds"]),
                self.world.units[lesson["unit"]].id, season=lesson["season"],
                lecturers=tuple(self.dice.sample(self.teachers, 2)), clauses=tuple(f.clause_id for f in found),
            ),
            by=by, at=at,
        )  # fmt: skip

    def arrange(self, day: datetime, at: datetime) -> None:
        """Plan a talk for a day, half of them because a village ordered it."""
        title = self.dice.choice(sorted(self.lessons))
        lesson, place = (
            self.lessons[title],
            self.dice.choice([p for p in self.world.county.places if p.level == "village"]),
        )
        starts = datetime.combine(local_day(day), time(self.dice.choice((9, 15, 19)), 0), BEIJING)
        if starts <= at:
            return
        order = self.ordered(lesson, place, starts, at) if self.dice.random() < 0.5 else None
        content = Plan(
            kind=self.dice.choice(lesson.kinds), title=title, unit_id=self.world.units["XC"].id,
            place=f"{place.name}{self.dice.choice(self.told['spots'])}", starts_at=starts,
            ends_at=starts + timedelta(minutes=lesson.minutes), area=place.code, lesson_id=lesson.id,
            lecturers=(self.dice.choice(self.teachers),),
        )  # fmt: skip
        by = self.officer(at)
        try:
            talk = actions.plan(content=content, order_id=order.id if order else None, by=by, at=at)
        except Refused:  # somebody teaches elsewhere that hour: this one is not held
            if order is not None:
                actions.decline(order_id=order.id, reason=self.told["full"], by=by, at=at)
            return
        actions.publish(talk_ids=[talk.id], by=by, at=at)
        chance = self.dice.random()
        if chance < CALLED_OFF:
            self.plan(at + timedelta(hours=3), partial(self.call_off, talk))
        elif talk.ends_at + timedelta(hours=1) < self.world.now:
            self.plan(talk.ends_at + timedelta(hours=1), partial(self.hold, talk, self.plans[title]))

    def ordered(self, lesson: Lesson, place: Place, starts: datetime, at: datetime) -> Order:
        day = local_day(starts)
        body = "居委会" if place.name.endswith("社区") else "村委会"
        wish = Wish(
            lesson.id, "village", f"{place.name}{body}", f"{place.name}村部", day - timedelta(days=2), day + timedelta(days=5),
            area=place.code, people=self.dice.randint(20, 80),
        )  # fmt: skip
        contact = Contact(name=self.told["clerk"], phone=f"139{self.dice.randrange(10**8):08d}")
        key = f"demo-order-{lesson.id}-{starts:%Y%m%d%H}-{place.code}"
        return actions.order(wish=wish, contact=contact, key=key, at=at - timedelta(hours=1)).order

    def call_off(self, talk: Talk, at: datetime) -> None:
        if at < talk.starts_at:
            actions.cancel(talk_id=talk.id, reason=self.told["storm"], by=self.officer(at), at=at)

    def hold(self, talk: Talk, lesson: Mapping[str, Any], at: datetime) -> None:
        """Record what came of a talk."""
        by, people = self.officer(at), self.dice.randint(18, 90)
        counting = self.dice.choices(("counted", "estimated", "unknown"), (7, 2, 1))[0]
        how = self.told["how"] if counting == "estimated" else ""
        told = None if counting == "unknown" else people
        actions.hold(talk_id=talk.id, counting=counting, people=told, how=how, by=by, at=at)
        for asked, answer in lesson["asked"]:
            found = policy.search(lesson["find"], on=talk.day, limit=1) if lesson["find"] else []
            clause = found[0].clause_id if found and not found[0].near else None
            actions.answer_on_spot(talk_id=talk.id, text=asked, answer=answer, clause_id=clause, by=by, at=at)
        for phone in range(self.dice.randint(0, 6)):
            value = self.dice.choices((3, 2, 1), (8, 3, 1))[0]
            actions.rate(talk_id=talk.id, mark=f"demo-{talk.id}-{phone}", value=value, at=at)
        if self.world.now - at < timedelta(days=5):
            self.suggest(talk, by, at)

    def suggest(self, talk: Talk, by: Actor, at: datetime) -> None:
        """What was suggested these days still waits at the township or the office."""
        person = Contact(
            name=self.told["neighbour"],
            phone=f"139{self.dice.randrange(10**8):08d}",
            address=f"清溪县{talk.place[:3]}村2组",
        )
        actions.suggest(
            talk_id=talk.id, text=self.told["suggestion"], contact=person,
            key=f"demo-{talk.id}", by=by, at=at, law=self.world.law,
        )  # fmt: skip

    def deliver(self, kind: str, at: datetime) -> None:
        group, what, most = self.told["delivered"][kind]
        place = self.dice.choice([p for p in self.world.county.places if p.level == "village"])
        actions.deliver(
            kind=kind, day=local_day(at), unit_id=self.world.units["XC"].id, group=f"{place.name}{group}", what=what,
            count=self.dice.randint(1, most), by=self.officer(at), at=at,
        )  # fmt: skip
