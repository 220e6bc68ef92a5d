"""Sheets taken out: only what the reader may see, no identity unless permitted, no formula alive, each going recorded."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.county import County
from zhuoluo.exchange.sheets import exporting, reads, shelf, tasks
from zhuoluo.exchange.sheets.fields import FIELDS
from zhuoluo.exchange.sheets.headers import find_table
from zhuoluo.exchange.sheets.mapping import guess
from zhuoluo.exchange.sheets.read import read_sheet
from zhuoluo.exchange.sheets.tests.registers import NOW, book, checked, imported, row
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Sought
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import SYSTEM, Actor, Forbidden, Permission
from zhuoluo.residents.reads import who_saw

pytestmark = pytest.mark.django_db
EVERYTHING = Sought()
ANSWER = {"answer": "已修好。", "on": "2019/5/1 10:00"}


def ask(by: Actor, sought: Sought = EVERYTHING, **given: Any) -> Any:
    values: dict[str, Any] = {"identity": False, "why": "", "at": NOW}
    return exporting.ask(sought=sought, by=by, **values | given)


def rows(run: Any) -> list[dict[str, Any]]:
    table = find_table(read_sheet(shelf.take(run.id), "out.xlsx"))
    assert table is not None
    return [dict(zip([c.label for c in table.columns], one.values, strict=True)) for one in table.rows]


def entitled(by: Actor) -> Actor:
    """Nobody has this right by role; a site gives it."""
    return replace(by, grants={**by.grants, Permission.EXPORT_IDENTITY: by.units})


def test_an_export_has_the_layout_of_the_template_and_comes_back_as_known(county: County) -> None:
    imported(county, book([row(1, **ANSWER), row(2)]))
    run = ask(county.who("clerk"))
    [second, first] = sorted(rows(run), key=lambda one: one["答复意见"] != "")
    assert first["答复意见"] == "已修好。"
    assert (second["办理阶段"], first["办理阶段"]) == ("已登记", "已送达答复")
    assert second["待办"] == "登记转交"
    again = checked(county, shelf.take(run.id), origin="导出的")
    assert (again.known, again.ready, again.rejected) == (2, 0, 0)


def test_the_template_is_read_as_it_was_meant(county: County) -> None:
    table = find_table(read_sheet(exporting.template(), "t.xlsx"), [1])
    assert table is not None
    mapping = guess(table.columns, [])
    assert [choice.target for choice in mapping.choices] == [field.key for field in FIELDS]


def test_identities_stay_in_the_house(county: County) -> None:
    imported(county, book([row(1)]))
    run = ask(county.who("clerk"))
    assert not {"反映人", "联系电话", "身份证号", "住址"} & set(rows(run)[0])
    with pytest.raises(Forbidden, match="身份信息"):
        ask(county.who("clerk"), identity=True, why="县里要求汇总名单")


def test_identities_leave_with_permission_and_a_reason_only(county: County, monkeypatch: Any) -> None:
    imported(county, book([row(1)]))
    by = entitled(county.who("officer"))
    monkeypatch.setattr(exporting.reads, "run_actor", lambda run, now: by)
    with pytest.raises(Refused, match="理由"):
        ask(by, identity=True, why="要")
    run = ask(by, identity=True, why="核对上门回访名单")
    assert (rows(run)[0]["反映人"], rows(run)[0]["联系电话"]) == ("张三丰", "13812340000")
    [matter] = matters.visible(SYSTEM)
    [view] = [view for view in who_saw(matter.id)[0] if view.kind == "exported"]
    assert (view.reason, view.viewer_name) == ("核对上门回访名单", "林秀芬")


def test_more_than_two_hundred_identities_do_not_leave_at_once(county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "WITH_IDENTITY", 3)
    imported(county, book([row(n) for n in range(1, 5)]))
    with pytest.raises(Refused, match="缩小范围"):
        ask(entitled(county.who("officer")), identity=True, why="核对上门回访名单")


def test_every_matter_in_a_sheet_remembers_that_it_left(county: County) -> None:
    imported(county, book([row(1), row(2)]))
    ask(county.who("clerk"))
    for matter in matters.visible(SYSTEM):
        assert [(view.kind, view.viewer_name) for view in who_saw(matter.id)[0]] == [("exported", "李梅")]
    verbs = [
        entry.verb
        for entry in ledger.after(0, now=NOW + timedelta(hours=2), limit=1000)
        if entry.subject_kind == "export_run"
    ]
    assert verbs == ["sheets.export", "sheets.made"]


def test_only_what_the_reader_may_see_leaves(county: County) -> None:
    imported(county, book([row(1)]))
    assert ask(county.who("clerk2")).rows == 0
    assert ask(county.who("officer")).rows == 1
    with pytest.raises(Forbidden):
        ask(county.who("handler"))


def test_the_filters_of_the_list_hold(county: County) -> None:
    imported(county, book([row(1, **ANSWER), row(2, raised="2020/3/1"), row(3, raised="2021/3/1")]))
    by = county.who("clerk")
    day = NOW.date().replace(year=2020, month=1, day=1)
    assert ask(by, Sought(stage="served")).rows == 1
    assert ask(by, Sought(since=day, until=day.replace(month=12))).rows == 1
    assert ask(by, Sought(klass="inquiry")).rows == 0


LIVE = [
    "=1+1",
    "+86 138",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "＋1",
    "＠x",
    '=HYPERLINK("http://x")',
    "|cmd",
    "'=1",
]


@pytest.mark.parametrize("text", LIVE)
def test_no_text_becomes_a_formula_and_every_text_comes_back_equal(county: County, text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    imported(county, book([row(1, text=f"{text} 路灯不亮")]))
    run = ask(county.who("clerk"))
    cells = [
        cell
        for line in openpyxl.load_workbook(io.BytesIO(shelf.take(run.id))).active.iter_rows()
        for cell in line
    ]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    [matter] = matters.visible(SYSTEM)
    assert rows(run)[0]["详情"] == matter.text


def test_a_large_sheet_is_made_by_the_worker(county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "PAGE", 2)
    imported(county, book([row(n) for n in range(1, 8)]))
    run = ask(county.who("clerk"))
    assert run.state == "waiting"
    assert tasks.make_exports(now=NOW) == 7
    assert tasks.make_exports(now=NOW) == 0
    made = reads.export(county.who("clerk"), run.id)
    assert (made.state, made.rows, len(rows(made))) == ("ready", 7, 7)
    assert sorted(one["详情"] for one in rows(made)) == sorted(m.text for m in matters.visible(SYSTEM))


def test_who_lost_the_right_meanwhile_gets_nothing(county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    imported(county, book([row(1), row(2)]))
    run = ask(county.who("clerk"))
    monkeypatch.setattr(exporting.reads, "run_actor", lambda run, now: county.who("handler"))
    tasks.make_exports(now=NOW)
    assert reads.export(county.who("clerk"), run.id).state == "failed"


def test_a_sheet_is_for_whoever_asked_and_for_some_days(county: County) -> None:
    imported(county, book([row(1)]))
    run = ask(county.who("clerk"))
    with pytest.raises(reads.NotFound):
        reads.export(county.who("officer"), run.id)
    assert tasks.sweep(now=NOW + timedelta(days=4)) == 1
    with pytest.raises(FileNotFoundError):
        shelf.take(run.id)
