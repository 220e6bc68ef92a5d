"""Triage: one at a time beside the list, several in one go; every one chosen is accounted for."""

from typing import Any

import pytest
from django.urls import reverse

from tests.county import County
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.front import cost, many, signed_in, stand_still, text
from zhuoluo.matters.tests.path import Path
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db
INBOX = "/desk/inbox/"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)


def _mine(county: County, **changes: Any) -> Path:
    return Path.register(county, by=county.who("clerk"), **changes)


def chosen(*paths: Path) -> list[str]:
    for path in paths:
        path.matter.refresh_from_db()
    return [f"{path.matter.number}:{path.matter.version}" for path in paths]


def _do(county: County, verb: str, who: str = "clerk", **data: Any) -> Any:
    return signed_in(county, who).post(reverse("matters:bulk", args=[verb]), data)


def _verbs(path: Path) -> list[str]:
    return list(
        Entry.objects.filter(subject_id=path.matter.id).order_by("seq").values_list("verb", flat=True)
    )


def test_the_inbox_holds_what_waits_to_be_routed_taken_and_ruled_on(county: County) -> None:
    new = _mine(county)
    disputed = Path.register(county).routed()
    disputed.act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    sent = Path.register(county).routed()

    def numbers(who: str) -> set[str]:
        return {s.row.number for s in signed_in(county, who).get(INBOX).context["rows"]}

    assert numbers("clerk") == {new.matter.number, disputed.matter.number}
    assert numbers("handler") == {sent.matter.number, disputed.matter.number}
    assert numbers("road") == set()


def test_opening_the_list_shows_no_matter_and_records_no_look(county: County) -> None:
    path = _mine(county)
    page = text(signed_in(county, "clerk").get(INBOX))
    assert path.matter.text not in page
    assert not View.objects.exists()


def test_opening_one_beside_the_list_is_a_recorded_look_at_a_masked_raiser(county: County) -> None:
    path = _mine(county)
    client, url = signed_in(county, "clerk"), reverse("matters:inbox-matter", args=[path.matter.number])
    whole = client.get(url)
    assert path.matter.text in text(whole)
    assert "张**" in text(whole)
    assert "138****0000" in text(whole)
    assert "张三丰" not in text(whole)
    assert "no-store" in whole.headers["Cache-Control"]
    pane = text(client.get(url, headers={"HX-Request": "true", "HX-Target": "pane"}))
    assert "<html" not in pane
    assert path.matter.text in pane
    assert View.objects.filter(subject_id=path.matter.id, kind="opened").count() == 2


def test_the_buttons_are_those_the_reader_may_press_now(county: County) -> None:
    path = Path.register(county).routed()

    def keys(who: str) -> list[str]:
        page = signed_in(county, who).get(reverse("matters:inbox-matter", args=[path.matter.number]))
        return [deed.key for deed in page.context["deeds"]]

    assert keys("handler") == ["a", "o", "h", "q"]
    path.act("object_to", "handler", reason="路灯产权归村集体，应由镇政府办理")
    assert "a" not in keys("handler")
    assert keys("clerk")[0] == "u"


def test_every_key_of_triage_is_on_a_new_matter(county: County) -> None:
    path = _mine(county)
    page = signed_in(county, "clerk").get(reverse("matters:inbox-matter", args=[path.matter.number]))
    keys = {deed.key for deed in page.context["deeds"]}
    assert keys >= set("afsdrmq")
    assert not keys & set("jkxn/?")  # taken by the lists themselves


def test_a_matter_of_another_unit_cannot_be_opened_in_the_pane(county: County) -> None:
    path = Path.register(county, area="431281200001")
    url = reverse("matters:inbox-matter", args=[path.matter.number])
    assert signed_in(county, "clerk").get(url).status_code == 404


def test_one_matter_is_forwarded_and_the_reader_is_back_at_the_list(county: County) -> None:
    path = _mine(county)
    response = _do(county, "forward", m=chosen(path), unit="住房和城乡建设局", note="请查看")
    assert response.headers["Location"] == f"{INBOX}?done=1"
    path.matter.refresh_from_db()
    assert (path.matter.stage, path.matter.lead_unit_id) == ("routed", county.units["ZJ"].id)


def test_accepting_takes_what_was_sent_and_accepts_what_is_new(county: County) -> None:
    new = _mine(county)
    _do(county, "accept", m=chosen(new))
    assert _verbs(new) == ["register", "accept"]
    sent = Path.register(county).routed()
    _do(county, "accept", "handler", m=chosen(sent))
    assert _verbs(sent) == ["register", "forward", "take"]


def test_several_are_assigned_in_one_go_each_by_an_act_of_its_own(county: County) -> None:
    paths = many(county, 3, by=county.who("clerk"))
    response = _do(county, "assign", m=chosen(*paths), unit="住房和城乡建设局", report_by="2026-04-01")
    for path in paths:
        assert _verbs(path) == ["register", "assign"]
    assert Commitment.objects.filter(kind="report", closed_at__isnull=True).count() == 3
    client = signed_in(county, "clerk")
    assert (
        client.get(response.headers["Location"]).status_code == 302
    )  # another session has no outcome to show


