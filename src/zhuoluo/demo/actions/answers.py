"""The second half of a life: handled, answered, served, carried out, heard, certified."""

from collections.abc import Generator
from datetime import datetime, timedelta

from zhuoluo.clock import local_day
from zhuoluo.demo.actions.beside import (
    HANDLERS,
    heard_in_public,
    helped,
    reviewed,
    simplified,
    stage_done,
    stood_back,
)
from zhuoluo.demo.actions.case import Case, Life
from zhuoluo.matters import actions
from zhuoluo.matters.actions import Drafted
from zhuoluo.org.rules import Actor

SHORT = {"inquiry": (0.3, 3.5), "suggestion": (6, 40), "claim": (9, 50)}  # days an answer takes
SHOWN_SINCE = timedelta(days=400)  # pictures are drawn for what people look at first
SERVED_BY = {"web": "electronic", "phone": "phone", "letter": "post", "walk_in": "in_person"}


def answered(case: Case) -> Life:
    """From acceptance to the raiser's word."""
    yield from handle(case)
    if case.plan.review and case.topic.klass == "claim":
        yield from reviewed(case, _again)
    yield from heard(case, executes=case.plan.outcome == "supported")
    if case.plan.helps:
        yield from helped(case)


def _again(case: Case) -> Life:
    """An annulled answer is made anew, on facts looked at again."""
    yield case.wait(0.2, 2, step="again")
    yield from handle(case, again=True)


def handle(case: Case, *, again: bool = False) -> Life:
    """From acceptance (or reopening) to service."""
    accepted, plan = case.at, case.plan
    due = case.answer_due(accepted)
    case.handler = case.handler or case.world.who(case.lead, HANDLERS, case.at)
    low, high = SHORT[case.topic.klass]
    days = case.world.dice.uniform(low, min(high, low + (high - low) * case.world.paces[case.lead]))
    days = min(days, 7) if plan.quick else days
    if plan.hand_over and not again:
        yield from _hand_over(case)
    if plan.simple and plan.quick and not again:
        simplified(case, _handler(case))
    if plan.recuse and not again:
        yield case.wait(0.1, 1)
        case.handler = stood_back(case, _handler(case))
    if plan.hearing == "handling" and not again:
        yield from heard_in_public(case, _handler)
    if plan.stages and not again:
        yield case.wait(1, 4)
        stage_done(case, _handler(case))
    yield from _on_the_way(case, days)
    if plan.extension and not again:
        due = yield from _extension(case, accepted, due)
    if plan.late and not again:
        yield from _overdue(case, due)
    else:
        yield _at(case, accepted + timedelta(days=days * 0.8), due)
    yield from _issue(case, None if plan.late else due)
    if plan.supervised and not again:
        yield from _lift(case)


def _at(case: Case, wanted: datetime, before: datetime) -> datetime:
    days = max(0.05, (wanted - case.at) / timedelta(days=1))
    return case.wait(days, days + 0.8, before=before, step="draft")


def _hand_over(case: Case) -> Life:
    yield case.wait(0.1, 2)
    other = case.world.who(case.lead, HANDLERS, case.at)
    if case.handler is None or other.id is None:
        return
    actions.hand_over(person_id=other.id, note="", by=case.handler, **case.act())
    case.handler = other


def _on_the_way(case: Case, days: float) -> Life:
    """What happens between: a note, a photo from the place, another unit's help."""
    if case.topic.klass == "claim" and case.chance(0.2):
        yield case.wait(0.2, max(0.3, days * 0.3))
        actions.note(text=case.say("notes"), by=_handler(case), **case.act())
    if case.plan.supervised and not case.plan.late:
        yield case.wait(0.2, 3)
        _supervise(case)
    helper = case.helper
    if case.plan.co and helper not in {"", case.lead}:
        yield case.wait(0.2, max(0.3, days * 0.2))
        unit = case.world.units[helper]
        actions.invite(unit_id=unit.id, task=case.say("invites"), by=_handler(case), **case.act())
        yield case.wait(0.5, max(0.6, days * 0.3), step="report back")
        by = case.world.who(helper, HANDLERS, case.at)
        actions.report_back(report=case.say("reports"), by=by, **case.act())


def _handler(case: Case) -> Actor:
    return case.handler or case.world.who(case.lead, HANDLERS, case.at)


def _extension(case: Case, accepted: datetime, due: datetime) -> Generator[datetime, None, datetime]:
    """The one extension: asked before expiry, decided by the head (art. 34). Returns the end of the time to answer."""
    left = (due - case.at) / timedelta(days=1)
    yield case.wait(left * 0.5, left * 0.7, before=due)
    days = case.world.dice.choice([15, 20, 30])
    row = actions.ask_extension(days=days, reason=case.say("extensions"), by=_handler(case), **case.act())
    yield case.wait(0.1, 2, before=due, step="decide extension")
    grant = case.plan.extension == "granted"
    more = {key: value for key, value in case.act().items() if key != "matter_id"}
    remark = "" if grant else "请抓紧办理，按期答复。"
    head = case.world.head(case.lead, case.at)
    actions.decide_extension(extension_id=row.id, grant=grant, remark=remark, by=head, **more)
    return case.answer_due(accepted, days) if grant else due


