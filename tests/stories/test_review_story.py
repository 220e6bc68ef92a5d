"""The law's path in a real browser: a resident asks for a review on a phone, the reviewer hears and annuls, the unit answers
again; and upheld twice, a repeat is declined with the earlier matter in sight while new facts are raised anew."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.county import County, build
from tests.stories.conftest import NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from zhuoluo.matters import actions as matters
from zhuoluo.matters.models import Link, Matter
from zhuoluo.matters.tests.law import reviewed
from zhuoluo.matters.tests.path import DRAFT
from zhuoluo.matters.tests.path import Path as Way

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHY = "答复说三盏都修好了，其实还有四盏不亮，请上级重新查。"
MINUTES = "双方到场，各自陈述并出示照片；听证员一致认为没有逐盏查看。"
PHONE = 390


@pytest.fixture
def here(transactional_db: None, live_server: Any) -> County:
    return build()


@pytest.fixture
def desk(here: County, new_page: NewPage, live_server: Any) -> Any:
    def seated(who: str) -> Page:
        return sit(new_page(width=1280, height=900), here, who, live_server.url)

    return seated


def follow(page: Page, matter: Matter) -> Page:
    """Open one's matter with number and code, as on the receipt."""
    page.goto("/follow/")
    page.fill("#id_number", matter.number)
    page.fill("#id_code", matters.code_of(matter))
    page.locator("main .button--primary").first.click()
    expect(page).to_have_url(re.compile(rf"/follow/{matter.number}/$"))
    return page


def do(page: Page, matter: Matter, name: str, done: str, **fields: str) -> None:
    """Fill the form of an act and press its button; `done` is said afterwards."""
    page.goto(f"/desk/m/{matter.number}/do/{name}/")
    assert faults(page, least=24) == []
    for field, value in fields.items():
        control = page.locator(f"#act-title >> xpath=ancestor::*[.//form][1] >> [name={field}]")
        if control.first.get_attribute("type") in {"radio", "checkbox"}:
            chosen = control if value == "on" else page.locator(f"[name={field}][value='{value}']")
            chosen.check()
        else:
            control.first.fill(value)
    page.locator("main .form-actions button[type=submit]").first.click()
    expect(page.locator("main, .notices").first).to_be_visible()
    expect(page.locator("body")).to_contain_text(done)


