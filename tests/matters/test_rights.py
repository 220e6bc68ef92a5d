"""Who may do what on the page of a matter; the one complained of finds nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.county import PEOPLE
from zhuoluo.matters.reads.case import RIGHTS, offered, why_not
from zhuoluo.matters.reads.visible import NotFound, by_number, visible
from zhuoluo.matters.states import allowed
from zhuoluo.matters.tests.desk import Desk, said, verbs
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.tests.states import STAFF, STATES, objected
from zhuoluo.matters.views.table import ACTS
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db


# --- who may what ---


def test_the_table_of_rights_and_the_table_of_forms_name_the_same_acts() -> None:
    assert set(RIGHTS) == set(ACTS)


@pytest.mark.parametrize("state", sorted(STATES))
def test_the_buttons_are_exactly_the_acts_whose_forms_open(desk: Desk, state: str) -> None:
    path = desk.after(STATES[state](desk.path()))
    opened: set[str] = set()
    for turn, who in enumerate(STAFF):
        page = desk.page(who, path)
        if page.status_code == 404:
            assert desk.open(who, path, "note").status_code == 404
            continue
        shown = set(re.findall(r'href="[^"]+/do/(\w+)/"', said(page)))
        assert shown == set(offered(desk.met(who, path))), who
        for name in shown - opened:
            assert desk.open(who, path, name).status_code == 200, (who, name)
        opened |= shown
        closed = sorted(set(ACTS) - shown)[turn]
        assert desk.open(who, path, closed).status_code == 403, (who, closed)


@pytest.mark.parametrize("state", sorted(STATES))
def test_no_two_buttons_of_one_page_have_the_same_key(desk: Desk, state: str) -> None:
    path = STATES[state](desk.path())
    for who in STAFF:
        if visible(desk.county.who(who, path.at)).exists():
            keys = [ACTS[name].key for name in offered(desk.met(who, path)) if ACTS[name].key]
            assert len(keys) == len(set(keys)), (who, keys)
            assert not set(keys) & set("/?jkxn")


@pytest.mark.parametrize("state", sorted(STATES))
def test_an_act_without_a_button_is_refused_by_its_action_too(desk: Desk, state: str) -> None:
    """The page repeats the actions' own rules; if it were stricter or laxer, this would show."""
    path = desk.after(STATES[state](desk.path()))
    before = verbs(path)
    in_table = {
        name for name in TYPED if any(allowed(verb, path.matter.stage) for verb in RIGHTS[name].verbs)
    }
    for who in ("clerk", "handler", "head", "caller", "supervisor"):
        if visible(desk.county.who(who, path.at)).filter(pk=path.matter.pk).exists():
            for name in in_table - set(offered(desk.met(who, path))):
                answer = desk.press(who, path, name, **TYPED[name](path))
                assert answer.status_code in {403, 409}, (who, name, answer.status_code)
    assert verbs(path) == before


TYPED: dict[str, Callable[[Path], dict[str, Any]]] = {
    "accept": lambda p: {}, "take": lambda p: {}, "forward": lambda p: {"unit_pick": str(p.unit("HB"))},
    "object": lambda p: {"reason": "路灯归县交通运输局管，附分工文件"}, "rule": lambda p: {"uphold": "yes", "ruling": "分工文件属实"},
    "draft": lambda p: {"draft_version": 1}, "issue": lambda p: {"draft_version": 1}, "serve": lambda p: {"method": "post"},
    "execute": lambda p: {"account": "三盏路灯已经修好"}, "report_back": lambda p: {"report": "移交记录已附"},
    "call_back": lambda p: {"reached": "no"}, "reopen": lambda p: {"reason": "确有四盏没修"},
    "keep_answer": lambda p: {"reason": "到现场看过，三盏灯都亮，答复属实"},
    "certify": lambda p: {"evidence": "到现场看过，三盏灯都亮"}, "decide_extension": lambda p: {"grant": "yes"},
    "ask_extension": lambda p: {"days": "10", "reason": "采购需要时间"}, "recall": lambda p: {"reason": "转错了"},
    "supervise": lambda p: {"until": "2026-05-01", "reason": "群众反映强烈"}, "lift": lambda p: {"reason": "已经办好，看过了"},
    "uncertify": lambda p: {"reason": "又坏了一盏"}, "note": lambda p: {"text": "已经联系村里"},
    "reinstate": lambda p: {"reason": "查错了"}, "unmerge": lambda p: {"reason": "不是同一处"},
}  # fmt: skip


