"""The style page in a real browser: findings of axe, room on a phone, sizes of targets, keys, kept words."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser]
PAGES = [
    "",
    "list/",
    "matter/",
    "figures/",
    "wall/",
    "home/",
    "question/?errors",
    "check/",
    "done/",
    "track/",
]
SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    'a, button, summary, input, select, textarea, .tick, .choice')]
  .filter((item) => !item.closest('[aria-hidden=true], .skip-link, dialog:not([open]), [hidden]'))
  .filter((item) => !item.parentElement.closest('label'))
  .filter((item) => item.getClientRects().length && getComputedStyle(item).display !== 'inline')
  .map((item) => [item.outerHTML.slice(0, 120), item.getBoundingClientRect()])
  .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    settings.DEMO = True
    return f"{live_server.url}/kit/"


def opened(chromium: Browser, site: str, width: int = 1280, **wishes: str) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in wishes.items()])
    return context.new_page()


def faults(page: Page) -> list[str]:
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen


def kept(page: Page) -> None:
    """Wait until the words are on the device (the page's policy forbids wait_for_function's own eval)."""
    for _ in range(50):
        if page.evaluate("localStorage.getItem('draft:style-question')"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the words were not kept")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "size"), [(1280, "normal"), (360, "large")])
def test_axe_finds_nothing_serious(chromium: Browser, site: str, theme: str, width: int, size: str) -> None:
    page = opened(chromium, site, width, theme=theme, type=size)
    seen = faults(page)
    for path in PAGES:
        page.goto(site + path)
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        serious = [
            f"{path} {item['id']} {item['nodes'][0]['html']}" for item in found if item["impact"] != "minor"
        ]
        assert serious == []
    assert seen == []  # nothing the content security policy refused, no script fault


@pytest.mark.parametrize(
    ("width", "size", "lang"),
    [
        (360, "normal", "zh"),
        (360, "large", "zh"),
        (360, "normal", "en"),
        (768, "large", "zh"),
        (1280, "large", "en"),
        (1920, "normal", "zh"),
    ],
)
def test_nothing_runs_off_the_screen(chromium: Browser, site: str, width: int, size: str, lang: str) -> None:
    page = opened(chromium, site, width, type=size, lang=lang)
    for path in PAGES:
        page.goto(site + path)
        extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, extra) == (path, 0)


@pytest.mark.parametrize(("size", "least"), [("normal", 44), ("large", 60)])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_target_is_as_large_as_a_finger(
    chromium: Browser, site: str, width: int, size: str, least: int
) -> None:
    page = opened(chromium, site, width, type=size)
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details.menu').forEach((menu) => { menu.open = true; })")
        assert page.evaluate(SMALL_TARGETS, least) == [], path


def test_words_not_sent_come_back_and_can_be_cleared(chromium: Browser, site: str) -> None:
    page = opened(chromium, site, 360)
    page.goto(site + "question/")
    page.fill("#id_what", "路灯坏了七盏")
    kept(page)
    page.goto(site + "home/")
    page.goto(site + "question/")
    assert page.input_value("#id_what") == "路灯坏了七盏"
    page.click("text=清除")
    assert page.input_value("#id_what") == ""
    page.reload()
    assert page.input_value("#id_what") == ""


def test_the_last_page_forgets_the_words_that_were_sent(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "question/")
    page.fill("#id_what", "路灯")
    kept(page)
    page.goto(site + "done/")
    assert page.evaluate("localStorage.getItem('draft:style-question')") is None


def test_a_form_is_never_sent_into_a_dead_network(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "question/")
    page.fill("#id_what", "路灯")
    page.context.set_offline(True)
    page.click("text=继续")
    assert page.locator(".toast").first.inner_text().startswith("网络断了")
    assert page.input_value("#id_what") == "路灯"


def test_a_second_press_sends_nothing(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    posts: list[str] = []

    def hold(route: Any) -> None:
        posts.append(route.request.url)  # never answered: the first press is still under way

    page.goto(site + "check/")
    page.route("**/kit/done/", hold)
    page.check("input[value=call]")
    told = page.evaluate("""() => {
        const button = document.querySelector('form[data-once] .button--primary');
        [1, 2, 3].forEach(() => button.click());
        return document.querySelectorAll('.toast').length;
    }""")
    page.wait_for_timeout(200)
    assert told == 2
    assert len(posts) == 1
    page.context.close()


def test_a_row_is_reached_chosen_and_opened_by_keys_alone(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "list/")
    assert page.locator("[data-bulk]").is_hidden()
    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
    assert page.locator("[data-row]").first.locator("input").is_checked()
    assert page.locator("[data-bulk-count]").inner_text() == "已选 1 项"
    page.keyboard.press("Enter")
    page.wait_for_url("**/matter/")


def test_keys_are_silent_while_typing_and_when_switched_off(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "list/")
    page.keyboard.press("/")
    page.keyboard.type("jx?4")
    assert page.input_value("#desk-search") == "jx?4"
    assert page.locator("#kit-keys").is_hidden()
    page.locator("body").click(position={"x": 900, "y": 880})
    page.keyboard.press("?")
    assert "我要办的" not in page.locator("#kit-keys").inner_text()
    assert "登记一件" in page.locator("#kit-keys").inner_text()
    page.keyboard.press("Escape")
    page.context.add_cookies([{"name": "keys", "value": "off", "url": site}])
    page.reload()
    page.keyboard.press("4")
    assert page.url.endswith("/list/")


def test_theme_and_type_switch_at_once_and_without_javascript_too(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "list/")
    page.click(".desk-me summary")
    page.click("button[value=dark]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(site + "home/")
    plain.click("text=大字版")
    assert plain.locator("html").get_attribute("data-type") == "large"
    assert plain.url.endswith("/home/")


def test_a_dialog_opens_and_gives_the_focus_back(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.goto(site + "matter/")
    page.keyboard.press("h")
    assert page.locator("#hand-on").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#hand-on").is_hidden()


def test_leaving_at_once_leaves_no_words_behind(chromium: Browser, site: str) -> None:
    page = opened(chromium, site)
    page.route("https://**", lambda route: route.fulfill(body="weather"))
    page.goto(site + "question/")
    page.fill("#id_what", "村干部")
    kept(page)
    page.click("[data-quick-exit]")
    page.wait_for_url("https://**")
    page.goto(site + "question/")
    assert page.input_value("#id_what") == ""
