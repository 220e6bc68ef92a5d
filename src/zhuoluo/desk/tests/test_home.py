"""The first page of every role, the navigation, and its cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.county import MONDAY, County
from zhuoluo.desk import reads
from zhuoluo.matters.reads import counts
from zhuoluo.matters.tests.front import LATER, cost, many, signed_in, stand_still, text
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.django_db
HOME = "/desk/"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)


def labels(county: County, who: str) -> list[str]:
    return [item["label"] for item in reads.nav(county.who(who), HOME, now=LATER)]


FRONTS = ("调研", "现场办公", "夜宿值班", "企业", "湾村明白人")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (
            "clerk",
            [
                "今天",
                "收件",
                "我的待办",
                "登记一件",
                "接访",
                "全部事项",
                "数字",
                "台账",
                "调研",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "直播间",
                "政策库",
            ],
        ),
        (
            "handler",
            ["今天", "收件", "我的待办", "登记一件", "全部事项", "数字", "企业", "湾村明白人", "政策库"],
        ),
        (
            "head",
            [
                "今天",
                "收件",
                "我的待办",
                "登记一件",
                "等我决定",
                "接访",
                "全部事项",
                "数字",
                "导出台账",
                "调研",
                "现场办公",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "政策库",
                "项目和奖补",
            ],
        ),
        (
            "officer",
            [
                "今天",
                "收件",
                "我的待办",
                "登记一件",
                "接访",
                "积案和监督",
                "异常在先",
                "复查复核",
                "全部事项",
                "数字",
                "台账",
                "调研",
                "现场办公",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "政策库",
            ],
        ),
        (
            "caller",
            [
                "今天",
                "回访和复核",
                "积案和监督",
                "全部事项",
                "数字",
                "调研",
                "现场办公",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "政策库",
            ],
        ),
        (
            "supervisor",
            [
                "今天",
                "回访和复核",
                "积案和监督",
                "异常在先",
                "复查复核",
                "全部事项",
                "数字",
                "导出台账",
                "调研",
                "现场办公",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "政策库",
            ],
        ),
        (
            "leader",
            [
                "今天",
                "我的接访",
                "接访",
                "我的包案",
                "积案和监督",
                "异常在先",
                "复查复核",
                "全部事项",
                "数字",
                "调研",
                "现场办公",
                "夜宿值班",
                "企业",
                "湾村明白人",
                "宣讲",
                "政策库",
            ],
        ),
        ("reviewer", ["今天", "我的待办", "复查复核", "全部事项", "数字", "政策库"]),
        ("mediator", ["今天", "登记一件", "我的调解", "政策库"]),
        ("auditor", ["今天", "数字", "政策库"]),
        ("admin", ["今天", "人员和岗位", "单位", "区划", "放假安排", "政策库"]),
    ],
)
def test_the_navigation_holds_what_the_post_opens_and_every_line_opens(
    county: County, who: str, expected: list[str]
) -> None:
    assert labels(county, who) == expected
    client = signed_in(county, who)
    for item in reads.nav(county.who(who), HOME, now=LATER):
        assert client.get(item["url"]).status_code == 200, item


def test_objections_bring_the_decisions_into_a_clerks_navigation(county: County) -> None:
    Path.register(county).routed().act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    assert "等我决定" in labels(county, "clerk")


def test_one_line_is_marked_as_the_page_one_is_on(county: County) -> None:
    for path, label in (
        ("/desk/", "今天"), ("/desk/inbox/QX1/", "收件"), ("/desk/register/", "登记一件"), ("/desk/matters/", "全部事项"),
        ("/desk/figures/", "数字"),
    ):  # fmt: skip
        items = reads.nav(county.who("clerk"), path, now=LATER)
        assert [i["label"] for i in items if i["current"]] == [label], path
    assert not any(i["current"] for i in reads.nav(county.who("clerk"), "/desk/search", now=LATER))


def test_the_outreach_officer_has_talks_before_the_rest(county: County) -> None:
    found = labels(county, "outreach")
    assert found.index("宣讲") < found.index("全部事项")


def test_the_navigation_counts_and_keys_digits(county: County) -> None:
    many(county, 3, by=county.who("clerk"))
    items = {i["label"]: i for i in reads.nav(county.who("clerk"), HOME, now=LATER)}
    assert items["收件"]["count"] == "3"
    assert items["登记一件"]["count"] == ""
    keys = [i["key"] for i in items.values()]
    assert keys[:10] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
    assert not any(keys[10:])


def test_the_navigation_is_one_query(county: County, django_assert_num_queries: object) -> None:
    actor = county.who("head")
    reads.nav(actor, HOME, now=LATER)  # reads the thresholds of the place, remembered from then on
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        reads.nav(actor, HOME, now=LATER)


@pytest.mark.parametrize("who", ["clerk", "handler", "head", "officer", "caller", "supervisor", "leader"])
def test_home_costs_the_same_with_one_matter_and_with_thirty(county: County, who: str) -> None:
    client = signed_in(county, who)
    Path.register(county).handling().act("draft", "handler", content=DRAFT)
    one, _ = cost(client, HOME)
    many(county, 30, lambda path: path.handling() and None)
    more, size = cost(client, HOME)
    assert more == one <= 16
    assert size <= 60_000


def test_home_shows_each_role_its_work_and_each_number_opens_exactly_its_rows(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path.register(county, by=county.who("clerk"))
    Path.register(county).handling().act("draft", "handler", content=DRAFT)
    Path.register(county).routed().act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    unhappy = Path.register(county).served()
    unhappy.act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied")
    Path.register(county).served()
    now = MONDAY + timedelta(days=80)
    stand_still(monkeypatch, now)
    for who in ("clerk", "handler", "head", "caller", "checker"):
        actor, client = county.who(who, now), signed_in(county, who)
        tiles = reads.tiles(actor, counts(actor, now=now))
        assert tiles, who
        for tile in tiles:
            assert str(len(client.get(tile.href).context["rows"])) == tile.number, (who, tile)
    for tile in reads.exceptions(county.who("checker", now), now=now):
        context = signed_in(county, "checker").get(tile.href).context
        rows = context.get("owed") or context.get("findings") or []
        assert str(len(rows)) == tile.number, tile


def test_the_most_urgent_stands_first_on_the_first_page(county: County) -> None:
    slow = Path.register(county, by=county.who("clerk"), text="河边护栏断了一截，孩子常在那里玩。")
    fast = Path.register(county, by=county.who("clerk"), klass="inquiry", text="老年食堂什么时候恢复开门？")
    page = text(signed_in(county, "clerk").get(HOME))
    assert page.index(fast.matter.number) < page.index(slow.matter.number)


def test_a_festival_and_a_make_up_day_are_named(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "劳动节" not in text(signed_in(county, "clerk").get(HOME))
    stand_still(monkeypatch, MONDAY.replace(month=5, day=1))
    assert "劳动节" in text(signed_in(county, "clerk").get(HOME))
    stand_still(monkeypatch, MONDAY.replace(month=5, day=9))
    assert "调休上班" in text(signed_in(county, "clerk").get(HOME))


def test_whoever_stands_in_is_told_for_whom_and_sees_that_work(county: County) -> None:
    Path.register(county).routed()
    org.substitute(
        absent=county.users["handler"], substitute=county.users["road"], from_date=LATER.date(),
        until_date=LATER.date(), by=SYSTEM, at=LATER,
    )  # fmt: skip
    page = signed_in(county, "road").get(HOME)
    assert "王建国" in text(page)
    assert len(page.context["rows"]) == 1


def test_strangers_are_sent_to_sign_in(county: County) -> None:
    for url in (HOME, reverse("desk:search"), reverse("matters:owed"), reverse("matters:register")):
        assert Client().get(url).headers["Location"].startswith(reverse("org:sign-in"))


def test_residents_pages_carry_no_staff_navigation(county: County) -> None:
    page = signed_in(county, "clerk").get("/")
    assert page.context["nav"] == []