LIKELY = {
    ("registered", "clerk"): "accept", ("routed", "handler"): "take", ("objected", "clerk"): "rule",
    ("handling", "handler"): "draft", ("busy", "head"): "decide_extension", ("answered", "handler"): "serve",
    ("served", "caller"): "call_back", ("served", "handler"): "execute", ("busy", "road"): "report_back",
}  # fmt: skip


@pytest.mark.parametrize(("state", "who"), sorted(LIKELY))
def test_the_button_that_fulfils_what_one_owes_is_the_primary_one(desk: Desk, state: str, who: str) -> None:
    page = said(desk.page(who, desk.after(STATES[state](desk.path()))))
    first = re.search(r'class="button button--primary" href="[^"]+/do/(\w+)/"', page)
    assert first is not None
    assert first[1] == LIKELY[state, who]


def test_a_condition_says_why_in_words(desk: Desk) -> None:
    path = desk.after(objected(desk.path()))
    assert why_not(desk.met("handler", path), "take") == "退回异议还没有裁定"
    assert "退回异议还没有裁定" in said(desk.open("handler", path, "take"))


@pytest.mark.parametrize("klass", ["claim", "sealed", "inquiry"])
@pytest.mark.parametrize("accused", ["", "ZJ", "SQ", "handler"])
def test_opening_one_matter_follows_the_same_rule_as_listing_many(
    desk: Desk, klass: str, accused: str
) -> None:
    units = (desk.county.units[accused].id,) if accused in desk.county.units else ()
    people = (desk.county.users[accused].id,) if accused in desk.county.users else ()
    path = desk.path(about_units=units, about_people=people, klass="claim" if klass == "sealed" else klass)
    if klass == "sealed":
        path.act("seal", "clerk" if accused != "SQ" else "officer")
    if accused != "ZJ" and klass == "claim":
        by = "clerk" if accused != "SQ" else "officer"
        path.act("forward", by, unit_id=path.unit("ZJ"))
    for who, *_ in PEOPLE:
        actor = desk.county.who(who, path.at)
        listed = visible(actor).filter(pk=path.matter.pk).exists()
        try:
            by_number(actor, path.matter.number)
            opened = True
        except NotFound:
            opened = False
        assert opened == listed, who


# --- the one complained of ---


def test_the_unit_complained_of_finds_nothing_at_any_address_of_the_matter(desk: Desk) -> None:
    path = desk.path(about_units=(desk.county.units["ZJ"].id,))
    for who in ("handler", "handler2", "head"):
        for name in ("page", "print", "identity", "seen"):
            answer = desk.client(who).get(reverse(f"matters:{name}", args=[path.matter.number]))
            assert answer.status_code in {403, 404}, (who, name)
            assert path.matter.title not in said(answer)
        for name in ("note", "accept", "take", "draft", "add_evidence", "new_code"):
            assert desk.open(who, path, name).status_code == 404
            assert desk.press(who, path, name, note="x", text="xx", reason="xx").status_code == 404
    assert verbs(path) == ["register"]
    assert not View.objects.filter(subject_id=path.matter.id).exists()


def test_the_unit_complained_of_and_all_under_it_are_offered_nowhere(desk: Desk) -> None:
    path = desk.path(about_units=(desk.county.units["SQ"].id,))
    for name in ("forward", "assign"):
        page = said(desk.press("officer", path, name, _all="1"))
        assert "县住房和城乡建设局" in page
        for word in ("石桥镇</", ">石桥镇 ", "石桥村</", ">石桥村 "):
            assert word not in page[page.index("<form method") :]
        answer = desk.press("officer", path, name, unit="石桥镇", report_by="2026-05-01")
        assert answer.status_code == 422
        chosen = desk.press(
            "officer", path, name, unit="", unit_pick=str(path.unit("SQ")), report_by="2026-05-01"
        )
        assert chosen.status_code == 422
    assert verbs(path) == ["register"]


def test_the_person_complained_of_is_not_offered_to_handle_it(desk: Desk) -> None:
    path = desk.path(about_people=(desk.county.users["handler2"].id,)).handling()
    form = said(desk.open("handler", desk.after(path), "hand_over"))
    assert "孙志强" in form
    assert "刘芳" not in form
    assert desk.page("handler2", path).status_code == 404
