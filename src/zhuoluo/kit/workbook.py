"""Workbooks out: sums as exact numbers, everything else as text, so nothing in them can run as a formula."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

LONGEST = 32_000  # characters of a cell; a spreadsheet takes 32,767
Column = tuple[str, int]  # head, width
Cell = str | int | Decimal


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook: a title, the heads, the rows. A Decimal is a sum in yuan, shown with two decimals."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Sheet1")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    money = book.add_format({"num_format": "#,##0.00", "valign": "top", "border": 1})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.write_string(0, 0, title[:LONGEST], book.add_format({"bold": True, "font_size": 16}))
    for place, (label, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, label, head)
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(line, place, value, money)
            elif isinstance(value, int):
                sheet.write_number(line, place, value, cell)
            else:
                sheet.write_string(line, place, value[:LONGEST], cell)
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()
