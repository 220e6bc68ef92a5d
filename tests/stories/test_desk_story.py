"""A desk by keyboard in a real browser: a call is written down, sent on by single keys, and lands with its handler."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from tests.county import County, build
from tests.stories.conftest import NewPage
from tests.stories.looks import faults
from zhuoluo.matters import reads
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.path import DRAFT
from zhuoluo.matters.tests.path import Path as Way

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "柳塘村的垃圾桶一周没人收，臭得开不了窗。"
SECONDS = 25  # for a keyboard that types without thinking; a person has a minute


@pytest.fixture
def here(transactional_db: None, live_server: Any) -> County:
    return build()


def sit(page: Page, county: County, who: str, base: str) -> Page:
    """Sit a member of staff down at a page, signed in as after the sign-in page."""
    user = county.users[who]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as Playwright wants it
    return page


@pytest.fixture
def desk(here: County, new_page: NewPage, live_server: Any) -> Any:
    def seated(who: str, width: int = 1280, **wishes: Any) -> Page:
        page = new_page(width=width, height=900 if width > 600 else 740, **wishes)
        return sit(page, here, who, live_server.url)

    return seated


def type_call(page: Page, words: str = WORDS, phone: str = "13900001111") -> None:
    """Fill the form with keys alone, from the words to the address."""
    keys = page.keyboard
    keys.type(words)
    keys.press("Tab")  # to the class
    keys.press("Space")  # the first one: a petition
    keys.press("Enter")
    keys.type("柳塘村")
    keys.press("Enter")
    keys.type("村委会旁")
    keys.press("Enter")  # who raises it: a person
    keys.press("Enter")
    keys.type("王秀英")
    keys.press("Enter")
    keys.type(phone)
    keys.press("Enter")
    keys.type("石桥镇柳塘村2组")


def number_on(page: Page) -> str:
    return page.locator(".panel__number").inner_text()


def test_a_call_is_registered_sent_on_and_found_by_its_handler_with_keys_alone(
    here: County, desk: Any
) -> None:
    clerk = desk("clerk")
    clerk.goto("/desk/register/?channel=phone")
    begun = time.monotonic()
    type_call(clerk)
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator(".panel__number")).to_be_visible()
    assert time.monotonic() - begun < SECONDS
    number = number_on(clerk)
    matter = Matter.objects.get(number=number)
    assert (matter.channel, matter.klass, matter.area_id) == ("phone", "claim", "431281101002")

    clerk.goto("/desk/inbox/")
    for key in ("j", "Enter"):
        clerk.keyboard.press(key)
    expect(clerk.locator(".pane")).to_contain_text(WORDS)
    clerk.keyboard.press("f")
    expect(clerk.locator("#pane [name=unit]")).to_be_focused()
    clerk.keyboard.type("住房和城乡建设局")
    clerk.keyboard.press("Control+Enter")
    expect(clerk).to_have_url(re.compile(r"/desk/inbox/\?done=1$"))
    expect(clerk.locator(".notice--good")).to_contain_text(number)

    handler = desk("handler")
    handler.goto("/desk/")
    expect(handler.locator("main [data-list]")).to_contain_text(number)
    handler.keyboard.press("3")  # what I owe
    expect(handler).to_have_url(re.compile(r"/desk/owed/$"))
    expect(handler.locator("main [data-list]")).to_contain_text(number)


def test_the_second_call_about_the_same_thing_is_seen_while_typing_and_merged(
    here: County, desk: Any
) -> None:
    earlier = Way.register(here, at=timezone.now() - timedelta(days=2))
    clerk = desk("clerk")
    clerk.goto("/desk/register/?channel=phone")
    type_call(clerk, phone="13812340000")
    panel = clerk.locator("#similar")
    expect(panel).to_contain_text(earlier.matter.number)
    expect(panel).to_contain_text("同一个电话")
    clerk.locator(f"input[value='merge:{earlier.matter.id}']").check()
    clerk.locator("[name=address]").press("Control+Enter")
    expect(clerk.locator(".notice--good")).to_contain_text(earlier.matter.number)
    assert Matter.objects.get(number=number_on(clerk)).merged_into_id == earlier.matter.id


def test_without_scripts_the_same_work_is_done_with_one_check_in_between(here: County, desk: Any) -> None:
    earlier = Way.register(here, at=timezone.now() - timedelta(days=2))
    clerk = desk("clerk", javascript=False)
    clerk.goto("/desk/register/")
    clerk.locator("[name=text]").fill(WORDS)
    clerk.locator("[name=klass][value=claim]").check()
    clerk.locator("[name=area]").fill("柳塘村")
    clerk.locator("[name=name]").fill("王秀英")
    clerk.locator("[name=phone]").fill("13812340000")
    clerk.locator("[name=address]").fill("柳塘村2组")
    clerk.locator(".reg__end .button--primary").click()
    expect(clerk.locator("#similar")).to_contain_text(earlier.matter.number)
    clerk.locator(f"input[value='link:{earlier.matter.id}']").check()
    clerk.locator(".reg__end .button--primary").click()
    number = number_on(clerk)
    clerk.goto("/desk/inbox/")
    clerk.get_by_role("link", name=re.compile(number)).click()
    expect(clerk.locator(".pane")).to_contain_text(WORDS)
    clerk.locator(".pane a[data-key=a]").click()
    clerk.locator("main form .button--primary").click()
    expect(clerk.locator(".notice--good")).to_contain_text(number)
    assert Matter.objects.get(number=number).stage == "handling"


def test_words_not_yet_saved_come_back_and_the_saved_ones_do_not(here: County, desk: Any) -> None:
    clerk = desk("clerk")
    clerk.goto("/desk/register/")
    type_call(clerk)
    clerk.wait_for_timeout(700)  # kept a moment after the last key
    clerk.reload()
    clerk.get_by_role("button", name="恢复").click()
    expect(clerk.locator("[name=text]")).to_have_value(WORDS)
    clerk.locator("[name=text]").press("Control+Enter")
    expect(clerk.locator(".panel__number")).to_be_visible()
    clerk.keyboard.press("c")  # another one
    expect(clerk.locator("[name=text]")).to_have_value("")
    expect(clerk.get_by_role("button", name="恢复")).to_have_count(0)
    assert Matter.objects.count() == 1


def test_a_press_whose_answer_was_lost_does_not_register_twice(here: County, desk: Any) -> None:
    clerk = desk("clerk")
    clerk.goto("/desk/register/")
    type_call(clerk)
    clerk.wait_for_timeout(700)

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)  # it arrives and is done; only the answer does not come back
            route.abort()
        else:
            route.continue_()

    clerk.route("**/desk/register/", lose_the_answer)
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_timeout(2500)
    assert Matter.objects.count() == 1
    clerk.unroute("**/desk/register/")
    clerk.goto("/desk/register/")
    clerk.get_by_role("button", name="恢复").click()
    clerk.locator("[name=text]").press("Control+Enter")
    expect(clerk.locator(".panel__number")).to_be_visible()
    assert Matter.objects.count() == 1


def test_several_are_chosen_and_sent_on_with_keys_and_each_is_accounted_for(here: County, desk: Any) -> None:
    now = timezone.now()
    ways = [Way.register(here, at=now - timedelta(hours=n + 1), by=here.who("clerk", now)) for n in range(4)]
    clerk = desk("clerk")
    clerk.goto("/desk/inbox/")
    for _ in range(3):
        clerk.keyboard.press("j")
        clerk.keyboard.press("x")
    expect(clerk.locator("[data-bulk-count]")).to_contain_text("3")
    clerk.keyboard.press("f")
    expect(clerk.locator("[name=unit]")).to_be_visible()
    # Meanwhile a colleague writes into one of them.
    chosen = clerk.locator(".chosen li .num").all_inner_texts()
    moved = next(way for way in ways if way.matter.number == chosen[0])
    moved.at = now
    moved.act("note", "town_head", text="刚和村里通过电话")
    clerk.locator("[name=unit]").fill("交通运输局")
    clerk.locator("[name=note]").press("Control+Enter")
    expect(clerk.locator("main h1")).to_contain_text("办成 2 件，没办成 1 件")
    expect(clerk.locator("main table")).to_contain_text("刚被别人更新")
    expect(clerk.locator("main table")).to_contain_text(moved.matter.number)


def test_a_date_opens_to_its_reason_without_leaving_the_list(here: County, desk: Any) -> None:
    Way.register(here, at=timezone.now() - timedelta(hours=2), by=here.who("clerk"))
    clerk = desk("clerk")
    clerk.goto("/desk/owed/")
    clerk.locator("main .due summary").first.click()
    expect(clerk.locator("main .due__why").first).to_contain_text("第22条")


LISTS = [
    ("clerk", "/desk/"), ("clerk", "/desk/register/"), ("clerk", "/desk/inbox/"), ("handler", "/desk/owed/"),
    ("head", "/desk/waiting/"), ("caller", "/desk/callbacks/"), ("supervisor", "/desk/exceptions/"),
    ("supervisor", "/desk/matters/"), ("clerk", "/desk/search?q=路灯"), ("mediator", "/desk/"), ("admin", "/desk/"),
]  # fmt: skip


@pytest.fixture
def busy(here: County) -> County:
    """A county with something in every list."""
    now = timezone.now()
    start = now - timedelta(days=30)
    Way.register(here, at=start, by=here.who("clerk", start))
    Way.register(here, at=start).routed().act(
        "object_to", "handler", reason="路灯产权归村集体，应由镇政府办理"
    )
    Way.register(here, at=start).handling().act("draft", "handler", content=DRAFT)
    Way.register(here, at=start).served()
    said = Way.register(here, at=start).served()
    said.act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied", note="灯还是不亮")
    assert reads.counts(here.who("clerk", now), now=now).inbox == 2
    return here


# Only the window is scrolled: what a box cuts off would otherwise be drawn into sight by the test itself.
UNCOVERED = """(line) => {
  window.scrollTo(0, line.getBoundingClientRect().top + window.scrollY - window.innerHeight / 2);
  const box = line.getBoundingClientRect();
  const there = document.elementFromPoint(box.left + 3, box.top + box.height / 2);
  return line === there || line.contains(there); }"""


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_every_line_of_a_dates_reason_can_be_read(busy: County, desk: Any, width: int) -> None:
    handler = desk("handler", width=width)
    number = Matter.objects.filter(stage="handling").latest("registered_at").number
    for path in (f"/desk/m/{number}/", "/desk/owed/"):
        handler.goto(path)
        handler.locator("main details.due > summary").first.click()
        lines = handler.locator("main details.due[open] .due__why li")
        expect(lines.first).to_be_visible()
        for place in range(lines.count()):
            assert lines.nth(place).evaluate(UNCOVERED), (path, lines.nth(place).inner_text())


@pytest.mark.parametrize(
    "wishes",
    [{"width": 1280}, {"width": 768, "theme": "dark"}, {"width": 360}, {"width": 1280, "type": "large"}],
)
def test_every_list_is_clean_in_every_look(busy: County, desk: Any, wishes: dict[str, Any]) -> None:
    found = []
    pages = {who: desk(who, **wishes) for who in dict.fromkeys(who for who, _ in LISTS)}
    for who, path in LISTS:
        pages[who].goto(path)
        found += faults(pages[who], 60 if wishes.get("type") == "large" else 44)
    pages["clerk"].goto(f"/desk/inbox/{_waiting(busy)}/")
    found += faults(pages["clerk"], 60 if wishes.get("type") == "large" else 44)
    assert found == []


def _waiting(county: County) -> str:
    return Matter.objects.filter(stage="registered").latest("registered_at").number
