"""Talks in a browser: a menu of 100 lessons, one ordered, held, rated; the bench meeting; suggestions; deliveries counted apart.

After the account of Wangcheng (seeds/001): 宣讲 in courtyards and on benches, 580 + 860 + 1,380 deliveries of three kinds.
"""

import io
import re
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.stories.conftest import MORNING, Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_programmes_story import PHONE, seat
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.outreach.policy.tests.library import published_document
from zhuoluo.outreach.talks import actions
from zhuoluo.outreach.talks.actions import LessonContent, Plan
from zhuoluo.outreach.talks.models import Delivery, Lesson, Talk
from zhuoluo.outreach.talks.rules.sheet import DELIVERED, TALKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CEILING = "一个自然年度内，大病保险最高支付限额为四十万元。特困人员、低保对象、返贫致贫人口不设最高支付限额。"


def dishes(county: County, count: int) -> None:
    """A menu of so many lessons."""
    by = county.who("outreach")
    who = actions.list_lecturer(user_id=county.users["outreach"].pk, by=by, at=MORNING)
    for number in range(1, count + 1):
        content = LessonContent(
            f"第{number:03d}课 {'大病保险怎么报' if number == 77 else '政策一课'}", "用身边的例子讲明白", "村民", 40,
            ("bench", "courtyard"), county.units["XC"].pk, lecturers=(who.pk,),
        )  # fmt: skip
        actions.save_lesson(content=content, by=by, at=MORNING)


def ordered(phone: Page) -> tuple[str, str]:
    """A village secretary finds lesson 77 among a hundred on a phone and orders it; returns number and code."""
    phone.goto("/talks/")
    phone.get_by_role("link", name="点一课").click()
    expect(phone.locator("li.card")).to_have_count(30)
    phone.locator("[name=q]").fill("大病")
    phone.get_by_role("button", name="找").click()
    expect(phone.locator("li.card")).to_have_count(1)
    phone.get_by_role("link", name=re.compile("点这一课")).click()
    phone.locator("label", has_text="村（社区）").first.click()
    for name, words in {
        "organisation": "石桥村村委会", "place": "村部大樟树下", "from_day": "2026-03-05", "until_day": "2026-03-12",
        "people": "40", "name": "石文书", "phone": "13812340000",
    }.items():  # fmt: skip
        phone.locator(f"[name={name}]").fill(words)
    phone.get_by_role("button", name="就点这一课").click()
    expect(phone.locator("h1")).to_have_text("我的点单")
    number, code = (phone.locator(".rx-code").nth(place).inner_text() for place in (0, 1))
    return number, code.replace(" ", "")


