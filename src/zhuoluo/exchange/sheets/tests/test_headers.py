"""Whatever a sheet looks like, its tables are found without a crash and no row is counted twice or forgotten."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoluo.exchange.sheets.grid import clean_label, label_like
from zhuoluo.exchange.sheets.headers import find_table, find_tables
from zhuoluo.exchange.sheets.mapping import guess, results
from zhuoluo.exchange.sheets.problems import reason
from zhuoluo.exchange.sheets.read import Merge, RawSheet
from zhuoluo.exchange.sheets.values import Value, blank

WORDS: list[Value] = [
    "", "", "", " ", "编号", "姓名", "诉求", "办理情况", "答复时间", "答复意见", "序号", "台账", "合计", "小计", "填表人：张某", "注：1.",
    "路灯不亮", "张三", "2020-1-6", "1", 1.0, 2.0, 43836.5, True, "某局，请尽快处理。", "甲", "（件）",
]  # fmt: skip
ROWS = st.lists(st.lists(st.sampled_from(WORDS), min_size=5, max_size=5), min_size=1, max_size=12)
PLACES = st.tuples(st.integers(0, 11), st.integers(0, 4), st.integers(0, 3), st.integers(0, 4))


def sheet(rows: list[list[Value]], places: list[tuple[int, int, int, int]]) -> RawSheet:
    """A sheet whose merged ranges do not overlap and hold a value in their first cell only."""
    taken: set[tuple[int, int]] = set()
    merges = []
    for top, left, more_rows, more_columns in places:
        bottom, right = min(top + more_rows, len(rows) - 1), min(left + more_columns, 4)
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(cells) < 2 or cells & taken:
            continue
        taken |= cells
        merges.append(Merge(top, left, bottom, right))
        for row, column in cells - {(top, left)}:
            rows[row][column] = ""
    last = max((number for number, row in enumerate(rows) if not all(map(blank, row))), default=-1)
    return RawSheet("台账", tuple(map(tuple, rows[: last + 1])), tuple(merges))


@settings(max_examples=300, deadline=None)
@given(ROWS, st.lists(PLACES, max_size=4))
def test_every_filled_row_of_any_sheet_is_accounted_for_once(
    rows: list[list[Value]], places: list[tuple[int, int, int, int]]
) -> None:
    found = sheet(rows, places)
    seen: list[int] = []
    for table in find_tables(found):
        seen += [
            *table.header_rows,
            *(row.number for row in table.rows),
            *(row.number for row in table.skipped),
        ]
        mapping = guess(table.columns, table.rows)
        assert [result.number for result in results(mapping, table)] == [row.number for row in table.rows]
    filled = {number for number, row in enumerate(found.rows, start=1) if not all(map(blank, row))}
    assert len(seen) == len(set(seen))
    assert filled <= set(seen)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.lists(PLACES, max_size=3), st.lists(st.integers(-2, 20), max_size=3))
def test_any_header_given_by_hand_is_obeyed(
    rows: list[list[Value]], places: list[tuple[int, int, int, int]], given_rows: list[int]
) -> None:
    found = sheet(rows, places)
    table = find_table(found, given_rows)
    if table is not None:
        assert set(table.header_rows) == {number for number in given_rows if 0 < number <= len(found.rows)}


def test_an_empty_sheet_has_no_table() -> None:
    assert find_tables(RawSheet("空", ())) == ()
    assert find_table(RawSheet("空", ())) is None


def test_a_row_of_nothing_but_failed_formulas_is_a_row() -> None:
    failed = RawSheet(
        "台账", (("编号", "诉求"), ("1", "路灯"), ("", "")), faults={(2, 1): reason("formula_unsaved")}
    )
    table = find_table(failed)
    assert table is not None
    assert [row.number for row in table.rows] == [2, 3]
    last = list(results(guess(table.columns, table.rows), table))[-1]
    assert [(problem.cell, problem.reason.code) for problem in last.problems] == [("B3", "formula_unsaved")]


def test_labels_are_told_from_sentences_numbers_and_dates() -> None:
    labels = [
        "姓名",
        "反映的主要问题（请简要填写，不超过二百字，可另附页）",
        "联系电话：",
        "是否办结",
        "（件）",
    ]
    others = [
        "2020年1月6日",
        "13800000000",
        "填报单位：城关镇",
        "请尽快处理。",
        "",
        "门前路灯不亮已经一个月了一直没有人来修也没有人管怎么办",
        "12%",
    ]
    assert all(map(label_like, labels))
    assert not any(map(label_like, others))


def test_gaps_inside_chinese_labels_close_and_others_stay() -> None:
    assert clean_label("姓\u3000  名") == "姓名"
    assert clean_label(" 工单\nID  号 ") == "工单 ID 号"
    assert clean_label(2020.0) == "2020"
