"""The pages of reception days: what each reader gets on them, and what they do when pressed."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.county import County
from tests.scene import Browser
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import Path
from zhuoluo.reception import actions
from zhuoluo.reception.models import Batch, Booking, Request, RosterRule, Session
from zhuoluo.reception.rules.register import COLUMNS
from zhuoluo.reception.tests.days import (
    BEFORE,
    DAY,
    NINE,
    asks,
    booked,
    come,
    day,
    listed,
    person,
    rule,
    slot,
)
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db
Sit = Callable[..., Browser]
Clock = Callable[[datetime], None]
EVENING = NINE - timedelta(hours=14)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.words.decode())


def url(name: str, *args: Any) -> str:
    return reverse(f"reception:{name}", args=args)


def form(**changes: Any) -> dict[str, Any]:
    """The desk's form as a browser sends it."""
    return {
        "key": "form-1", "people": "3", "speakers": "1", "asks": "2", "s0-name": "张三丰", "s0-phone": "13812340000",
        "s0-address": "石桥镇石桥村3组", "r0-klass": "claim", "r0-text": "石桥村三组路灯坏了两个月", "r0-area": "石桥村",
        "r0-wish": "请修好", "r0-cause": "线路老化", "r1-klass": "inquiry", "r1-text": "低保怎么申请", "save": "1",
    } | changes  # fmt: skip


# --- the office ---


def test_an_empty_month_teaches_what_to_do(county: County, sit: Sit) -> None:
    assert "去写规则" in words(sit("officer").get(url("home")))
    assert "还没有规则" in words(sit("officer").get(url("rules")))
    assert "近期没有您的接访日" in words(sit("leader").get(url("mine")))
    assert "台账还是空的" in words(sit("officer").get(url("register")))


def test_the_office_lists_leaders_writes_a_rule_plans_and_publishes(
    county: County, sit: Sit, clock: Clock
) -> None:
    office = sit("officer")
    shown = words(office.get(url("leaders")))
    lines = {
        name: n for n, name in enumerate(re.findall(r"<strong>(\w+)</strong> <span class=\"muted\">", shown))
    }
    sent = {f"order_{n}": "1" for n in lines.values()}
    sent |= {f"listed_{lines['陈立新']}": "on", f"portfolio_{lines['陈立新']}": "城建、交通"}
    assert office.post(url("leaders"), sent).status_code == 302
    given = {
        "name": "每个工作日一位领导", "form": "fixed", "who": "turn", "pattern": "workday", "on_rest": "next", "starts": "09:00",
        "ends": "11:30", "place": "县人民来访接待中心", "seats": "1", "publish_days": "2", "slot_minutes": "30", "per_slot": "2",
        "active": "on",
    }  # fmt: skip
    wrong = office.post(url("rule-new"), given | {"pattern": "weekday", "numbers": "9"})
    assert "请写 1 到 7 的数" in words(wrong)
    assert office.post(url("rule-new"), given).status_code == 302
    assert "每个工作日一位领导" in words(office.get(url("rule", RosterRule.objects.get().pk)))
    assert office.post(url("plan"), {"month": "2026-03"}).status_code == 302
    page = words(office.get(f"{url('home')}?month=2026-03"))
    assert "该公布了" in page
    assert page.count('name="day"') == Session.objects.count() == 19  # from tomorrow on
    first = Session.objects.order_by("day")[0]
    office.post(url("publish"), {"month": "2026-03", "day": [str(first.pk), "nonsense"]})
    assert list(Session.objects.filter(state="published")) == [first]
    roster = words(sit().get(url("roster")))
    for shown in (
        "陈立新",
        "副县长",
        "城建、交通",
        "09:00–11:30",
        "县人民来访接待中心",
        "定点接访",
        "预约时间",
    ):
        assert shown in roster


def test_a_day_is_made_changed_and_cancelled_with_reasons(county: County, sit: Sit) -> None:
    office, leader, head = sit("officer"), str(county.users["leader"].pk), str(county.users["head"].pk)
    given = {
        "day": "2026-03-06", "starts": "09:00", "ends": "11:00", "form": "going_down", "place": "石桥村", "person_0": leader,
        "reason": "带案下访",
    }  # fmt: skip
    assert "请写明原因" in words(office.post(url("make"), given | {"reason": ""}))
    assert office.post(url("make"), given).status_code == 302
    made = Session.objects.get()
    assert "石桥村" in words(office.get(url("change", made.pk)))
    sent = given | {"person_0": head, "version": "1", "reason": "陈县长开会"}
    assert office.post(url("change", made.pk), sent).status_code == 302
    shown = words(office.get(url("day", made.pk)))
    assert "孙志强" in shown
    assert "原定陈立新，由其代为接访" in shown
    assert "刚被别人改过" in words(office.post(url("change", made.pk), sent))
    assert office.post(url("cancel", made.pk), {"reason": "下大雨"}).status_code == 302
    assert "下大雨" in words(office.get(url("day", made.pk)))