def test_each_of_several_is_accounted_for_done_or_refused_with_its_reason(county: County) -> None:
    done, moved, ended = many(county, 3, by=county.who("clerk"))
    picked = chosen(done, moved, ended)
    moved.act("note", "clerk", text="刚和村里通过电话")
    ended.act("redirect", "clerk", door="arbitration", where="请向县劳动人事争议仲裁委员会申请")
    picked[2] = f"{ended.matter.number}:{ended.matter.version}"
    client = signed_in(county, "clerk")
    response = client.post(
        reverse("matters:bulk", args=["forward"]), {"m": picked, "unit": "住房和城乡建设局"}, follow=True
    )
    assert [row["number"] for row in response.context["done"]] == [done.matter.number]
    refused = {row["number"]: row["why"] for row in response.context["refused"]}
    assert set(refused) == {moved.matter.number, ended.matter.number}
    assert "刚被别人更新" in refused[moved.matter.number]
    assert "不能这样办理" in refused[ended.matter.number]
    page = text(response)
    assert "办成 1 件" in page
    assert "没办成 2 件" in page
    moved.matter.refresh_from_db()
    assert moved.matter.stage == "registered"
    assert client.get(response.request["PATH_INFO"]).status_code == 200  # can be read again


def test_the_outcome_keeps_no_words_of_a_matter_in_the_session(county: County) -> None:
    paths = many(county, 2, by=county.who("clerk"))
    client = signed_in(county, "clerk")
    client.post(reverse("matters:bulk", args=["forward"]), {"m": chosen(*paths), "unit": "住房和城乡建设局"})
    kept = str(client.session["outcomes"])
    assert paths[0].matter.number in kept
    assert paths[0].matter.title not in kept


def test_what_one_may_not_see_is_left_out_of_several(county: County) -> None:
    mine, far = _mine(county), Path.register(county, area="431281200001")
    _do(county, "forward", m=chosen(mine, far), unit="住房和城乡建设局")
    far.matter.refresh_from_db()
    assert far.matter.stage == "registered"
    assert _verbs(far) == ["register"]


def test_the_unit_complained_of_is_never_offered_not_even_for_one_of_several(county: County) -> None:
    plain, against = _mine(county), _mine(county, about_units=(county.units["ZJ"].id,))
    client = signed_in(county, "clerk")

    def offered(*paths: Path) -> set[str]:
        page = client.get(reverse("matters:bulk", args=["forward"]), {"m": chosen(*paths)})
        return {option.key for option in page.context["form"].fields["unit"].options}

    zj = str(county.units["ZJ"].id)
    assert zj in offered(plain)
    assert zj not in offered(against)
    assert zj not in offered(plain, against)
    _do(county, "forward", m=chosen(against), unit="住房和城乡建设局")
    against.matter.refresh_from_db()
    assert against.matter.stage == "registered"


def test_the_unit_complained_of_neither_lists_nor_opens_the_matter(county: County) -> None:
    path = _mine(county, about_units=(county.units["ZJ"].id,))
    path.routed("JT")
    client = signed_in(county, "handler")
    assert path.matter.number not in text(client.get(INBOX))
    assert client.get(reverse("matters:inbox-matter", args=[path.matter.number])).status_code == 404
    page = client.get(reverse("matters:bulk", args=["accept"]), {"m": chosen(path)})
    assert page.status_code == 302


def test_one_s_own_unit_is_not_offered(county: County) -> None:
    path = _mine(county)
    page = signed_in(county, "clerk").get(reverse("matters:bulk", args=["forward"]), {"m": chosen(path)})
    assert str(county.units["SQ"].id) not in {o.key for o in page.context["form"].fields["unit"].options}


def test_a_missing_unit_or_day_is_asked_for_and_nothing_is_done(county: County) -> None:
    paths = many(county, 2, by=county.who("clerk"))
    page = text(_do(county, "assign", m=chosen(*paths), unit="", report_by="2020-01-01", note="写好的话"))
    assert "请选择单位" in page
    assert "期限不能早于今天" in page
    assert "写好的话" in page
    assert all(_verbs(path) == ["register"] for path in paths)


def test_the_whole_list_of_units_is_shown_on_demand_and_nothing_is_done(county: County) -> None:
    path = _mine(county)
    page = text(_do(county, "forward", m=chosen(path), _all="1", note="写到一半"))
    assert "写到一半" in page
    assert "县交通运输局" in page
    assert "error-summary" not in page
    assert _verbs(path) == ["register"]


def test_a_court_case_is_told_its_way_and_not_accepted(county: County) -> None:
    path = Path.register(county, klass="litigation")
    page = text(_do(county, "accept", "clerk", m=chosen(path)))
    assert "请告知途径" in page
    assert _verbs(path) == ["register"]


def test_no_more_than_a_hundred_at_once_and_unknown_verbs_are_not_there(county: County) -> None:
    path = _mine(county)
    junk = [f"QX260302-{n:04d}-0:1" for n in range(100)]
    assert _do(county, "accept", m=[*junk, *chosen(path)]).status_code == 302
    assert _verbs(path) == ["register"]
    assert _do(county, "withdraw", m=chosen(path)).status_code == 404


def test_a_handler_without_triage_may_take_but_not_forward(county: County) -> None:
    path = Path.register(county).routed()
    page = text(signed_in(county, "handler").get(INBOX))
    assert reverse("matters:bulk", args=["accept"]) in page
    assert reverse("matters:bulk", args=["forward"]) not in page
    refused = text(_do(county, "forward", "handler", m=chosen(path), unit="交通运输局"))
    assert "您的岗位不能对这件事项这样办理" in refused or "不能这样办理" in refused
    assert Matter.objects.get(pk=path.matter.pk).lead_unit_id == county.units["ZJ"].id


def test_the_pane_takes_a_fixed_number_of_queries(county: County) -> None:
    client = signed_in(county, "clerk")
    path = _mine(county)
    url = reverse("matters:inbox-matter", args=[path.matter.number])
    one, _ = cost(client, url)
    many(county, 33, by=county.who("clerk"))
    more, size = cost(client, url)
    assert more == one <= 25
    assert size <= 60_000
