"""The whole county: two years of matters, all lives lived together in the order of time, up to now."""

import heapq
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhuoluo.demo.actions.beside import finality
from zhuoluo.demo.actions.case import Case, Life
from zhuoluo.demo.actions.fronts import begun, fronts
from zhuoluo.demo.actions.live import handed, sessions
from zhuoluo.demo.actions.lives import live
from zhuoluo.demo.actions.nights import nights, raised
from zhuoluo.demo.actions.oversight import oversee
from zhuoluo.demo.actions.papers import write_papers
from zhuoluo.demo.actions.policy import policy
from zhuoluo.demo.actions.programmes import objected, programmes
from zhuoluo.demo.actions.receptions import receptions, registered
from zhuoluo.demo.actions.talks import suggested, talks
from zhuoluo.demo.actions.world import Progress, World, set_up
from zhuoluo.demo.rules import plans
from zhuoluo.demo.rules.places import Place
from zhuoluo.demo.rules.rhythm import later, leisure
from zhuoluo.demo.rules.scenes import SCENES, WAVES
from zhuoluo.demo.rules.texts import Topic, compose, slots, topics
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM

MATTERS = 1200
DAYS = 730
REPEATED = 0.3  # of a wave's matters, raised again while an earlier one is under way
SHOWN_EVERY = 50  # acts
PASSWORD_WORDS = ("lamp", "bridge", "river", "willow", "maple", "heron", "cloud", "bamboo", "ferry", "market")
BUSY = {"石桥镇": 2.4, "清江街道": 2.0, "文昌街道": 2.0, "开元街道": 1.5, "两河镇": 1.3}


@dataclass(frozen=True)
class Built:
    """How much there is now."""

    matters: int
    acts: int


def make_password() -> str:
    """Return a password for the demo accounts that can be read out: two words and four digits."""
    first, second = secrets.SystemRandom().sample(PASSWORD_WORDS, 2)
    return f"{first}-{second}-{1000 + secrets.randbelow(9000)}"


@transaction.atomic
def build(*, now: datetime, password: str, on_progress: Progress, matters: int = MATTERS) -> Built:
    """Build the county in an empty database: the same every time for the same moment `now` (aware UTC).

    One transaction: who stops it half-way finds the database as empty as before.
    """
    dice = random.Random("qingxi")  # noqa: S311  # invented lives, not secrets
    world = set_up(now, password, dice, on_progress)
    lives = [live(case) for case in _cases(world, matters)]
    beside = [
        finality(world, now - timedelta(days=DAYS)),
        receptions(world),
        policy(world),
        programmes(world),
        talks(world),
        sessions(world),
        *fronts(world),
        *nights(world),
    ]
    acts = _live_all(world, [*lives, *beside], on_progress)
    oversee(world)
    write_papers(world)
    _stand_in(world)
    on_progress("matters", len(lives), len(lives))
    return Built(len(lives) + registered() + objected() + suggested() + handed() + begun() + raised(), acts)


def _live_all(world: World, lives: list[Life], on_progress: Progress) -> int:
    """Resume whichever life is next in time until all next moments lie in the future; return how many acts."""
    queue = [(next(life), number) for number, life in enumerate(lives)]
    heapq.heapify(queue)
    acts = 0
    begun: set[int] = set()
    while queue and queue[0][0] < world.now:
        _, number = heapq.heappop(queue)
        moment = next(lives[number], None)
        if moment is not None:
            heapq.heappush(queue, (moment, number))
        acts += 1
        begun.add(number)
        if acts % SHOWN_EVERY == 0:
            on_progress("matters", len(begun), len(lives))
    return acts


def _cases(world: World, matters: int) -> Iterator[Case]:
    share = matters / MATTERS
    special = 0
    for wave in WAVES:
        for _ in range(max(1, round(wave.count * share))):
            days = world.dice.uniform(wave.last, wave.first)
            place = _named(world, world.dice.choice(wave.places))
            again = {"path": "merge"} if world.dice.random() < REPEATED else None
            yield _case(world, topics()[wave.topic], place, days, again)
            special += 1
    for scene in SCENES:
        yield _case(world, topics()[scene.topic], _named(world, scene.place), scene.days, scene.plan)
        special += 1
    everyday = list(topics().values())
    weights = [topic.weight for topic in everyday]
    for _ in range(matters - special):
        [topic] = world.dice.choices(everyday, weights)
        # A little more every year: people use what answers them.
        days = DAYS * (1 - world.dice.random() ** 0.85)
        yield _case(world, topic, _somewhere(world, topic), days)


def _named(world: World, name: str) -> Place:
    return next(p for p in world.county.places if p.name == name)


def _somewhere(world: World, topic: Topic) -> Place:
    """Return a place where such things happen; some towns are busier than others."""
    names = {t.code: t.name for t in world.county.towns}
    fit = [
        p
        for p in world.county.places
        if p.level == "village" and _fits(world, topic.places, p, names[p.town_code])
    ]
    [place] = world.dice.choices(fit, [BUSY.get(names[p.town_code], 1.0) for p in fit])
    return place


def _fits(world: World, wanted: str, place: Place, town: str) -> bool:
    if wanted == "mediated":
        return place.code in world.units
    if wanted == "village":
        return not place.name.endswith("社区")
    return wanted == "any" or (town.endswith("街道") and place.name.endswith("社区"))


def _case(
    world: World, topic: Topic, place: Place, days: float, different: dict[str, Any] | None = None
) -> Case:
    lead = place.town_code[:9] if topic.unit == "town" else topic.unit
    plan = replace(plans.draw(world.dice, topic, world.paces[lead]), **(different or {}))
    if plan.outcome not in topic.opinions:
        plan = replace(plan, outcome=next(iter(topic.opinions)))
    fill = slots(world.dice, place, world.town(place))
    day = world.now - timedelta(days=days)
    if plan.registrar == "resident":
        raised = day if days < 2 else leisure(world.dice, day)
    else:
        raised = later(world.law.calendar, world.dice, day, 0, 0)
    raised = min(raised, world.now - timedelta(minutes=world.dice.randint(20, 200)))
    wording = compose(topic, fill, plan.kind, world.dice)
    return Case(world, topic, plan, place, wording, raised, raised, lead)


def _stand_in(world: World) -> None:
    """Somebody is away this week and somebody else stands in."""
    housing = [m for m in world.members if m.unit == "ZJ" and m.role == "handler"]
    absent, substitute = housing[1].user, housing[2].user
    first = world.now.date() - timedelta(days=2)
    org.substitute(
        absent=absent, substitute=substitute, from_date=first, until_date=first + timedelta(days=7), by=SYSTEM,
        at=world.now - timedelta(days=3),
    )  # fmt: skip
