"""A resident's story in a real browser, on a phone: raised in a few taps, nothing lost, nothing filed twice, followed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.county import County, build
from tests.stories.conftest import NewPage
from tests.stories.looks import faults
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.tests.path import Path as Way
from zhuoluo.org.models import Area
from zhuoluo.org.rules import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "石桥村三组的七盏路灯坏了两个月，晚上看不见路，请派人来修。"
SKIPS = {"about": "button[name=go]", "where": "button[name=skip]", "photos": "button[name=go]"}


@pytest.fixture
def here(transactional_db: None, live_server: Any) -> County:
    return build()


@dataclass
class Resident:
    """Somebody with a phone: taps, and counts the taps."""

    page: Page
    taps: int = 0

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()

    def go_on(self) -> None:
        self.tap("main .form-actions .button--primary")

    def at(self, step: str) -> None:
        expect(self.page).to_have_url(re.compile(rf"/{step}/(\?.*)?$"))

    def skip(self, step: str) -> None:
        self.at(step)
        self.tap(SKIPS[step])

    def to(self, step: str, words: str = WORDS) -> "Resident":
        """From the front door to a screen, the shortest way."""
        self.page.goto("/")
        self.tap(".doors__first")
        for name, answer in self.answers(words):
            if name == step:
                break
            self.at(name)
            answer()
        self.at(step)
        return self

    def answers(self, words: str) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("kind", lambda: self.tap("button[value=claim]")),
            ("what", lambda: self.write("textarea", words)),
            ("about", lambda: self.skip("about")),
            ("where", lambda: self.skip("where")),
            ("photos", lambda: self.skip("photos")),
            ("who", self.name),
            ("check", self.go_on),
            ("done", lambda: None),
        ]

    def write(self, selector: str, words: str) -> None:
        self.page.fill(selector, words)
        self.go_on()

    def name(self) -> None:
        self.page.fill("#id_name", "张三丰")
        self.page.fill("#id_address", "石桥镇石桥村3组")
        self.go_on()

    def receipt(self) -> tuple[str, str]:
        self.at("done")
        number = self.page.locator(".panel__number").inner_text().strip()
        return number, self.page.locator(".panel .code").inner_text().strip()


def filed() -> list[str]:
    return list(reads.visible(SYSTEM).order_by("registered_at").values_list("text", flat=True))


# --- raising ---


@pytest.mark.parametrize("javascript", [True, False])
def test_a_matter_is_raised_in_eight_taps(here: County, new_page: NewPage, javascript: bool) -> None:
    resident = Resident(new_page(javascript=javascript)).to("done")
    assert resident.taps <= 8
    number, code = resident.receipt()
    assert filed() == [WORDS]
    found = reads.find(number, code)
    assert found is not None


@pytest.mark.parametrize("javascript", [True, False])
def test_everything_can_be_told_without_a_line_of_script(
    here: County, new_page: NewPage, tmp_path: Path, javascript: bool
) -> None:
    _boundaries()
    resident = Resident(new_page(javascript=javascript)).to("about")
    page = resident.page
    page.fill("#id_query", "县交通")
    resident.tap("button[name=search]")
    resident.tap("button[name=add]")
    expect(page.locator(".named__list")).to_contain_text("县交通运输局")
    resident.tap("button[name=go]")
    page.locator(".map__small").click(position={"x": 200, "y": 120})
    resident.at("village")
    page.fill("#id_place", "村小学门口")
    resident.go_on()
    photo = tmp_path / "灯.jpg"
    photo.write_bytes(jpeg((300, 200)))
    page.set_input_files("#id_photos", [photo])
    resident.tap("button[name=more]")
    expect(page.locator(".photos")).to_contain_text("灯.jpg")
    resident.go_on()
    resident.name()
    resident.at("check")
    for words in ("县交通运输局", "石桥镇", "村小学门口", "已在地图上标出", "1 张"):
        expect(page.locator("main")).to_contain_text(words)
    resident.go_on()
    resident.receipt()
    [row] = reads.visible(SYSTEM)
    assert row.longitude is not None
    assert row.area_id is not None


def _boundaries() -> None:
    for code, west in (("431281100000", 112.0), ("431281101000", 112.1)):
        ring = [[west, 26.0], [west + 0.1, 26.0], [west + 0.1, 26.1], [west, 26.1], [west, 26.0]]
        Area.objects.filter(pk=code).update(boundary=ring)


def test_a_slip_is_told_at_its_place_and_keeps_every_word(here: County, browser_page: Page) -> None:
    resident = Resident(browser_page).to("who")
    browser_page.fill("#id_name", "张三丰")
    resident.go_on()
    expect(browser_page.locator(".error-summary")).to_contain_text("请写地址")
    expect(browser_page.locator("#id_name")).to_have_value("张三丰")
    browser_page.locator(".error-summary a").first.click()
    expect(browser_page.locator("#id_address")).to_be_focused()


# --- once ---


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_tap_files_once(here: County, new_page: NewPage, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    for at in range(1, 4):
        resident = Resident(page).to("check", words=f"第 {at} 件事")
        page.locator("main .form-actions .button--primary").dblclick()
        resident.receipt()
        assert len(filed()) == at


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_refresh_after_filing_file_nothing_more(
    here: County, new_page: NewPage, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    resident = Resident(page).to("done")
    receipt = resident.receipt()
    page.reload()
    assert resident.receipt() == receipt
    page.go_back()
    resident.at("done")
    assert resident.receipt() == receipt
    assert filed() == [WORDS]


def test_two_tabs_are_two_forms(here: County, new_page: NewPage) -> None:
    one = Resident(new_page()).to("who", words="第一件事")
    other = Resident(new_page(context=one.page.context)).to("who", words="第二件事")
    for resident in (one, other):
        resident.name()
        resident.at("check")
        resident.go_on()
        resident.receipt()
    assert sorted(filed()) == ["第一件事", "第二件事"]


# --- a dead network, a killed browser ---

STEPS = {
    "what": ("textarea", "刚写的一大段话，还没有提交"),
    "village": ("#id_place", "村小学门口第三根电线杆"),
    "who": ("#id_address", "石桥镇石桥村3组12号"),
}


def _at(page: Page, step: str) -> Resident:
    resident = Resident(page)
    if step == "village":
        resident.to("where")
        resident.tap("button[value='431281101000']")
        resident.at("village")
        return resident
    return resident.to(step)


@pytest.mark.parametrize("step", STEPS)
def test_pressing_continue_without_a_network_keeps_the_words(
    here: County, new_page: NewPage, step: str
) -> None:
    page = new_page()
    resident = _at(page, step)
    selector, words = STEPS[step]
    page.fill(selector, words)
    page.context.set_offline(True)
    resident.go_on()
    expect(page.locator("#toasts")).to_contain_text("网络断了")
    expect(page.locator(selector)).to_have_value(words)
    page.context.set_offline(False)


@pytest.mark.parametrize("step", STEPS)
def test_a_request_that_dies_on_the_way_loses_no_word(here: County, new_page: NewPage, step: str) -> None:
    page = new_page()
    resident = _at(page, step)
    selector, words = STEPS[step]
    address = page.url
    page.fill(selector, words)

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/raise/**", cut)
    resident.go_on()
    page.wait_for_timeout(300)
    page.unroute("**/raise/**")
    page.goto(address)
    _restored(page, selector, words)


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_browser_loses_no_word(here: County, new_page: NewPage, step: str) -> None:
    page = new_page()
    _at(page, step)
    selector, words = STEPS[step]
    page.fill(selector, words)
    page.wait_for_timeout(600)  # the words are kept a moment after the last key
    address, context = page.url, page.context
    page.close()
    again = new_page(context=context)
    again.goto("/")
    expect(again.locator("main")).to_contain_text("没写完")
    again.goto(address)
    _restored(again, selector, words)


def _restored(page: Page, selector: str, words: str) -> None:
    """The words are there, or offered at a press."""
    restore = page.get_by_role("button", name="恢复", exact=True)
    if page.locator(selector).input_value() != words:
        restore.click()
    expect(page.locator(selector)).to_have_value(words)


def test_a_lost_answer_to_filing_leads_to_the_same_receipt(here: County, new_page: NewPage) -> None:
    """The matter was registered, the answer never arrived: pressing again shows the receipt of the first press."""
    page = new_page()
    resident = Resident(page).to("check")
    address = page.url
    page.route("**/done/", lambda route: route.abort("internetdisconnected"))
    resident.go_on()
    page.wait_for_timeout(500)
    page.unroute("**/done/")
    page.goto(address)
    resident.receipt()
    assert filed() == [WORDS]


# --- following ---


@pytest.mark.parametrize("javascript", [True, False])
def test_number_and_code_lead_to_the_answer_and_the_last_word_is_the_raisers(
    here: County, new_page: NewPage, javascript: bool
) -> None:
    way = Way.register(here).served()
    page = new_page(javascript=javascript)
    page.goto(f"/follow/?n={way.matter.number}")
    page.fill("#id_code", matters.code_of(way.matter).lower())
    page.locator("main .form-actions button").click()
    expect(page.locator("h1")).to_contain_text("县住房和城乡建设局已经答复您")
    expect(page.locator(".answer")).to_contain_text("十日内修复")
    page.get_by_label("没有解决").check()
    page.get_by_label("不满意", exact=True).check()
    page.fill("#id_note", "桥头那盏还是不亮")
    page.get_by_role("button", name="提交评价").dblclick()
    expect(page.locator("h1")).to_contain_text("您说没有解决")
    page.locator("summary", has_text="改评价").wait_for()
    words = reads.page(reads.by_id(SYSTEM, way.matter.id), now=way.at).words
    assert [(word.solved, word.satisfaction) for word in words] == [("no", "dissatisfied")]
    page.get_by_role("button", name="看完了，退出").click()
    page.goto(f"/follow/{way.matter.number}/")
    expect(page).to_have_url(re.compile(r"/follow/\?n="))


def test_a_date_opens_its_reason(here: County, browser_page: Page) -> None:
    way = Way.register(here)
    _follow(browser_page, way)
    browser_page.locator(".due summary").first.click()
    expect(browser_page.locator(".due__why").first).to_contain_text("信访工作条例 第22条")


def _follow(page: Page, way: Way) -> None:
    page.goto("/follow/")
    page.fill("#id_number", way.matter.number)
    page.fill("#id_code", matters.code_of(way.matter))
    page.locator("main .form-actions button").click()
    page.wait_for_url(f"**/follow/{way.matter.number}/")


def test_leaving_at_once_leaves_nothing_on_the_screen(here: County, new_page: NewPage) -> None:
    page = new_page()
    page.route(
        "https://**",
        lambda route: route.fulfill(body="<h1>天气</h1>", content_type="text/html; charset=utf-8"),
    )
    resident = Resident(page).to("what")
    page.fill("textarea", "不能让旁边的人看到")
    page.wait_for_timeout(600)
    resident.tap("[data-quick-exit]")
    expect(page.locator("h1")).to_have_text("天气")
    page.goto("/")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))") == []


def test_the_form_can_be_walked_by_keyboard(here: County, new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/raise/")
    page.locator("button[value=claim]").focus()
    page.keyboard.press("Enter")
    page.locator("textarea").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")  # the short title on demand
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("哪个单位或干部")


# --- looks ---

LOOKS = [
    {"width": 360}, {"width": 360, "type": "large"}, {"width": 360, "theme": "dark", "lang": "en"},
    {"width": 1280, "theme": "dark"}, {"width": 1280, "type": "large"},
]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: " ".join(str(value) for value in look.values()))
def test_every_page_is_clean_and_fits(
    here: County, new_page: NewPage, tmp_path: Path, look: dict[str, Any]
) -> None:
    _boundaries()
    page = new_page(**look)
    found: list[str] = []

    def see(name: str) -> None:
        found.extend(faults(page, 60 if look.get("type") == "large" else 44))
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)

    _walk_the_form(page, tmp_path, see)
    _walk_the_follow_pages(page, here, see)
    assert found == []


def _walk_the_form(page: Page, tmp_path: Path, see: Callable[[str], None]) -> None:
    resident = Resident(page)
    for address in ("/", "/rights/", "/follow/", "/raise/nobody/what/"):
        page.goto(address)
        see(address)
    resident.to("kind")
    see("kind")
    for klass, step in (
        ("unsure", "sort"),
        ("litigation", "notice"),
        ("claim", "what"),
    ):
        resident.tap(f"button[value={klass}]")
        resident.at(step)
        see(klass)
        if klass != "claim":
            page.go_back()
    resident.go_on()
    see("what with an error")
    resident.write("textarea", WORDS)
    page.fill("#id_query", "县交通")
    resident.tap("button[name=search]")
    see("about, found")
    resident.tap("button[name=add]")
    see("about, chosen")
    resident.go_on()
    see("where")
    page.locator(".map input:visible").click(position={"x": 200, "y": 100})
    resident.at("village")
    see("village")
    resident.go_on()
    photo = tmp_path / "灯.jpg"
    photo.write_bytes(jpeg((300, 200)))
    page.set_input_files("#id_photos", [photo])
    resident.tap("button[name=more]")
    see("photos")
    resident.go_on()
    for kind in ("group", "enterprise", "anonymous", "person"):
        resident.tap(f"a[href*='as={kind}']")
        see(kind)
    resident.go_on()
    see("who with errors")
    resident.name()
    see("check")
    resident.go_on()
    resident.at("done")
    see("done")
    page.goto(page.url.replace("/done/", "/print/"))
    see("print")
    page.goto("/")
    see("home after filing")


def _walk_the_follow_pages(page: Page, county: County, see: Callable[[str], None]) -> None:
    asked = Way.register(county)
    asked.act("ask_more", "clerk", question="请问是哪几盏灯？")
    declined = Way.register(county)
    declined.act("decline", "clerk", ground="in_progress", reason="这件事正在办理之中")
    served = Way.register(county).served()
    for way in (asked, declined, served):
        _follow(page, way)
        see(way.matter.number)
    page.locator("main form .button--primary").click()
    see("rating with errors")
    for tail in ("add/", "withdraw/"):
        page.goto(f"/follow/{asked.matter.number}/{tail}")
        see(tail)
    page.goto("/follow/")
    page.fill("#id_number", asked.matter.number)
    page.fill("#id_code", "22222222")
    page.locator("main .form-actions button").click()
    see("wrong code")
