"""Rules as data, the month made of them, and what is never overwritten."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from tests.county import County
from zhuoluo.kit.sentences import Sentence
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM, Forbidden
from zhuoluo.reception import actions, reads
from zhuoluo.reception.actions.days import When
from zhuoluo.reception.models import Seat, Session
from zhuoluo.reception.tests.days import BEFORE, DAY, NINE, booked, come, day, listed, rule

pytestmark = pytest.mark.django_db
EARLY = BEFORE - timedelta(days=20)  # 10 February


def plan(county: County, month: int = 3, at: datetime = EARLY) -> list[Session]:
    actions.plan_month(year=2026, month=month, by=county.who("officer"), at=at, law=county.law)
    return list(Session.objects.filter(day__month=month).order_by("day", "starts_at"))


def three(county: County) -> None:
    listed(county, "leader", "head", "town_head", principal="leader")


def test_a_month_is_made_by_the_rules_with_one_entry(county: County) -> None:
    three(county)
    rule(county)
    rule(
        county,
        name="主要领导周一",
        who="principal",
        pattern="weekday",
        numbers="1",
        starts=time(14),
        ends=time(17),
    )
    before = Entry.objects.count()
    days = plan(county)
    assert Entry.objects.count() == before + 1
    assert len(days) == 22 + 5  # working days and Mondays of March 2026
    assert {d.state for d in days} == {"planned"}
    assert all(d.publish_by == d.day - timedelta(days=2) for d in days)
    mondays = [d for d in days if d.rule and d.rule.who == "principal"]
    assert {s.planned_id for d in mondays for s in d.seats.all()} == {county.users["leader"].pk}


def test_planning_again_overwrites_nothing_that_was_published_changed_or_cancelled(county: County) -> None:
    three(county)
    rule(county)
    first, second, third, fourth, *_rest = plan(county)
    by, at = county.who("officer"), EARLY
    actions.publish(session_ids=[first.pk], by=by, at=at)
    when = When(second.day + timedelta(days=5), time(15), time(17), "going_down", "石桥村")
    actions.change_day(
        session_id=second.pk,
        when=when,
        people=[county.users["head"].pk],
        reason="下村",
        version=1,
        by=by,
        at=at,
    )
    actions.cancel_day(session_id=third.pk, reason="全县抗洪", by=by, at=at)
    kept = {row.pk: row.state for row in Session.objects.filter(pk__in=[first.pk, second.pk, third.pk])}
    again = plan(county)
    assert {row.pk: row.state for row in Session.objects.filter(pk__in=kept)} == kept
    assert not Session.objects.filter(pk=fourth.pk).exists()
    assert len(again) == 22
    assert len({(row.rule_id, row.nominal) for row in again}) == 22


def test_turns_go_on_over_months(county: County) -> None:
    three(county)
    rule(county)
    for month in (2, 3, 4):
        plan(county, month)
    sat = [s.planned_id for s in Seat.objects.order_by("session__day")]
    counts = [sat.count(county.users[name].pk) for name in ("leader", "head", "town_head")]
    assert max(counts) - min(counts) <= 1
    assert all(a != b for a, b in pairwise(sat))


def test_substitutes_show_both_names_until_the_day_begins_and_stay_then(county: County) -> None:
    a, b, c = (county.users[name] for name in ("leader", "head", "town_head"))
    for absent, stands_in in ((a, b), (b, c)):
        org.substitute(
            absent=absent, substitute=stands_in, from_date=DAY, until_date=DAY, by=SYSTEM, at=BEFORE
        )
    session = day(county, "leader")
    [seated] = reads.find(session.pk).seated
    assert (seated.name, seated.instead_of) == (c.name, a.name)
    come(county, session)
    assert Seat.objects.get().sits == c
    org.Substitution.objects.all().delete()  # somebody tidies up later
    [seated] = reads.find(session.pk).seated
    assert (seated.name, seated.instead_of) == (c.name, a.name)


def test_people_are_changed_by_hand_with_a_reason_and_both_stay_known(county: County) -> None:
    session = day(county, "leader")
    when = When(DAY, time(9), time(11), "fixed", "县人民来访接待中心")
    given = {"session_id": session.pk, "when": when, "by": county.who("officer"), "at": BEFORE}
    with pytest.raises(Refused, match="原因"):
        actions.change_day(people=[county.users["head"].pk], reason="", version=session.version, **given)
    people = [county.users["head"].pk, county.users["town_head"].pk]
    actions.change_day(people=people, reason="陈县长去省里开会", version=session.version, **given)
    first, second = reads.find(session.pk).seated
    assert (first.name, first.instead_of) == ("孙志强", "陈立新")
    assert (second.name, second.instead_of) == ("郑涛", "")
    with pytest.raises(Stale):
        actions.change_day(people=people, reason="再改", version=session.version, **given)


def test_nobody_is_put_in_two_places_at_a_time_by_hand(county: County) -> None:
    day(county, "leader")
    with pytest.raises(Refused, match="同一时间"):
        day(county, "leader", place="石桥镇", starts=time(10), ends=time(12))
    assert day(county, "leader", place="石桥镇", starts=time(14), ends=time(16)).state == "published"


def test_only_those_whose_post_lets_them_receive_can_sit(county: County) -> None:
    with pytest.raises(Refused):
        day(county, "handler")


def test_publishing_too_late_is_recorded_and_only_planners_publish(county: County) -> None:
    session = day(county, publish=False)
    with pytest.raises(Forbidden):
        actions.publish(session_ids=[session.pk], by=county.who("clerk"), at=BEFORE)
    actions.publish(session_ids=[session.pk], by=county.who("officer"), at=NINE - timedelta(days=1))
    assert Entry.objects.filter(verb="reception.publish").get().payload["late"] == 1
    with pytest.raises(Refused):
        actions.publish(session_ids=[session.pk], by=county.who("officer"), at=BEFORE)


def test_residents_see_published_days_only_and_cancelled_ones_with_the_reason(county: County) -> None:
    hidden = day(county, publish=False, on=DAY + timedelta(days=1))
    shown = day(county, "leader")
    actions.cancel_day(session_id=shown.pk, reason="当天全县防汛", by=county.who("officer"), at=BEFORE)
    rows = reads.public_days(BEFORE.date())
    assert [row.session.pk for row in rows] == [shown.pk]
    assert rows[0].session.cancel_reason == "当天全县防汛"
    with pytest.raises(reads.NotFound):
        reads.public_day(hidden.pk)


def test_a_day_that_has_bookings_or_batches_is_not_made_anew(county: County) -> None:
    three(county)
    rule(county)
    session = plan(county)[2]
    actions.publish(session_ids=[session.pk], by=county.who("officer"), at=EARLY)
    booked(county, session, at=EARLY)
    Session.objects.filter(pk=session.pk).update(state="planned")  # whatever else went wrong
    plan(county)
    assert Session.objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"state": "cancelled"}, {"state": "held"}, {"cancel_reason": "没有取消"}, {"ends_at": NINE - timedelta(days=9)},
        {"nominal": date(2026, 3, 4)}, {"change_reason": ""}, {"state": "gone"},
    ],
)  # fmt: skip
def test_the_database_refuses_days_that_cannot_be(county: County, change: dict[str, object]) -> None:
    session = day(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**change)


def test_a_rule_that_no_longer_holds_leaves_no_days_behind(county: County) -> None:
    three(county)
    made = rule(county)
    assert plan(county)
    rule_content = {"name": "停用", "active": False}
    content = actions.RuleContent(
        **{
            "form": "fixed",
            "who": "turn",
            "pattern": "workday",
            "starts": time(9),
            "ends": time(11),
            "place": "中心",
        }
        | rule_content
    )
    actions.save_rule(content=content, rule_id=made.pk, by=county.who("officer"), at=EARLY)
    assert plan(county) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ends": time(8)}, {"place": ""}, {"pattern": "weekday", "numbers": "9"}, {"who": "people"}, {"slot_minutes": 1},
        {"form": "nothing"}, {"area": "431281999999"},
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused(county: County, change: dict[str, object]) -> None:
    with pytest.raises(Sentence):
        rule(county, **change)
