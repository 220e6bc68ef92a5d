"""Nights in a browser: a roster published, the leaning pole, and the pig farm's quarrel with a village mediator.

After the account of Wangcheng (望城, seeds/001): told at a talk in the evening, measured that night, planned the next day, set
up on the second; and a quarrel beside a pig farm that a trusted villager settled.
"""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.county import County
from tests.stories.conftest import Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from tests.stories.test_programmes_story import PHONE, seat
from tests.stories.walks import fill, go, press, until
from zhuoluo.clock import BEIJING
from zhuoluo.duty.models import Night
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.village.models import Mediator, Quarrel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TUESDAY = datetime(2026, 3, 3, 20, 0, tzinfo=BEIJING)


def rostered(desk: Page) -> None:
    """Write a rule, make the month, publish it."""
    desk.goto("/desk/duty/")
    go(desk, "写一条规则")
    fill(desk, name="石桥镇夜宿", place="镇政府值班室", phone="0731-8800000")
    desk.locator("[name=unit]").select_option(label="石桥镇")
    for name in ("陈立新", "郑涛"):
        desk.locator("label", has_text=name).first.click()
    press(desk, "保存")
    desk.goto("/desk/duty/roster/?month=2026-03")
    press(desk, "按规则排这个月")
    press(desk, "公布这个月")
    expect(desk.locator("tbody tr")).to_have_count(29)  # from tomorrow on
    go(desk, "轮得匀不匀")
    expect(desk.locator("tbody tr")).to_have_count(2)


