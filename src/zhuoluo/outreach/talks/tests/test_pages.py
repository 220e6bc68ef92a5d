"""Pages of talks: who sees which order, what goes out whole, calendars that remind, the poster; sheets that cut nothing off."""

import io
from datetime import timedelta
from importlib import import_module
from typing import Any

import openpyxl
import pdfplumber
import pytest
from django.test import Client
from django.utils import timezone

from tests.county import County, contact
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.reads import matters
from zhuoluo.org.models import Post
from zhuoluo.org.rules import SYSTEM, Forbidden
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.actions import Plan
from zhuoluo.outreach.talks.models import Order, Talk
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.sheet import DELIVERED, TALKS
from zhuoluo.outreach.talks.tests.test_acts import LATER, lecturer, lesson, plan, wish
from zhuoluo.residents.actions import Contact

pytestmark = pytest.mark.django_db
SOON = timedelta(days=2)


def browser(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county.users[who], backend="django.contrib.auth.backends.ModelBackend")
    client.get("/staff/password/")
    return client


def coming(county: County, **more: Any) -> Talk:
    starts = timezone.now() + SOON
    return plan(county, starts_at=starts, ends_at=starts + timedelta(hours=1), at=timezone.now(), **more)


def ordered(county: County, area: str = "431281101001") -> Order:
    """A village of 石桥镇 orders a lesson of the outreach office."""
    person = Contact(name="尤村长", phone="13755558888")
    return actions.order(wish=wish(lesson(county), area=area), contact=person, key="o", at=LATER).order


# --- an order is served by the lesson's unit and the township of its place ---


@pytest.mark.parametrize(
    ("who", "serves"), [("outreach", True), ("clerk", True), ("clerk2", False), ("head", False)]
)
def test_an_order_is_for_the_unit_of_the_lesson_and_the_township_of_its_place(
    county: County, who: str, serves: bool
) -> None:
    row = reads.order(ordered(county).pk)
    assert actions.may_serve(county.who(who), row) is serves
    page = browser(county, who).get(f"/desk/talks/orders/{row.pk}/").content.decode()
    assert "13755558888" not in page
    assert ("安排不了" in page) is serves
    status = 200 if serves else 403
    assert browser(county, who).get(f"/desk/talks/orders/{row.pk}/identity/").status_code == status
    assert browser(county, who).get(f"/desk/talks/new/?order={row.pk}").status_code == status


def test_another_township_neither_declines_nor_plans_an_order(county: County) -> None:
    row = ordered(county)
    with pytest.raises(Forbidden, match="出课的单位"):
        actions.decline(order_id=row.pk, reason="这几天没有空", by=county.who("clerk2"), at=LATER)
    content = Plan(
        "bench",
        "替别人安排",
        Post.objects.get(user=county.users["clerk2"]).unit_id,
        "村部",
        LATER,
        LATER + timedelta(hours=1),
    )
    with pytest.raises(Forbidden, match="出课的单位"):
        actions.plan(content=content, order_id=row.pk, by=county.who("clerk2"), at=LATER)
    row.refresh_from_db()
    assert (row.state, Talk.objects.count()) == ("new", 0)


# --- nothing is told of a talk that did not take place ---


def test_nothing_is_noted_of_a_talk_that_has_not_begun_or_was_cancelled(county: County) -> None:
    talk, by = plan(county), county.who("outreach")
    person: dict[str, Any] = {"text": "卫生室周末开门", "contact": contact(), "by": by, "law": county.law}
    early = LATER - timedelta(hours=1)
    with pytest.raises(Refused, match="开始的时间"):
        actions.answer_on_spot(talk_id=talk.pk, text="怎么报？", answer="凭卡报。", by=by, at=early)
    with pytest.raises(Refused, match="开始的时间"):
        actions.suggest(talk_id=talk.pk, key="a", at=early, **person)
    actions.cancel(talk_id=talk.pk, reason="全县防汛", by=by, at=early)
    with pytest.raises(Refused, match="已经取消"):
        actions.raise_question(talk_id=talk.pk, key="b", at=LATER, **person)
    assert not matters(SYSTEM, now=timezone.now()).rows


# --- calendars and the poster ---


