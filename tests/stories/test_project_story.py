"""A project from land to certificate in 23 days (seeds/000), in a browser: each step with whom, and where each day went."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.county import START, County
from tests.fronts import code
from tests.stories.conftest import Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from tests.stories.test_programmes_story import seat
from tests.stories.walks import fill, go, press, until
from zhuoluo.clock import BEIJING
from zhuoluo.enterprise.models import Project
from zhuoluo.matters.models import Commitment
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = [  # who ends it, and on which day of March
    ("land", 5), ("land", 6), ("", 12), ("land", 17), ("handler", 20), ("handler", 24),
]  # fmt: skip


@pytest.fixture
def county(here: County) -> County:
    """With an office for land."""
    unit = org.add_unit(
        code="ZR",
        name="县自然资源局",
        kind="department",
        parent=None,
        area=None,
        by=SYSTEM,
        at=START,
        short_name="县自然资源局",
    )
    user = org.add_person(username="land", name="田亩", password=None, by=SYSTEM, at=START)
    org.give_post(user=user, unit=unit, title="股长", role="handler", by=SYSTEM, at=START)
    here.units["ZR"], here.users["land"] = unit, user
    return here


def begun(desk: Page) -> Project:
    """Register the firm, begin its project on the day the contract was signed."""
    desk.goto("/desk/enterprises/new/")
    fill(
        desk,
        firm="金山置业有限公司",
        code="91431281MA0000001X",
        area="石桥镇",
        phone="13800001111",
        name="葛经理",
    )
    press(desk, "登记")
    expect(desk.locator(".error-summary")).to_contain_text("校验")  # the last sign is wrong, and says so
    fill(desk, code=code(1))
    press(desk, "登记")
    desk.get_by_role("link", name=re.compile("金山置业")).first.click()
    go(desk, "开始一个项目")
    fill(desk, name="金山家苑", first_day="2026-03-02", unit="县住房和城乡建设局")
    desk.locator("[name=plan][value=land_certificate]").check()
    press(desk, "开始")
    return Project.objects.get()


def test_from_land_to_certificate_in_23_days_with_where_each_day_went(
    county: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    desk = seat(new_page, county, "coordinator", live_server.url)
    row = begun(desk)
    work, other = f"/desk/enterprises/projects/{row.pk}/", new_page(width=390, height=844)
    for who, day in STEPS:
        desk = sit(desk, county, "coordinator", live_server.url)
        desk.goto(work)
        go(desk, "开始下一步")
        press(desk, "交过去")  # what, with whom and how many working days are filled in
        expect(desk.locator(".notice--good")).to_contain_text("交过去了")
        until(clock, datetime.combine(date(2026, 3, day), time(16), BEIJING))
        page = sit(other, county, who or "coordinator", live_server.url)
        page.goto(work)
        go(page, "办好了")
        fill(page, account="材料齐了，证发了")
        press(page, "记下")
    assert Commitment.objects.filter(kind="joint", closed_at__isnull=False).count() == 5
    desk = sit(desk, county, "coordinator", live_server.url)
    desk.goto(work)
    go(desk, "项目办成了")
    press(desk, "记下")
    assert "23" in desk.locator(".figure", has_text="从头到尾").inner_text()
    table = desk.locator("table", has_text="和别人同时").first
    found = {
        r.locator("td").nth(0).inner_text(): int(r.locator("td").nth(1).inner_text())
        for r in table.locator("tbody tr").all()
    }
    assert found == {"县自然资源局": 10, "金山置业有限公司": 6, "县住房和城乡建设局": 7}
    assert sum(found.values()) == 23 == (date(2026, 3, 24) - date(2026, 3, 2) + timedelta(days=1)).days
    desk.locator("summary", has_text="一天一天看").click()
    expect(desk.locator("details table tbody tr")).to_have_count(23)
    assert faults(desk) == []
    other.goto(work)
    assert faults(other) == []