def test_the_leaning_pole_is_measured_that_night_and_stands_on_the_second_day(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    rostered(seat(new_page, here, "coordinator", live_server.url))
    phone = new_page(width=PHONE, height=844)
    phone.goto("/duty/")
    expect(phone.locator("main")).to_contain_text("陈立新")
    fill(phone, q="石桥")
    press(phone, "找")
    expect(phone.locator("main")).to_contain_text("0731-8800000")
    assert faults(phone) == []
    assert "BEGIN:VEVENT" in phone.request.get("/duty/nights.ics").text()

    until(clock, TUESDAY)
    clerk = sit(new_page(width=PHONE, height=844), here, "clerk", live_server.url)
    clerk.goto("/desk/duty/")
    clerk.get_by_role("link", name=re.compile("^石桥镇")).first.click()
    go(clerk, "走访一户")
    fill(
        clerk,
        name="伍大爷",
        area="石桥村",
        address="石桥村2组",
        phone="13812345678",
        heard="晚上散步怕电线杆倒下来",
    )
    press(clerk, "记下")
    go(clerk, "这一户提一件事")
    fill(clerk, text="文化中心门口的电线杆歪了，线快碰到头", place="文化中心门口")
    press(clerk, "登记成事项")
    code = clerk.locator(".rx-code").inner_text().replace(" ", "")
    go(clerk, "记下今晚的回应")
    fill(clerk, words="电力班已经来量过，歪了十五度；明天上午定方案，后天立新杆。")
    press(clerk, "记下")
    expect(clerk.locator("main")).not_to_contain_text("今晚要回应")
    assert faults(clerk) == []
    matter = Matter.objects.get(channel="duty")
    said = Commitment.objects.get(matter=matter, kind="tonight")
    assert said.closed_at is not None
    assert said.closed_at < said.due

    phone.goto("/follow/")  # that night the old man reads on his phone what will be done
    fill(phone, number=matter.number, code=code)
    phone.locator("main form .button--primary").first.click()
    expect(phone.locator("main")).to_contain_text("明天上午定方案")

    until(clock, TUESDAY + timedelta(hours=12))
    clerk = sit(new_page(width=PHONE, height=844), here, "clerk", live_server.url)
    night = Night.objects.get(day=TUESDAY.date())
    clerk.goto(f"/desk/duty/{night.pk}/")
    go(clerk, "交班")
    expect(clerk.locator("main")).to_contain_text(matter.number)
    fill(clerk, taken_by="郑涛", words="电线杆今天上午定方案")
    press(clerk, "交班")
    expect(clerk.locator("main")).to_contain_text("郑涛 接班")

    _next_two_days(here, clock, matter)
    desk = seat(new_page, here, "coordinator", live_server.url)
    desk.goto("/desk/duty/")
    expect(desk.locator("tbody tr").filter(has_text="2026-03-03")).to_contain_text("已销号")
    assert desk.request.get("/desk/duty/sheet/").body()[:2] == b"PK"
    kept = desk.request.get(f"/desk/duty/{night.pk}/").text()
    assert "13812345678" not in kept


def _next_two_days(county: County, clock: Clock, matter: Matter) -> None:
    """The township plans it the next day, sets the pole up on the second; others ask the old man and go and see."""
    until(clock, TUESDAY + timedelta(hours=14))
    path = Path(county, matter, clock.now())
    path.act("accept", "town_head")
    path.act("note", "clerk", text="方案定了：换一根十二米的杆，拉两道线")
    until(clock, TUESDAY + timedelta(days=1, hours=19))
    path.at = clock.now()
    photo = files.keep(data=jpeg(), name="立好.jpg", at=path.at)
    path.act("add_evidence", "clerk", files=[(photo.id, "after", "新杆立好了")])
    path.act("draft", "clerk", content=DRAFT)
    path.act("issue", "town_head", draft_version=1)
    path.act("serve", "clerk", method="in_person")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    path.act("certify", "supervisor", evidence="到文化中心门口看过，新杆直的")
    until(clock, path.at + timedelta(hours=1))
    assert path.at < TUESDAY + timedelta(days=2, hours=4)


def test_two_on_duty_swap_and_the_published_roster_says_so(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    rostered(seat(new_page, here, "coordinator", live_server.url))
    nights = list(Night.objects.order_by("day").prefetch_related("seats__planned")[2:8])
    first = next(n for n in nights if n.seats.all()[0].planned.name == "郑涛")
    other = next(n for n in nights if n.seats.all()[0].planned.name == "陈立新")
    mayor = seat(new_page, here, "town_head", live_server.url)
    mayor.goto("/desk/duty/roster/?month=2026-03")
    go(mayor, "换班")
    mayor.locator("[name=mine]").select_option(label=f"{first.day:%m-%d} 石桥镇")
    mayor.locator("[name=theirs]").select_option(label=f"{other.day:%m-%d} 石桥镇 陈立新")
    mayor.locator(".form-actions button").click()
    leader = seat(new_page, here, "leader", live_server.url)
    leader.goto("/desk/duty/roster/?month=2026-03")
    press(leader, "换")
    phone = new_page(width=PHONE, height=844)
    phone.goto("/duty/?q=石桥")
    for night, name in ((first, "陈立新"), (other, "郑涛")):
        section = phone.locator("section", has_text=f"{night.day.month}月{night.day.day}日")
        expect(section.first).to_contain_text(name)


def test_the_pig_farms_quarrel_is_settled_by_a_villager_who_sees_only_what_he_was_given(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
) -> None:
    path = Path.register(
        here,
        by=here.who("clerk"),
        channel="walk_in",
        text="养猪场臭气熏天，粪水冲垮我家田埂，两家吵了半年，要赔两万元。",
    )
    clerk = seat(new_page, here, "clerk", live_server.url)
    clerk.goto("/desk/village/")
    go(clerk, "列一位")
    fill(clerk, user="石老根", area="石桥村", consented_on="2026-02-20", good_at="邻里、宅基地")
    press(clerk, "列上")
    expect(clerk.locator(".error-summary")).to_contain_text("没有本人同意")
    clerk.locator("[name=agreed]").check()
    press(clerk, "列上")
    expect(clerk.locator("main")).to_contain_text("石老根")
    go(clerk, "交给明白人")
    fill(
        clerk,
        number=path.matter.number,
        mediator="石老根",
        told="猪场和田埂那两家吵了半年，去说和一下，田埂在村口。",
    )
    press(clerk, "交给他")

    old = sit(new_page(width=PHONE, height=844), here, "mediator", live_server.url)
    old.goto("/desk/village/mine/")
    assert faults(old) == []
    old.locator("main").get_by_role("link", name=re.compile("猪场和田埂")).click()
    for secret in (path.matter.number, "13812340000", "张三丰", "两万元"):
        assert secret not in old.content()
    assert old.request.get(reverse("matters:page", args=[path.matter.number])).status in (403, 404)
    press(old, "我来调解")
    assert (
        old.locator("main form [name]:not([type=hidden])").evaluate_all(
            "e => new Set(e.map(x => x.name)).size"
        )
        <= 4
    )
    old.locator("label", has_text="达成一致").first.click()
    fill(old, present="两家户主", said="猪场月底关停，帮着修田埂")
    press(old, "记下")
    expect(old.locator("main")).to_contain_text("谈过的")
    assert faults(old) == []
    assert (Mediator.objects.count(), Quarrel.objects.get().state) == (1, "done")

    clerk.goto(reverse("matters:page", args=[path.matter.number]))
    expect(clerk.locator("body")).to_contain_text("猪场月底关停，帮着修田埂")
    phone = new_page(width=PHONE, height=844)
    phone.goto("/mediators/?q=石桥")
    expect(phone.locator("main")).to_contain_text("石老根")
    old.goto("/desk/village/mine/")
    press(old, "不想再列名，撤下我")
    phone.reload()
    expect(phone.locator("main")).not_to_contain_text("石老根")