def test_clerks_receive_but_do_not_plan(county: County, sit: Sit) -> None:
    session = day(county)
    clerk = sit("clerk")
    assert clerk.get(url("day", session.pk)).status_code == 200
    assert "改安排" not in words(clerk.get(url("day", session.pk)))
    assert clerk.get(url("change", session.pk)).status_code == 403
    assert sit("handler").get(url("home")).status_code == 403


# --- the desk ---


def test_a_batch_is_registered_and_everybody_gets_a_receipt_with_number_and_code(
    county: County, sit: Sit
) -> None:
    session, office = day(county), sit("officer")
    answer = office.post(url("desk", session.pk), form())
    batch = Batch.objects.get()
    assert answer["Location"] == url("batch", batch.pk)
    shown = words(office.get(answer["Location"]))
    for matter in Matter.objects.all():
        code = actions.batches.matters.code_of(matter)
        assert matter.number in shown
        assert f"{code[:4]} {code[4:]}" in shown
    first = Request.objects.get(place=1)
    assert (first.wish, first.cause) == ("请修好", "线路老化")
    again = office.post(url("desk", session.pk), form())
    assert again["Location"] == answer["Location"]
    assert Batch.objects.count() == 1
    other = words(sit("clerk").get(url("batch", batch.pk)))
    assert "您不能看" in other
    assert all(matter.number not in other for matter in Matter.objects.all())


def test_what_is_wrong_is_said_beside_what_was_typed(county: County, sit: Sit) -> None:
    session, office = day(county), sit("officer")
    shown = words(office.post(url("desk", session.pk), form(**{"s0-address": "", "r0-area": "没有的村"})))
    assert "没有找到“没有的村”" in shown
    shown = words(office.post(url("desk", session.pk), form(**{"s0-address": ""})))
    assert "第19条" in shown
    assert "石桥村三组路灯坏了两个月" in shown
    many = {f"s{n}-name": f"代表{n}" for n in range(5)} | {"speakers": "5", "people": "2"}
    assert "来访人数不能少于" in words(office.post(url("desk", session.pk), form(**many)))
    assert "代表最多 5 位" in words(office.post(url("desk", session.pk), form(**many, more_speakers="1")))
    assert not Batch.objects.exists()


def test_earlier_matters_are_offered_while_typing_and_chosen_instead_of_a_new_one(
    county: County, sit: Sit
) -> None:
    earlier = Path.register(county, at=BEFORE).matter
    session, office = day(county), sit("officer")
    offered = words(office.post(url("desk-earlier"), form(**{"r0-text": "", "r1-text": ""})))
    assert earlier.number in offered
    assert "13812340000" not in offered
    sent = form(**{"r0-text": "", "r0-wish": "", "r0-cause": "", "r1-text": "", "earlier": str(earlier.pk)})
    assert office.post(url("desk", session.pk), sent).status_code == 302
    assert Matter.objects.count() == 1
    assert not Request.objects.get().fresh


def test_a_request_about_a_leader_is_hidden_from_them(county: County, sit: Sit) -> None:
    session = day(county)
    sent = form(asks="1", **{"r0-about": "陈立新", "r0-text": "反映副县长违规的事情"})
    assert sit("officer").post(url("desk", session.pk), sent).status_code == 302
    shown = words(sit("leader").get(url("hear", session.pk)))
    assert "由信访工作机构另行安排" in shown
    assert "违规" not in shown
    assert sit("leader").get(url("decide", Request.objects.get().pk)).status_code == 404


def test_the_screen_beside_the_door_shows_a_number_and_nothing_else(county: County, sit: Sit) -> None:
    session = day(county)
    batch = come(county, session).batch
    office = sit("officer")
    assert "请稍候" in words(office.get(url("screen", session.pk)))
    office.post(url("call", batch.pk))
    shown = words(office.get(url("screen", session.pk)))
    assert "第 1 批" in shown
    assert "正在接待" in shown
    for secret in ("张", "路灯", "QX26"):
        assert secret not in shown.split("<main")[1]
    assert "第 1 批" not in words(office.get(f"{url('screen', session.pk)}?blank"))


