"""A matter of a front carried along the path: contact, evidence, task, answer, service, the raiser's word, certification."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.pictures import photo
from zhuoluo.demo.rules.rhythm import later
from zhuoluo.files import actions as files
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.reads import standings, tasks_open
from zhuoluo.org.rules import SYSTEM, Actor

MOTIFS = ("road", "lamp", "paper")
SEEN = "到现场看过，也问了反映的人，确实解决了。"
REPORTED = "按定下的办法办好了，现场请反映的人看过。"
CONTACTED = "上门见了企业负责人，明天起专人跟着办，先把材料清单列出来。"


def carry(
    world: World, dice: random.Random, matter_id: UUID, unit: str, at: datetime, *, contact: bool = False, days: int = 12,
    certified: bool = True,
) -> Life:  # fmt: skip
    """Handle a matter that lies at a unit's desk; each moment yielded is the next act's. It rests where the time is up."""
    told = _Told(world, dice, matter_id)
    at = told.later(at, 0.2, 0.5)
    yield at
    told.act(matters.accept, world.head(unit, at), at)
    if contact:
        at = told.later(at, 0.1, 0.5)
        yield at
        told.act(
            matters.respond, world.who(unit, ("handler", "clerk"), at), at, kind="contact", words=CONTACTED
        )
    at = told.later(at, 0.4 * days, 0.8 * days)
    yield at
    by = world.who(unit, ("handler", "clerk"), at)
    told.done(by, at)
    at = told.later(at, 0.1, 0.8)
    yield at
    told.act(matters.issue, world.head(unit, at), at, draft_version=1)
    at = told.later(at, 0.1, 0.5)
    yield at
    told.act(matters.serve, world.who(unit, ("handler", "clerk"), at), at, method="in_person")
    at = told.later(at, 1, 3)
    yield at
    mark = dice.choice(("satisfied", "satisfied", "fairly"))
    caller = world.who("XF", ("caller",), at)
    told.act(matters.call_back, caller, at, reached=True, solved="yes", satisfaction=mark)
    if certified:
        at = told.later(at, 1, 3)
        yield at
        told.act(matters.certify, world.who("DC", ("supervisor",), at), at, evidence=SEEN)


def side_by_side(lives: list[Life]) -> Life:
    """Live several lives together, whichever is next in time."""
    coming = [(next(life, None), number) for number, life in enumerate(lives)]
    while waiting := [(at, number) for at, number in coming if at is not None]:
        at, number = min(waiting)
        yield at
        coming[number] = (next(lives[number], None), number)


class _Told:
    """One matter on its way."""

    def __init__(self, world: World, dice: random.Random, matter_id: UUID) -> None:
        self.world, self.dice, self.matter_id = world, dice, matter_id

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Return a moment in office hours some days on."""
        return later(self.world.law.calendar, self.dice, at, low, high)

    def act(self, deed: Callable[..., Any], by: Actor, at: datetime, **given: Any) -> None:
        """Do one act."""
        deed(matter_id=self.matter_id, by=by, at=at, law=self.world.law, **given)

    def done(self, by: Actor, at: datetime) -> None:
        """Show what was done, report the unit's tasks, and write the answer."""
        kept = files.keep(
            data=photo(self.dice.choice(MOTIFS), after=True, dice=self.dice), name="办好.jpg", at=at
        )
        self.act(matters.add_evidence, by, at, files=[(kept.id, "after", "现场情况")])
        for task in tasks_open(self.matter_id, by.units):
            self.act(matters.joint_done, by, at, task_id=task, account=REPORTED)
        klass = standings(SYSTEM, [self.matter_id], now=at)[self.matter_id].line.klass
        content = Drafted(
            outcome="adopted" if klass == "suggestion" else "supported", request="请求解决所反映的问题",
            facts="经现场核实，情况属实", opinion="已经按定下的办法办好，后续有专人跟踪。", basis="县里的有关规定",
        )  # fmt: skip
        self.act(matters.draft, by, at, content=content)
