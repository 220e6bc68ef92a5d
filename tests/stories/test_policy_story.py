"""The policy library in a browser: 36 clauses taken from a Word file, one found by a word of clause 17; amounts reckoned with clauses."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.stories.conftest import Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_programmes_story import PHONE, seat
from zhuoluo.outreach.policy.models import Clause, Document
from zhuoluo.outreach.policy.tests.papers import lines, pdf, word

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def take_in(desk: Page, file: Path) -> Document:
    """The officer imports a file; the clauses wait to be looked at."""
    desk.goto("/desk/policy/")
    desk.get_by_role("link", name="导入文件").first.click()
    desk.locator("[name=file]").set_input_files(file)
    desk.get_by_role("button", name="切成条文").click()
    expect(desk.locator(".notice--good")).to_contain_text("切出 36 条")
    expect(desk.locator("article.card")).to_have_count(36)
    return Document.objects.latest("made_at")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_thirty_six_clauses_are_imported_reviewed_and_found_by_a_word_of_the_seventeenth(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: Path,
    kind: str,
) -> None:
    file = tmp_path / f"海创园人才三十六条.{kind}"
    file.write_bytes(word(lines()) if kind == "docx" else pdf(lines()))
    phone = new_page(width=PHONE, height=844)
    desk = seat(new_page, here, "outreach", live_server.url)
    document = take_in(desk, file)
    phone.goto("/policy/?q=槐荫公寓")
    expect(phone.locator("main")).to_contain_text(
        "库里没有"
    )  # nothing applies before it was reviewed and published

    while desk.get_by_role("button", name="没问题", exact=True).count():
        desk.get_by_role("button", name="没问题", exact=True).first.click()
    desk.get_by_role("button", name="审核完成").click()
    expect(desk.locator(".notice--good").first).to_contain_text("审核完成")
    desk.get_by_role("button", name="发布", exact=True).click()
    expect(desk.locator(".notice--good").first).to_contain_text("已发布")
    assert Clause.objects.filter(document=document).count() == 36
    assert faults(desk) == []

    phone.reload()
    found = phone.locator("li.card")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("第十七条")
    expect(found).to_contain_text("租房补贴每月八百元")
    expect(found).to_contain_text("2024年1月1日起")
    phone.goto("/policy/?q=槐荫公寓&on=2023-12-31")
    expect(phone.locator("main")).to_contain_text("库里没有这一天有效")
    phone.goto("/policy/?q=槐荫公寓")
    phone.locator("li.card a").first.click()
    expect(phone.locator("h1")).to_contain_text("第十七条")
    assert faults(phone) == []


def test_fifteen_years_paid_how_much_a_month(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    phone = new_page(width=PHONE, height=844)
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("查政策、算一算")).click()
    phone.get_by_role("link", name=re.compile("城乡居民养老金")).click()
    phone.locator("[name=yearly]").fill("500")
    phone.get_by_role("button", name="算一算").click()
    result = phone.locator("#result")
    expect(result.locator(".figure__number")).to_contain_text("元/月")
    # 15 years of 500 and a subsidy of 60 each: 8,400 ÷ 139, and the basic pension of that day.
    expect(result).to_contain_text("8,400.00")
    expect(result).to_contain_text("÷ 139")
    for row in result.locator("tbody tr").all():
        assert row.locator("td").last.inner_text().strip(), "every step says what it rests on"
    expect(result).to_contain_text("清溪县示例参数")  # and that these are no real numbers
    assert faults(phone) == []
    caption = result.locator("caption").bounding_box()
    assert caption is not None
    assert caption["width"] > PHONE / 2  # words beside each other, not under each other
    phone.locator("[name=years]").fill("14")
    phone.get_by_role("button", name="算一算").click()
    expect(phone.locator("#result")).to_contain_text("现在还不能按月领")


def test_the_ceiling_of_400_000_and_those_it_does_not_hold_for(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    desk = seat(new_page, here, "outreach", live_server.url)
    desk.goto("/desk/policy/calculators/serious-illness/")
    box = desk.locator("form", has=desk.get_by_role("button", name="算一算"))
    box.locator("label", has_text="普通城乡居民").click()
    amount = (
        box.locator("input[type=text]").last
        if box.locator("[name=paid]").count() == 0
        else box.locator("[name=paid]")
    )
    amount.fill("900000")
    desk.get_by_role("button", name="算一算").click()
    result = desk.locator("#result")
    expect(result.locator(".figure__number")).to_contain_text("400,000.00")
    expect(result).to_contain_text("一年最高支付 400,000.00 元")
    box.locator("label", has_text="特困人员").click()
    desk.get_by_role("button", name="算一算").click()
    expect(result).to_contain_text("不设最高支付限额")
    assert "400,000.00" not in result.locator(".figure__number").inner_text()
