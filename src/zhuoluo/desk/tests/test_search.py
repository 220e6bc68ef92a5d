"""Search: Chinese words and numbers, only what the reader may see, each row once."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.safestring import SafeString

from tests.county import County
from zhuoluo.desk.views import marked
from zhuoluo.enterprise.tests.test_acts import firm
from zhuoluo.matters.tasks import index_new
from zhuoluo.matters.tests.front import LATER, cost, many, signed_in, stand_still, text, walk
from zhuoluo.matters.tests.path import Path
from zhuoluo.onsite.tests.test_acts import day
from zhuoluo.research.tests.test_acts import finding, topic

pytestmark = pytest.mark.django_db
URL = "/desk/search"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)


def indexed() -> None:
    while index_new(now=LATER):
        pass


def numbers(county: County, who: str, **asked: str) -> list[str]:
    return [r.shown.row.number for r in signed_in(county, who).get(URL, asked).context["rows"]]


def test_words_are_found_and_marked(county: County) -> None:
    path = Path.register(county, text="柳塘村的排水沟被填了，一下雨水就灌进我家院子。")
    Path.register(county, text="老年食堂关门两个月了。")
    indexed()
    page = signed_in(county, "clerk").get(URL, {"q": "排水沟 院子"})
    assert [r.shown.row.number for r in page.context["rows"]] == [path.matter.number]
    assert "<mark>排水沟</mark>" in text(page)
    assert "<mark>院子</mark>" in text(page)


def test_a_whole_number_opens_its_matter_however_it_is_typed(county: County) -> None:
    path = Path.register(county)
    there = reverse("matters:page", args=[path.matter.number])
    client = signed_in(county, "clerk")
    for typed in (path.matter.number, path.matter.number.lower().replace("-", ""), f" {path.matter.number} "):
        assert client.get(URL, {"q": typed}).headers["Location"] == there


def test_a_whole_number_one_may_not_see_opens_nothing_and_is_not_told_apart(county: County) -> None:
    path = Path.register(county)
    indexed()
    page = signed_in(county, "road").get(URL, {"q": path.matter.number})
    assert page.status_code == 200
    assert page.context["rows"] == []


def test_the_last_digits_of_a_number_are_found(county: County) -> None:
    path = Path.register(county)
    indexed()
    tail = path.matter.number.replace("-", "")[-6:]
    assert numbers(county, "clerk", q=tail) == [path.matter.number]


def test_each_reader_finds_only_what_they_may_read(county: County) -> None:
    ours = Path.register(county).routed()
    against = Path.register(county, about_units=(county.units["ZJ"].id,))
    sealed = Path.register(county)
    indexed()
    sealed.act("seal", "clerk")
    assert numbers(county, "handler", q="路灯") == [ours.matter.number]
    assert set(numbers(county, "supervisor", q="路灯")) == {ours.matter.number, against.matter.number}
    assert set(numbers(county, "officer", q="路灯")) == {ours.matter.number, against.matter.number}
    assert numbers(county, "road", q="路灯") == []


def test_a_right_lost_since_the_index_was_made_counts_at_once(county: County) -> None:
    path = Path.register(county).routed()
    indexed()
    assert numbers(county, "handler", q="路灯") == [path.matter.number]
    path.act("recall", "clerk", reason="转错了单位")
    assert numbers(county, "handler", q="路灯") == []  # though the index has not followed yet


def test_who_raised_it_is_never_found(county: County) -> None:
    Path.register(county)
    indexed()
    for secret in ("张三丰", "13812340000", "12340000"):
        assert numbers(county, "officer", q=secret) == []


def test_a_place_limits_the_search(county: County) -> None:
    here = Path.register(county)
    Path.register(county, area="431281200001")
    indexed()
    assert numbers(county, "supervisor", q="路灯", place="431281101000") == [here.matter.number]
    assert len(numbers(county, "supervisor", q="路灯", place="nowhere")) == 2


def test_the_pages_hold_each_row_once(county: County) -> None:
    paths = many(county, 45)
    indexed()
    rows = walk(signed_in(county, "clerk"), f"{URL}?q=路灯", lambda r: r.shown.row.number)
    assert sorted(rows) == sorted(p.matter.number for p in paths)
    assert len(rows) == 45


@pytest.mark.parametrize(
    "asked", [{}, {"q": ""}, {"q": "灯"}, {"q": "。。"}, {"q": "路灯", "after": "junk"}, {"q": "x" * 5000}]
)
def test_an_odd_question_gets_a_page_not_an_error(county: County, asked: dict[str, str]) -> None:
    Path.register(county)
    indexed()
    assert signed_in(county, "clerk").get(URL, asked).status_code == 200


def test_single_characters_are_left_out_and_the_page_says_so(county: County) -> None:
    Path.register(county)
    indexed()
    assert "单个字（灯）" in text(signed_in(county, "clerk").get(URL, {"q": "灯"}))


def test_search_takes_a_fixed_number_of_queries(county: County) -> None:
    client = signed_in(county, "clerk")
    many(county, 1)
    indexed()
    one, _ = cost(client, f"{URL}?q=路灯")
    many(county, 30)
    indexed()
    more, size = cost(client, f"{URL}?q=路灯")
    assert more <= one <= 13  # with few results PostgreSQL looks once more, further back; then the registers
    assert size <= 60_000


@pytest.mark.parametrize(
    ("words", "terms", "expected"),
    [
        ("路灯不亮", ["路灯"], "<mark>路灯</mark>不亮"),
        ("A<b>c", ["a<b"], "<mark>A&lt;b</mark>&gt;c"),
        ("1+1=2", ["1+1"], "<mark>1+1</mark>=2"),
        ("<script>", [], "&lt;script&gt;"),
    ],
)
def test_marking_escapes_everything_else(words: str, terms: list[str], expected: str) -> None:
    told: Any = marked(words, terms)
    assert isinstance(told, SafeString)
    assert told == expected


def test_the_registers_of_the_fronts_are_searched_too(county: County) -> None:
    firm(county, firm="先导新材有限公司")
    day(county, place="先导公司三楼会议室")
    found = finding(county, topic(county, title="先导产业工人住房"), external_id="HN-2026-77")
    client = signed_in(county, "coordinator")

    def places(words: str) -> list[tuple[str, str]]:
        page = client.get(URL, {"q": words})
        assert all(p.url in text(page) for p in page.context["places"])
        assert all(client.get(p.url).status_code == 200 for p in page.context["places"])
        return [(p.register, p.name) for p in page.context["places"]]

    assert places("先导") == [
        ("企业", "先导新材有限公司"), ("调研课题", "先导产业工人住房"), ("现场办公", "第31个企业家日"),
    ]  # fmt: skip
    assert places("HN-2026-77") == [("调研问题", found.measure)]
    assert places("没有这个词") == []


def test_a_register_shows_only_to_whoever_may_open_it(county: County) -> None:
    day(county, place="先导公司三楼会议室")
    topic(county, title="先导产业工人住房")
    assert [p.register for p in signed_in(county, "officer").get(URL, {"q": "先导"}).context["places"]] != []
    page = signed_in(county, "handler").get(URL, {"q": "先导"})
    assert page.context["places"] == []
    assert "三楼会议室" not in text(page)
