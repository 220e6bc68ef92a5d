"""Three live sessions: one over, with its answers and the question that became a matter; one some weeks ago; one to come."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.clock import BEIJING, local_day
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import data
from zhuoluo.outreach.live import actions
from zhuoluo.outreach.live.actions import Given
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.talks import actions as talks
from zhuoluo.outreach.talks.actions import Plan
from zhuoluo.outreach.talks.models import Talk

BEGINS = time(19, 30)
HOUR = timedelta(hours=1)


def sessions(world: World) -> Life:
    """Live the sessions in the order of time."""
    for session in data("live")["session"]:
        day = local_day(world.now - timedelta(days=session["days"]))
        starts = datetime.combine(day, BEGINS, BEIJING)
        planned = min(starts - timedelta(days=6), world.now - timedelta(minutes=30))
        yield planned
        talk = _plan(world, session, starts, planned)
        room = actions.make_room(
            talk_id=talk.id, by=world.who("XC", ("outreach_officer",), planned), at=planned
        )
        if starts + 2 * HOUR < world.now:
            yield starts
            yield from _hold(world, session, talk, room, starts)


def handed() -> int:
    """Return how many questions of live sessions became matters."""
    return Question.objects.filter(state="handed").count()


def _plan(world: World, session: Mapping[str, Any], starts: datetime, at: datetime) -> Talk:
    by = world.who("XC", ("outreach_officer",), at)
    content = Plan(
        kind="live_roaming", title=session["title"], unit_id=world.units["XC"].id, place=session["place"], starts_at=starts,
        ends_at=starts + HOUR, area=next(p.code for p in world.county.places if p.name == session["village"]),
    )  # fmt: skip
    talk = talks.plan(content=content, by=by, at=at)
    talks.publish(talk_ids=[talk.id], by=by, at=at)
    return talk


def _hold(world: World, session: Mapping[str, Any], talk: Talk, room: Room, starts: datetime) -> Life:
    by = world.who("XC", ("outreach_officer",), starts)
    actions.begin(room_id=room.id, by=by, at=starts)
    at = starts
    for number, said in enumerate(session["asked"]):
        at = starts + timedelta(minutes=4 + 6 * number)
        yield at
        phone = f"139{world.dice.randrange(10**8):08d}" if said.get("phone") else ""
        mark = f"demo{talk.id.hex[:20]}{number:04d}"
        key = f"demo-{talk.id}-{number}"
        made = actions.ask(
            room_id=room.id, text=said["text"], phone=phone, digest=mark, key=key, at=at
        ).question
        at += timedelta(minutes=2)
        actions.let_through(question_id=made.id, by=by, at=at)
        for vote in range(said.get("votes", 0)):
            actions.support(question_id=made.id, digest=f"demo{talk.id.hex[:20]}{vote:08d}", at=at)
        if "answer" in said:
            actions.answer(
                question_id=made.id, text=said["answer"], given=_given(said, at), by=by, at=at + timedelta(minutes=3)
            )  # fmt: skip
    at = max(at, starts + HOUR) + timedelta(minutes=5)
    yield at
    unit = world.units[session["unit"]].id
    actions.close(room_id=room.id, unit_id=unit, by=by, at=at, law=world.law)
    talks.hold(talk_id=talk.id, counting="counted", people=session["people"], by=by, at=at)


def _given(said: Mapping[str, Any], at: datetime) -> Given:
    found = policy.search(said["find"], on=local_day(at), limit=1) if "find" in said else []
    clauses: list[UUID] = [f.clause_id for f in found if not f.near]
    known = {one.slug for one in policy.calculators(local_day(at))}
    slug = said.get("calculator", "")
    return Given(clauses, slug if slug in known else "", said.get("values"))
