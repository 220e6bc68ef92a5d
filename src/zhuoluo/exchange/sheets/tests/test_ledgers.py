"""Real-style 台账: every row is in, or listed by cell; nothing is lost in silence."""

import pytest

from zhuoluo.exchange.sheets.headers import Table, find_table, find_tables
from zhuoluo.exchange.sheets.mapping import EXTRA, IGNORE, Mapping, RowResult, guess, results
from zhuoluo.exchange.sheets.read import read_workbook
from zhuoluo.exchange.sheets.tests.ledger import Ledger
from zhuoluo.exchange.sheets.tests.ledgers import ledgers
from zhuoluo.exchange.sheets.values import as_text, blank, placeholder

ALL = ledgers()


def read(ledger: Ledger) -> tuple[Table, Mapping, list[RowResult]]:
    name = ledger.name if "." in ledger.name else f"{ledger.name}.xlsx"
    if name.endswith(".xlsx") and not ledger.data.startswith(b"PK"):
        name = f"{ledger.name}.csv"
    table = find_table(read_workbook(ledger.data, name)[ledger.sheet])
    assert table is not None
    mapping = guess(table.columns, table.rows)
    return table, mapping, list(results(mapping, table))


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 30
    assert len({ledger.name for ledger in ALL}) == len(ALL)


@pytest.mark.parametrize("ledger", ALL, ids=lambda ledger: ledger.name)
def test_header_and_rows_are_found(ledger: Ledger) -> None:
    table, mapping, found = read(ledger)
    assert table.header_rows == ledger.header_rows
    assert tuple(result.number for result in found if result.ok) == ledger.good
    assert {row.number: row.kind for row in table.skipped} == ledger.skipped
    assert {result.number: result.part_of for result in found if result.part_of} == ledger.parts
    assert not mapping.faults()


@pytest.mark.parametrize("ledger", ALL, ids=lambda ledger: ledger.name)
def test_what_is_wrong_is_named_by_cell(ledger: Ledger) -> None:
    _, _, found = read(ledger)
    problems = [problem for result in found for problem in result.problems]
    assert tuple(problem.cell for problem in problems if problem.blocking) == ledger.rejected
    assert tuple(problem.cell for problem in problems if not problem.blocking) == ledger.noted
    for problem in problems:
        assert problem.reason_zh
        assert problem.how_to_mend
        assert problem.cell in problem.line("en")


@pytest.mark.parametrize(
    "ledger", [ledger for ledger in ALL if ledger.values or ledger.extra], ids=lambda ledger: ledger.name
)
def test_values_are_read_exactly(ledger: Ledger) -> None:
    _, _, found = read(ledger)
    rows = {result.number: result for result in found}
    for (number, key), value in ledger.values.items():
        assert rows[number].values[key] == value
    for (number, label), text in ledger.extra.items():
        assert {**rows[number].extra, **rows[number].extra_personal}[label] == text


@pytest.mark.parametrize("ledger", ALL, ids=lambda ledger: ledger.name)
def test_every_row_that_holds_anything_is_accounted_for_once(ledger: Ledger) -> None:
    name = (
        "a.xls" if ledger.data.startswith(b"\xd0") else "a.xlsx" if ledger.data.startswith(b"PK") else "a.csv"
    )
    sheet = read_workbook(ledger.data, name)[ledger.sheet]
    seen: list[int] = []
    for table in find_tables(sheet):
        seen += [
            *table.header_rows,
            *(row.number for row in table.rows),
            *(row.number for row in table.skipped),
        ]
    filled = {number for number, row in enumerate(sheet.rows, start=1) if not all(map(blank, row))}
    assert len(seen) == len(set(seen))
    assert filled | {row + 1 for row, _ in sheet.faults} <= set(seen)


@pytest.mark.parametrize("ledger", ALL, ids=lambda ledger: ledger.name)
def test_every_cell_is_a_value_is_kept_or_is_named(ledger: Ledger) -> None:
    table, mapping, found = read(ledger)
    for row, result in zip(table.rows, found, strict=True):
        named = {problem.cell for problem in result.problems}
        kept = [*result.extra.values(), *result.extra_personal.values()]
        for position, choice in enumerate(mapping.choices):
            value = row.values[position]
            if blank(value) or choice.target == IGNORE or position in row.filled:
                continue
            in_values = choice.target != EXTRA and choice.target in result.values
            as_kept = as_text(value).strip() in kept
            assert (
                in_values or as_kept or placeholder(as_text(value)) or f"{choice.letter}{row.number}" in named
            )


def test_a_second_table_with_another_header_is_a_table_of_its_own() -> None:
    ledger = next(ledger for ledger in ALL if ledger.name == "second table below the first")
    first, second = find_tables(read_workbook(ledger.data, "a.xlsx")[0])
    assert second.header_rows == (6,)
    assert [row.number for row in second.rows] == [7]
    assert [(row.number, row.kind) for row in second.skipped] == [(5, "title")]
    found = list(results(guess(second.columns, second.rows), second))
    assert found[0].values["text"] == "水管漏水"
    assert [row.number for row in first.rows] == [3]


def test_a_header_found_wrongly_can_be_given_by_hand() -> None:
    ledger = next(ledger for ledger in ALL if ledger.name == "no header at all")
    sheet = read_workbook(ledger.data, "a.xlsx")[0]
    table = find_table(sheet, header_rows=[1])
    assert table is not None
    assert table.header_rows == (1,)
    assert [row.number for row in table.rows] == [2]
    again = find_table(sheet, header_rows=[])
    assert again is not None
    assert [row.number for row in again.rows] == [1, 2]


def test_labels_show_the_whole_way_down_the_header() -> None:
    ledger = next(
        ledger for ledger in ALL if ledger.name == "title, filler line and merged header of two rows"
    )
    table, _, _ = read(ledger)
    assert [column.label for column in table.columns] == [
        "序号",
        "来访人基本情况 | 姓名",
        "来访人基本情况 | 联系电话",
        "来访人基本情况 | 住址",
        "反映的主要问题",
        "办理情况 | 答复时间",
        "办理情况 | 答复意见",
        "备注",
    ]
    assert [column.letter for column in table.columns] == list("ABCDEFGH")
    assert table.columns[5].header_path == ("办理情况", "答复时间")
