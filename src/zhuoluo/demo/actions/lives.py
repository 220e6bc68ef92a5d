"""The lives of matters, up to the unit that answers.

Each life is a generator: it gives the moment of its next act and acts when resumed, so that all lives together can
be lived in the order of time.
"""

from datetime import timedelta

from zhuoluo.demo.actions.answers import answered, heard
from zhuoluo.demo.actions.beside import HANDLERS, designated
from zhuoluo.demo.actions.case import Case, Life, Rests
from zhuoluo.demo.rules.texts import person_name, phone, words
from zhuoluo.matters import actions
from zhuoluo.matters.actions import Filing
from zhuoluo.org.rules import RESIDENT, Actor
from zhuoluo.residents.actions import Contact

TURNS = {"": 0, "upheld": 1, "rejected": 1, "designated": 1, "twice": 2}  # how often it is objected to
STAFF = {"clerk": ("clerk",), "officer": ("petition_officer",), "mediator": ("mediator",)}


def live(case: Case) -> Life:
    """Live a matter from registration to its end, or to where its plan lets it rest."""
    yield case.at
    _register(case)
    try:
        yield from _after_registration(case)
    except Rests:
        return


def _register(case: Case) -> None:
    plan, place, world = case.plan, case.place, case.world
    by = _registrar(case)
    accused = place.code if case.topic.about == "village" else case.plan.about
    about = (world.units[accused].id,) if accused else ()
    filing = Filing(
        klass=case.topic.klass, title=case.wording.title, text=case.wording.text, contact=_contact(case),
        channel=plan.channel, area=place.code, place="", longitude=place.longitude if plan.channel == "web" else None,
        latitude=place.latitude if plan.channel == "web" else None, category=case.topic.category,
        raised_at=case.raised_at, about_units=about, files=(case.picture(after=False),) if plan.photo else (),
    )  # fmt: skip
    matter = actions.register(filing=filing, by=by, at=case.at, law=world.law).matter
    case.id = matter.id
    codes = {unit.id: code for code, unit in world.units.items()}
    case.home = codes[matter.registered_by_id]
    if plan.path in {"route", "accept"} and not about:
        world.running.setdefault(case.kin, []).append(matter.id)


def _registrar(case: Case) -> Actor:
    who, town = case.plan.registrar, case.place.town_code[:9]
    if who == "mediator" and case.place.code in case.world.units:
        return case.world.who(case.place.code, STAFF[who], case.at)
    if who == "resident":
        return RESIDENT
    return case.world.who(
        "XF" if who == "officer" else town, STAFF["officer" if who == "officer" else "clerk"], case.at
    )


def _contact(case: Case) -> Contact:
    dice, kind, place = case.world.dice, case.plan.kind, case.place
    if kind == "anonymous":
        return Contact(kind="anonymous")
    firm = f"清溪县{dice.choice(['恒顺机械厂', '青禾食品有限公司', '宏泰建材有限公司', '溪山竹木加工厂'])}"
    return Contact(
        kind=kind,
        name=firm if kind == "enterprise" else person_name(dice),
        phone=phone(dice),
        address=f"清溪县{case.world.town(place).name}{place.name}{dice.randint(1, 12)}组",
        others=dice.randint(5, 40) if kind == "group" else 0,
    )


def _triager(case: Case) -> Actor:
    """Whoever decides where a matter goes in the unit that registered it; a village's matters go up to the town."""
    unit = case.home
    roles = ("petition_officer",) if unit == "XF" else ("clerk",)
    if unit == "DC":
        return case.world.who("XF", ("petition_officer",), case.at)
    return case.world.who(unit[:9], roles, case.at)


def _after_registration(case: Case) -> Life:
    plan = case.plan
    if plan.ask_more:
        yield case.wait(0.05, 2, step="ask")
        actions.ask_more(question=case.say("questions"), by=_triager(case), **case.act())
        yield case.wait(0.3, 6, step="supplement")
        actions.supplement(text=case.say("supplements"), **case.act())
    slow = (
        (16, 24)
        if plan.slow_route
        else (0.1, 1.2)
        if plan.quick or case.topic.klass == "inquiry"
        else (0.1, 7)
    )
    yield case.wait(*slow, step="route")
    yield from PATHS[plan.path](case)


