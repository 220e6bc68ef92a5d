"""The lists: each row once, a fixed number of queries, never what the reader may not see."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.urls import reverse

from tests.county import MONDAY, County
from zhuoluo.matters import actions, reads
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.reads import EXCEPTIONS, Wanted, Where
from zhuoluo.matters.tests.front import LATER, cost, many, signed_in, stand_still, text, walk
from zhuoluo.matters.tests.path import DRAFT, Path

pytestmark = pytest.mark.django_db
PAGES = {
    "clerk": ["matters:inbox", "matters:owed", "matters:list"],
    "handler": ["matters:owed"],
    "head": ["matters:waiting"],
    "caller": ["matters:callbacks", "matters:list"],
    "supervisor": ["matters:exceptions", "matters:list"],
}


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)


def _sq(county: County, count: int) -> list[Path]:
    return many(county, count, by=county.who("clerk"))


@pytest.mark.parametrize("name", ["matters:inbox", "matters:owed", "matters:list"])
def test_a_list_takes_the_same_queries_with_one_row_and_with_thirty(county: County, name: str) -> None:
    client = signed_in(county, "clerk")
    _sq(county, 1)
    one, _ = cost(client, reverse(name))
    _sq(county, 34)
    thirty, size = cost(client, reverse(name))
    assert thirty == one
    assert thirty <= 9
    assert size <= 60_000


@pytest.mark.parametrize("what", ["drafts", "extensions"])
def test_the_heads_list_takes_the_same_queries_with_one_row_and_with_thirty(
    county: County, what: str
) -> None:
    def step(path: Path) -> None:
        path.handling().act("draft", "handler", content=DRAFT)
        path.act("ask_extension", "handler", days=10, reason="需要等待鉴定结果")

    client, url = signed_in(county, "head"), f"{reverse('matters:waiting')}?what={what}"
    many(county, 1, step)
    one, _ = cost(client, url)
    many(county, 31, step)
    thirty, size = cost(client, url)
    assert (thirty, size <= 60_000) == (one, True)


def test_the_callers_list_takes_the_same_queries_with_one_row_and_with_thirty(county: County) -> None:
    def step(path: Path) -> None:
        path.served().act("call_back", "caller", reached=False)

    client, url = signed_in(county, "caller"), reverse("matters:callbacks")
    many(county, 1, step)
    one, _ = cost(client, url)
    many(county, 31, step)
    thirty, size = cost(client, url)
    assert (thirty, size <= 60_000) == (one, True)


def test_exceptions_take_the_same_queries_with_one_row_and_with_thirty(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(path: Path) -> None:
        path.served().act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied")
        path.act("execute", "handler", account="已经更换路灯")
        path.act("supervise", "supervisor", reason="群众反映强烈", until=(MONDAY + timedelta(days=5)).date())
        Matter.objects.filter(pk=path.matter.pk).update(bounces=2)

    stand_still(monkeypatch, MONDAY + timedelta(days=30))
    client = signed_in(county, "supervisor")
    urls = [f"{reverse('matters:exceptions')}?what={what}" for what in EXCEPTIONS]
    many(county, 1, step)
    one = [cost(client, url)[0] for url in urls]
    many(county, 31, step)
    for url, before in zip(urls, one, strict=True):
        thirty, size = cost(client, url)
        assert thirty == before <= 20, url
        assert size <= 60_000, url


def test_the_pages_of_what_is_owed_hold_each_row_once_soonest_first(county: County) -> None:
    paths = _sq(county, 65)
    rows = walk(signed_in(county, "clerk"), reverse("matters:owed"), lambda s: (s.row.due, s.row.number))
    assert rows == sorted(rows, key=lambda row: row[0])
    assert sorted(number for _, number in rows) == sorted(p.matter.number for p in paths)


def test_dates_that_fall_together_do_not_lose_a_row_between_pages(county: County) -> None:
    paths = _sq(county, 65)
    Commitment.objects.update(due=MONDAY + timedelta(days=9), target=MONDAY + timedelta(days=9))
    rows = walk(signed_in(county, "clerk"), reverse("matters:owed"), lambda s: s.row.number)
    assert len(rows) == 65
    assert set(rows) == {p.matter.number for p in paths}


def test_the_pages_of_all_matters_hold_each_row_once_newest_first(county: County) -> None:
    paths = _sq(county, 65)
    rows = walk(signed_in(county, "clerk"), reverse("matters:list"), lambda s: s.row.number)
    assert rows == [p.matter.number for p in reversed(paths)]


def test_a_cursor_changed_by_hand_shows_the_first_page(county: County) -> None:
    _sq(county, 1)
    for junk in ("x", "2026-03-02_x", "2026-03-02T00:00:00_00000000-0000-0000-0000-000000000000", "'; --"):
        for name in ("matters:owed", "matters:list", "matters:inbox"):
            assert len(signed_in(county, "clerk").get(reverse(name), {"after": junk}).context["rows"]) == 1


def test_what_a_colleague_owes_is_not_mine_but_my_units(county: County) -> None:
    path = Path.register(county).handling()  # taken by the handler in person
    other, url = signed_in(county, "handler2"), reverse("matters:owed")
    assert path.matter.number not in text(other.get(url))
    assert path.matter.number in text(other.get(url, {"of": "unit"}))
    assert path.matter.number in text(signed_in(county, "handler").get(url))


def test_a_list_names_only_duties_the_reader_can_carry_out(county: County) -> None:
    Path.register(county, area=None)  # routed by the petition office, where the caller sits too
    assert signed_in(county, "caller").get(reverse("matters:owed")).context["rows"] == []
    assert len(signed_in(county, "officer").get(reverse("matters:owed")).context["rows"]) == 1


def test_the_filters_of_what_is_owed_narrow_it(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Path.register(county, by=county.who("clerk"))
    stand_still(monkeypatch, MONDAY + timedelta(days=20))
    new = Path.register(county, at=MONDAY + timedelta(days=19), by=county.who("clerk"), klass="suggestion")
    client, url = signed_in(county, "clerk"), reverse("matters:owed")

    def numbers(**asked: str) -> set[str]:
        return {s.row.number for s in client.get(url, asked).context["rows"]}

    assert numbers() == {old.matter.number, new.matter.number}
    assert numbers(light="red") == {old.matter.number}
    assert numbers(light="green") == {new.matter.number}
    assert numbers(klass="suggestion") == {new.matter.number}
    assert numbers(kind="answer") == set()
    assert numbers(light="purple", kind="nonsense") == {old.matter.number, new.matter.number}


def test_a_light_is_a_word_and_a_shape_and_the_date_names_its_last_day(county: County) -> None:
    Path.register(county, by=county.who("clerk"))
    page = text(signed_in(county, "clerk").get(reverse("matters:owed")))
    assert "#shape-circle" in page
    assert "按期" in page
    assert 'datetime="2026-03-17"' in page  # fifteen days from 2 March, 24:00 of the 17th
    assert "还剩 12 天" in page


def test_a_date_gives_its_reason_when_it_is_opened(county: County) -> None:
    path = Path.register(county, by=county.who("clerk"))
    row = Commitment.objects.get(matter=path.matter)
    client, url = signed_in(county, "clerk"), reverse("matters:why", args=[row.id])
    part = text(client.get(url, headers={"HX-Request": "true"}))
    assert "第22条" in part
    assert "<html" not in part
    assert "第22条" in text(client.get(url))


def test_a_date_of_another_unit_gives_no_reason(county: County) -> None:
    path = Path.register(county, by=county.who("clerk"))
    row = Commitment.objects.get(matter=path.matter)
    assert signed_in(county, "road").get(reverse("matters:why", args=[row.id])).status_code == 404


def test_no_list_shows_a_name_or_a_phone(county: County) -> None:
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied")
    for who, names in PAGES.items():
        for name in names:
            page = text(signed_in(county, who).get(reverse(name)))
            assert "张三丰" not in page, (who, name)
            assert "13812340000" not in page, (who, name)


def test_the_unit_complained_of_sees_the_matter_in_no_list(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, MONDAY + timedelta(days=40))
    path = Path.register(county, about_units=(county.units["ZJ"].id,))
    path.routed("JT")
    for who in ("handler", "head"):
        for name in ("matters:inbox", "matters:owed", "matters:list"):
            assert path.matter.number not in text(signed_in(county, who).get(reverse(name)))
    assert path.matter.number in text(signed_in(county, "road").get(reverse("matters:inbox")))


def test_a_supervisor_complained_of_does_not_see_it_among_the_exceptions(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, MONDAY + timedelta(days=40))
    path = Path.register(county, about_people=(county.users["supervisor"].id,))
    url = reverse("matters:exceptions")
    assert path.matter.number not in text(signed_in(county, "supervisor").get(url))
    assert path.matter.number in text(signed_in(county, "checker").get(url))


def test_a_matter_that_was_sealed_is_no_exception_for_anybody(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, MONDAY + timedelta(days=40))
    path = Path.register(county)
    url = reverse("matters:exceptions")
    assert path.matter.number in text(signed_in(county, "supervisor").get(url))
    path.act("seal", "clerk")
    for name in ("supervisor", "officer"):
        assert path.matter.number not in text(signed_in(county, name).get(url))


def test_the_list_of_all_matters_is_narrowed_by_every_filter(county: County) -> None:
    town = Path.register(county, by=county.who("clerk"), channel="phone", klass="inquiry")
    other = Path.register(county, at=MONDAY + timedelta(days=2), area="431281100001").routed("ZJ", "clerk2")
    client, url = signed_in(county, "supervisor"), reverse("matters:list")

    def numbers(**asked: str) -> set[str]:
        return {s.row.number for s in client.get(url, asked).context["rows"]}

    both = {town.matter.number, other.matter.number}
    assert numbers() == both
    assert numbers(channel="phone") == {town.matter.number}
    assert numbers(klass="claim") == {other.matter.number}
    assert numbers(stage="routed") == {other.matter.number}
    assert numbers(unit="ZJ") == {other.matter.number}
    assert numbers(area="431281101000") == {town.matter.number}
    assert numbers(area="431281000000") == both
    assert numbers(since="2026-03-03") == {other.matter.number}
    assert numbers(until="2026-03-02") == {town.matter.number}
    assert numbers(since="2026-03-02", until="2026-03-04") == both
    assert numbers(unit="nowhere", since="soon", stage="?") == both


def test_a_head_sees_the_unit_and_a_leader_the_county(county: County) -> None:
    ours = Path.register(county).routed()
    theirs = Path.register(county).routed("JT")
    head = text(signed_in(county, "head").get(reverse("matters:list")))
    assert ours.matter.number in head
    assert theirs.matter.number not in head
    leader = text(signed_in(county, "leader").get(reverse("matters:list")))
    assert ours.matter.number in leader
    assert theirs.matter.number in leader


def test_an_administrator_and_an_auditor_are_shown_no_matters(county: County) -> None:
    Path.register(county, area=None)  # lies with the petition office, where the administrator sits
    for who in ("admin", "auditor", "mediator"):
        assert signed_in(county, who).get(reverse("matters:list")).status_code == 403
        page = signed_in(county, who).get(reverse("matters:owed"), {"of": "unit"})
        assert page.context["rows"] == []


def test_a_call_that_reached_nobody_is_counted_where_the_next_one_is_made(county: County) -> None:
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=False)
    path.act("call_back", "caller", reached=False)
    [row] = signed_in(county, "caller").get(reverse("matters:callbacks")).context["rows"]
    assert (row.row.tries, row.row.last) == (2, path.at)


def test_calls_before_a_matter_was_reopened_do_not_count_against_the_new_answer(county: County) -> None:
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=False)
    path.act("reopen", "supervisor", reason="诉求人来电说没有修")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="phone")
    [row] = signed_in(county, "caller").get(reverse("matters:callbacks")).context["rows"]
    assert row.row.tries == 0


def test_a_unit_that_helped_is_offered_no_call_back(county: County) -> None:
    path = Path.register(county).handling()
    path.act("invite", "handler", unit_id=path.unit("XF"), task="请协助核实情况")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="phone")
    client = signed_in(county, "caller")
    assert client.get(reverse("matters:callbacks")).context["rows"] == []
    assert reads.counts(county.who("caller"), now=LATER).callback == 0


def test_a_draft_shows_what_it_still_lacks(county: County) -> None:
    path = Path.register(county).handling()
    path.act("draft", "handler", content=actions.Drafted(outcome="supported", opinion="马上修"))
    page = text(signed_in(county, "head").get(reverse("matters:waiting")))
    assert "马上修" in page
    assert "处理意见书缺少" in page


def test_an_objection_waits_for_the_unit_that_sent_it(county: County) -> None:
    path = Path.register(county).routed()
    path.act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    url = f"{reverse('matters:waiting')}?what=objections"
    assert "路灯产权归村集体" in text(signed_in(county, "clerk").get(url))
    assert signed_in(county, "officer").get(url).context["rows"] == []


def _exception(county: County, what: str, **asked: str) -> Any:
    return signed_in(county, "supervisor").get(reverse("matters:exceptions"), {"what": what, **asked})


def test_what_was_sent_back_twice_is_an_exception_until_it_is_answered(county: County) -> None:
    path = Path.register(county)
    for code, who in (("ZJ", "handler"), ("JT", "road")):
        path.routed(code).act("object_to", who, reason="按职责分工应由石桥镇政府自己办理")
        _uphold(path)
    assert [f.row.line.number for f in _exception(county, "bounced").context["findings"]] == [
        path.matter.number
    ]
    assert reads.exception_counts(county.who("supervisor"), now=LATER)["bounced"] == 1
    path.handling().act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    assert _exception(county, "bounced").context["findings"] == []


def _uphold(path: Path) -> None:
    path.at += timedelta(hours=1)
    objection = path.matter.objections.get(ruled_at__isnull=True)
    actions.rule_on(
        objection_id=objection.id, uphold=True, ruling="同意退回，另行转交", by=path.county.who("clerk", path.at),
        at=path.at, law=path.county.law,
    )  # fmt: skip
    path.matter.refresh_from_db()


def test_a_supporting_answer_said_to_be_done_without_evidence_is_an_exception(county: County) -> None:
    bare = Path.register(county).served()
    bare.act("execute", "handler", account="已经更换路灯")
    shown = Path.register(county).served()
    photo = (shown.unit("ZJ"), "after", "修好的路灯")  # any id will do: the file itself is not read here
    shown.act("execute", "handler", account="已经更换路灯", files=[photo])
    waiting = Path.register(county).served()
    found = [f.row.line.number for f in _exception(county, "bare").context["findings"]]
    assert found == [bare.matter.number]
    assert waiting.matter.number not in found


def test_exceptions_are_narrowed_by_unit_and_township(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, MONDAY + timedelta(days=100))
    here = Path.register(county).handling()
    there = Path.register(county, area="431281100001").routed("JT", "clerk2")

    def numbers(**asked: str) -> set[str]:
        return {s.row.number for s in _exception(county, "overdue", **asked).context["owed"]}

    assert numbers() == {here.matter.number, there.matter.number}
    assert numbers(unit="JT") == {there.matter.number}
    assert numbers(area="431281101000") == {here.matter.number}
    counted = reads.exception_counts(
        county.who("supervisor"), Where(county.units["JT"].id), now=MONDAY + timedelta(days=100)
    )
    assert counted["overdue"] == 1


def test_a_perfect_rate_is_flagged_for_a_sample_only_with_enough_cases(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoluo.matters.reads.exceptions.ENOUGH", 3)
    supervisor = county.who("supervisor")
    many(county, 2, lambda path: path.served())
    assert reads.perfect(supervisor, now=LATER) == []
    many(county, 1, lambda path: path.served())
    [unit] = reads.perfect(supervisor, now=LATER)
    assert (unit.code, unit.served, unit.on_time, unit.all_on_time, unit.all_satisfied) == (
        "ZJ",
        3,
        3,
        True,
        False,
    )
    page = _exception(county, "perfect", unit="ZJ")
    assert len(page.context["sample"]) == 3
    assert [s.row.number for s in page.context["sample"]] == [
        s.row.number for s in _exception(county, "perfect", unit="ZJ").context["sample"]
    ]


def test_one_late_answer_and_the_rate_is_perfect_no_more(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoluo.matters.reads.exceptions.ENOUGH", 2)
    many(county, 2, lambda path: path.served())
    late = Path.register(county).handling()
    late.at += timedelta(days=90)
    late.act("draft", "handler", content=DRAFT)
    late.act("issue", "head", draft_version=1)
    late.act("serve", "handler", method="phone")
    assert reads.perfect(county.who("supervisor"), now=late.at) == []


def test_counts_of_the_menu_equal_the_lists_they_open(county: County) -> None:
    Path.register(county, by=county.who("clerk"))
    Path.register(county).routed().act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    Path.register(county).handling().act("draft", "handler", content=DRAFT)
    Path.register(county).served()
    for who in ("clerk", "handler", "head", "officer", "caller", "supervisor"):
        actor = county.who(who)
        counted = reads.counts(actor, now=LATER)
        kinds = tuple(reads.duties(actor).intersection(reads.INBOX)) or ("none",)
        assert counted.mine == len(reads.owed(actor, Wanted(mine=True), now=LATER).rows), who
        assert counted.inbox == len(reads.owed(actor, Wanted(kinds=kinds), now=LATER).rows), who
        if who == "head":
            assert counted.drafts == len(reads.drafts(actor, now=LATER).rows) == 1
        if who == "caller":
            assert counted.callback == len(reads.callbacks(actor, now=LATER).rows) == 1


def test_counts_beyond_the_bound_say_that_there_is_more(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("zhuoluo.matters.reads.owed"), "COUNTED", 3)
    _sq(county, 5)
    counted = reads.counts(county.who("clerk"), now=LATER)
    assert counted.more
    assert counted.inbox == 3  # shown as "3+"
