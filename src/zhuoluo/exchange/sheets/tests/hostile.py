"""Files that mean harm, each with the code of the reason it must be refused for."""

import io
import struct
import zipfile
from collections.abc import Callable

from zhuoluo.exchange.sheets.ole import MAGIC, clean_container
from zhuoluo.exchange.sheets.tests.books import (
    LINKS,
    MAIN,
    PACKAGE,
    number,
    packed,
    parts,
    record,
    shared,
    workbook_stream,
    xls,
)

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'
SHEET = f"<worksheet {MAIN}><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>"


def _with(name: str, content: bytes | str) -> bytes:
    """A small workbook with one part added or replaced."""
    return packed({**parts(), name: content if isinstance(content, bytes) else content.encode()})


def _cell(reference: str) -> bytes:
    return packed(parts(f'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="{reference}"><v>1</v></c></row>'))


def bomb() -> bytes:
    """A sheet of 400 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(400):
                sheet.write(b" " * 1048576)
    return out.getvalue()


def many_parts_bomb() -> bytes:
    """No part is remarkable, all together are 260 MB."""
    noise = b"".join(struct.pack("<I", n * 2654435761 % 2**32) for n in range(4096))
    body = noise + b" " * 1024 * 1024
    return packed(
        {
            **parts(),
            **{f"xl/worksheets/s{n}.xml": b"<worksheet>" + body + b"</worksheet>" for n in range(260)},
        }
    )


def lying_size() -> bytes:
    """The directory says 100 bytes; unpacked it is 50 MB."""
    data = bytearray(_with("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 50_000_000 + b"</worksheet>"))
    size = struct.pack("<I", 50_000_023)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def overlapping() -> bytes:
    """Many names for the same packed bytes."""
    data = packed(parts())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    start = data.rfind(b"PK\x05\x06")
    directory = data[struct.unpack_from("<I", data, start + 16)[0] : start]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    name = infos[-1].filename.encode()
    twins = b"".join(last.replace(name, name[:-5] + f"{n}.xml".encode()) for n in range(9))
    count = len(infos) + 9
    offset = struct.unpack_from("<I", data, start + 16)[0]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory + twins), offset, 0)
    return data[:start] + twins + end


def many_entries() -> bytes:
    """Ten thousand parts."""
    return packed({**parts(), **{f"xl/media/{n}.bin": b"x" for n in range(10_000)}})


def endless_directory() -> bytes:
    """A directory of 300,000 entries whose end record claims five."""
    data = packed(parts())
    start = data.rfind(b"PK\x05\x06")
    offset = struct.unpack_from("<I", data, start + 16)[0]
    directory = data[offset:start]
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    more = entry * 300_000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 5, 5, len(directory + more), offset, 0)
    return data[:start] + more + end


def trailing_directory() -> bytes:
    """Two archives one after the other: which is read depends on the reader."""
    return packed(parts()) + packed(parts())


def shared_string_flood() -> bytes:
    """One text of 30,000 characters shown in 200,000 cells: 6 GB once copied."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_000))
    return packed(parts(cells, strings="<si><t>" + "长" * 30_000 + "</t></si>"))


def tag_flood() -> bytes:
    """Four million empty cells."""
    return packed(
        parts(("<row>" + "".join(f'<c s="{n * 7919 % 1000}"/>' for n in range(400)) + "</row>") * 9000),
        level=1,
    )


def prefixed_flood() -> bytes:
    """A million filled cells under a prefix, each with its own number."""
    rows = "".join(f"<x:row><x:c><x:v>{n * 7919 % 9973}</x:v></x:c></x:row>" for n in range(600_000))
    sheet = f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    return packed(parts(sheet=sheet), level=1)