def test_a_clerk_books_for_somebody_who_phones_and_takes_the_booking_up_when_they_come(
    county: County, sit: Sit, clock: Clock
) -> None:
    session, office = day(county), sit("officer")
    clock(BEFORE)
    sent = {
        "slot": slot(session).isoformat(), "name": "张三丰", "phone": "13812340000", "about": "路灯坏了两个月", "people": "1", "key": "k",
    }  # fmt: skip
    shown = words(office.post(url("book-for", session.pk), sent))
    booking = Booking.objects.get()
    assert booking.number in shown
    clock(NINE)
    office = sit("officer")
    page = words(office.get(f"{url('desk', session.pk)}?for={booking.pk}"))
    assert "张**" in page
    assert "13812340000" not in page
    given = dict.fromkeys(("s0-name", "s0-phone"), "")
    answer = office.post(f"{url('desk', session.pk)}?for={booking.pk}", form(**given))
    assert answer.status_code == 302
    booking.refresh_from_db()
    assert booking.state == "arrived"


# --- the leader ---


def test_the_leader_reads_the_brief_the_evening_before_and_decides_in_three_touches(
    county: County, sit: Sit, clock: Clock
) -> None:
    session = day(county)
    booked(county, session, contact=person(phone="13700001111"), about="石桥村的水渠堵了半年")
    clock(EVENING)
    leader = sit("leader")
    assert url("hear", session.pk) in words(leader.get(url("mine")))  # touch 0: it stands on the first page
    page = words(leader.get(url("hear", session.pk)))
    assert "石桥村的水渠堵了半年" in page
    assert "以前没有来过。" in page
    clock(NINE)
    leader = sit("leader")
    come(county, session)
    request = Request.objects.get()
    assert url("decide", request.pk) in words(leader.get(url("hear", session.pk)))  # touch 1 opens it
    shown = words(leader.get(url("decide", request.pk)))
    chosen = re.search(r'name="unit_pick" data-autosave-skip value="([0-9a-f-]{36})"[^>]*checked', shown)
    assert chosen  # touch 2 would choose another unit; the likely one is chosen already, and so is a week
    assert 'value="7"' in shown
    sent = {"unit_pick": chosen[1], "day": "7", "said": "", "decision": "assigned"}
    assert leader.post(url("decide", request.pk), sent).status_code == 302  # touch 3 decides
    matter = Matter.objects.get()
    assert matter.lead_unit == county.units["SQ"]
    assert Commitment.objects.filter(matter=matter, kind="report", closed_at__isnull=True).exists()


def test_a_day_before_spring_festival_is_one_touch_when_its_calendar_is_known(
    county: County, sit: Sit, clock: Clock
) -> None:
    winter = datetime(2026, 1, 15, 1, tzinfo=NINE.tzinfo)
    session = day(county, on=winter.date(), at=winter - timedelta(days=3))
    clock(winter)
    come(county, session, at=winter)
    shown = words(sit("leader").get(url("decide", Request.objects.get().pk)))
    assert "春节前（2月14日）" in shown  # the make-up Saturday before 15 February 2026
    sit("leader").post(
        url("decide", Request.objects.get().pk),
        {"unit": "县交通运输局", "day": "festival", "decision": "assigned"},
    )
    assert Request.objects.get().until.isoformat() == "2026-02-14"


def test_a_decision_that_is_refused_keeps_what_was_typed(county: County, sit: Sit) -> None:
    session = day(county)
    come(county, session)
    page = url("decide", Request.objects.get().pk)
    shown = words(sit("leader").post(page, {"said": "", "day": "7", "decision": "answered"}))
    assert "讲清理由" in shown
    given = {
        "said": "这是我说的话",
        "day": "7",
        "other_day": "2026-03-01",
        "unit": "县交通运输局",
        "decision": "assigned",
    }
    shown = words(sit("leader").post(page, given))
    assert "请选择今天或以后的日期" in shown
    assert "这是我说的话" in shown


# --- after the day ---


def test_a_day_is_closed_when_nothing_is_missing_and_says_what_is(county: County, sit: Sit) -> None:
    session, office = day(county), sit("officer")
    come(county, session)
    shown = words(office.get(url("close", session.pk)))
    assert "还不能归档" in shown
    assert "第 1 批第 1 项" in shown
    assert office.post(url("close", session.pk)).status_code == 200
    sent = {"said": "讲清了政策", "day": "7", "decision": "mediated"}
    sit("leader").post(url("decide", Request.objects.get().pk), sent)
    assert office.post(url("close", session.pk)).status_code == 302
    session.refresh_from_db()
    assert session.state == "held"


def test_the_sheet_of_a_batch_is_printed_masked(county: County, sit: Sit) -> None:
    batch = come(county, day(county), asks(wish="请修好", cause="线路老化")).batch
    shown = words(sit("officer").get(url("sheet", batch.pk)))
    for word in ("领导接访登记表", "张**", "请修好", "线路老化", "接访领导签字"):
        assert word in shown
    assert "张三丰" not in shown
    assert View.objects.filter(kind="listed").exists()


