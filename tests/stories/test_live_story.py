"""A live session in a village, in a browser: the pension question answered with clause and calculation and found again by another;
a question nobody answered becomes a matter, is answered in its time and comes back to whoever asked."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.county import County
from tests.stories.conftest import MORNING, Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_programmes_story import PHONE, seat
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import DRAFT
from zhuoluo.matters.tests.path import Path as Way
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.policy.tests.library import published_document
from zhuoluo.outreach.talks import actions as talks
from zhuoluo.outreach.talks.actions import Plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PENSION = "我妈养老保险缴满15年了，一个月能领多少？"


def session(county: County, desk: Page) -> str:
    """Plan a live talk, open its room and begin; returns the short address of the room."""
    published_document(
        "清溪县城乡居民基本养老保险实施办法", [("第十条", "基础养老金标准为每人每月一百八十五元。")], since=date(2026, 1, 1), at=MORNING,
        number="清政发〔2024〕31号",
    )  # fmt: skip
    content = Plan(
        "live_roaming", "政务直播进石桥村", county.units["XC"].pk, "石桥村文化礼堂", MORNING + timedelta(minutes=1),
        MORNING + timedelta(hours=2), area="431281101001",
    )  # fmt: skip
    talk = talks.plan(content=content, by=county.who("outreach"), at=MORNING)
    desk.goto(f"/desk/talks/{talk.pk}/")
    desk.get_by_role("button", name="开直播间").click()
    desk.get_by_role("button", name="开始", exact=True).click()
    expect(desk.locator(".page-head")).to_contain_text("正在直播")
    return f"/live/{Room.objects.get().code}/"


def ask(phone: Page, room: str, words: str, number: str = "") -> tuple[str, str]:
    """Ask from a phone that came by the code on the wall; returns number and code of the question."""
    phone.goto(room)
    phone.get_by_role("link", name="我要提问").click()
    phone.locator("[name=text]").fill(words)
    phone.locator("[name=phone]").fill(number)
    phone.get_by_role("button", name="提问", exact=True).click()
    if phone.get_by_role("button", name="还是要提问").count():
        phone.get_by_role("button", name="还是要提问").click()
    expect(phone.locator("h1")).to_have_text("您的问题收到了")
    found = phone.locator("dl.facts-list dd")
    return found.nth(0).inner_text(), found.nth(1).inner_text()


def test_the_pension_question_is_answered_with_clause_and_calculation_and_found_by_another(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    desk = seat(new_page, here, "outreach", live_server.url)
    room = session(here, desk)
    phone = new_page(width=PHONE, height=844)
    ask(phone, room, PENSION)
    assert faults(phone) == []

    desk.reload()
    desk.get_by_role("link", name="不上墙、合并、答复").click()
    desk.locator("[name=text]").fill("居民养老金是基础养老金加个人账户除以139，按每年缴500元算给大家看。")
    desk.locator("[name=find]").fill("基础养老金")
    desk.get_by_role("button", name="找条款").click()
    desk.locator("label", has_text="第十条").first.click()
    desk.locator("[name=calculator]").select_option(label="城乡居民养老金，每月能拿多少")
    desk.get_by_role("button", name="填数").click()
    desk.locator("[name=c-yearly]").fill("500")
    desk.get_by_role("button", name="再算").click()
    expect(desk.locator("fieldset.card")).to_contain_text("8,400.00")  # looked at before it goes out
    expect(desk.locator("[name=text]")).to_have_value(re.compile("除以139"))
    assert faults(desk) == []
    desk.get_by_role("button", name="发布答复").click()
    assert Question.objects.get().state == "answered"

    wall = seat(new_page, here, "outreach", live_server.url)
    wall.goto(f"/desk/live/room/{Room.objects.get().pk}/wall/")
    expect(wall.locator(".live-wall__qr svg")).to_be_visible()
    phone.goto(room)
    expect(phone.locator("article.card")).to_contain_text("《清溪县城乡居民基本养老保险实施办法》第十条")
    expect(phone.locator("article.card")).to_contain_text("8,400.00")

    other = new_page(
        width=PHONE, height=844
    )  # somebody else asks the same: the answer comes before the question is sent
    other.goto(room)
    other.get_by_role("link", name="我要提问").click()
    other.locator("[name=text]").fill("养老保险缴了15年，一个月领多少钱？")
    other.get_by_role("button", name="提问", exact=True).click()
    expect(other.locator("main")).to_contain_text("这些可能就是您要的")
    expect(other.locator("main")).to_contain_text("8,400.00")
    assert Question.objects.count() == 1
    other.goto("/live/search/?q=养老保险")
    expect(other.locator("main")).to_contain_text(PENSION)
    assert faults(other) == []


def test_a_question_nobody_answered_becomes_a_matter_and_its_answer_comes_back_to_whoever_asked(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    desk = seat(new_page, here, "outreach", live_server.url)
    room = session(here, desk)
    phone, angry = new_page(width=PHONE, height=844), new_page(width=PHONE, height=844)
    number, code = ask(phone, room, "老小区加装电梯，一楼不同意怎么办？", "13812340000")
    accusing, _code = ask(angry, room, "某某局长收了开发商的钱，谁来管？")

    desk.reload()
    desk.locator("article.card", has_text="某某局长").get_by_role("link").click()
    desk.locator("label", has_text="检举控告").click()
    desk.get_by_role("button", name="不上墙，告诉提问的人").click()
    angry.goto(f"/live/question/{accusing}/")
    expect(angry.locator("main")).to_contain_text("请走检举控告的专门渠道")
    phone.goto(room)
    assert "某某局长" not in phone.content()

    desk.locator("[name=unit]").select_option(label="县住房和城乡建设局")
    desk.get_by_role("button", name="结束直播").click()
    expect(desk.locator(".page-head")).to_contain_text("已经结束")
    assert {q.state for q in Question.objects.all()} == {"handed", "hidden"}
    row = Matter.objects.get()
    assert row.channel == "live"
    assert Commitment.objects.filter(matter=row, closed_at__isnull=True).exists()

    phone.goto("/live/question/")
    phone.locator("[name=number]").fill(number)
    phone.locator("[name=code]").fill(code)
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.locator("main")).to_contain_text("交给县住房和城乡建设局办理")
    expect(phone.locator("main")).to_contain_text("最迟")
    assert "一楼先和邻居协商" not in phone.content()

    answer(here, row, clock.now())
    phone.reload()
    expect(phone.locator("main")).to_contain_text("一楼先和邻居协商")
    assert faults(phone) == []


def answer(county: County, row: Matter, at: datetime) -> None:
    """The unit takes it up, drafts, issues and serves its answer in its time."""
    way = Way(county, row, at)
    way.act("accept", "head")
    opinion = "一楼先和邻居协商，协商不成由社区组织调解；补偿参照本小区已加装的单元。"
    way.act("draft", "handler", content=replace(DRAFT, opinion=opinion))
    way.act("issue", "head", draft_version=1)
    way.act("serve", "handler", method="in_person")


LIST = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\npart0.ts\n#EXT-X-ENDLIST\n"


def test_the_player_asks_the_address_the_site_names_for_its_picture(
    here: County,  # the fixture of the other story
    clock: Clock,  # the fixture of the other story
    new_page: NewPage,
    live_server: Any,
) -> None:
    desk = seat(new_page, here, "outreach", live_server.url)
    room = session(here, desk)
    desk.locator("[name=hls]").fill("https://live.example.org/village/a.m3u8")
    desk.get_by_role("button", name="保存地址").click()
    phone = new_page(width=PHONE, height=844)
    wanted: list[str] = []

    def hand(route: Route) -> None:
        wanted.append(route.request.url.rsplit("/", 1)[1])
        heads = {"Access-Control-Allow-Origin": "*"}
        if wanted[-1].endswith(".m3u8"):
            route.fulfill(body=LIST, content_type="application/vnd.apple.mpegurl", headers=heads)
        else:
            route.fulfill(body=b"", content_type="video/mp2t", headers=heads)

    phone.route("https://live.example.org/**", hand)
    # The page's policy lets the picture through, from that origin alone: the player fetches the list and its first part.
    with phone.expect_request("**/part0.ts"):
        phone.goto(room)
        phone.locator("video").evaluate("player => { player.muted = true; player.play().catch(() => {}) }")
    assert wanted[:2] == ["a.m3u8", "part0.ts"]
    expect(phone.get_by_role("link", name=re.compile("看不到画面"))).to_have_attribute(
        "href", "https://live.example.org/village/a.m3u8"
    )
