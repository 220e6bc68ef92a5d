"""What is written is safe to open, and reads back as it was."""

import io
import time
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoluo.exchange.sheets.headers import Table, find_table
from zhuoluo.exchange.sheets.mapping import guess, results
from zhuoluo.exchange.sheets.problems import Problem, reason
from zhuoluo.exchange.sheets.read import Merge, RawSheet, read_sheet, read_workbook
from zhuoluo.exchange.sheets.tests.books import one
from zhuoluo.exchange.sheets.tests.ledger import HEADER, MERGED_HEADER, MERGES, visit
from zhuoluo.exchange.sheets.values import Value
from zhuoluo.exchange.sheets.write import OutColumn, returned_copy, write_csv, write_xlsx

LIVE = [
    f"{before}{mark}{after}"
    for mark in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
    for before in ("", " ", "\u3000", "\u200b", "'")
    for after in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.org","点我")')
]
HARMLESS = ["路灯", "'路灯", "''", "a=1", "1-2", "a@b.cn", "12345", "", "'"]


def cells(data: bytes) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def formulas(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    return sum(sheet.count(b"<f>") + sheet.count(b"<f ") + sheet.count(b"<hyperlink") for sheet in sheets)


@pytest.mark.parametrize("text", LIVE + HARMLESS)
def test_no_text_is_a_formula_and_every_text_reads_back(text: str) -> None:
    row = [text, "x"]
    book = write_xlsx([row], ["甲", "乙"])
    assert formulas(book) == 0
    assert all(cell.data_type != "f" for cell in cells(book))
    assert list(read_sheet(book, "a.xlsx").rows[1]) == row
    table = write_csv([row], ["甲", "乙"])
    assert list(read_sheet(table, "a.csv").rows[1]) == row


@pytest.mark.parametrize("text", LIVE)
def test_in_csv_no_field_starts_with_a_live_mark(text: str) -> None:
    written = write_csv([[text]], ["甲"]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert written.startswith("\"'")


@pytest.mark.parametrize("text", LIVE)
def test_in_a_workbook_a_live_text_stays_text_when_its_cell_is_edited(text: str) -> None:
    data = write_xlsx([[text]], ["甲"])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert cell.quotePrefix
    assert cell.number_format == "@"


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_reads_back_from_a_workbook(texts: list[str]) -> None:
    row = read_sheet(write_xlsx([[*texts, "x"]], [f"列{n}" for n in range(len(texts) + 1)]), "a.xlsx").rows[1]
    assert list(row) == [*texts, "x"]


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>x</t></r>",
        "<r></r>",
        "<r>",
        "a_x000D_b",
        "_x0041_",
        "a\rb\r\nc\x01\x1f",
        " 首尾 ",
        "&lt;b&gt;",
        "\x7f",
    ],
)
def test_text_that_looks_like_the_inside_of_a_workbook_reads_back(text: str) -> None:
    assert read_sheet(write_xlsx([[text, "x"]], ["甲", "乙"]), "a.xlsx").rows[1] == (text, "x")
    copy = returned_copy(table_of([["诉求", "备注"], [text, "x"]]), {})
    assert read_sheet(copy, "a.xlsx").rows[1][:2] == (text, "x")


def table_of(rows: Sequence[Sequence[Value]], merges: tuple[Merge, ...] = ()) -> Table:
    found = find_table(RawSheet("台账", tuple(tuple(row) for row in rows), merges))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["㛃", "䶮", "𠮷"])
def test_rare_names_are_written_whole(name: str) -> None:
    assert read_sheet(write_xlsx([[name]], ["姓名"]), "a.xlsx").rows[1] == (name,)
    assert read_sheet(write_csv([[name]], ["姓名"]), "a.csv").rows[1] == (name,)
    assert read_sheet(write_csv([[name]], ["姓名"], encoding="gb18030"), "a.csv").rows[1] == (name,)
    with pytest.raises(UnicodeEncodeError):
        write_csv([["㛃䶮𠮷"]], ["姓名"], encoding="gbk")


def test_dates_are_dates_and_numbers_are_numbers() -> None:
    row: list[Value | None] = [
        datetime(2020, 1, 6, 4, 9, 38, tzinfo=UTC),
        date(2020, 1, 6),
        datetime(2020, 1, 6, 9),
        5,
        2.5,
        True,
        None,
        date(1899, 1, 1),
        10**18,
        "430281198001012345",
    ]
    back = read_sheet(write_xlsx([row], [f"列{n}" for n in range(len(row))]), "a.xlsx").rows[1]
    assert back == (
        datetime(2020, 1, 6, 12, 9, 38),
        date(2020, 1, 6),
        datetime(2020, 1, 6, 9),
        5.0,
        2.5,
        "TRUE",
        "",
        "1899-01-01",
        str(10**18),
        "430281198001012345",
    )
    assert read_sheet(write_csv([row], ["x"] * len(row)), "a.csv").rows[1][:2] == (
        "2020-01-06 12:09:38",
        "2020-01-06",
    )


def test_a_text_too_long_for_a_cell_is_kept_whole() -> None:
    text = "长𠮷" * 30_000
    sheets = read_workbook(write_xlsx([["1", text]], ["编号", "详情"], sheet_name="台账"), "a.xlsx")
    assert "超长内容" in str(sheets[0].rows[1][1])
    assert "台账!B2" in str(sheets[0].rows[1][1])
    assert sheets[1].name == "超长内容"
    assert "".join(str(row[1]) for row in sheets[1].rows[1:]) == text
    assert {row[0] for row in sheets[1].rows[1:]} == {"台账!B2"}


