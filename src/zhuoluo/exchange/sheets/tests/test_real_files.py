"""The two real lists of messages, read whole. They lie beside the project, never in it."""

from datetime import date, datetime

import pytest

from zhuoluo.exchange.sheets.headers import Table, find_tables
from zhuoluo.exchange.sheets.mapping import RowResult, guess, results
from zhuoluo.exchange.sheets.read import read_workbook
from zhuoluo.exchange.sheets.tests.books import REAL
from zhuoluo.exchange.sheets.when import SHANGHAI

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder of real messages is not beside this project"
)


def read(name: str) -> tuple[Table, list[RowResult]]:
    sheets = read_workbook((REAL / name).read_bytes(), name)
    (table,) = find_tables(sheets[0])
    mapping = guess(table.columns, table.rows)
    assert not mapping.faults()
    assert all(choice.target and choice.confidence > 0.9 for choice in mapping.choices)
    return table, list(results(mapping, table))


def test_all_messages_for_registration_come_in() -> None:
    table, found = read("附件3.xlsx")
    assert len(found) == 4326
    assert all(row.ok and not row.problems and not row.extra for row in found)
    assert not table.skipped
    assert len({row.values["external_id"] for row in found}) == 4326
    assert all(str(row.values["external_id"]).isdigit() for row in found)
    assert found[0].values["external_id"] == "188006"
    assert found[0].values["raised_at"] == datetime.fromisoformat("2019-02-28T11:25:05+08:00")
    assert str(found[0].values["text"]).startswith("座落在A市A3区联丰路")
    assert all(isinstance(row.values["raised_at"], date) for row in found)
    assert all(isinstance(row.values["likes"], int) for row in found)


def test_all_answered_messages_come_in_with_their_answers() -> None:
    table, found = read("附件4.xlsx")
    assert len(found) == 2816
    assert all(row.ok and not row.problems and not row.extra for row in found)
    assert not table.skipped
    assert all({"answer_text", "answered_at", "raised_at"} <= row.values.keys() for row in found)
    days = sorted(
        (_moment(row, "answered_at") - _moment(row, "raised_at")).total_seconds() / 86400 for row in found
    )
    assert round(days[len(days) // 2], 1) == 11.2
    assert 40 <= days[len(days) * 9 // 10] <= 42


def test_the_tree_of_classes_is_read_though_it_is_no_list_of_matters() -> None:
    (table,) = find_tables(read_workbook((REAL / "附件1.xlsx").read_bytes(), "附件1.xlsx")[0])
    assert len(table.rows) == 517
    mapping = guess(table.columns, table.rows)
    assert [fault.code for fault in mapping.faults()] == ["map_nothing"]


def _moment(row: RowResult, key: str) -> datetime:
    value = row.values[key]
    assert isinstance(value, date)
    return (
        value
        if isinstance(value, datetime)
        else datetime(value.year, value.month, value.day, tzinfo=SHANGHAI)
    )
