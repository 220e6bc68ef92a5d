"""A reception day as it was: ten batches at one place, twenty-eight matters, each answered or owned that day.

After the account of Wangcheng (望城, seeds/000): roads, tap water, municipal facilities, houses not handed over, noise, old
estates; and a village's road and water, dispatched the same day with a date before Spring Festival.
"""

import io
import re
from datetime import UTC, datetime, time
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.county import County, build
from tests.scene import BACKEND
from tests.stories.conftest import NewPage
from tests.stories.test_desk_story import sit
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.reception.models import Batch, Booking, Request, Session
from zhuoluo.reception.tests.days import day, listed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORNING = datetime(2026, 1, 27, 1, 0, tzinfo=UTC)  # a Tuesday, three weeks before Spring Festival
ASKED = [
    "{n}组的路坑坑洼洼，下雨没法走", "自来水三天两头停，水压也小", "路灯坏了一排，晚上老人不敢出门", "楼盘逾期两年还没有交房",
    "工地夜里施工，噪音吵得睡不着", "老小区下水道返水，墙皮脱落",
]  # fmt: skip
SIZES = (3, 3, 3, 3, 3, 3, 3, 3, 2, 2)  # ten batches, twenty-eight matters
PHONE = 390


@pytest.fixture
def here(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> County:
    """The county on that morning; the clock goes on from there by itself."""
    started = timezone.now()
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: MORNING + (real() - started))
    return build()


def seat(new_page: NewPage, county: County, who: str, base: str, width: int) -> Page:
    page = new_page(width=width, height=844 if width < 600 else 900)
    return sit(page, county, who, base)


def register(
    desk: Page, session: Session, number: int, texts: list[str], *, village: str = "东门社区"
) -> None:
    desk.goto(f"/desk/reception/day/{session.pk}/desk/")
    desk.locator("[name=people]").fill(str(1 + number % 4))
    desk.locator("[name=s0-name]").fill(f"来访{'甲乙丙丁戊己庚辛壬癸'[number]}")
    desk.locator("[name=s0-phone]").fill(f"1380000{number:04d}")
    desk.locator("[name=s0-address]").fill("城关镇东门社区")
    for place, text in enumerate(texts):
        if place:
            desk.locator("[name=more_asks]").click()
        desk.locator(f"[name=r{place}-text]").fill(text)
        desk.locator(f"[name=r{place}-area]").fill(village)
    desk.locator(".rx-desk__end .button--primary").click()
    expect(desk.locator("h1")).to_contain_text(f"回执 · 第 {number + 1} 批")
    expect(desk.locator(".slip__code")).to_have_count(len(texts))


def decide(phone: Page, decision: str, said: str = "") -> None:
    if said:
        phone.locator("[name=said]").fill(said)
    phone.get_by_role("button", name=decision).click()
    expect(phone.locator(".notice--good").first).to_contain_text("已记下")