def test_calendars_remind_a_listener_two_hours_before_and_a_lecturer_the_evening_before(
    county: County,
) -> None:
    talk = coming(county, lecturers=(lecturer(county).pk,))
    actions.publish(talk_ids=[talk.pk], by=county.who("outreach"), at=timezone.now())
    event = Client().get(f"/talks/{talk.pk}/event.ics").content.decode()
    own = browser(county, "outreach").get("/desk/talks/mine.ics").content.decode()
    assert "TRIGGER:-PT2H" in event
    assert "TRIGGER:-PT15H" in own
    assert "BEGIN:VALARM" not in Client().get("/talks/calendar.ics").content.decode()
    actions.cancel(talk_id=talk.pk, reason="全县防汛", by=county.who("outreach"), at=timezone.now())
    told = Client().get("/talks/calendar.ics").content.decode().replace("\r\n ", "")
    assert "STATUS:CANCELLED" in told
    assert "全县防汛" in told


def test_the_poster_says_what_when_where_and_who_on_one_page(county: County) -> None:
    talk = coming(county, lecturers=(lecturer(county).pk,))
    answer = browser(county, "outreach").get(f"/desk/talks/{talk.pk}/poster/")
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        text = "".join(pdf.pages[0].extract_text().split())
    for words in (talk.title, talk.place, "柳青", f"/talks/{talk.pk}/"):
        assert "".join(words.split()) in text
    assert "已取消" not in text


# --- what goes out and what comes in is whole ---


def test_a_register_longer_than_one_lot_goes_out_whole(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("register", "deliveries"):
        monkeypatch.setattr(import_module(f"zhuoluo.outreach.talks.reads.{name}"), "LOT", 2)
    by = county.who("outreach")
    for n in range(5):
        starts = LATER + timedelta(days=n)
        plan(county, starts_at=starts, ends_at=starts + timedelta(hours=1))
        actions.deliver(
            kind="post", day=LATER.date(), unit_id=county.units["XC"].pk, group=f"第{n}组", by=by, at=LATER
        )
    for url in ("/desk/talks/sheet/?year=2026", "/desk/talks/deliveries/sheet/?year=2026"):
        book: Any = openpyxl.load_workbook(io.BytesIO(browser(county, "outreach").get(url).content)).active
        assert book.max_row == 2 + 5, url


def test_the_number_of_people_opens_to_the_talks_it_was_counted_at(county: County) -> None:
    by = county.who("outreach")
    for n, given in enumerate(({"counting": "counted", "people": 40}, {"counting": "unknown"})):
        starts = LATER + timedelta(days=n)
        talk = plan(county, starts_at=starts, ends_at=starts + timedelta(hours=1), title=f"第{n}场")
        actions.hold(talk_id=talk.pk, by=by, at=starts + timedelta(hours=2), **given)  # type: ignore[arg-type]  # values by name
    page = browser(county, "outreach").get("/desk/talks/?year=2026&counting=counted").content.decode()
    assert "第0场" in page
    assert "第1场" not in page


HELD = ["春耕政策", "屋场会", "县委宣传部", "2026-02-20", "", "", "", "晒谷坪", "", "", "", "", "", ""]
SENT = ["送教送学", "2026-02-20", "县委宣传部", "石桥村老党员", "读本", 1]


@pytest.mark.parametrize(("place", "most"), [(0, 200), (7, 120), (8, 120)])
def test_a_cell_that_is_too_long_is_named_and_nothing_is_cut_off(
    county: County, place: int, most: int
) -> None:
    rows = [HELD, [*HELD[:place], "长" * (most + 1), *HELD[place + 1 :]]]
    data = workbook("台账", [(names[0], 12) for names in TALKS.values()], rows)
    with pytest.raises(BadRows) as caught:
        actions.import_talks(data=data, by=county.who("outreach"), at=LATER)
    assert [(w.place, "太长" in str(w.error)) for w in caught.value.wrong] == [(4, True)]
    assert not Talk.objects.exists()


def test_a_delivery_too_long_to_keep_is_named_too(county: County) -> None:
    rows = [[*SENT[:3], "组" * 121, *SENT[4:]], [*SENT[:4], "书" * 201, 1]]
    data = workbook("送学", [(names[0], 12) for names in DELIVERED.values()], rows)
    with pytest.raises(BadRows) as caught:
        actions.import_deliveries(data=data, by=county.who("outreach"), at=LATER)
    assert len(caught.value.wrong) == 2