def minute(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def tap(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).or_(
        page.get_by_role("button", name=words, exact=True)
    ).first.click()


def test_a_resident_asks_on_the_phone_the_reviewer_annuls_and_the_unit_answers_anew(
    here: County, new_page: NewPage, desk: Any
) -> None:
    way = Way.register(here, at=timezone.now() - timedelta(days=2)).served()
    matter = way.matter
    phone = follow(new_page(width=PHONE, height=844), matter)
    assert faults(phone) == []
    tap(phone, "申请复查")
    phone.fill("#id_text", WHY)
    assert faults(phone) == []
    tap(phone, "核对一下")
    expect(phone.locator("main")).to_contain_text(WHY)
    assert faults(phone) == []
    tap(phone, "提交申请")
    expect(phone.locator("body")).to_contain_text("您的申请收到了")
    expect(phone.locator("h1")).to_contain_text("您申请了复查复核")

    reviewer = desk("reviewer")
    reviewer.goto("/desk/")
    expect(reviewer.locator("main [data-list]")).to_contain_text(matter.number)
    do(reviewer, matter, "admit_review", "已受理", note="由宋岩审查")
    soon = minute(timezone.now() + timedelta(minutes=5))
    do(
        reviewer,
        matter,
        "plan_hearing",
        "已决定听证",
        reason="双方对亮几盏灯说法不一",
        planned=soon,
        place="县政府第二会议室",
    )
    phone.reload()
    expect(phone.locator("main")).to_contain_text("县政府第二会议室")
    do(reviewer, matter, "close_hearing", "听证笔录已保存", held_at=minute(timezone.now()), minutes=MINUTES)
    opinion = {
        "facts": "逐盏查看，四盏仍不亮",
        "opinion": "原答复没有逐盏查看，予以撤销",
        "basis": "《信访工作条例》第三十五条",
    }
    reviewer.goto(f"/desk/m/{matter.number}/do/decide_review/")
    do(reviewer, matter, "decide_review", "请勾选确认", outcome="annulled", **opinion)
    do(reviewer, matter, "decide_review", "意见已作出", outcome="annulled", sure="on", **opinion)
    do(reviewer, matter, "serve_review", "已送达", method="post")
    reviewer.goto(f"/desk/m/{matter.number}/")
    expect(reviewer.locator("main")).to_contain_text("复查和复核")
    assert faults(reviewer, least=24) == []

    phone.reload()
    expect(phone.locator("h1")).to_contain_text("原来的答复已被撤销")
    expect(phone.locator("main")).to_contain_text("原答复没有逐盏查看，予以撤销")
    handler, head = desk("handler"), desk("head")
    same = {
        "outcome": "supported",
        "request": DRAFT.request,
        "facts": DRAFT.facts,
        "opinion": DRAFT.opinion,
        "basis": DRAFT.basis,
    }
    do(handler, matter, "draft", "草稿已保存", **same)
    do(head, matter, "issue", "不能以同一事实和理由再作出基本相同的意见")
    do(
        handler,
        matter,
        "draft",
        "草稿已保存",
        facts="逐盏查看，换好三盏，另四盏需要更换线路",
        opinion="七盏全部修好，月底前完工",
    )
    do(head, matter, "issue", "已签发")
    do(handler, matter, "serve", "已送达", method="in_person")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("七盏全部修好，月底前完工")
    expect(phone.get_by_role("link", name="申请复查", exact=True)).to_be_visible()
    assert faults(phone) == []


def test_upheld_twice_a_repeat_is_declined_and_new_facts_are_a_new_matter(
    here: County, new_page: NewPage, desk: Any
) -> None:
    way = Way.register(here, at=timezone.now() - timedelta(days=5)).served()
    reviewed(way)
    reviewed(way)
    officer = desk("officer")
    officer.goto(f"/desk/m/{way.matter.number}/")
    expect(officer.locator("main")).to_contain_text("已作出复核意见并送达")
    repeat = Way.register(here, at=way.at + timedelta(minutes=10)).matter

    clerk = desk("clerk")
    clerk.goto(f"/desk/m/{repeat.number}/do/decline/")
    clerk.locator("[name=ground][value=after_second_review]").check()
    clerk.locator("[name=reason]").fill("同一盏灯，事实和理由没有变化")
    clerk.locator("main .form-actions button[type=submit]").click()
    expect(clerk.locator("body")).to_contain_text("不再受理要有已经复核并送达的同一事项")
    clerk.locator("[name=other]").fill(way.matter.number)
    clerk.locator("main .form-actions button[type=submit]").click()
    expect(clerk.locator("body")).to_contain_text("请对照下面两件事项")
    assert faults(clerk, least=24) == []
    clerk.locator("main .form-actions button[type=submit]").click()
    expect(clerk.locator("body")).to_contain_text("已作出不予受理决定")

    phone = follow(new_page(width=PHONE, height=844), way.matter)
    expect(phone.locator("main")).to_contain_text("这件事已经终结")
    assert faults(phone) == []
    tap(phone, "有新的情况")
    phone.fill("textarea", "供电局的记录说这四盏灯从没有接过电，这是新发现的。")
    phone.locator("main .form-actions .button--primary").click()
    phone.locator("button[name=go]").first.click()
    phone.locator("button[name=skip]").first.click()
    phone.locator("button[name=go]").first.click()
    phone.fill("#id_name", "张三丰")
    phone.fill("#id_address", "石桥镇石桥村3组")
    phone.locator("main .form-actions .button--primary").click()
    expect(phone.locator("main")).to_contain_text(way.matter.number)
    phone.locator("main .form-actions .button--primary").click()
    expect(phone.locator(".panel__number")).to_be_visible()
    number = phone.locator(".panel__number").inner_text().strip()
    [link] = Link.objects.filter(matter__number=number)
    assert (link.other_id, link.kind) == (way.matter.id, "new_facts")