def formatted_to_the_end() -> bytes:
    """Borders drawn down to the last row of the sheet, as happens by a slip of the mouse."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(1, 1_000_000))
    return packed(parts(rows), level=1)


def long_attribute() -> bytes:
    """One tag of 60 MB, of bytes that do not pack too well."""
    noise = "".join(f"{n * 2654435761 % 2**32:08x}" + "y" * 200 for n in range(300_000))
    return packed(parts(f'<row r="1"><c r="A1" x="{noise}"/></row>'), level=1)


def merge_flood() -> bytes:
    """Every range merged with every other."""
    merges = "".join(f'<mergeCell ref="A1:XFD{n}"/>' for n in range(1, 120_000))
    return packed(
        parts(sheet=SHEET.replace("</worksheet>", f"<mergeCells>{merges}</mergeCells></worksheet>"))
    )


def merged_everywhere() -> bytes:
    """Few merged ranges, each over the whole filled box."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="Z{n}"><v>1</v></c></row>' for n in range(1, 5000)
    )
    merges = '<mergeCell ref="A1:Z4999"/>' * 1000
    sheet = f"<worksheet {MAIN}><sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    return packed(parts(sheet=sheet))


def locked_part() -> bytes:
    """An archive whose parts are encrypted."""
    data = bytearray(packed(parts()))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(mark)
        while found >= 0:
            data[found + at] |= 1
            found = data.find(mark, found + 4)
    return bytes(data)


def encrypted_package() -> bytes:
    """An xlsx with a password is a compound file around the encrypted archive."""
    name = "Workbook".encode("utf-16-le")
    data = bytearray(clean_container(b"\0" * 8192))
    at = data.find(name)
    full = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    data[at : at + len(full)] = full
    struct.pack_into("<H", data, at + 64, len(full))
    return bytes(data)


def looping_container() -> bytes:
    """A chain of sectors that bites its own tail."""
    data = bytearray(xls([["内容", "x" * 3000]] * 50))
    fat_at = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    struct.pack_into("<I", data, fat_at, 0)
    struct.pack_into("<I", data, data.find("Workbook".encode("utf-16-le")) + 120, len(data) - 600)
    return bytes(data)


def old_far_cell() -> bytes:
    """An old workbook with a cell in its last corner."""
    return clean_container(workbook_stream(["x"], ("a", shared(0, 0, 0) + number(65535, 255, 1.0))))


