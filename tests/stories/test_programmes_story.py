"""A programme from its announcement to the register: applied for on a phone, published, paid to the fen.

After the account of Wangcheng (望城, seeds/001): in 2023 talent subsidies of 63,100,000 yuan were paid, announced at a ceremony.
"""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db.models import Sum
from django.test import Client
from playwright.sync_api import Page, expect

from tests.county import County
from tests.scene import BACKEND
from tests.stories.conftest import MORNING, Clock, NewPage
from tests.stories.test_desk_story import sit
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.models import Matter
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.models import Application, Payment, Programme
from zhuoluo.outreach.programmes.reads.payments import Sought, totals
from zhuoluo.outreach.programmes.rules.amounts import Rule
from zhuoluo.outreach.programmes.rules.money import decimal
from zhuoluo.outreach.programmes.rules.sheet import PAYMENTS
from zhuoluo.outreach.programmes.tests.walk import award, clause, noticed, person, programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
YEAR = 63_100_000_00  # fen


def seat(new_page: NewPage, county: County, who: str, base: str) -> Page:
    return sit(new_page(width=1280, height=900), county, who, base)


def announce(desk: Page) -> str:
    """Write a programme, rest it on a clause found in the library, announce it; return its public address."""
    desk.goto("/desk/programmes/new/")
    desk.locator("[name=title]").fill("2026年高层次人才安家补贴")
    desk.locator("[name=unit]").select_option(label="县住房和城乡建设局")
    for name, words in {
        "who": "在本县工作满一年", "needs": "劳动合同、社保证明", "opens": "2026-03-01", "closes": "2026-06-30",
        "budget": "70,000,000", "told_at": "人才政策奖补集中兑现大会",
    }.items():  # fmt: skip
        desk.locator(f"[name={name}]").fill(words)
    desk.get_by_role("button", name="保存草稿").click()
    desk.get_by_role("link", name="加一项").click()
    desk.locator("main [name=q][type=search]").fill("海创园")
    desk.locator("main").get_by_role("button", name="找", exact=True).click()
    desk.locator("label", has_text="第十七条").click()
    desk.locator("[name=title]").fill("安家补贴")
    desk.locator("[name=amount]").fill("30000")
    desk.get_by_role("button", name="加上这一项").click()
    desk.get_by_role("button", name="公布").click()
    expect(desk.locator(".page-head")).to_contain_text("已公布")
    return str(desk.get_by_role("link", name="群众看到的").get_attribute("href"))


def apply(phone: Page, url: str, name: str, number: str) -> None:
    phone.goto(url)
    phone.get_by_role("link", name="申请这个项目").click()
    phone.locator("label", has_text="个人").first.click()
    phone.locator("[name=name]").fill(name)
    phone.locator("[name=phone]").fill(number)
    phone.locator("[name=address]").fill("石桥镇石桥村3组")
    phone.locator("[name=words]").fill("在清溪工作三年，从事机械设计")
    phone.get_by_role("button", name="交上去").click()
    expect(phone.locator("h1")).to_have_text("我的申请")


def test_from_the_announcement_to_the_total_of_the_register(
    here: County, clock: Clock, new_page: NewPage, live_server: Any
) -> None:
    clause("第十七条")
    desk = seat(new_page, here, "outreach", live_server.url)
    public = announce(desk)
    phone = new_page(width=PHONE, height=844)
    apply(phone, public, "张三丰", "13812340000")
    number = phone.locator(".rx-code").first.inner_text()
    row = Application.objects.get(number=number)

    work = f"/desk/programmes/applications/{row.pk}/"
    desk.goto(work)
    expect(desk.locator("h1")).to_have_text("张**")
    assert "13812340000" not in desk.content()
    desk.locator("summary", has_text="要补材料").click()
    desk.locator("[name=what]").fill("请补社保证明")
    desk.locator("[name=until]").fill("2026-03-20")
    desk.get_by_role("button", name="请申请人补").click()

    phone.reload()
    expect(phone.locator(".notice--warn")).to_contain_text("请补社保证明")
    phone.get_by_role("link", name="补材料").click()
    phone.locator("[name=words]").fill("社保证明已经带到窗口")
    phone.get_by_role("button", name="补上").click()
    expect(phone.locator(".notice--good")).to_contain_text("补上了")

    desk.goto(work)
    desk.get_by_role("button", name="材料齐全，送审批").click()
    head = seat(new_page, here, "head", live_server.url)
    head.goto(work)
    expect(head.locator("[name=a1]")).to_have_value("30000.00")
    head.get_by_role("button", name="批准").click()
    desk.goto(f"/desk/programmes/{row.programme_id}/")
    desk.get_by_role("button", name=re.compile("公示选中的")).click()
    phone.goto("/programmes/notices/")
    expect(phone.locator("tbody")).to_contain_text("30,000.00")
    expect(phone.locator("tbody")).to_contain_text("第十七条")
    assert "张三丰" not in phone.content()

    money = seat(new_page, here, "finance", live_server.url)
    pay(money, work, "PZ-0001")
    expect(money.locator(".error-summary")).to_contain_text("公示到 2026-03-09 才结束")
    clock.pass_days(9)
    money = seat(new_page, here, "finance", live_server.url)
    pay(money, work, "PZ-0001")
    expect(money.locator(".notice--good")).to_contain_text("登记好了")
    money.goto("/desk/programmes/payments/")
    expect(money.locator(".figure").first).to_contain_text("30,000.00")
    phone.goto("/programmes/paid/")
    expect(phone.locator("main")).to_contain_text("张**")
    expect(phone.locator("main")).to_contain_text("30,000.00")


