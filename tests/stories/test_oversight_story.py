"""Responsibility in a real browser: signatures that resolve nothing, a quarrel mediated, 102 long-standing cases."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.county import County, build
from tests.stories.conftest import NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from zhuoluo.matters.models import Milestone
from zhuoluo.matters.tests.path import Path as Way
from zhuoluo.oversight import actions, reads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = ("路修好了，一起走过一遍", "诉求合理，不需要做工作", "发放了误工补助", "没有违法行为")
SHOWN = ("三方签字的验收单", "", "补助发放表和回单", "")


@pytest.fixture
def here(transactional_db: None, live_server: Any) -> County:
    return build()


@pytest.fixture
def desk(here: County, new_page: NewPage, live_server: Any) -> Any:
    def seated(who: str, width: int = 1280) -> Page:
        page = new_page(width=width, height=900 if width > 600 else 740)
        return sit(page, here, who, live_server.url)

    return seated


def served(county: County, days: int = 3) -> Way:
    return Way.register(county, at=timezone.now() - timedelta(days=days)).served()


def settled(path: Way) -> Way:
    path.act(
        "settle", "handler", kind="settlement", text="承办单位按方案办好，双方不再争吵", free_will="当面念过全文，本人愿意",
        signed_on=path.at.date(), nothing_owed=True,
    )  # fmt: skip
    return path


def figure(page: Page, words: str) -> str:
    return page.locator(".figure", has_text=words).first.inner_text()


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


def fill_boxes(page: Page, case_id: Any) -> None:
    """Fill the four boxes and put the case forward, as the leader does."""
    page.goto(reverse("oversight:boxes", args=[case_id]))
    for key, words, shown in zip(("solve", "explain", "help", "lawful"), WORDS, SHOWN, strict=True):
        page.locator(f"[name={key}_applies][value={'yes' if shown else 'no'}]").check()
        page.locator(f"[name={key}_words]").fill(words)
        page.locator(f"[name={key}_evidence]").fill(shown)
    page.locator(".form-actions button").click()
    page.get_by_role("button", name="提请认定化解").click()
    expect(page.locator("body")).to_contain_text("已提请认定")


def certify(page: Page, case_id: Any) -> None:
    page.goto(reverse("oversight:case", args=[case_id]))
    page.get_by_role("link", name="认定化解").click()
    page.locator("[name=evidence]").fill("到现场看过，和诉求人说的一样，都办好了")
    page.locator(".form-actions button").click()
    expect(page.locator("body")).to_contain_text("已认定化解")


def test_twenty_seven_signatures_of_twenty_eight_resolve_nothing(here: County, desk: Any) -> None:
    paths = [served(here) for _ in range(28)]
    for path in paths[:27]:
        settled(path)
    now = timezone.now()
    ids = [path.matter.id for path in paths]
    actions.list_cases(matter_ids=ids, source="当天接访", by=here.who("officer", now), at=now)
    leader = desk("leader")
    leader.goto(reverse("oversight:home"))
    assert "27" in figure(leader, "只签了协议")
    assert "0 / 28" in figure(leader, "化解率").replace("\n", " ") or "0" in figure(leader, "化解率")
    assert Milestone.objects.filter(kind="served", undone_at__isnull=True).count() == 28
    assert not Milestone.objects.filter(kind="resolved").exists()
    case = actions.take(
        matter_id=ids[0], leader_id=here.users["leader"].id, plan="摸清情况、讲清道理、协调资金", source="reception",
        until=date.today() + timedelta(days=30), by=here.who("leader", now), at=now, law=here.law,
    )  # fmt: skip
    fill_boxes(leader, case.id)
    certify(desk("checker"), case.id)
    leader.goto(reverse("oversight:home"))
    assert "26" in figure(leader, "只签了协议")
    assert reads.board(here.who("leader")).certified == 1
    assert not faults(leader)


def test_a_pig_farm_is_closed_repaired_and_the_quarrel_mediated_by_a_villager(
    here: County, desk: Any
) -> None:
    path = Way.register(
        here,
        at=timezone.now() - timedelta(days=2),
        text="村口养猪场臭气熏天，粪水冲垮了我家田埂，两家吵了半年。",
    ).handling()
    number, page = path.matter.number, desk("handler", 390)

    def act(name: str) -> None:
        page.goto(reverse("matters:act", args=[number, name]))

    act("mediate")
    page.locator("[name=consent_of_both]").check()
    page.locator("[name=mediator]").fill("石桥村明白人")
    page.locator("[name=result][value=agreed]").check()
    page.locator("[name=account]").fill("在祠堂坐下来谈，猪场月底关停，帮着修田埂")
    page.locator(".form-actions button").click()
    expect(page.locator("body")).to_contain_text("调解已记录")
    act("settle")
    page.locator("[name=kind][value=reconciliation]").check()
    page.locator("[name=text]").fill("猪场月底关停清场，承办单位组织修复田埂；双方不再争吵。")
    page.locator("[name=signed_on]").fill(day(0))
    page.locator("[name=free_will]").fill("明白人当面念过全文，两家都说愿意")
    page.locator("[name=side1]").select_option("unit")
    page.locator("[name=what1]").fill("修复田埂，清走粪水")
    page.locator("[name=until1]").fill(day(10))
    page.locator(".form-actions button").click()
    expect(page.locator("body")).to_contain_text("签字不等于化解")
    expect(page.locator("body")).to_contain_text("等待履行")
    assert not faults(page)
    act("perform")
    page.locator("[name=account]").fill("猪场已清空，田埂修好，两家一起看过")
    page.locator(".form-actions button").click()
    expect(page.locator("body")).to_contain_text("已履行")
    path.matter.refresh_from_db()
    assert path.matter.stage == "handling"
    held = set(
        Milestone.objects.filter(matter=path.matter, undone_at__isnull=True).values_list("kind", flat=True)
    )
    assert {"settled", "performed"} <= held
    assert "resolved" not in held


def test_a_hundred_and_two_long_standing_cases_are_counted_apart(here: County, desk: Any) -> None:
    at = timezone.now() - timedelta(days=3)
    paths = [served(here) for _ in range(3)] + [Way.register(here, at=at) for _ in range(99)]
    officer, leader = desk("officer"), desk("leader")
    officer.goto(reverse("oversight:list"))
    officer.locator("[name=source]").fill("2026年信访积案清单")
    officer.locator("[name=numbers]").fill(
        "\n".join(f"{n}\t{path.matter.number}\t石桥镇" for n, path in enumerate(paths, 1))
    )
    officer.locator(".form-actions button").click()
    expect(officer.locator("body")).to_contain_text("新列入 102 件积案")
    cases = []
    for path in paths[:3]:
        leader.goto(f"{reverse('oversight:take')}?n={path.matter.number}")
        leader.locator("[name=plan]").fill("摸清情况、讲清道理、协调资金、签好协议")
        leader.locator("[name=until]").fill(day(30))
        leader.locator(".form-actions button").click()
        cases.append(leader.url.rstrip("/").rsplit("/", 1)[-1])
        fill_boxes(leader, cases[-1])
    certify(desk("checker"), cases[0])
    leader.goto(reverse("oversight:home"))
    board = reads.board(here.who("leader"))
    counted = (board.listed, board.held, board.forward, board.certified, board.signed, board.free)
    assert counted == (102, 3, 2, 1, 0, 99)
    assert "102" in figure(leader, "列入的积案")
    assert not faults(leader)
