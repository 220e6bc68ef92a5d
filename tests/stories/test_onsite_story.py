"""The 31st entrepreneurs' day (企业家日) in a browser: decided once, three lists, three mornings, the last item closed."""

from datetime import date, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.stories.conftest import Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from tests.stories.test_programmes_story import seat
from tests.stories.walks import Staff, carried, fill, go, press, until
from zhuoluo.clock import BEIJING
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import Path
from zhuoluo.onsite.models import Day, Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUSING, ROADS = "县住房和城乡建设局", "县交通运输局"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=BEIJING)


def planned(desk: Page) -> Day:
    """Set up the series, plan its 31st day."""
    desk.goto("/desk/onsite/")
    go(desk, "设一个系列")
    fill(desk, name="企业家日")
    desk.locator("[name=lists]").first.check()
    desk.locator(".form-actions button").click()
    desk.goto("/desk/onsite/new/")
    desk.locator("[name=series]").select_option(label="企业家日")
    fill(
        desk, number=31, title="推进产业发展", day="2026-03-02", starts="14:00", ends="17:00", area="石桥镇", place="先导公司",
        chair="陈立新", unit="县委办公室",
    )  # fmt: skip
    press(desk, "安排")
    expect(desk.locator(".notice--good")).to_contain_text("安排好了")
    return Day.objects.get()


def spot(desk: Page, day: Day, text: str) -> None:
    desk.goto(f"/desk/onsite/{day.pk}/spot/")
    fill(desk, text=text, who="先导公司", phone="13800001111", address="石桥工业园", unit=HOUSING)
    press(desk, "登记，列入议程")
    expect(desk.locator(".rx-code")).to_be_visible()


def decide(desk: Page, day: Day, words: str, *tasks: tuple[str, str, str]) -> None:
    """Write what was decided on one item, once for all its units."""
    desk.goto(f"/desk/onsite/{day.pk}/")
    desk.locator("li.card", has_text=words).get_by_role("link", name="记决定").click()
    for n, (unit, what, by_when) in enumerate(tasks, start=1):
        if n == 2:
            desk.locator("summary", has_text="还有别的单位").click()
        values = {"unit": unit, "what": what, "person": "王股长", "until": by_when, "agreed": "孙局长"}
        fill(desk, **{f"{name}{n}": value for name, value in values.items()})
    press(desk, "交给这些单位")
    expect(desk.locator(".notice--good")).to_contain_text("记好了")


def figure(page: Page, words: str) -> str:
    return page.locator(".figure", has_text=words).first.inner_text()


def test_the_31st_entrepreneurs_day_is_dispatched_each_morning_until_its_last_item_is_closed(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    earlier = Path.register(
        here, by=here.who("clerk"), channel="walk_in", text="园区门口的路坑坑洼洼，货车进不来。"
    ).routed()
    desk = seat(new_page, here, "coordinator", live_server.url)
    day = planned(desk)
    desk.goto(f"/desk/onsite/{day.pk}/agenda/")
    desk.locator("label", has_text=earlier.matter.number).click()
    press(desk, "列入议程")
    expect(desk.locator("li.card")).to_have_count(1)
    expect(desk.get_by_role("link", name="记决定")).to_have_count(0)  # it has not begun

    until(clock, at(2, 15))
    for text in ("园区变压器不够，夏天要限产", "招不到熟练工，缺口六十人"):
        spot(desk, day, text)
    decide(desk, day, "园区门口的路", (ROADS, "一周内补好坑", "2026-03-09"))
    decide(
        desk,
        day,
        "变压器",
        (HOUSING, "两周内增容到位", "2026-03-16"),
        (ROADS, "让出电缆沟的路面", "2026-03-06"),
    )
    decide(desk, day, "熟练工", (HOUSING, "办一场专场招聘", "2026-03-13"))
    assert (Decision.objects.count(), Commitment.objects.filter(kind="joint").count()) == (4, 4)
    desk.goto(f"/desk/onsite/{day.pk}/")
    assert faults(desk) == []
    go(desk, "几张清单")
    for name in ("问题清单", "任务清单", "责任清单"):
        expect(desk.locator("main")).to_contain_text(name)
    expect(desk.locator("main")).to_contain_text("孙局长")

    mornings(here, clock, desk, live_server.url)
    closing(here, clock, desk, day, live_server.url)


def mornings(county: County, clock: Clock, desk: Page, base: str) -> None:
    """Tuesday: nothing yet. Wednesday: one done. Friday: two stuck: the third was moved by a neighbour on Tuesday."""
    staff = Staff(county, at(3, 0))
    task = Commitment.objects.get(kind="joint", matter__text__contains="变压器", unit__code="JT")
    expected = {
        3: {"任务": "4", "完成": "0"}, 4: {"任务": "4", "完成": "1"}, 6: {"任务": "4", "完成": "1", "卡住": "2"},
    }  # fmt: skip
    for morning, figures in expected.items():
        until(clock, at(morning, 9))
        if morning == 4:
            path = Path(county, task.matter, at(3, 15))
            path.act("joint_done", staff("road"), task_id=task.subject, account="路面让出来了，电缆沟可以挖")
        desk = _again(desk, county, base)
        desk.goto("/desk/onsite/dispatch/")
        for words, number in figures.items():
            assert number in figure(desk, words), (morning, words)
        message = desk.locator("textarea").input_value()
        assert "第31个企业家日" in message
        assert "13800001111" not in message
    expect(desk.locator("#stuck")).to_contain_text("个工作日没有动")
    desk.goto(f"/desk/onsite/dispatch/?day={date(2026, 3, 3)}")  # that morning as it was
    assert "0" in figure(desk, "完成")
    assert faults(desk) == []


def _again(desk: Page, county: County, base: str) -> Page:
    return sit(desk, county, "coordinator", base)


def closing(county: County, clock: Clock, desk: Page, day: Day, base: str) -> None:
    """Every task done, every raiser asked by others; only then does the day close."""
    until(clock, at(9, 9))
    staff = Staff(county, at(9, 0))
    for task in Commitment.objects.filter(kind="joint", closed_at__isnull=True).order_by("id"):
        path = Path(county, task.matter, at(9, 9))
        who = {"ZJ": "handler", "JT": "road"}[task.unit.code if task.unit else ""]
        path.act("joint_done", staff(who), task_id=task.subject, account="按定下的办好了，现场请企业看过")
    items = list(Matter.objects.order_by("registered_at"))
    for matter in items[:-1]:
        carried(staff, matter, at(9, 11))
    until(clock, at(10, 9))
    desk = _again(desk, county, base)
    desk.goto(f"/desk/onsite/{day.pk}/")
    desk.get_by_role("button", name="闭环", exact=True).click()
    expect(desk.locator(".notice--bad")).to_contain_text("没有到底")
    carried(staff, items[-1], at(10, 10))
    until(clock, at(11, 9))
    desk = _again(desk, county, base)
    desk.goto(f"/desk/onsite/{day.pk}/")
    assert "3" in figure(desk, "销号")
    expect(desk.get_by_text("由别人回访过")).to_have_count(3)
    desk.get_by_role("button", name="闭环", exact=True).click()
    expect(desk.locator(".page-head")).to_contain_text("闭环")
