"""Text tables: encodings, separators, quotes, bad bytes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.exchange.sheets.csvtext import decode, read_text, sniff, wide_encoding
from zhuoluo.exchange.sheets.limits import Limits
from zhuoluo.exchange.sheets.read import read_workbook
from zhuoluo.exchange.sheets.tests.books import csv
from zhuoluo.exchange.sheets.write import write_csv

TEXT = "编号,姓名,诉求\r\n1,张三,门前路灯不亮\r\n"


def rows(data: bytes, name: str = "a.csv") -> list[list[str]]:
    return read_text(data, name, Limits()).rows


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("gb2312", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found(encoding: str, found: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["㛃", "䶮", "𠮷"])
def test_rare_names_come_through_every_encoding_that_holds_them(encoding: str, name: str) -> None:
    text = TEXT.replace("张三", name)
    assert decode(text.encode(encoding))[0] == text


def test_gbk_cannot_hold_the_rarest_names() -> None:
    with pytest.raises(UnicodeEncodeError):
        "㛃䶮𠮷".encode("gbk")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_bad_bytes_are_kept_visible_and_their_cell_is_named(encoding: str) -> None:
    data = csv([["编号", "姓名"], ["1", "张三"], ["2", "李某四"]] + [["3", "王五赵六"]] * 20, encoding)
    data = data.replace("某".encode(encoding), b"\xff")
    sheet = read_workbook(data, "a.csv")[0]
    assert list(sheet.faults) == [(2, 1)]
    why = sheet.faults[(2, 1)]
    assert why.code == "bad_bytes"
    assert "FF" in why.sentence("zh")
    assert "\\xFF" in str(sheet.rows[2][1])
    assert str(sheet.rows[2][1]).startswith("李")
    assert len(sheet.rows) == 23


def test_a_file_glued_from_two_encodings_loses_no_row() -> None:
    data = csv([["编号", "诉求"], ["1", "门前路灯不亮"], ["2", "水管漏水"]] * 10, "utf-8") + csv(
        [["9", "欠薪三个月"]], "gbk"
    )
    sheet = read_workbook(data, "a.csv")[0]
    assert len(sheet.rows) == 31
    assert sheet.encoding == "utf-8"
    assert [row for row, _ in sheet.faults] == [30]


@given(st.binary(max_size=300))
def test_no_byte_is_lost_whatever_comes(data: bytes) -> None:
    text, encoding = decode(data)
    if encoding == "utf-8":
        back = "".join(mark if not 0xDC00 <= ord(mark) <= 0xDCFF else "" for mark in text)
        broken = [ord(mark) - 0xDC00 for mark in text if 0xDC00 <= ord(mark) <= 0xDCFF]
        assert len(back.encode()) + len(broken) == len(data.removeprefix(b"\xef\xbb\xbf"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(delimiter: str) -> None:
    text = csv(
        [["台账"], ["编号", "姓名", "诉求"], ["1", "张三", "路灯,坏了;快修"], ["2", "李四", "水管"]],
        delimiter=delimiter,
    )
    assert sniff(text.decode()) == delimiter


def test_one_column_has_no_separator() -> None:
    assert rows("诉求\n路灯不亮，水管漏水\n欠薪\n".encode()) == [["诉求"], ["路灯不亮，水管漏水"], ["欠薪"]]


def test_quoted_breaks_stay_in_their_cell() -> None:
    assert rows(b'a,b\r\n"1\r\n2","x ""y"" z"\r\n3,4') == [["a", "b"], ["1\r\n2", 'x "y" z'], ["3", "4"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_row(ending: str) -> None:
    assert rows(f"a,b{ending}1,2{ending}{ending}3,4{ending}".encode()) == [
        ["a", "b"],
        ["1", "2"],
        [""],
        ["3", "4"],
    ]


def test_an_open_quotation_mark_swallows_nothing() -> None:
    table = read_text('编号,诉求\n1,"路灯\n2,"水,管"\n3,他说"快"\n4,"老张"反映\n'.encode(), "a.csv", Limits())
    assert table.rows == [
        ["编号", "诉求"],
        ["1", '"路灯'],
        ["2", "水,管"],
        ["3", '他说"快"'],
        ["4", '"老张"反映'],
    ]
    assert set(table.notes) == {(1, 1), (4, 1)}


FIELDS = st.text(st.sampled_from("abc,;\t|\"\r\n =+-@'１＝路灯𠮷\u200b"), max_size=12)


@given(st.lists(st.lists(FIELDS, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_is_written_is_read_back_exactly(table: list[list[str]]) -> None:
    width = max(map(len, table))
    even = [row + ["x"] * (width - len(row)) for row in table]
    head = [f"列{n}" for n in range(width)]
    assert rows(write_csv(even, head))[: len(even) + 1] == [head, *even]


@pytest.mark.parametrize("piece", ['"', '"a', ',"', '"a"b,', '""', ',"a""', '"\n', "'=", '",'])
def test_megabytes_of_quotation_marks_take_no_time(piece: str) -> None:
    data = (piece * (2_000_000 // len(piece))).encode()
    start = time.process_time()
    read_text(data, "a.csv", Limits(columns=10**9, cells=10**9, rows=10**9))
    assert time.process_time() - start < 4


def test_a_picture_is_no_wide_text() -> None:
    assert wide_encoding(bytes(range(256)) * 16) is None
    assert wide_encoding(b"") is None
    assert wide_encoding("编号,诉求\r\n".encode("utf-16-be")) == "utf-16-be"