def test_halves_of_characters_do_not_break_the_file() -> None:
    assert read_sheet(write_xlsx([["a\ud800b\uffff"]], ["甲"]), "a.xlsx").rows[1] == ("a\ufffdb\ufffd",)
    assert read_sheet(write_csv([["a\ud800b"]], ["甲"]), "a.csv").rows[1] == ("a\ufffdb",)


def test_names_of_sheets_are_made_fit() -> None:
    for name in ("2020/1:台账[一]?*", "'引号'", "x" * 50, "", "History"):
        assert read_sheet(write_xlsx([["1"]], ["甲"], sheet_name=name), "a.xlsx").rows[1] == ("1",)


def test_an_empty_table_still_has_its_header_and_title() -> None:
    sheet = read_sheet(write_xlsx([], [OutColumn("编号", 10), "诉求"], title="一月台账"), "a.xlsx")
    assert sheet.rows == (("一月台账", ""), ("编号", "诉求"))


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_written_in_little_time() -> None:
    start = time.process_time()
    data = write_xlsx(
        ([f"{n}", "张三", "门前路灯不亮", date(2020, 1, 6)] for n in range(100_000)),
        ["编号", "姓名", "诉求", "日期"],
    )
    assert time.process_time() - start < 60
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<row ") == 100_001


# --- returned copies


def checked(rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> tuple[RawSheet, bytes]:
    """A sheet and its returned copy with all problems."""
    sheet = read_sheet(one(rows, merges), "a.xlsx")
    found = find_table(sheet)
    assert found is not None
    problems = {
        row.number: row.problems for row in results(guess(found.columns, found.rows), found) if row.problems
    }
    return sheet, returned_copy(found, problems)


def test_a_returned_copy_has_the_layout_of_the_source_and_two_columns_more() -> None:
    sheet, copy = checked(
        [*MERGED_HEADER, [3, "王五", "13800000000", "三村", None, "2020年2月30日", "x", None], ["合计", 3]],
        MERGES,
    )
    back = read_sheet(copy, "a.xlsx")
    assert set(back.merges) == set(sheet.merges)
    assert back.name == sheet.name
    for number, row in enumerate(sheet.rows):
        assert back.rows[number][: len(row)] == row
    assert back.rows[3][8:] == ("导入结果", "原因和改法")
    assert [row[8] for row in back.rows[4:7]] == ["已导入", "已导入", "未导入"]
    assert "F7（办理情况 | 答复时间）：“2020年2月30日”这一天不存在。请核对年、月、日。" in str(
        back.rows[6][9]
    )
    assert "E7" in str(back.rows[6][9])


def test_rejected_cells_are_coloured() -> None:
    _, copy = checked([HEADER, visit(1, "2020年2月30日"), visit(2)])
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert sheet["B2"].fill.fgColor.rgb == "FFFBE3E0"
    assert sheet["B3"].fill.fgColor.rgb != "FFFBE3E0"
    assert sheet["A2"].fill.fgColor.rgb != "FFFBE3E0"


def test_a_mended_copy_can_be_uploaded_again_and_copied_again() -> None:
    _, copy = checked([HEADER, visit(1, "2020年2月30日"), visit(2)])
    again = find_table(read_sheet(copy, "a.xlsx"))
    assert again is not None
    found = list(results(guess(again.columns, again.rows), again))
    assert [row.ok for row in found] == [False, True]
    assert not found[1].extra.keys() & {"导入结果", "原因和改法"}
    second = read_sheet(returned_copy(again, {2: found[0].problems}, outcomes={3: "系统里已有"}), "a.xlsx")
    assert second.rows[0] == (*HEADER, "导入结果", "原因和改法")
    assert [row[8] for row in second.rows[1:]] == ["未导入", "系统里已有"]


def test_a_returned_copy_speaks_english_too() -> None:
    found = table_of([["编号", "诉求"], ["1", ""]])
    problems = {row.number: row.problems for row in results(guess(found.columns, found.rows), found)}
    back = read_sheet(returned_copy(found, problems, language="en"), "a.xlsx")
    assert back.rows[0][2:] == ("Import result", "Reason and remedy")
    assert back.rows[1][2] == "Not imported"
    assert "B2 (诉求): The row has neither a title nor details" in str(back.rows[1][3])


def test_a_returned_copy_of_text_and_of_a_sheet_without_header() -> None:
    sheet = read_sheet("张三,13800000000,=1+1的路灯\n".encode(), "a.csv")
    found = find_table(sheet, header_rows=[])
    assert found is not None
    copy = returned_copy(found, {1: [Problem("C1", "C列", reason("need_text"))]})
    assert formulas(copy) == 0
    assert read_sheet(copy, "a.xlsx").rows[0][:4] == ("张三", "13800000000", "=1+1的路灯", "未导入")


def test_overlapping_merges_do_not_break_the_copy() -> None:
    found = table_of([["编号", "诉求"], ["1", "路灯"]], merges=(Merge(0, 0, 1, 1), Merge(1, 1, 2, 2)))
    assert len(read_sheet(returned_copy(found, {}), "a.xlsx").merges) == 1
