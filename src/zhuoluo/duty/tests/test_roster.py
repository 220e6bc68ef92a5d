"""The roster of nights: made by rule, fair over months, with substitutes, swapped, changed only with a reason."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.county import MONDAY, County
from zhuoluo.clock import Calendar
from zhuoluo.duty import actions, reads
from zhuoluo.duty.actions import RuleContent
from zhuoluo.duty.models import Night, Seat
from zhuoluo.duty.rules.errors import Refused
from zhuoluo.duty.rules.nights import HOURS, make_month
from zhuoluo.kit.ids import uuid7
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM, Absence, Forbidden
from zhuoluo.rosters.rules.days import Pattern
from zhuoluo.rosters.rules.roster import Sat

DAY = timedelta(days=1)
CALENDAR = Calendar.shipped()
PEOPLE = ("leader", "town_head", "clerk")


def rule(county: County, *people: str, unit: str = "SQ", **more: Any) -> Any:
    content = RuleContent(
        f"{unit}夜宿",
        county.units[unit].pk,
        "镇政府值班室",
        tuple(county.users[p].pk for p in people or PEOPLE),
        **more,
    )
    return actions.save_rule(content=content, by=county.who("coordinator"), at=MONDAY)


def plan(county: County, month: int = 4) -> Any:
    return actions.plan_month(year=2026, month=month, by=county.who("coordinator"), at=MONDAY, law=county.law)


def night(day: date, unit: str = "SQ") -> Night:
    return Night.objects.get(day=day, unit__code=unit)


def seat(day: date, unit: str = "SQ") -> Seat:
    return Seat.objects.get(night=night(day, unit))


def sitting(day: date, unit: str = "SQ") -> list[UUID]:
    return reads.on_duty(night(day, unit))


@pytest.mark.django_db
def test_a_month_is_made_by_the_rule_and_made_again_without_doubles(county: County) -> None:
    rule(county)
    assert len(plan(county).planned) == 30
    first = {n.day: sitting(n.day) for n in Night.objects.all()}
    assert plan(county).gaps == []
    assert {n.day: sitting(n.day) for n in Night.objects.all()} == first
    assert Night.objects.count() == 30


@pytest.mark.django_db
def test_turns_stay_fair_over_months(county: County) -> None:
    rule(county)
    for month in (4, 5, 6):
        plan(county, month)
    found = reads.fair(date(2026, 4, 1), date(2026, 6, 30), CALENDAR.is_workday)
    assert sorted(f.nights for f in found) == [30, 30, 31]
    assert all(max(f.by_month) - min(f.by_month) <= 1 for f in found)


@pytest.mark.django_db
def test_nobody_sleeps_in_two_townships_at_once(county: County) -> None:
    rule(county, "leader", "town_head")
    rule(county, "leader", "clerk2", unit="CG")
    plan(county)
    for day in (date(2026, 4, 1) + n * DAY for n in range(30)):
        assert not set(sitting(day)) & set(sitting(day, "CG"))


@pytest.mark.django_db
def test_a_substitute_stands_in_and_a_substitutes_substitute_too(county: County) -> None:
    rule(county, "leader")
    plan(county)
    days = {"from_date": date(2026, 4, 3), "until_date": date(2026, 4, 9)}
    for away, instead in (("leader", "town_head"), ("town_head", "clerk")):
        org.substitute(
            absent=county.users[away], substitute=county.users[instead], by=SYSTEM, at=MONDAY, **days
        )
    assert sitting(date(2026, 4, 2)) == [county.users["leader"].pk]
    assert sitting(date(2026, 4, 3)) == [county.users["clerk"].pk]
    [row] = [r for r in reads.mine(county.users["clerk"].pk, **_span(3)) if r.night.day == date(2026, 4, 3)]
    assert row.seated[0].instead_of == "陈立新"


def _span(day: int) -> dict[str, date]:
    return {"since": date(2026, 4, day), "until": date(2026, 4, day)}


@pytest.mark.django_db
def test_a_swap_needs_the_others_yes_and_then_both_nights_have_each_others_person(county: County) -> None:
    rule(county, "town_head", "clerk")
    plan(county)
    days = sorted(n.day for n in Night.objects.all())
    mine = next(d for d in days if sitting(d) == [county.users["clerk"].pk])
    theirs = next(d for d in days if sitting(d) == [county.users["town_head"].pk])
    with pytest.raises(Forbidden):
        ask(county, theirs, mine, "clerk")
    row = ask(county, mine, theirs, "clerk")
    assert ask(county, mine, theirs, "clerk").pk == row.pk
    with pytest.raises(Forbidden):
        actions.answer_swap(swap_id=row.pk, agreed=True, by=county.who("clerk"), at=MONDAY)
    assert [s.pk for s in reads.swaps_for(county.users["town_head"].pk)] == [row.pk]
    actions.answer_swap(swap_id=row.pk, agreed=True, by=county.who("town_head"), at=MONDAY)
    assert sitting(mine) == [county.users["town_head"].pk]
    assert sitting(theirs) == [county.users["clerk"].pk]
    plan(county)  # what people agreed on is not planned away
    assert sitting(mine) == [county.users["town_head"].pk]


def ask(county: County, mine: date, theirs: date, who: str) -> Any:
    return actions.ask_swap(mine_id=seat(mine).pk, theirs_id=seat(theirs).pk, by=county.who(who), at=MONDAY)


@pytest.mark.django_db
def test_a_refused_swap_changes_nothing_and_an_agreed_one_waits_for_nobody_elsewhere(county: County) -> None:
    rule(county, "town_head", "clerk")
    plan(county)
    days = sorted(n.day for n in Night.objects.all())
    mine = next(d for d in days if sitting(d) == [county.users["clerk"].pk])
    theirs = next(d for d in days if sitting(d) == [county.users["town_head"].pk])
    row = ask(county, mine, theirs, "clerk")
    actions.answer_swap(swap_id=row.pk, agreed=False, by=county.who("town_head"), at=MONDAY)
    assert sitting(mine) == [county.users["clerk"].pk]
    again = ask(county, mine, theirs, "clerk")
    busy = Night.objects.create(unit=county.units["CG"], day=theirs, place="值班室", made_at=MONDAY)
    Seat.objects.create(night=busy, place=1, planned=county.users["clerk"])
    with pytest.raises(Refused, match="那一晚在城关镇值班"):
        actions.answer_swap(swap_id=again.pk, agreed=True, by=county.who("town_head"), at=MONDAY)


@pytest.mark.django_db
def test_only_the_office_plans_and_a_night_changes_only_with_its_reason(county: County) -> None:
    with pytest.raises(Forbidden):
        actions.plan_month(year=2026, month=4, by=county.who("clerk"), at=MONDAY, law=county.law)
    rule(county, "town_head", "clerk")
    plan(county)
    row, by = night(date(2026, 4, 2)), county.who("coordinator")
    given: dict[str, Any] = {"night_id": row.pk, "by": by, "at": MONDAY}
    with pytest.raises(Refused, match="为什么换人"):
        actions.set_people(people=[county.users["leader"].pk], reason="", **given)
    actions.set_people(people=[county.users["leader"].pk], reason="镇长住院", version=row.version, **given)
    with pytest.raises(Refused, match="刚被别人改过"):
        actions.set_people(people=[county.users["clerk"].pk], reason="再换", version=row.version, **given)
    plan(county)
    assert sitting(date(2026, 4, 2)) == [county.users["leader"].pk]


@pytest.mark.django_db
def test_everybody_sees_published_nights_and_no_others(county: County) -> None:
    rule(county)
    plan(county, 3)
    tonight = date(2026, 3, 3)
    assert reads.public_nights(tonight) == []
    by = county.who("coordinator")
    actions.publish(night_ids=[night(tonight).pk], by=by, at=MONDAY)
    assert [r.night.day for r in reads.public_nights(tonight)] == [tonight]
    with pytest.raises(Refused, match="没有等待公布"):
        actions.publish(night_ids=[night(tonight).pk], by=by, at=MONDAY)
    actions.cancel_night(night_id=night(tonight).pk, reason="防汛集中值守", by=by, at=MONDAY)
    [row] = reads.public_nights(tonight)
    assert row.night.state == "cancelled"


@given(st.integers(1, 6), st.integers(1, 3), st.integers(1, 12), st.integers(0, 40))
def test_every_month_is_fair_and_leaves_no_night_empty(
    people: int, rules: int, month: int, away: int
) -> None:
    # Each rule has people of its own: then nobody can be wanted twice, and no night may stay empty.
    of = [(uuid7(), Pattern("daily", (), "stay"), [uuid7() for _ in range(people)], 1) for _ in range(rules)]
    first = date(2026, month, 1)
    absences = []
    if people > 1:
        absences = [Absence(of[0][2][0], of[0][2][1], first + DAY, first + (1 + away) * DAY)]
    made = make_month(
        year=2026,
        month=month,
        rules=of,
        calendar=CALENDAR,
        absences=absences,
        taken=[],
        kept=set(),
        since=first,
    )
    assert made.gaps == []
    days = Counter((p.rule, p.day.day) for p in made.planned)
    assert set(days.values()) == {1}
    assert len(days) == rules * (CALENDAR_DAYS[month])
    for rule_id, _pattern, members, _seats in of:
        turns = Counter(p.seats[0][0] for p in made.planned if p.rule == rule_id)
        counts = [turns[m] for m in members]
        assert max(counts) - min(counts) <= 1 or any(a.absent in members for a in absences)


CALENDAR_DAYS = {m: (date(2026 + m // 12, m % 12 + 1, 1) - date(2026, m, 1)).days for m in range(1, 13)}


def test_who_had_more_turns_before_has_fewer_now() -> None:
    one, two = uuid7(), uuid7()
    rule_id = uuid7()
    taken = [Sat(two if d == 1 else one, date(2026, 3, d), *HOURS, rule_id) for d in range(1, 11)]
    made = make_month(
        year=2026, month=4, rules=[(rule_id, Pattern("daily", (), "stay"), [one, two], 1)], calendar=CALENDAR, absences=[],
        taken=taken, kept=set(), since=date(2026, 4, 1),
    )  # fmt: skip
    turns = Counter(p.seats[0][0] for p in made.planned)
    assert (turns[one], turns[two]) == (11, 19)