def test_the_register_is_filtered_printed_and_taken_out_as_a_workbook(county: County, sit: Sit) -> None:
    come(county, day(county), asks("=HYPERLINK(1)路灯坏了", wish="@请修好"))
    office = sit("officer")
    month = f"?month=2026-03&leader={county.users['leader'].pk}&form=fixed"
    assert "张**" in words(office.get(url("register") + month))
    assert "没有符合条件的" in words(office.get(url("register") + "?month=2026-04"))
    assert "没有符合条件的" in words(office.get(url("register") + "?form=joint"))
    printed = words(office.get(url("register-print") + month))
    for _key, label, _width in COLUMNS:
        assert f'<th scope="col">{label}</th>' in printed
    before = View.objects.filter(kind="exported").count()
    answer = office.post(url("register-sheet"), {"month": "2026-03"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.words)).active.iter_rows(values_only=True))
    assert list(rows[1]) == [
        "来访人姓名", "单位和住址", "反映的主要问题", "发生地", "产生原因", "接待处理意见", "责任单位", "办理结果", "诉求及理由",
        "以往来访及办理", "本次处理",
    ]  # fmt: skip
    assert rows[2][:3] == ("张**", "清溪县石桥镇****", "=HYPERLINK(1)路灯坏了")
    assert openpyxl.load_workbook(io.BytesIO(answer.words)).active["C3"].data_type == "s"
    assert View.objects.filter(kind="exported").count() == before + 1
    assert sit("leader").post(url("register-sheet"), {}).status_code == 403


# --- residents ---


def test_a_resident_books_looks_it_up_and_gives_it_back(county: County, sit: Sit, clock: Clock) -> None:
    session = day(county)
    clock(BEFORE)
    phone = sit()
    assert "约这个时间" in words(phone.get(url("book", session.pk)))
    sent = {
        "slot": slot(session, 1).isoformat(), "name": "王秀英", "phone": "13900001111", "about": "柳塘村垃圾一周没人收", "people": "2",
        "key": "k1",
    }  # fmt: skip
    assert "请写姓名" in words(phone.post(url("book", session.pk), sent | {"name": ""}))
    assert phone.post(url("book", session.pk), sent)["Location"] == url("booked")
    booking = Booking.objects.get()
    code = actions.code_of(booking)
    page = words(phone.get(url("booked")))
    assert booking.number in page
    assert f"{code[:4]} {code[4:]}" in page
    other = sit()
    assert other.get(url("booked"))["Location"] == url("look")
    assert "对不上" in words(other.post(url("look"), {"number": booking.number, "code": "AAAAAAAA"}))
    assert other.post(url("look"), {"number": booking.number.lower(), "code": code})["Location"] == url(
        "booked"
    )
    actions.cancel_day(session_id=session.pk, reason="全县防汛", by=county.who("officer"), at=BEFORE)
    assert "全县防汛" in words(other.get(url("booked")))
    other.post(url("cancel-booking"), {"booking": str(booking.pk)})
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_nobody_cancels_the_booking_of_somebody_else(county: County, sit: Sit, clock: Clock) -> None:
    booking = booked(county, day(county)).booking
    clock(BEFORE)
    assert sit().post(url("cancel-booking"), {"booking": str(booking.pk)})["Location"] == url("look")
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_the_calendar_tells_what_the_roster_tells(county: County, sit: Sit, clock: Clock) -> None:
    listed(county, "leader")
    session = day(county)
    day(county, publish=False, on=DAY + timedelta(days=1))
    clock(BEFORE)
    for page in (url("feed"), url("event", session.pk)):
        [event] = Calendar.from_ical(sit().get(page).words).walk("VEVENT")
        assert event["SUMMARY"] == "领导接访：陈立新 县领导 副县长"
        assert event["DTSTART"].dt == session.starts_at
        assert event["STATUS"] == "CONFIRMED"
        assert "分管：分管leader" in event["DESCRIPTION"]
    actions.cancel_day(session_id=session.pk, reason="防汛；停办", by=county.who("officer"), at=BEFORE)
    [event] = Calendar.from_ical(sit().get(url("feed")).words).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert int(event["SEQUENCE"]) > 1


def test_unpublished_days_are_not_there_for_residents(county: County, sit: Sit) -> None:
    session = day(county, publish=False)
    for name in ("book", "event"):
        assert sit().get(url(name, session.pk)).status_code == 404
    rule(county)
    assert "近期还没有公布" in words(sit().get(url("roster")))
