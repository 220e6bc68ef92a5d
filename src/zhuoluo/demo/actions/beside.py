"""What happens beside and after the answer: reviews, hearings, a designation, standing back, a stage done."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.clock import local_day
from zhuoluo.demo.actions.case import Case, Life
from zhuoluo.demo.actions.world import World
from zhuoluo.matters import actions
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import Actor

REVIEWERS = ("reviewer",)
HANDLERS = ("handler", "clerk", "petition_officer")
SUPERIORS = ("petition_officer", "supervisor", "leader")
Again = Callable[[Case], Life]


def reviewed(case: Case, again: Again) -> Life:
    """The raiser asks for a review, perhaps for a second one; `again` is how an annulled answer is made anew."""
    turn = case.plan.review
    row = yield from _asked(case, first=True)
    if turn == "withdrawn":
        yield case.wait(0.5, 3, step="withdraw review")
        actions.withdraw_review(review_id=row, reason=case.say("review_withdrawn"), **_law(case))
        return
    yield case.wait(0.4, 2.5, step="admit")
    if turn == "refused":
        reason = case.say("review_refused")
        actions.refuse_review(
            review_id=row, ground="not_party", reason=reason, by=_reviewer(case), **_law(case)
        )
        return
    yield from _decided(
        case, row, "annulled" if turn == "annulled" else "changed" if turn == "changed" else "upheld"
    )
    if turn == "annulled":
        case.redone = "复查后重新调查："
        yield from again(case)
    elif turn in {"second", "second_heard"}:
        yield case.wait(2, 18, step="ask second")
        second = yield from _asked(case, first=False)
        yield case.wait(0.4, 2.5, step="admit second")
        yield from _decided(case, second, "upheld", hears=turn == "second_heard")


def _law(case: Case) -> dict[str, Any]:
    return {"at": case.at, "law": case.world.law}


def _reviewer(case: Case) -> Actor:
    return case.world.who("FC", REVIEWERS, case.at)


def _asked(case: Case, *, first: bool) -> Generator[datetime, None, UUID]:
    if first:
        yield case.wait(*((1, 4) if case.plan.quick else (2, 22)), step="ask review")
    return actions.request_review(text=case.say("review_requests"), **case.act()).id


def _decided(case: Case, row: UUID, outcome: str, *, hears: bool = False) -> Life:
    """Taken up, perhaps heard, decided and served, by the review body."""
    actions.admit_review(review_id=row, note="", by=_reviewer(case), **_law(case))
    if hears or case.plan.hearing == "review":
        yield from heard_in_public(case, _reviewer)
    yield case.wait(3, 9, step="decide")
    result = "supported" if outcome == "changed" else ""
    actions.decide_review(
        review_id=row, outcome=outcome, result=result, facts=case.say("review_facts"),
        opinion=case.say(f"review_{outcome}"), basis=case.say("review_basis"), by=_reviewer(case), **_law(case),
    )  # fmt: skip
    yield case.wait(0.1, 2, step="serve review")
    actions.serve_review(review_id=row, method="post", by=_reviewer(case), **_law(case))


def heard_in_public(case: Case, who: Callable[[Case], Actor]) -> Life:
    """A hearing called a week ahead, and its minutes."""
    yield case.wait(0.2, 1.5, step="hearing")
    planned = case.at + timedelta(days=case.world.dice.randint(5, 8))
    row = actions.plan_hearing(
        reason=case.say("hearing_reasons"), planned=planned, place=case.say("hearing_places"), public=True,
        by=who(case), **case.act(),
    )  # fmt: skip
    days = (planned - case.at) / timedelta(days=1)
    yield case.wait(days + 0.1, days + 0.6, step="close hearing")
    actions.close_hearing(
        hearing_id=row.id,
        held_at=min(planned, case.at),
        minutes=case.say("hearing_minutes"),
        by=who(case),
        **_law(case),
    )


def designated(case: Case, handler: Actor) -> Life:
    """The unit that was told to take it still disagrees; the common superior decides (信访工作条例 art. 24)."""
    yield case.wait(0.3, 2, step="ask designation")
    row = actions.ask_designation(reason=case.say("designation_asked"), by=handler, **case.act())
    yield case.wait(0.5, 4, step="designate")
    superior = next(code for code, unit in case.world.units.items() if unit.id == row.superior_id)
    by = case.world.who(superior, SUPERIORS, case.at)
    unit = case.world.units[case.lead].id
    actions.designate(
        designation_id=row.id, unit_id=unit, ruling=case.say("designation_rulings"), by=by, **_law(case)
    )


def stood_back(case: Case, handler: Actor) -> Actor:
    """The handler is a relative and stands back; the head gives it to somebody else, who is returned."""
    actions.recuse(person_id=_id(handler), reason=case.say("recusals"), by=handler, **case.act())
    for _ in range(20):
        other = case.world.who(case.lead, HANDLERS, case.at)
        if other.id != handler.id:
            head = case.world.head(case.lead, case.at)
            actions.hand_over(person_id=_id(other), note="", by=head, **case.act())
            return other
    return case.world.head(case.lead, case.at)


def _id(who: Actor) -> UUID:
    assert who.id is not None  # noqa: S101  # members of staff have one
    return who.id


def simplified(case: Case, handler: Actor) -> None:
    """Handled the simplified way where the rule allows it."""
    ground = "urgent_life" if case.topic.klass == "claim" else "at_once"
    try:
        actions.simplify(ground=ground, likely_supported=True, by=handler, **case.act())
    except Refused:  # raised by a group, assigned from above: the ordinary way then
        return


def stage_done(case: Case, handler: Actor) -> None:
    """One stage is done; the next has its day."""
    next_day = local_day(case.at) + timedelta(days=case.world.dice.randint(20, 45))
    actions.partly_done(account=case.say("stages"), next_day=next_day, by=handler, **case.act())


def helped(case: Case) -> Life:
    """After everything ended, help goes on (art. 37)."""
    yield case.wait(8, 30, step="help")
    by = case.world.who("XF", ("petition_officer",), case.at)
    actions.give_help(text=case.say("helps"), to_raiser=True, by=by, **case.act())


def finality(world: World, first: datetime) -> Iterator[datetime]:
    """What the worker does week by week: windows that passed unused make matters final."""
    at = first
    while True:
        at += timedelta(days=7)
        yield at
        actions.finalize_lapsed(at=at, law=world.law, limit=1000)