def old_string_flood() -> bytes:
    """An old workbook with one long text in every row."""
    cells = b"".join(shared(n % 60_000, n // 60_000, 0) for n in range(300_000))
    return clean_container(workbook_stream(["长" * 32_000], ("a", cells)))


def old_record_flood() -> bytes:
    """Five million empty records."""
    return clean_container(workbook_stream(["x"], ("a", record(0x1111) * 4_900_000)))


def old_count_lie() -> bytes:
    """A claim of two thousand million shared strings."""
    return clean_container(workbook_stream(["x"], ("a", shared(0, 0, 0)), count=0x7FFFFFFF))


def old_twin_sheets() -> bytes:
    """A hundred sheets that are the same records."""
    cells = b"".join(number(n, 0, 1.0) for n in range(1000))
    stream = workbook_stream(["x"], *[("a", cells)] * 50, starts=[2000] * 50)
    return clean_container(stream)


CASES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "bomb": (bomb, "a.xlsx", "zip_bomb"),
    "many_parts_bomb": (many_parts_bomb, "a.xlsx", "zip_bomb"),
    "lying_size": (lying_size, "a.xlsx", "zip_bomb"),
    "overlapping": (overlapping, "a.xlsx", "zip_path"),
    "many_entries": (many_entries, "a.xlsx", "zip_entries"),
    "endless_directory": (endless_directory, "a.xlsx", "zip_entries"),
    "trailing_directory": (trailing_directory, "a.xlsx", "file_truncated"),
    "nested_zip": (lambda: _with("xl/media/image1.png", packed(parts())), "a.xlsx", "zip_nested"),
    "dots_in_path": (lambda: _with("xl/../../evil.xml", "<a/>"), "a.xlsx", "zip_path"),
    "absolute_path": (lambda: _with("/etc/cron.d/evil", "x"), "a.xlsx", "zip_path"),
    "backslash_path": (lambda: _with("xl\\..\\evil.xml", "<a/>"), "a.xlsx", "zip_path"),
    "twin_names": (lambda: _with("XL/Workbook.xml", "<a/>"), "a.xlsx", "zip_path"),
    "laughs_in_sheet": (lambda: _with("xl/worksheets/sheet1.xml", LAUGHS + SHEET), "a.xlsx", "xml_dtd"),
    "laughs_in_strings": (
        lambda: _with("xl/sharedStrings.xml", LAUGHS + f"<sst {MAIN}><si><t>&lol9;</t></si></sst>"),
        "a.xlsx",
        "xml_dtd",
    ),
    "laughs_in_workbook": (lambda: _with("xl/workbook.xml", LAUGHS + "<workbook/>"), "a.xlsx", "xml_dtd"),
    "laughs_in_theme": (lambda: _with("xl/theme/theme1.xml", LAUGHS + "<a/>"), "a.xlsx", "xml_dtd"),
    "outside_entity": (lambda: _with("xl/styles.xml", OUTSIDE + "<a>&e;</a>"), "a.xlsx", "xml_dtd"),
    "outside_dtd": (lambda: _with("docProps/core.xml", REMOTE + "<a/>"), "a.xlsx", "xml_dtd"),
    "dtd_in_relations": (lambda: _with("_rels/.rels", REMOTE + "<a/>"), "a.xlsx", "xml_dtd"),
    "wide_dtd": (
        lambda: _with("xl/worksheets/sheet1.xml", (LAUGHS + SHEET).encode("utf-16")),
        "a.xlsx",
        "xml_encoding",
    ),
    "other_encoding": (
        lambda: _with("xl/styles.xml", '<?xml version="1.0" encoding="utf-7"?><a/>'),
        "a.xlsx",
        "xml_encoding",
    ),
    "picture_from_network": (
        lambda: _with(
            "xl/drawings/_rels/drawing1.xml.rels",
            f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{LINKS}/image" Target="http://127.0.0.1:9/x.png" '
            'TargetMode="External"/></Relationships>',
        ),
        "a.xlsx",
        "external_content",
    ),
    "links_from_network": (
        lambda: _with(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{LINKS}/externalLinkPath" '
            'Target="https://example.org/a.xlsx" TargetMode="External"/></Relationships>',
        ),
        "a.xlsx",
        "external_content",
    ),
    "last_cell": (lambda: _cell("XFD1048576"), "a.xlsx", "sheet_far_cell"),
    "last_row": (lambda: _cell("A1048576"), "a.xlsx", "sheet_far_cell"),
    "last_column": (lambda: _cell("XFD1"), "a.xlsx", "sheet_far_cell"),
    "beyond_the_sheet": (lambda: _cell("ZZZZ99999999"), "a.xlsx", "file_damaged"),
    "wide_and_long": (lambda: _cell("SA199999"), "a.xlsx", "sheet_too_big"),
    "full_sheet_range": (
        lambda: packed(
            parts(
                '<row r="1"><c r="A1" t="str"><f t="array" ref="A1:XFD1048576">A1</f><v>x</v></c></row>'
                '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            )
        ),
        "a.xlsx",
        "sheet_far_cell",
    ),
    "far_cell_without_reference": (
        lambda: packed(parts('<row r="1048576"><c><v>1</v></c></row>')),
        "a.xlsx",
        "sheet_far_cell",
    ),
    "far_cell_with_prefix": (
        lambda: packed(
            parts(
                sheet='<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
                '<x:row><x:c s="1" r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
            )
        ),
        "a.xlsx",
        "sheet_far_cell",
    ),
    "shared_string_flood": (shared_string_flood, "a.xlsx", "sheet_too_much_text"),
    "shared_string_missing": (
        lambda: packed(parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
        "a.xlsx",
        "file_damaged",
    ),
    "strings_elsewhere": (lambda: _with("xl/strings.xml", f"<sst {MAIN}/>"), "a.xlsx", "file_damaged"),
    "tag_flood": (tag_flood, "a.xlsx", "sheet_too_big"),
    "prefixed_flood": (prefixed_flood, "a.xlsx", "sheet_far_cell"),
    "formatted_to_the_end": (formatted_to_the_end, "a.xlsx", "sheet_too_big"),
    "long_attribute": (long_attribute, "a.xlsx", "xml_token"),
    "merge_flood": (merge_flood, "a.xlsx", "sheet_merges"),
    "merged_everywhere": (merged_everywhere, "a.xlsx", "sheet_merges"),
    "failed_formulas": (
        lambda: packed(
            parts("".join(f'<row r="{n}"><c r="A{n}"><f>1/0</f></c></row>' for n in range(1, 5000)))
        ),
        "a.xlsx",
        "sheet_faults",
    ),
    "locked_part": (locked_part, "a.xlsx", "file_encrypted"),
    "encrypted_package": (encrypted_package, "a.xlsx", "file_encrypted"),
    "old_with_password": (
        lambda: xls([["内容"]], extra=record(0x002F, struct.pack("<HHH", 1, 1, 1))),
        "a.xls",
        "file_encrypted",
    ),
    "half_of_xlsx": (lambda: packed(parts())[:-200], "a.xlsx", "file_truncated"),
    "damaged_xlsx": (
        lambda: packed(parts("<row r='1'>" + "<c r='A1'><v>12345</v></c>" * 300 + "</row>")).replace(
            b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml", 1
        ),
        "a.xlsx",
        "zip_path",
    ),
    "half_of_xls": (lambda: xls([["内容", "x" * 3000]] * 50)[:3000], "a.xls", "file_truncated"),
    "only_the_mark_of_xls": (lambda: MAGIC + b"\0" * 100, "a.xls", "file_truncated"),
    "looping_container": (looping_container, "a.xls", "file_truncated"),
    "old_far_cell": (old_far_cell, "a.xls", "sheet_far_cell"),
    "old_string_flood": (old_string_flood, "a.xls", "sheet_too_much_text"),
    "old_record_flood": (old_record_flood, "a.xls", "sheet_too_big"),
    "old_count_lie": (old_count_lie, "a.xls", "sheet_too_big"),
    "old_twin_sheets": (old_twin_sheets, "a.xls", "file_damaged"),
    "page_as_xls": (
        lambda: "\ufeff<html><table><tr><td>编号</td></tr></table></html>".encode(),
        "导出.xls",
        "file_html",
    ),
    "page_in_gbk": (lambda: "<!DOCTYPE html><table>编号</table>".encode("gbk"), "导出.xls", "file_html"),
    "xml_of_2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "a.xls", "file_html"),
    "mail_as_xls": (lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html", "a.xls", "file_html"),
    "program_as_xlsx": (lambda: b"MZ\x90\0\3\0\0\0" + b"\0" * 5000, "a.xlsx", "file_other"),
    "pdf_as_xlsx": (lambda: b"%PDF-1.7\n" + b"x" * 500, "a.xlsx", "file_other"),
    "picture_as_csv": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "a.csv", "file_other"),
    "noise_as_csv": (lambda: bytes(range(256)) * 40, "a.csv", "file_other"),
    "text_as_xlsx": (lambda: "编号,内容\n1,路灯\n".encode(), "a.xlsx", "file_mismatch"),
    "word_as_xlsx": (lambda: packed({"word/document.xml": b"<a/>"}), "a.xlsx", "file_other"),
    "archive_as_xlsx": (lambda: packed({"台账.xlsx": packed(parts())}), "a.xlsx", "file_archive"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\0" + b"x" * 500, "a.xlsx", "file_archive"),
    "open_document": (
        lambda: packed(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
        ),
        "a.xlsx",
        "file_binary_kind",
    ),
    "binary_workbook": (lambda: packed({"xl/workbook.bin": b"x"}), "a.xlsx", "file_binary_kind"),
    "empty": (lambda: b"", "a.xlsx", "file_empty"),
    "blank": (lambda: b" \r\n\t\r\n" * 100, "a.csv", "file_empty"),
    "too_big": (lambda: b"a,b\n" * 6_000_000, "a.csv", "file_too_big"),
    "commas": (lambda: b"a" + b"," * 20_000_000, "a.csv", "sheet_too_big"),
    "lines": (lambda: b"a\n" * 10_000_000, "a.csv", "sheet_too_big"),
    "rows": (lambda: b"a,b\n" * 300_000, "a.csv", "sheet_too_many_rows"),
    "columns": (lambda: b"a" + b"," * 1000 + b"\n", "a.csv", "sheet_too_many_columns"),
}
