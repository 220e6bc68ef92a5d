"""The register as a workbook. Every cell is text, so nothing in it can run as a formula."""

import io
from collections.abc import Iterable

import xlsxwriter

from zhuoluo.reception.rules.register import COLUMNS, Row

LONGEST = 32_000  # characters of a cell; a spreadsheet takes 32,767


def workbook(rows: Iterable[Row], title: str) -> bytes:
    """Return the workbook: a title, the columns, a row a request."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("接访台账")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    for place, (_key, _label, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, title[:LONGEST], book.add_format({"bold": True, "font_size": 16}))
    for place, (_key, label, _width) in enumerate(COLUMNS):
        sheet.write_string(1, place, label, head)
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row.values()):
            sheet.write_string(line, place, value[:LONGEST], cell)
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()