def _now(case: Case) -> Life:
    """Answered on the spot (简易办理)."""
    by = _triager(case)
    opinion = case.wording.opinions[case.plan.outcome]
    actions.answer_now(
        opinion=opinion, outcome=case.plan.outcome, basis=case.wording.basis, by=by, **case.act()
    )
    case.lead = case.home[:9]
    yield from heard(case, executes=False)


def _redirect(case: Case) -> Life:
    doors = words()["redirects"]
    door = case.topic.door or case.world.dice.choice([name for name in doors if name != "party"])
    where = case.world.dice.choice(doors[door])
    actions.redirect(door=door, where=where, by=_triager(case), **case.act())
    yield from ()


def _decline(case: Case) -> Life:
    actions.decline(ground="in_progress", reason=case.say("declined"), by=_triager(case), **case.act())
    yield from ()


def _withdraw(case: Case) -> Life:
    actions.withdraw(reason=case.say("withdrawn"), **case.act())
    yield from ()


def _merge(case: Case) -> Life:
    """Merged into a running matter of the same kind in the same town, where there is one."""
    same = case.world.running.get(case.kin, [])
    if not same:
        yield from _route(case)
        return
    actions.merge(into_id=same[-1], note=case.say("merged"), by=_triager(case), **case.act())


def _accept(case: Case) -> Life:
    """Of the registering unit's own competence: accepted without being sent anywhere (art. 23)."""
    actions.accept(note=case.say("accepts"), by=_triager(case), **case.act())
    case.lead = case.home
    yield from answered(case)


def _route(case: Case) -> Life:
    """Sent to the competent unit, perhaps objected to, then taken."""
    if case.lead == case.home:
        yield from _accept(case)
        return
    by, unit = _triager(case), case.world.units[case.lead]
    if case.plan.path == "assign":
        until = (case.at + timedelta(days=case.world.dice.randint(25, 50))).date()
        actions.assign(unit_id=unit.id, report_by=until, note=case.say("forwards"), by=by, **case.act())
        case.reports = True
    else:
        actions.forward(unit_id=unit.id, note=case.say("forwards"), by=by, **case.act())
    for turn in range(TURNS[case.plan.objection]):
        yield from _objection(case, last=turn == TURNS[case.plan.objection] - 1)
    yield case.wait(0.1, 1.5 if case.plan.quick else 9 * case.world.paces[case.lead], step="take")
    case.handler = case.world.who(case.lead, HANDLERS, case.at)
    actions.take(note=case.say("accepts"), by=case.handler, **case.act())
    yield from answered(case)


def _objection(case: Case, *, last: bool) -> Life:
    """Objected to within five working days; the sender rules; no clock stops for it."""
    yield case.wait(0.5, 3, step="object")
    handler = case.world.who(case.lead, HANDLERS, case.at)
    row = actions.object_to(reason=case.say("objections"), by=handler, **case.act())
    yield case.wait(0.2, 3, step="rule")
    uphold = case.plan.objection not in {"rejected", "designated"} or not last
    ruling = case.say("upheld" if uphold else "rejected")
    more = {key: value for key, value in case.act().items() if key != "matter_id"}
    actions.rule_on(objection_id=row.id, uphold=uphold, ruling=ruling, by=_triager(case), **more)
    if not uphold:
        if case.plan.objection == "designated":
            yield from designated(case, handler)
        return
    case.reports = False
    case.lead = next(
        u for u in (case.helper, case.place.town_code[:9], "CG", "ZJ") if u not in {"", case.home, case.lead}
    )
    yield case.wait(0.1, 2, step="route again")
    unit = case.world.units[case.lead]
    actions.forward(unit_id=unit.id, note=case.say("forwards"), by=_triager(case), **case.act())


PATHS = {
    "route": _route, "assign": _route, "accept": _accept, "now": _now, "redirect": _redirect, "decline": _decline,
    "withdraw": _withdraw, "merge": _merge,
}  # fmt: skip