def test_one_of_a_hundred_lessons_is_ordered_planned_held_and_rated(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    dishes(here, 100)
    assert Lesson.objects.count() == 100
    phone = new_page(width=PHONE, height=844)
    number, code = ordered(phone)
    assert faults(phone) == []

    desk = seat(new_page, here, "outreach", live_server.url)
    desk.goto("/desk/talks/")
    desk.get_by_role("link", name=re.compile("点单")).click()
    desk.get_by_role("link", name=re.compile("石桥村村委会")).click()
    assert "13812340000" not in desk.content()
    desk.get_by_role("link", name="安排", exact=True).click()
    expect(desk.locator("[name=title]")).to_have_value("第077课 大病保险怎么报")
    desk.locator("[name=day]").fill("2026-03-06")
    desk.locator("[name=starts]").fill("19:00")
    desk.locator("[name=lecturer]").fill("柳青")
    desk.get_by_role("button", name="安排", exact=True).click()
    expect(desk.locator(".notice--good")).to_contain_text("安排好了")
    desk.get_by_role("button", name="公布到日历").click()
    talk = Talk.objects.get()
    poster = desk.request.get(f"/desk/talks/{talk.pk}/poster/")
    assert poster.body()[:5] == b"%PDF-"

    phone.goto("/talks/orders/")
    phone.locator("[name=number]").fill(number)
    phone.locator("[name=code]").fill(code)
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.locator("li.card")).to_contain_text("2026-03-06")
    expect(phone.locator("li.card")).to_contain_text("19:00–19:40")
    phone.goto("/talks/")
    expect(phone.locator("li.card")).to_contain_text("第077课")
    assert "BEGIN:VEVENT" in phone.request.get("/talks/calendar.ics").text()

    desk.goto("/desk/talks/new/")  # the same lecturer cannot be elsewhere at that hour
    for name, words in {
        "title": "另一场", "day": "2026-03-06", "starts": "19:15", "place": "柳塘村部", "lecturer": "柳青",
    }.items():  # fmt: skip
        desk.locator(f"[name={name}]").fill(words)
    desk.get_by_role("button", name="安排", exact=True).click()
    expect(desk.locator(".error-summary")).to_contain_text("最近都有空的时间是 2026-03-06 19:45")
    expect(desk.locator("[name=title]")).to_have_value("另一场")

    clock.pass_days(5)
    desk = seat(new_page, here, "outreach", live_server.url)
    desk.goto(f"/desk/talks/{talk.pk}/")
    desk.get_by_role("link", name="登记开讲").click()
    desk.locator("label", has_text="清点").first.click()
    desk.locator("[name=people]").fill("43")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.locator("main")).to_contain_text("清点 43 人")
    for words in ("听懂了，有用", "没听懂或用不上"):  # the same phone: its last word counts
        phone.goto(f"/talks/{talk.pk}/rate/")
        phone.locator("label", has_text=words).click()
        phone.get_by_role("button", name="评好了").click()
        expect(phone.locator("main")).to_contain_text("谢谢您")
    other = new_page(width=PHONE, height=844)
    other.goto(f"/talks/{talk.pk}/")
    other.get_by_role("link", name="听完评一评").click()
    other.locator("label", has_text="听懂了，有用").click()
    other.get_by_role("button", name="评好了").click()
    desk.reload()
    expect(desk.locator("aside.aside")).to_contain_text("2.0 分（满分 3），2 部手机评")
    desk.goto("/desk/talks/menu/?q=大病")
    expect(desk.locator("tbody tr")).to_contain_text("2 部手机评")
    assert faults(desk) == []


