"""Workbooks made for the tests: honest ones with openpyxl, old ones and hostile ones by hand."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from zhuoluo.exchange.sheets.ole import clean_container

REPO = Path(__file__).parents[5]
REAL = REPO / ".." / "shared" / "data" / "messages"

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def xlsx(*sheets: tuple[str, Sequence[Sequence[object]], Sequence[str]]) -> bytes:
    """A workbook of sheets given as name, rows and merged ranges."""
    book = Workbook()
    book.remove(book.active)
    for name, rows, merges in sheets:
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
        for merge in merges:
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one(rows: Sequence[Sequence[object]], merges: Sequence[str] = (), name: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    return xlsx((name, rows, merges))


def csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A text table as Excel writes it: quotes only where needed."""
    lines = []
    for row in rows:
        fields = []
        for field in row:
            needs = any(mark in field for mark in (delimiter, '"', "\n", "\r"))
            fields.append('"' + field.replace('"', '""') + '"' if needs else field)
        lines.append(delimiter.join(fields))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def parts(sheet_data: str = "", *, sheet: str | None = None, strings: str | None = None) -> dict[str, bytes]:
    """The parts of a small xlsx by name, to be changed before they are packed."""
    found = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {PACKAGE}><Relationship Id="rId1" Type="{LINKS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{LINKS}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet
        or f"<worksheet {MAIN}><sheetData>{sheet_data}</sheetData></worksheet>",
    }
    if strings is not None:
        found["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    return {name: text.encode() for name, text in found.items()}


def packed(found: Mapping[str, bytes], level: int = 6) -> bytes:
    """Parts packed into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- old workbooks (BIFF8), record by record


def record(kind: int, body: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float, look: int = 0) -> bytes:
    """A cell with a number; look 1 is a date."""
    return record(0x0203, struct.pack("<HHHd", row, column, look, value))


def shared(row: int, column: int, index: int) -> bytes:
    """A cell with a shared string."""
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, index))


def string_table(texts: Sequence[str], count: int | None = None) -> bytes:
    """The shared strings, broken into continuation records where they grow beyond one."""
    segments, body = [], bytearray(struct.pack("<II", len(texts), len(texts) if count is None else count))
    for text in texts:
        raw = text.encode("utf-16-le")
        if len(body) > 8000:
            segments.append(bytes(body))
            body = bytearray()
        body += struct.pack("<HB", len(raw) // 2, 1)
        while raw:
            room = (8200 - len(body)) // 2 * 2
            body += raw[:room]
            raw = raw[room:]
            if raw:
                segments.append(bytes(body))
                body = bytearray(b"\x01")
    segments.append(bytes(body))
    return record(0x00FC, segments[0]) + b"".join(record(0x003C, segment) for segment in segments[1:])


def workbook_stream(
    texts: Sequence[str],
    *sheets: tuple[str, bytes],
    extra: bytes = b"",
    count: int | None = None,
    dimensions: tuple[int, int, int, int] = (0, 1, 0, 1),
    starts: Sequence[int] | None = None,
) -> bytes:
    """A workbook stream: shared strings and sheets given as name and cell records."""
    formats = record(0x00E0, struct.pack("<HH16x", 0, 0)) + record(0x00E0, struct.pack("<HH16x", 0, 22))
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + record(
        0x0042, struct.pack("<H", 1200)
    )
    head += extra + formats
    middle = string_table(texts, count) + record(0x000A)
    names = [name.encode("utf-16-le") for name, _ in sheets]
    at = len(head) + sum(12 + len(name) for name in names) + len(middle)
    bounds, bodies = b"", b""
    for position, (name, (_, cells)) in enumerate(zip(names, sheets, strict=True)):
        start = at + len(bodies) if starts is None else starts[position]
        bounds += record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name) // 2, 1) + name)
        bodies += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
        bodies += record(0x0200, struct.pack("<IIHHH", *dimensions, 0)) + cells + record(0x000A)
    return head + bounds + middle + bodies


def xls(rows: Sequence[Sequence[str | float | None]], merges: bytes = b"", extra: bytes = b"") -> bytes:
    """An old workbook of one sheet."""
    texts = list(dict.fromkeys(value for row in rows for value in row if isinstance(value, str)))
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                cells += shared(at, column, texts.index(value))
            elif value is not None:
                cells += number(at, column, value)
    return clean_container(workbook_stream(texts, ("台账", cells + merges), extra=extra))
