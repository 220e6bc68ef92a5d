"""Sums, amount rules, sheets, dates: the pure part."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.kit.rows import Unreadable, day, lines
from zhuoluo.kit.workbook import workbook
from zhuoluo.outreach.programmes.rules.amounts import (
    Rule,
    check_rule,
    read_grades,
    reckon,
    share_words,
    write_grades,
)
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.money import bare_yuan, decimal, read_fen, yuan
from zhuoluo.outreach.programmes.rules.sheet import (
    PAYMENTS,
    check_total,
    read_paid,
    read_voucher,
)

SUMS = st.integers(min_value=0, max_value=10**15)


@given(SUMS)
def test_a_sum_is_read_back_as_it_is_written(fen: int) -> None:
    assert read_fen(yuan(fen)) == read_fen(bare_yuan(fen)) == fen
    assert decimal(fen) * 100 == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("63,100,000.00", 6_310_000_000), ("0.1", 10), (0.1, 10), (1234.5, 123450), (7, 700), (" １２元 ", 1200), ("¥3.05", 305),
     (4503599627370.5, 450359962737050)],
)  # fmt: skip
def test_sums_are_understood(typed: object, fen: int) -> None:
    assert read_fen(typed) == fen


@pytest.mark.parametrize(
    "typed", ["", "-1", "1.234", "1,23", "十元", 0.1 + 0.2, "1e5", "=1+1", float("nan"), "9" * 16, "9" * 15]
)
def test_what_is_no_exact_sum_is_refused_and_never_rounded(typed: object) -> None:
    with pytest.raises(Refused):
        read_fen(typed)


@given(
    SUMS.filter(bool), st.integers(min_value=1, max_value=10_000), st.integers(min_value=1, max_value=10**9)
)
def test_a_share_is_within_half_a_fen_of_the_exact_value_and_never_above_its_ceiling(
    base: int, share: int, ceiling: int
) -> None:
    exact = Decimal(base) * share / 10_000
    if exact < Decimal("0.5"):
        with pytest.raises(Refused):
            reckon(Rule("share", share=share), base=base)
        return
    assert abs(reckon(Rule("share", share=share), base=base).fen - exact) <= Decimal("0.5")
    assert reckon(Rule("share", share=share, ceiling=ceiling), base=base).fen <= ceiling


def test_the_steps_say_how_it_was_reckoned() -> None:
    found = reckon(Rule("share", share=1250, ceiling=500_000_00), base=4_800_000_00)
    assert found.fen == 500_000_00
    told = [step.words % step.values for step in found.steps]
    assert told == ["4,800,000.00 元 × 12.5% = 600,000.00 元", "超过上限，按上限 500,000.00 元"]


def test_grades_and_fixed_sums() -> None:
    table = read_grades("A类 100000\nB类\t50,000.50\n\n")
    assert table == (("A类", 100_000_00), ("B类", 50_000_50))
    assert read_grades(write_grades(table)) == table
    assert reckon(Rule("grades", grades=table), grade="B类").fen == 50_000_50
    with pytest.raises(Refused):
        reckon(Rule("grades", grades=table), grade="C类")
    assert reckon(Rule("fixed", amount=5)).fen == 5
    assert [share_words(n) for n in (10_000, 1250, 5)] == ["100%", "12.5%", "0.05%"]


@pytest.mark.parametrize(
    "rule",
    [Rule("fixed"), Rule("share"), Rule("share", share=10_001), Rule("grades"), Rule("grades", grades=(("A", 1), ("A", 2))),
     Rule("grades", grades=(("A", 0),)), Rule("gift")],
)  # fmt: skip
def test_rules_that_give_nothing_are_refused(rule: Rule) -> None:
    with pytest.raises(Refused):
        check_rule(rule)


ROWS = [
    ["清溪县兑现清单", "", "", "", ""],
    ["申请编号", "奖补事项", "金额(元)", "兑现日期", "凭证号"],
    ["JB260302-0001-1", "安家补贴", 30000.0, date(2026, 3, 20), "PZ-1"],
    ["", "", "", "", ""],
    ["JB260302-0002-2", "", "1,000.05", 46101.0, "pz - 2"],
    ["合计", "", 31000.05, "", ""],
]


def test_a_payment_list_is_read_below_its_title_without_blank_rows_and_totals() -> None:
    rows = [read_paid(line) for line in lines(ROWS, PAYMENTS)]
    assert [(r.place, r.amount, r.day, r.voucher) for r in rows] == [
        (3, 3_000_000, date(2026, 3, 20), "PZ-1"),
        (5, 100_005, date(2026, 3, 20), "PZ-2"),
    ]
    check_total(rows, 3_100_005)
    with pytest.raises(Refused, match=r"合计与明细不符.*相差 0\.05 元"):
        check_total(rows, 3_100_000)


def test_a_sheet_without_a_needed_column_says_which() -> None:
    with pytest.raises(Unreadable, match="凭证号"):
        lines([["申请编号", "金额", "奖补事项", "兑现日期"]], PAYMENTS)
    with pytest.raises(Unreadable, match="表头"):
        lines([["a", "b"]], PAYMENTS)


@pytest.mark.parametrize(
    "cell", ["2026-03-20", "2026年3月20日", "2026/3/20", "2026.3.20", datetime(2026, 3, 20, 8), 46101]
)
def test_days_of_sheets_are_understood(cell: object) -> None:
    assert day(cell) == date(2026, 3, 20)


@pytest.mark.parametrize("cell", ["", "三月", "2026-02-30", 12, True])
def test_what_is_no_day_is_refused(cell: object) -> None:
    with pytest.raises(Unreadable):
        day(cell)


def test_a_voucher_has_one_written_form() -> None:
    assert read_voucher(" ｐｚ 001 ") == "PZ001"
    with pytest.raises(Refused):
        read_voucher(" ")


def test_a_workbook_carries_exact_sums_and_no_formula() -> None:
    body = workbook(
        "=1+1", [("=A", 10), ("金额", 12)], [["=HYPERLINK()", decimal(6_310_000_000)], ["@x", decimal(1)]]
    )
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    assert sheet.cell(3, 2).value == 63_100_000
    assert Decimal(str(sheet.cell(4, 2).value)) == Decimal("0.01")
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value} == {"s", "n"}
