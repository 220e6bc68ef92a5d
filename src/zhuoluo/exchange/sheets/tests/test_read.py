"""Raw sheets: every cell where it stands; what the guard lets through and what it says about it."""

import struct
from datetime import date, datetime

import pytest

from zhuoluo.exchange.sheets.guard import inspect
from zhuoluo.exchange.sheets.limits import Limits, address, column_number, letter
from zhuoluo.exchange.sheets.ole import Container, clean_container
from zhuoluo.exchange.sheets.problems import Refused
from zhuoluo.exchange.sheets.read import Merge, read_sheet, read_workbook
from zhuoluo.exchange.sheets.sentences import SENTENCES
from zhuoluo.exchange.sheets.tests.books import (
    LINKS,
    PACKAGE,
    one,
    packed,
    parts,
    record,
    shared,
    string_table,
    workbook_stream,
    xls,
    xlsx,
)


def code_of(data: bytes, name: str) -> str:
    """The code that a file is refused for, or an empty text."""
    try:
        read_workbook(data, name)
    except Refused as refused:
        return refused.reason.code
    return ""


def test_cells_keep_their_place() -> None:
    sheet = read_sheet(
        one([[], [], [None, None, "内容"], [], [None, "x", 430281.0, date(2020, 1, 6)]], ["C3:D3"]), "a.xlsx"
    )
    assert sheet.at(2, 2) == "内容"
    assert sheet.at(4, 1) == "x"
    assert sheet.at(4, 2) == 430281
    assert sheet.at(4, 3) == date(2020, 1, 6)
    assert sheet.at(99, 99) == ""
    assert sheet.merges == (Merge(2, 2, 2, 3),)
    assert len(sheet.rows) == 5


def test_columns_are_named_as_in_excel() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(letter(n)) == n for n in range(0, 16384, 7))
    assert address(11, 2) == "C12"


def test_sheets_are_found_by_name_and_place_and_hidden_ones_are_told() -> None:
    data = xlsx(("甲", [["a"]], ()), ("乙", [["b"]], ()), ("空", [], ()))
    assert [sheet.name for sheet in read_workbook(data, "a.xlsx")] == ["甲", "乙", "空"]
    assert read_sheet(data, "a.xlsx", "乙").rows == (("b",),)
    assert read_sheet(data, "a.xlsx", 2).rows == ()
    for wrong in ("丙", 3, -1):
        with pytest.raises(Refused, match="没有名为"):
            read_sheet(data, "a.xlsx", wrong)
    hidden = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    hidden["xl/workbook.xml"] = hidden["xl/workbook.xml"].replace(
        b'sheetId="1"', b'sheetId="1" state="hidden"'
    )
    assert not read_sheet(packed(hidden), "a.xlsx").visible


def test_claimed_dimensions_are_not_believed() -> None:
    lie = parts('<row r="1"><c r="A1"><v>7</v></c></row>')
    name = "xl/worksheets/sheet1.xml"
    lie[name] = lie[name].replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_sheet(packed(lie), "a.xlsx").rows == ((7.0,),)
    stream = workbook_stream(["诉求"], ("a", shared(0, 0, 0)), dimensions=(0, 0xFFFFFFFF, 0, 0xFFFF))
    assert read_sheet(clean_container(stream), "a.xls").rows == (("诉求",),)


