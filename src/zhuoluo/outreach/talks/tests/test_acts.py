"""Menu, orders, a plan without clashes, what came of talks: through the actions the product uses."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.county import MONDAY, County, contact
from zhuoluo.matters.reads import by_number
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.policy import reads as policy_reads
from zhuoluo.outreach.policy.tests.library import published_document
from zhuoluo.outreach.talks import actions
from zhuoluo.outreach.talks.actions import LessonContent, Plan, Wish
from zhuoluo.outreach.talks.models import Delivery, Lecturer, Lesson, Rating, Slice, Talk
from zhuoluo.outreach.talks.rules.clash import next_free, place_key, slices
from zhuoluo.outreach.talks.rules.errors import Refused

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


def lecturer(county: County, who: str = "outreach") -> Lecturer:
    return actions.list_lecturer(user_id=county.users[who].pk, by=county.who("outreach"), at=MONDAY)


def lesson(county: County, title: str = "医保新政一课通") -> Lesson:
    content = LessonContent(
        title, "门诊怎么报、大病怎么报", "村民", 40, ("bench", "courtyard"), county.units["XC"].pk
    )
    return actions.save_lesson(content=content, by=county.who("outreach"), at=MONDAY)


def plan(county: County, **changes: Any) -> Talk:
    more = {k: changes.pop(k) for k in ("order_id", "key", "at") if k in changes}
    who = changes.pop("who", "outreach")
    values: dict[str, Any] = {
        "kind": "bench", "title": "医保新政进石桥村", "unit_id": county.units["XC"].pk, "place": "石桥村大樟树下", "starts_at": LATER,
        "ends_at": LATER + timedelta(hours=1), "area": "431281101001",
    }  # fmt: skip
    return actions.plan(content=Plan(**values | changes), by=county.who(who), **{"at": MONDAY} | more)


def held(county: County, **more: Any) -> Talk:
    talk = plan(county)
    values: dict[str, Any] = {"counting": "counted", "people": 46} | more
    return actions.hold(talk_id=talk.pk, by=county.who("outreach"), at=LATER + timedelta(hours=2), **values)


def wish(made: Lesson, **changes: Any) -> Wish:
    day = LATER.date()
    values: dict[str, Any] = {
        "lesson_id": made.pk, "orderer": "village", "organisation": "石桥村村委会", "place": "村部", "from_day": day,
        "until_day": day + timedelta(days=7), "people": 40,
    }  # fmt: skip
    return Wish(**values | changes)


# --- no two talks of one lecturer, team or place at a time ---


def test_a_lecturer_at_two_talks_is_refused_with_the_talk_and_the_next_free_time(county: County) -> None:
    who = lecturer(county)
    plan(county, lecturers=(who.pk,))
    with pytest.raises(
        Refused, match="柳青这个时间在“医保新政进石桥村”；最近都有空的时间是 2026-03-05 10:00"
    ):
        plan(county, place="柳塘村部", lecturers=(who.pk,), starts_at=LATER + timedelta(minutes=30),
             ends_at=LATER + timedelta(minutes=90))  # fmt: skip
    assert Talk.objects.count() == 1
    plan(
        county,
        place="柳塘村部",
        lecturers=(who.pk,),
        starts_at=LATER + timedelta(hours=1),
        ends_at=LATER + timedelta(hours=2),
    )


def test_a_place_written_in_another_width_is_the_same_place(county: County) -> None:
    plan(county, place="石桥村部 ２楼")
    with pytest.raises(Refused, match="这个地点"):
        plan(county, place="石桥村部2楼", title="另一场")


def test_the_database_itself_keeps_two_talks_apart(county: County) -> None:
    one = plan(county, lecturers=(lecturer(county).pk,))
    taken = Slice.objects.filter(talk=one).first()
    assert taken is not None
    other = plan(county, place="别处", title="另一场")
    with pytest.raises(IntegrityError), transaction.atomic():
        Slice.objects.create(talk=other, what=taken.what, at=taken.at)


def test_cancelled_or_moved_the_time_is_free_again(county: County) -> None:
    by, who = county.who("outreach"), lecturer(county)
    one = plan(county, lecturers=(who.pk,))
    actions.move(
        talk_id=one.pk, starts_at=LATER + timedelta(hours=3), ends_at=LATER + timedelta(hours=4), place=one.place, reason="下雨",
        by=by, at=MONDAY,
    )  # fmt: skip
    two = plan(county, lecturers=(who.pk,), title="第二场")
    with pytest.raises(Refused, match="第二场"):
        actions.move(
            talk_id=one.pk,
            starts_at=LATER,
            ends_at=LATER + timedelta(hours=1),
            place="别处",
            reason="天晴",
            by=by,
            at=MONDAY,
        )
    one.refresh_from_db()
    assert one.starts_at == LATER + timedelta(hours=3)
    actions.cancel(talk_id=two.pk, reason="村里有白事", by=by, at=MONDAY)
    assert not Slice.objects.filter(talk=two).exists()


def test_a_substitute_steps_in_only_when_free_and_is_named_with_whom_they_stand_for(county: County) -> None:
    by, away, instead = county.who("outreach"), lecturer(county), lecturer(county, "handler2")
    one = plan(county, lecturers=(away.pk,))
    busy = plan(county, lecturers=(instead.pk,), place="别处", title="另一场")
    with pytest.raises(Refused, match="刘芳这个时间在“另一场”"):
        actions.substitute(talk_id=one.pk, away=away.pk, instead=instead.pk, reason="请假", by=by, at=MONDAY)
    actions.cancel(talk_id=busy.pk, reason="改期再讲", by=by, at=MONDAY)
    actions.substitute(talk_id=one.pk, away=away.pk, instead=instead.pk, reason="请假", by=by, at=MONDAY)
    row = one.lecturers.get()
    assert (row.lecturer, row.instead_of) == (instead, away)


quarters = st.integers(0, 200).map(lambda n: LATER + timedelta(minutes=5 * n))


@given(quarters, st.integers(1, 30), quarters, st.integers(1, 30))
def test_talks_that_meet_share_a_quarter_and_the_next_free_time_meets_none(
    first: datetime, long: int, second: datetime, wide: int
) -> None:
    one = set(slices(first, first + timedelta(minutes=10 * long)))
    ends = second + timedelta(minutes=10 * wide)
    meets = first < ends and second < first + timedelta(minutes=10 * long)
    assert not meets or one & set(slices(second, ends))
    free = next_free(one, second, ends)
    assert free is not None
    assert not one & set(slices(free, free + (ends - second)))


def test_a_key_of_a_place_holds_no_words_of_it() -> None:
    assert "村" not in place_key("石桥村部", "431281101001")


# --- who may, and the same form twice ---


def test_a_clerk_plans_for_the_own_unit_only_and_a_handler_not_at_all(county: County) -> None:
    assert plan(county, who="clerk", unit_id=county.units["SQ"].pk).unit == county.units["SQ"]
    for who, unit in (("clerk", "CG"), ("handler", "ZJ"), ("leader", "XC")):
        with pytest.raises(Forbidden):
            plan(county, who=who, unit_id=county.units[unit].pk, place="别处")


def test_the_same_form_sent_twice_is_one_talk_and_one_order(county: County) -> None:
    assert plan(county, key="k") == plan(county, key="k")
    made = lesson(county)
    first = actions.order(wish=wish(made), contact=contact(), key="o", at=MONDAY)
    again = actions.order(wish=wish(made), contact=contact(), key="o", at=MONDAY)
    assert (first.order, first.code, again.fresh) == (again.order, again.code, False)
    with pytest.raises(Refused, match="已经交了"):
        actions.order(wish=wish(made, people=90), contact=contact(), key="o", at=MONDAY)


def test_an_order_is_planned_once_or_declined_with_a_reason_and_opened_by_number_and_code(
    county: County,
) -> None:
    by, made = county.who("outreach"), lesson(county)
    given = actions.order(wish=wish(made), contact=contact(), key="o", at=MONDAY)
    assert given.order.number.startswith("DD")
    assert actions.unlock(number=given.order.number, code="ZZZZZZZZ", address="a", at=MONDAY) is None
    assert actions.unlock(number=given.order.number, code=given.code, address="a", at=MONDAY) == given.order
    plan(county, order_id=given.order.pk)
    given.order.refresh_from_db()
    assert given.order.state == "planned"
    with pytest.raises(Refused, match="已经处理过"):
        plan(county, order_id=given.order.pk, place="别处")
    with pytest.raises(Refused, match="已经安排好"):
        actions.withdraw(order_id=given.order.pk, at=MONDAY)
    other = actions.order(wish=wish(made), contact=contact(), key="p", at=MONDAY).order
    with pytest.raises(Refused, match="请写明为什么"):
        actions.decline(order_id=other.pk, reason="忙", by=by, at=MONDAY)
    assert (
        actions.decline(order_id=other.pk, reason="三月排满了，四月再约", by=by, at=MONDAY).state
        == "declined"
    )


def test_a_lesson_taken_off_the_menu_cannot_be_ordered(county: County) -> None:
    made = lesson(county)
    actions.end_lesson(lesson_id=made.pk, by=county.who("outreach"), at=MONDAY)
    with pytest.raises(Refused, match="不在菜单上"):
        actions.order(wish=wish(made), contact=contact(), key="o", at=MONDAY)


def test_an_outsider_is_listed_only_with_the_day_they_agreed(county: County) -> None:
    by = county.who("outreach")
    with pytest.raises(Refused, match="同意公布"):
        actions.list_lecturer(name="周老师", by=by, at=MONDAY)
    assert actions.list_lecturer(name="周老师", agreed_on=date(2026, 2, 1), by=by, at=MONDAY).user is None


# --- what came of it ---


@pytest.mark.parametrize(
    ("counting", "people", "how", "sentence"),
    [
        ("unknown", 40, "", "就不要填人数"), ("counted", None, "", "请写到场多少人"), ("estimated", 40, "", "怎么估的"),
        ("about", 40, "", "请选择人数"),
    ],
)  # fmt: skip
def test_nobody_is_counted_who_was_not(
    county: County, counting: str, people: int | None, how: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        held(county, counting=counting, people=people, how=how)
    assert Talk.objects.get().state == "planned"


def test_the_database_refuses_a_number_nobody_counted(county: County) -> None:
    talk = held(county, counting="unknown", people=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.filter(pk=talk.pk).update(people=500)


def test_a_question_answered_on_the_spot_cites_the_clause_of_that_day(county: County) -> None:
    by = county.who("outreach")
    words = [("第一条", "大病保险年度最高支付四十万元。"), ("第二条", "特困、低保人员不设最高支付限额。")]
    document = published_document("清溪县大病保险办法", words, since=date(2023, 1, 1), at=MONDAY)
    clause = policy_reads.of_document(document.id, LATER.date())[1]
    talk = held(county)
    row = actions.answer_on_spot(
        talk_id=talk.pk,
        text="低保户也是四十万封顶吗",
        answer="低保人员不设封顶",
        clause_id=clause.clause_id,
        by=by,
        at=LATER,
    )
    assert row.citation == "《清溪县大病保险办法》第二条（2023年1月1日起施行）"


def test_a_question_and_a_suggestion_become_matters_once_with_an_owner_and_a_date(county: County) -> None:
    talk, by = held(county), county.who("outreach")
    who = {"contact": contact(), "by": by, "at": LATER + timedelta(hours=2), "law": county.law}
    asked = actions.raise_question(talk_id=talk.pk, text="我养老保险断缴三年怎么补", key="q1", **who)
    again = actions.raise_question(talk_id=talk.pk, text="我养老保险断缴三年怎么补", key="q1", **who)
    said = actions.suggest(talk_id=talk.pk, text="村口修个停车场，过年回来没处停", key="s1", **who)
    assert (asked.matter, again.fresh) == (again.matter, False)
    assert [q.matter for q in talk.questions.all()] == [asked.matter]
    assert [s.matter for s in talk.suggestions.all()] == [said.matter]
    for made, klass in ((asked, "inquiry"), (said, "suggestion")):
        matter = by_number(by, made.matter.number)
        assert (matter.channel, matter.klass) == ("talk", klass)
        assert matter.commitments.filter(closed_at__isnull=True).exists()


def test_a_phone_rates_once_and_its_last_word_counts(county: County) -> None:
    talk = held(county)
    for value in (1, 3):
        actions.rate(talk_id=talk.pk, mark="phone-1", value=value, at=LATER + timedelta(hours=1))
    actions.rate(talk_id=talk.pk, mark="phone-2", value=2, at=LATER + timedelta(hours=1))
    assert sorted(Rating.objects.values_list("value", flat=True)) == [2, 3]
    with pytest.raises(Refused, match="还没有开始"):
        actions.rate(talk_id=talk.pk, mark="phone-3", value=3, at=LATER - timedelta(minutes=1))


def test_the_three_kinds_of_delivery_are_kept_apart_and_are_no_talks(county: County) -> None:
    by, unit = county.who("outreach"), county.units["XC"].pk
    for kind, count in (("teach", 580), ("pair", 860), ("post", 1380)):
        for _twice in range(2):
            actions.deliver(
                kind=kind,
                day=MONDAY.date(),
                unit_id=unit,
                group="行动不便的老党员",
                count=count,
                key=kind,
                by=by,
                at=MONDAY,
            )
    assert dict(Delivery.objects.values_list("kind", "count")) == {"teach": 580, "pair": 860, "post": 1380}
    assert Talk.objects.count() == 0
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.deliver(kind="teach", day=LATER.date(), unit_id=unit, group="老党员", by=by, at=MONDAY)