def _overdue(case: Case, due: datetime) -> Life:
    """The date passes; supervision may notice before the unit does."""
    past = max(0.1, (due - case.at) / timedelta(days=1))
    if case.plan.supervised:
        yield case.wait(past + 0.5, past + 4)
        _supervise(case)
        past = 0.5
    yield case.wait(past + 0.5, past + 28, step="draft")


def _supervise(case: Case) -> None:
    until = local_day(case.at) + timedelta(days=case.world.dice.randint(5, 14))
    by = case.world.who("DC", ("supervisor",), case.at)
    actions.supervise(reason=case.say("supervisions"), until=until, by=by, **case.act())


def _lift(case: Case) -> Life:
    yield case.wait(0.5, 6, step="lift")
    actions.lift_supervision(
        reason=case.say("lifted"), by=case.world.who("DC", ("supervisor",), case.at), **case.act()
    )


def _issue(case: Case, before: datetime | None) -> Life:
    """Drafted, issued by the head, served; with the report that an assignment asked for."""
    wording, outcome = case.wording, case.plan.outcome
    content = Drafted(
        outcome=outcome, request=wording.request, facts=case.redone + wording.facts, opinion=wording.opinions[outcome], basis=wording.basis,
    )  # fmt: skip
    version = actions.draft(content=content, by=_handler(case), **case.act()).version
    yield case.wait(0.05, 1.5, before=before, step="issue")
    actions.issue(draft_version=version, by=case.world.head(case.lead, case.at), **case.act())
    yield case.wait(0.02, 3, step="serve")
    method = SERVED_BY.get(case.plan.channel, "in_person")
    actions.serve(method=method, by=_handler(case), **case.act())
    case.finish()
    if case.reports:
        case.reports = False
        yield case.wait(0.1, 3, step="report")
        report = f"已办结：{wording.opinions[outcome]}"
        actions.report_done(report=report, by=_handler(case), **case.act())


def heard(case: Case, *, executes: bool) -> Life:
    """Carried out, the raiser's word, a re-check, certified. None of these implies another."""
    plan = case.plan
    early = executes and case.chance(0.6)
    if early:
        yield from _execute(case, 0.1, 3)
    yield from _word(case)
    if plan.word in {"raiser", "call"} and plan.solved == "no":
        kept = yield from _recheck(case)
        if not kept:
            return
    if executes and not early:
        yield from _execute(case, 1, 40 if plan.prompt else 100)
    if plan.certified and plan.word in {"raiser", "call"} and plan.solved != "no":
        yield from _certify(case)


def _execute(case: Case, low: float, high: float) -> Life:
    yield case.wait(low, high, step="execute")
    recent = case.world.now - case.at < SHOWN_SINCE
    files = [(case.picture(after=True), "after", "整改后")] if recent and case.chance(0.9) else []
    actions.execute(account=case.wording.done or "已落实到位。", files=files, by=_handler(case), **case.act())


def _word(case: Case) -> Life:
    plan, note = case.plan, case.say("words_bad" if case.plan.solved == "no" else "words_good")
    if plan.word == "raiser":
        yield case.wait(0.2, 6, step="word")
        actions.rate(solved=plan.solved, satisfaction=plan.satisfaction, note=note, **case.act())
    elif plan.word == "call":
        yield case.wait(0.3, 6, step="word")
        actions.call_back(
            reached=True,
            solved=plan.solved,
            satisfaction=plan.satisfaction,
            note=note,
            by=_caller(case),
            **case.act(),
        )
    elif plan.word == "unreached":
        for _ in range(3):
            yield case.wait(0.5, 3, step="word")
            actions.call_back(reached=False, note="", by=_caller(case), **case.act())


def _caller(case: Case) -> Actor:
    """Never somebody of the unit that handled it: the petition office calls, or supervision where that one did."""
    return case.world.who(case.apart, ("caller",), case.at)


def _recheck(case: Case) -> Generator[datetime, None, bool]:
    """Not solved, says the raiser: somebody else looks again. True: the answer is kept; False: it was all done again."""
    yield case.wait(0.4, 3, step="recheck")
    by = case.world.who(case.apart, ("supervisor", "petition_officer"), case.at)
    if case.plan.recheck == "keep" or case.topic.klass == "suggestion":
        actions.keep_answer(reason=case.say("kept"), by=by, **case.act())
        return True
    actions.reopen(reason=case.say("reopened"), by=by, **case.act())
    yield from handle(case, again=True)
    if case.plan.outcome == "supported":
        yield from _execute(case, 0.5, 20)
    yield case.wait(0.5, 5, step="second word")
    actions.call_back(
        reached=True, solved="yes", satisfaction="fairly", note="", by=_caller(case), **case.act()
    )
    return False


def _certify(case: Case) -> Life:
    if case.plan.solved == "partly" and case.chance(0.6):
        return
    yield case.wait(0.5, 20, step="certify")
    actions.certify(
        evidence=case.say("certified"), by=case.world.who("DC", ("supervisor",), case.at), **case.act()
    )