def test_empty_cells_with_borders_far_below_do_no_harm() -> None:
    data = packed(
        parts('<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )
    assert read_sheet(data, "a.xlsx").rows == ((7.0,),)


def test_cells_without_references_follow_one_another() -> None:
    data = packed(
        parts(
            '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c s="0" r="B2"><v>5</v></c><c><v>6</v></c></row>'
        )
    )
    assert read_sheet(data, "a.xlsx").rows == ((1.0, "", 3.0), ("", 5.0, 6.0))


def test_the_guard_sees_the_same_box_as_the_parser() -> None:
    data = packed(
        parts('<row r="3"><c r="B3"/><c><f>1/0</f></c></row><row><c r="E4"/><c/><c><f>1/0</f></c></row>')
    )
    sheet = read_sheet(data, "a.xlsx")
    assert {address(*place): why.code for place, why in sheet.faults.items()} == {
        "C3": "formula_unsaved",
        "G4": "formula_unsaved",
    }
    assert len(sheet.rows) == 4


def test_failed_formulas_are_named_not_dropped() -> None:
    cells = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A1</f></c><c r="C1"><f>A1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c><c r="F1" t="e"><v>#N/A</v></c></row>'
    )
    sheet = read_sheet(packed(parts(cells)), "a.xlsx")
    found = {address(*place): why.code for place, why in sheet.faults.items()}
    assert found == {
        "A1": "formula_error",
        "B1": "formula_unsaved",
        "C1": "formula_unsaved",
        "F1": "formula_error",
    }
    assert "#DIV/0!" in sheet.faults[(0, 0)].sentence()
    assert sheet.at(0, 4) == 2.0


def test_failed_formulas_of_old_workbooks_are_named_too() -> None:
    error = record(0x0205, struct.pack("<HHHBB", 1, 0, 0, 0x2A, 1))
    formula = record(0x0006, struct.pack("<HHHBBBBBBHHIH", 1, 1, 0, 2, 0, 0x07, 0, 0, 0, 0xFFFF, 0, 0, 0))
    data = clean_container(workbook_stream(["诉求"], ("a", shared(0, 0, 0) + error + formula)))
    found = read_sheet(data, "a.xls").faults
    assert {address(*place): dict(why.params)["value"] for place, why in found.items()} == {
        "A2": "#N/A",
        "B2": "#DIV/0!",
    }


def test_macros_are_pointed_out_and_never_run() -> None:
    data = packed(
        {**parts('<row r="1"><c r="A1"><v>1</v></c></row>'), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    )
    sheet = read_sheet(data, "a.xlsm")
    assert [note.code for note in sheet.notes] == ["note_macros"]
    assert sheet.rows == ((1.0,),)


def test_links_to_other_files_are_pointed_out_and_clickable_links_are_fine() -> None:
    link = (
        f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{LINKS}/{{}}" Target="{{}}" TargetMode="External"/>'
        "</Relationships>"
    )
    other = {
        **parts(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": link.format(
            "externalLinkPath", "file:///D:/2019.xlsx"
        ).encode(),
    }
    assert [note.code for note in inspect(packed(other), "a.xlsx").notes] == ["note_links"]
    click = {
        **parts(),
        "xl/worksheets/_rels/sheet1.xml.rels": link.format("hyperlink", "https://example.org").encode(),
    }
    assert inspect(packed(click), "a.xlsx").notes == ()


def test_what_a_file_is_goes_by_its_content() -> None:
    data = one([["诉求"], ["路灯"]])
    for name in ("a.xls", "a.csv", "a", "台账.XLSX"):
        assert read_sheet(data, name).rows == (("诉求",), ("路灯",))
    assert read_sheet(xls([["诉求"]]), "a.xlsx").rows == (("诉求",),)
    assert read_sheet("诉求\t姓名\n路灯\t张三\n".encode("gbk"), "导出.xls").rows == (
        ("诉求", "姓名"),
        ("路灯", "张三"),
    )


def test_text_that_starts_like_a_program_is_still_text() -> None:
    assert read_sheet("MZ编号,诉求\n1,路灯\n".encode(), "a.csv").rows[0] == ("MZ编号", "诉求")
    assert read_sheet("BM,诉求\n1,路灯\n".encode("gbk"), "a.csv").rows[0] == ("BM", "诉求")


def test_a_file_cut_anywhere_is_refused_or_whole() -> None:
    for data, name in ((one([["诉求"], ["路灯"]] * 30), "a.xlsx"), (xls([["诉求", "路灯"]] * 30), "a.xls")):
        for end in range(9, len(data), max(1, len(data) // 60)):
            assert code_of(data[:end], name) in {"", "file_truncated", "file_damaged"}


def test_a_file_with_any_byte_changed_never_crashes_the_reader() -> None:
    for data, name in (
        (one([["诉求", 5.0], ["路灯", 7]]), "a.xlsx"),
        (xls([["诉求", 5.0], ["路灯", 7.0]]), "a.xls"),
    ):
        for at in range(0, min(len(data), 4000), 13):
            for byte in (0, 0xFF):
                changed = data[:at] + bytes([byte]) + data[at + 1 :]
                assert code_of(changed, name) in {"", *SENTENCES}


def test_limits_can_be_narrowed() -> None:
    with pytest.raises(Refused, match="A4"):
        read_sheet(one([["a"]] * 4), "a.xlsx", limits=Limits(rows=3))
    with pytest.raises(Refused, match="上限"):
        read_sheet(b"a,b\n" * 300, "a.csv", limits=Limits(file_bytes=1000))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 4095, 4096, 4097, 70_000, 7_200_000])
def test_a_clean_container_holds_the_stream_whole(size: int) -> None:
    stream = (bytes(range(256)) * (size // 256 + 1))[:size]
    found = Container(clean_container(stream))
    assert found.names() == {"Root Entry", "Workbook"}
    assert bytes(found.stream("Workbook"))[:size] == stream


def test_a_small_stream_is_found_in_its_small_sectors() -> None:
    small = bytes(range(200))
    data = bytearray(clean_container(bytes(4096)))
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    directory = data.find("Workbook".encode("utf-16-le"))
    root = directory - 128
    data[512 : 512 + 200] = small
    struct.pack_into("<II", data, root + 116, 0, 256)  # the pool of small sectors is sector 0
    struct.pack_into("<II", data, directory + 116, 0, 200)
    struct.pack_into("<I", data, table, 0xFFFFFFFE)
    struct.pack_into("<4I", data, 512 * 3, 1, 2, 3, 0xFFFFFFFE)  # sector 2 is the table of small sectors
    struct.pack_into("<I", data, table + 8, 0xFFFFFFFE)
    struct.pack_into("<II", data, 60, 2, 1)
    assert bytes(Container(bytes(data)).stream("Workbook")) == small


def test_shared_strings_run_on_through_many_records() -> None:
    texts = ["诉求", "路" * 20_000, "a" * 9000, "灯𠮷", *[f"第{n}条" * 30 for n in range(300)]]
    data = xls([[text, float(n)] for n, text in enumerate(texts)])
    assert len(string_table(texts)) > 8224 * 5
    assert [row[0] for row in read_sheet(data, "a.xls").rows] == texts


def test_an_old_date_is_a_date() -> None:
    body = shared(0, 0, 0) + record(0x0203, struct.pack("<HHHd", 0, 1, 1, 43836.5))
    sheet = read_sheet(clean_container(workbook_stream(["诉求"], ("台账", body))), "a.xls")
    assert sheet.at(0, 1) == datetime(2020, 1, 6, 12)