def pay(money: Page, work: str, voucher: str) -> None:
    money.goto(work)
    money.get_by_role("link", name="登记兑现").click()
    money.locator("[name=voucher]").fill(voucher)
    money.get_by_role("button", name="登记").click()


def test_a_refused_applicant_reads_reason_and_clause_and_raises_a_matter_without_typing_who_they_are(
    here: County, new_page: NewPage, live_server: Any
) -> None:
    row = programme(here, at=MORNING)
    phone = new_page(width=PHONE, height=844)
    apply(phone, f"/programmes/{row.pk}/", "欧阳修", "13812349999")
    made = Application.objects.get()
    desk = seat(new_page, here, "outreach", live_server.url)
    desk.goto(f"/desk/programmes/applications/{made.pk}/")
    desk.locator("summary", has_text="不予通过").click()
    desk.locator("[name=why]").fill("在本县工作不满一年")
    desk.get_by_role("button", name="不予通过").click()

    phone.reload()
    expect(phone.locator(".notice--bad")).to_contain_text("在本县工作不满一年")
    expect(phone.locator(".notice--bad")).to_contain_text("第17条")
    phone.get_by_role("link", name="我不同意").click()
    phone.locator("[name=text]").fill("我的合同是去年一月签的，有工资单")
    phone.get_by_role("button", name="提出来").click()
    matter = Matter.objects.get()
    expect(phone.locator("main")).to_contain_text(matter.number)
    assert made.number in matter.text
    assert matter.registered_by == here.units["XF"]  # not the unit whose decision it is about
    assert matter.raiser.name == "欧阳修"


def test_a_year_of_payments_adds_up_to_63_100_000_yuan_and_each_opens_to_its_clause(
    here: County, clock: Clock, new_page: NewPage, live_server: Any
) -> None:
    row, finance = year(here), here.who("finance")
    clock.pass_days(30)
    data = payment_list(row)
    money = seat(new_page, here, "finance", live_server.url)
    for control, told in (("63,100,000.01", "相差 0.01 元"), ("63,100,000.00", "63,100,000.00")):
        money.goto("/desk/programmes/payments/import/")
        money.locator("[name=file]").set_input_files(
            {"name": "兑现清单.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        )
        money.locator("[name=control]").fill(control)
        money.get_by_role("button", name="核对并登记").click()
        expect(money.locator("main")).to_contain_text(told)
    assert Payment.objects.aggregate(total=Sum("amount"))["total"] == YEAR
    found = totals(finance, Sought(year=2026))
    assert {
        sum(t.total for t in group) for group in (found.programmes, found.clauses, found.units, found.months)
    } == {YEAR}
    money.goto("/desk/programmes/payments/?year=2026")
    expect(money.locator(".figure").first).to_contain_text("63,100,000.00")
    money.locator("summary", has_text="按条款").click()
    money.get_by_role("link", name=re.compile("第18条")).first.click()
    expect(money.locator(".badge", has_text="第18条")).to_be_visible()
    money.locator("tbody .row-link").first.click()
    expect(money.locator("main")).to_contain_text("《海创园人才三十六条》第18条")
    check_sheet(here)


def year(county: County) -> Programme:
    """A programme whose awards add up to the year's sum: a table by grade, with an odd rest."""
    rest = YEAR - 29 * 2_123_456_78
    items = (
        ("领军人才", Rule("grades", grades=(("A类", 2_123_456_78),))),
        ("产业补助", Rule("fixed", amount=rest)),
    )
    row = programme(county, *items, at=MORNING, budget=YEAR)
    first, second = row.items.order_by("place")
    for number in range(1, 31):
        item = first if number < 30 else second
        asked = actions.Asked(item.pk, grade="A类" if number < 30 else "")
        noticed(county, row, at=MORNING, contact=person(number), asks=[asked])
    return row


def payment_list(row: Programme) -> bytes:
    """What the finance system paid, as its sheet says."""
    lines = []
    for number, one in enumerate(row.applications.order_by("number"), start=1):
        paid = award(one)
        lines.append(
            [
                one.number,
                paid.item.title,
                decimal(paid.amount),
                f"{date(2026, 3, 20):%Y-%m-%d}",
                f"PZ{number:04d}",
            ]
        )
    return workbook("兑现清单", [(names[0], 20) for names in PAYMENTS.values()], lines)


def check_sheet(county: County) -> None:
    """The register as a workbook carries the same exact numbers."""
    client = Client()
    client.force_login(county.users["finance"], backend=BACKEND)
    answer = client.post("/desk/programmes/payments/sheet/", {"year": "2026"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    sums = [Decimal(str(row[8].value)) for row in sheet.iter_rows(min_row=3)]
    assert sum(sums[:-1]) == sums[-1] == Decimal("63100000.00")
    assert isinstance(county.who("finance"), Actor)
