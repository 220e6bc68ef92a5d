"""An accusation on a phone: handed in, found by nobody of the unit accused, read and forwarded, answered."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.county import PASSWORD, County, build
from tests.stories.conftest import NewPage
from tests.stories.looks import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "局长把路灯工程直接给了亲戚，价格高一倍"


@pytest.fixture
def here(transactional_db: None, live_server: Any) -> County:
    return build(password=PASSWORD)


def sign_in(page: Page, name: str) -> Page:
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    return page


def test_from_the_phone_to_the_office_and_back(here: County, new_page: NewPage) -> None:
    phone = new_page(width=390, height=844)
    phone.goto("/raise/")
    phone.locator("button[value=accusation]").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("写给有权机关")
    assert faults(phone) == []
    phone.locator("main form .button--primary").click()  # nothing written yet: asked again, nothing lost
    expect(phone.locator(".error-summary")).to_be_visible()
    phone.fill("[name=what]", WORDS)
    phone.fill("[name=whom]", "县住房和城乡建设局孙志强")
    phone.locator("main form .button--primary").click()
    expect(phone.get_by_role("heading", name="收到了")).to_be_visible()
    assert faults(phone) == []
    number = phone.locator("main .panel__number").first.inner_text().strip()
    code = phone.locator("main strong.code").inner_text().strip()
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    phone.get_by_role("button", name="记好了，离开").click()
    phone.go_back()
    expect(phone.locator("body")).not_to_contain_text(code)

    accused = sign_in(new_page(width=1280, height=860), "head")
    for address in (
        "/desk/",
        f"/desk/search?q={number}",
        "/desk/search?q=路灯工程",
        "/desk/matters/",
        "/desk/figures/",
    ):
        accused.goto(address)
        expect(accused.locator("main")).not_to_contain_text(WORDS)
        assert accused.locator(f"main a:has-text('{number}')").count() == 0
    accused.goto(f"/desk/sealed/case/{number}/")
    expect(accused.locator("body")).not_to_contain_text("路灯工程")

    officer = sign_in(new_page(width=1280, height=860), "sealed")
    officer.locator(".nav a", has_text="密件").click()
    assert faults(officer, 24) == []
    officer.get_by_role("link", name=number).click()
    expect(officer.locator("main")).to_contain_text(WORDS)
    assert faults(officer, 24) == []
    officer.get_by_role("link", name="移送", exact=True).click()
    officer.locator("main [type=radio]").last.check()
    officer.fill("[name=reason]", "按管理权限，属于上级机关受理")
    officer.locator("main form .button--primary").click()
    officer.get_by_role("link", name="给来件人写话").click()
    officer.fill("[name=text]", "您的来件已经移送上级机关，请保持联系")
    officer.locator("main form .button--primary").click()
    expect(officer.locator("main")).to_contain_text("移送给：")

    again = new_page(width=390, height=844)
    again.goto("/letters/follow/")
    again.fill("[name=number]", number)
    again.fill("[name=code]", code.lower())
    again.locator("main form .button--primary").click()
    expect(again.locator("main")).to_contain_text("您的来件已经移送上级机关")
    expect(again.locator("main")).not_to_contain_text(WORDS)
    assert faults(again) == []