def test_at_a_bench_meeting_the_ceiling_is_explained_a_question_and_a_suggestion_land(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    since = date(2026, 1, 1)
    published_document("城乡居民大病保险实施办法", [("第七条", CEILING)], since=since, at=MORNING)
    by = here.who("outreach")
    content = Plan(
        "bench", "板凳会：大病能报多少", here.units["XC"].pk, "石桥村三组", MORNING + timedelta(hours=1),
        MORNING + timedelta(hours=2), area="431281101001",
    )  # fmt: skip
    talk = actions.plan(content=content, by=by, at=MORNING)
    clock.pass_days(1)
    actions.hold(
        talk_id=talk.pk, counting="estimated", people=30, how="三条长凳，每条约十人", by=by, at=clock.now()
    )

    desk = seat(new_page, here, "outreach", live_server.url)
    desk.goto(f"/desk/talks/{talk.pk}/")
    expect(desk.locator("main")).to_contain_text("估计约 30 人")
    desk.get_by_role("link", name="记一个问答").click()
    desk.locator("[name=text]").fill("大病一年最多报四十万，低保户也一样吗？")
    desk.locator("[name=answer]").fill("一般一年最多四十万；特困、低保、返贫致贫的不封顶。")
    desk.locator("main [name=q]").fill("最高支付限额")
    desk.get_by_role("button", name="找", exact=True).click()
    expect(desk.locator("[name=answer]")).to_have_value(re.compile("不封顶"))
    desk.locator("label", has_text="第七条").click()
    desk.get_by_role("button", name="记下", exact=True).click()
    expect(desk.locator("main")).to_contain_text("《城乡居民大病保险实施办法》第七条")
    desk.get_by_role("link", name="第七条").first.click()
    expect(desk.locator("main")).to_contain_text("不设最高支付限额")

    for link, words in (
        ("没答上的，转成事项", "我爸在外省住院，回来怎么报？"),
        ("记一条建议", "报销单子在村里就能交"),
    ):
        desk.goto(f"/desk/talks/{talk.pk}/")
        desk.get_by_role("link", name=link).click()
        desk.locator("[name=text]").fill(words)
        desk.locator("[name=name]").fill("石大姐")
        desk.locator("[name=phone]").fill("13812345678")
        desk.locator("[name=address]").fill("石桥村3组")
        desk.locator("[name=unit]").select_option(label="县住房和城乡建设局")
        desk.get_by_role("button", name="登记成事项").click()
        expect(desk.locator("main")).to_contain_text("登记好了")
    rows = Matter.objects.filter(channel="talk").order_by("registered_at")
    assert [row.klass for row in rows] == ["inquiry", "suggestion"]
    assert all(Commitment.objects.filter(matter=row, due__isnull=False).exists() for row in rows)
    number, code = desk.locator(".panel").inner_text(), desk.locator(".rx-code").inner_text().replace(" ", "")
    phone = new_page(width=PHONE, height=844)
    phone.goto("/follow/")
    phone.locator("[name=number]").fill(rows[1].number)
    phone.locator("[name=code]").fill(code)
    phone.locator("main form button[type=submit], main form .button--primary").first.click()
    expect(phone.locator("main")).to_contain_text("报销单子在村里就能交")
    assert rows[1].number in number


def test_three_kinds_of_deliveries_are_imported_and_counted_apart(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: Any,
) -> None:
    heads = [(names[0], 12) for names in DELIVERED.values()]
    rows = [
        [word, f"2026-{1 + n % 2:02d}-{1 + n % 28:02d}", "县委宣传部", f"第{n}组", "读本", size]
        for word, total, size in (("送教送学", 580, 1), ("结对帮学", 860, 2), ("邮寄推送", 1380, 10))
        for n in range(total // size)
    ]
    file = tmp_path / "送学.xlsx"
    file.write_bytes(workbook("送学台账", heads, rows))
    desk = seat(new_page, here, "outreach", live_server.url)
    for told in ("新记 1148 条，原有 0 条", "新记 0 条，原有 1148 条"):
        desk.goto("/desk/talks/deliveries/import/")
        desk.locator("[name=file]").set_input_files(file)
        desk.get_by_role("button", name="导入", exact=True).click()
        expect(desk.locator(".notice--good")).to_contain_text(told)
    assert Delivery.objects.count() == 1148
    figures = desk.locator(".figures").inner_text()
    assert [re.sub(r"\D", "", part) for part in re.findall(r"[\d,]+\s*次", figures)] == ["580", "860", "1380"]
    assert "2820" not in figures.replace(",", "")
    desk.locator(".figures a").nth(1).click()
    expect(desk.locator("tbody tr").first).to_contain_text("结对帮学")
    assert faults(desk) == []


def test_a_register_kept_in_a_sheet_is_taken_in_given_out_and_known_again(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: Any,
) -> None:
    heads = [(names[0], 12) for names in TALKS.values()][:-2]
    good = [
        "春耕政策",
        "屋场会",
        "县委宣传部",
        "2026-02-20",
        "19:00",
        "20:00",
        "石桥村",
        "晒谷坪",
        "柳青、外请老师",
        "清点",
        36,
        "",
    ]
    bare = ["防火一课", "板凳会", "县委宣传部", "2026-02-21", "", "", "", "柳塘村部", "", "", 20, ""]
    wrong = ["没有形式", "跳舞", "县委宣传部", "2026-02-22", "", "", "", "柳塘村部", "", "", "", ""]
    desk = seat(new_page, here, "outreach", live_server.url)

    def send(rows: list[Any]) -> None:
        file = tmp_path / "台账.xlsx"
        file.write_bytes(workbook("宣讲台账", heads, rows))
        desk.goto("/desk/talks/import/")
        desk.locator("[name=file]").set_input_files(file)
        desk.get_by_role("button", name="导入", exact=True).click()

    send([good, bare, wrong])
    expect(desk.locator(".error-summary")).to_contain_text("有 1 行不对，一行也没有登记")
    expect(desk.locator("main")).to_contain_text("“跳舞”不认识")
    assert not Talk.objects.exists()
    send([good, bare])
    expect(desk.locator(".notice--good")).to_contain_text("新记 2 场")
    expect(desk.locator("main")).to_contain_text("估计约 20 人")
    expect(desk.locator("main")).to_contain_text("外请老师")
    out = desk.request.get("/desk/talks/sheet/").body()
    lines = list(openpyxl.load_workbook(io.BytesIO(out)).active.iter_rows(values_only=True))  # type: ignore[union-attr]  # has a sheet
    assert [row[0] for row in lines[2:]] == ["防火一课", "春耕政策"]
    back = tmp_path / "导出.xlsx"
    back.write_bytes(out)
    desk.goto("/desk/talks/import/")
    desk.locator("[name=file]").set_input_files(back)
    desk.get_by_role("button", name="导入", exact=True).click()
    expect(desk.locator(".notice--good")).to_contain_text("新记 0 场，原有 2 场")