def test_ten_batches_and_twenty_eight_matters_are_answered_or_owned_the_same_day(
    here: County, new_page: NewPage, live_server: Any
) -> None:
    listed(here, "leader")
    session = day(
        here, "leader", on=MORNING.date(), at=MORNING, place="新康便民服务点", starts=time(9), ends=time(17)
    )
    desk = seat(new_page, here, "officer", live_server.url, 1280)
    phone = seat(new_page, here, "leader", live_server.url, PHONE)
    count = 0
    for number, size in enumerate(SIZES):
        texts = [ASKED[(count + n) % len(ASKED)].format(n=count + n + 1) for n in range(size)]
        register(desk, session, number, texts)
        count += size
    assert (Batch.objects.count(), Matter.objects.count()) == (10, 28)
    before = dict(Commitment.objects.filter(kind="route").values_list("matter_id", "due"))

    desk.goto(f"/desk/reception/day/{session.pk}/close/")
    expect(desk.locator(".notice--bad")).to_contain_text("还有 28 项")
    for place, request in enumerate(Request.objects.order_by("batch__sequence", "place")):
        phone.goto(f"/desk/reception/day/{session.pk}/hear/")
        phone.locator(f"a[href$='/request/{request.pk}/']").click()
        answered = place % 3 != 0
        decide(
            phone,
            "当场答复" if answered else "限期交办",
            "负责同志都在，当场商议了办法，说明了时间" if answered else "",
        )
    desk.reload()
    desk.get_by_role("button", name="归档这一天").click()
    session.refresh_from_db()
    assert session.state == "held"
    assert not Request.objects.filter(decision="").exists()
    still = dict(
        Commitment.objects.filter(kind="route", closed_at__isnull=True).values_list("matter_id", "due")
    )
    assert still == {
        matter: before[matter] for matter in still
    }  # what was answered in words still owes its paper

    desk.goto("/desk/reception/register/?month=2026-01")
    expect(desk.locator("tbody tr")).to_have_count(28)
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="导出").click()
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    assert sheet.max_row == 2 + 28
    assert all(row[0].value.startswith("来**") for row in sheet.iter_rows(min_row=3))


def test_a_village_road_and_water_are_dispatched_the_same_day_with_a_date_before_spring_festival(
    here: County, new_page: NewPage, live_server: Any
) -> None:
    listed(here, "leader")
    session = day(
        here, "leader", on=MORNING.date(), at=MORNING, place="石桥镇", starts=time(9), ends=time(17)
    )
    desk = seat(new_page, here, "officer", live_server.url, 1280)
    words = ["村里硬化道路破损，存在安全隐患", "项目打乱水系，地下水枯竭，居民没有干净水用"]
    register(desk, session, 0, words, village="石桥村")
    phone = seat(new_page, here, "leader", live_server.url, PHONE)
    phone.goto("/desk/reception/mine/")
    phone.locator("a[href$='/hear/']").first.click()
    for request in Request.objects.order_by("place"):
        phone.locator(f"a[href$='/request/{request.pk}/']").click()  # one
        phone.locator("label", has_text="春节前").click()  # two
        decide(phone, "限期交办")  # three
    festival = datetime(2026, 2, 15, tzinfo=UTC).date()
    for matter in Matter.objects.all():
        report = Commitment.objects.get(matter=matter, kind="report")
        assert matter.lead_unit == here.units["SQ"]
        assert (report.due - MORNING).days < (festival - MORNING.date()).days
        assert report.opened_at.date() == MORNING.date()


def test_a_resident_sees_the_roster_books_on_a_phone_and_is_told_when_the_day_falls_through(
    here: County, new_page: NewPage, live_server: Any
) -> None:
    listed(here, "leader")
    coming = day(here, "leader", on=datetime(2026, 1, 29, tzinfo=UTC).date(), at=MORNING)
    phone = new_page(width=PHONE, height=844, javascript=False)
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("领导接访安排")).click()
    for shown in ("陈立新", "副县长", "分管leader", "县人民来访接待中心", "定点接访"):
        expect(phone.locator("main")).to_contain_text(shown)
    phone.get_by_role("link", name="预约时间").click()
    phone.locator("[name=slot]").nth(1).check()
    phone.locator("[name=name]").fill("王秀英")
    phone.locator("[name=phone]").fill("13900001111")
    phone.locator("[name=about]").fill("柳塘村的垃圾一周没人收")
    phone.get_by_role("button", name="约这个时间").click()
    booking = Booking.objects.get()
    expect(phone.locator("main")).to_contain_text(booking.number)
    office = Client()
    office.force_login(here.users["officer"], backend=BACKEND)
    office.post(f"/desk/reception/day/{coming.pk}/cancel/", {"reason": "全县抗冰保畅"})
    phone.reload()
    expect(phone.locator(".notice--bad")).to_contain_text("全县抗冰保畅")
