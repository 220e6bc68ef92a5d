"""Writes workbooks and CSV that are safe to open: no text is a formula, dates are dates, nothing is cut.

Numbers that people read as names (ids, phones) must be given as text; text is always written as text.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from zhuoluo.exchange.sheets.choices import OUR_COLUMNS
from zhuoluo.exchange.sheets.csvtext import guard_text
from zhuoluo.exchange.sheets.grid import clean_label
from zhuoluo.exchange.sheets.headers import Table
from zhuoluo.exchange.sheets.limits import address
from zhuoluo.exchange.sheets.problems import Language, Problem, label
from zhuoluo.exchange.sheets.read import Merge
from zhuoluo.exchange.sheets.values import Value, as_text
from zhuoluo.exchange.sheets.when import SHANGHAI

_LAST_ROW = 1_048_576  # rows of a worksheet
_LONGEST = 32_767  # characters of a cell, counted as Excel does, in UTF-16 units
_BAD_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # Excel counts earlier days wrongly


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column to be written: its label and its width in characters."""

    label: str
    width: int = 16


def write_xlsx(
    rows: Iterable[Sequence[Value | None]],
    columns: Sequence[OutColumn | str],
    *,
    sheet_name: str = "台账",
    title: str = "",
    language: Language = "zh",
) -> bytes:
    """A workbook of one table, written row by row in little memory; beyond a million rows a new sheet starts.

    Aware moments are shown in the time of Shanghai. A text too long for a cell goes on in a sheet of its own.
    """
    heads = [column if isinstance(column, OutColumn) else OutColumn(column) for column in columns]
    with _Book(language, streaming=True) as book:
        sheet: _Sheet | None = None
        at, part = 0, 0
        for row in rows:
            if sheet is None or at >= _LAST_ROW:
                part += 1
                sheet, at = _start(
                    book, heads, sheet_name if part == 1 else f"{sheet_name[:26]}-{part}", title
                )
            for column, value in enumerate(row):
                sheet.put(at, column, value)
            at += 1
        if sheet is None:
            _start(book, heads, sheet_name, title)
        return book.bytes()


def write_csv(
    rows: Iterable[Sequence[Value | None]], columns: Sequence[OutColumn | str], *, encoding: str = "utf-8-sig"
) -> bytes:
    """A CSV with every field quoted.

    A text that a spreadsheet might take for a formula gets an apostrophe in front, which the reader of this
    package takes off again. GBK cannot hold rare names: use UTF-8 or GB18030.
    """
    heads = [column.label if isinstance(column, OutColumn) else column for column in columns]
    lines = [_line(heads)]
    lines.extend(_line(["" if value is None else _sound(as_text(value)) for value in row]) for row in rows)
    return "".join(lines).encode(encoding)


def returned_copy(
    table: Table,
    problems_by_row: Mapping[int, Sequence[Problem]],
    *,
    outcomes: Mapping[int, str] | None = None,
    language: Language = "zh",
) -> bytes:
    """The sheet as it came, every row in its place, with two columns more: what became of the row, and why.

    Rows with a blocking problem are marked; the cells named are coloured. `outcomes` says what became of the
    others by row number (for example already known); rows it does not name and that have no blocking problem
    are called imported. Columns of an earlier returned copy are replaced.
    """
    sheet = table.sheet
    ours = _our_places(table)
    place = min(ours) if ours else max(map(len, sheet.rows), default=0)
    with _Book(language, streaming=False) as book:
        out = book.sheet(sheet.name)
        out.widths(table, place)
        out.merge([merge for merge in sheet.merges if not ours & set(range(merge.left, merge.right + 1))])
        _copy_cells(
            out, table, ours, {problem.cell for problems in problems_by_row.values() for problem in problems}
        )
        if table.header_rows:
            out.sheet.freeze_panes(table.header_rows[-1], 0)
            out.put(table.header_rows[-1] - 1, place, label("result", language), "head")
            out.put(table.header_rows[-1] - 1, place + 1, label("reason", language), "head")
        for row in table.rows:
            problems = problems_by_row.get(row.number, ())
            outcome, look = _outcome(row.number, problems, outcomes or {}, language)
            out.put(row.number - 1, place, outcome, look)
            lines = [problem.line(language) for problem in problems]
            out.put(row.number - 1, place + 1, "\n".join(lines), "wrap")
        return book.bytes()


def _copy_cells(out: "_Sheet", table: Table, ours: set[int], wrong: set[str]) -> None:
    """Write every cell of the sheet in its place, except in columns of an earlier copy."""
    for number, row in enumerate(table.sheet.rows):
        look = "head" if number + 1 in table.header_rows else ""
        for column, value in enumerate(row):
            if column not in ours:
                out.put(number, column, value, "wrong" if address(number, column) in wrong else look)


def _outcome(
    number: int, problems: Sequence[Problem], outcomes: Mapping[int, str], language: Language
) -> tuple[str, str]:
    """What became of a row, and how that cell looks."""
    if number in outcomes:
        return outcomes[number], "wrong" if any(problem.blocking for problem in problems) else ""
    if any(problem.blocking for problem in problems):
        return label("rejected", language), "wrong"
    return label("imported", language), ""


def _our_places(table: Table) -> set[int]:
    """Columns that an earlier returned copy added."""
    return {
        column.place
        for column in table.columns
        if column.header_path and clean_label(column.header_path[-1]) in OUR_COLUMNS
    }


def _start(book: "_Book", heads: Sequence[OutColumn], name: str, title: str) -> "tuple[_Sheet, int]":
    """A worksheet with its title and header, and the first row for data."""
    sheet = book.sheet(name)
    for column, head in enumerate(heads):
        sheet.sheet.set_column(column, column, head.width)
    at = 0
    if title:
        sheet.put(0, 0, title, "title")
        at = 1
    for column, head in enumerate(heads):
        sheet.put(at, column, head.label, "head")
    sheet.sheet.freeze_panes(at + 1, 0)
    return sheet, at + 1


class _Book:
    """A workbook being written. Streaming, rows go to disk as they come and must come in order."""

    def __init__(self, language: Language, *, streaming: bool) -> None:
        self.language = language
        self.out = io.BytesIO()
        options = {
            "constant_memory": streaming,
            "in_memory": not streaming,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": False,
        }
        self.book: Any = xlsxwriter.Workbook(self.out, options)
        self.looks = {name: self.book.add_format(look) for name, look in _looks().items()}
        self.names: set[str] = set()
        self.overflow: list[tuple[str, str]] = []
        self.closed = False

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_: object) -> None:
        if not self.closed:  # an error came: the temporary files go all the same
            self.closed = True
            self.book.close()

    def sheet(self, name: str) -> "_Sheet":
        """A new worksheet under a name that Excel takes, made different from the others."""
        plain = _BAD_NAME.sub(" ", name).strip().strip("'")[:31] or "Sheet"
        tried, number = plain, 1
        while tried.casefold() in self.names or tried.casefold() == "history":
            number += 1
            tried = f"{plain[:27]}({number})"
        self.names.add(tried.casefold())
        return _Sheet(self, self.book.add_worksheet(tried), tried)

    def bytes(self) -> bytes:
        """Finish and hand over the file."""
        if self.overflow:
            extra = self.sheet(label("overflow", self.language))
            extra.put(0, 0, label("overflow_cell", self.language), "head")
            extra.put(0, 1, label("overflow_text", self.language), "head")
            for at, (place, text) in enumerate(self.overflow, start=1):
                extra.put(at, 0, place)
                extra.put(at, 1, text)
        self.closed = True
        self.book.close()
        return self.out.getvalue()


def _looks() -> dict[str, dict[str, object]]:
    """The looks of cells by name; text is marked as text, so that editing a cell makes no formula of it."""
    text: dict[str, object] = {"num_format": "@", "valign": "top"}
    return {
        "": text,
        "live": {**text, "quote_prefix": True},
        "wrap": {**text, "text_wrap": True},
        "title": {**text, "bold": True, "font_size": 14},
        "head": {
            **text,
            "bold": True,
            "text_wrap": True,
            "bg_color": "#E8EEF4",
            "border": 1,
            "border_color": "#B8C4D0",
        },
        "wrong": {**text, "bg_color": "#FBE3E0", "border": 1, "border_color": "#C0392B"},
        "number": {"valign": "top"},
        "day": {"num_format": "yyyy-mm-dd", "valign": "top"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"},
        "day_wrong": {"num_format": "yyyy-mm-dd", "valign": "top", "bg_color": "#FBE3E0"},
        "moment_wrong": {"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "bg_color": "#FBE3E0"},
        "number_wrong": {"valign": "top", "bg_color": "#FBE3E0"},
    }


class _Sheet:
    """One worksheet being written from top to bottom."""

    def __init__(self, book: _Book, sheet: Any, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self.name = name

    def put(self, row: int, column: int, value: Value | None, look: str = "") -> None:
        """Write one value by its kind; never as a formula or a link."""
        if value is None or value == "":
            if look:
                self.sheet.write_blank(row, column, None, self.book.looks[look])
            return
        suffix = "_wrong" if look == "wrong" else ""
        looks = self.book.looks
        if isinstance(value, datetime):
            local = (value.astimezone(SHANGHAI) if value.tzinfo else value).replace(tzinfo=None)
            if local.date() >= _FIRST_DAY:
                self.sheet.write_datetime(row, column, local, looks[f"moment{suffix}"])
                return
        elif isinstance(value, date):
            if value >= _FIRST_DAY:
                self.sheet.write_datetime(row, column, value, looks[f"day{suffix}"])
                return
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
            self.sheet.write_number(row, column, value, looks[f"number{suffix}"])
            return
        self.text(row, column, _sound(as_text(value)), look)

    def text(self, row: int, column: int, text: str, look: str) -> None:
        """Write a text; what a cell cannot hold is kept whole in the sheet of long contents."""
        if _units(text) > _LONGEST:
            text = self.overflow(row, column, text)
        if not look and guard_text(text) is not text:
            look = "live"
        cell_look = self.book.looks[look]
        if text.startswith("<r>") and text.endswith("</r>"):  # the writer would take it for its own rich text
            self.sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], cell_look)
        else:
            self.sheet.write_string(row, column, text, cell_look)

    def overflow(self, row: int, column: int, text: str) -> str:
        """Keep the whole text in pieces; the start of it with a word on where the rest is."""
        place = f"{self.name}!{address(row, column)}"
        step = 15_000  # characters; at most two UTF-16 units each
        self.book.overflow.extend((place, text[at : at + step]) for at in range(0, len(text), step))
        return text[:step] + label("overflow_mark", self.book.language, place=place)

    def widths(self, table: Table, place: int) -> None:
        """Column widths by what the columns usually hold."""
        for position, column in enumerate(table.columns):
            longest = max((len(as_text(row.values[position])) for row in table.rows[:30]), default=8)
            self.sheet.set_column(column.place, column.place, max(8, min(40, longest * 2)))
        self.sheet.set_column(place, place, 12)
        self.sheet.set_column(place + 1, place + 1, 60)

    def merge(self, merges: Sequence[Merge]) -> None:
        """Merge ranges; one that overlaps another, which Excel forbids, is left as single cells."""
        for merge in merges:
            with suppress(OverlappingRange):
                self.sheet.merge_range(
                    merge.top, merge.left, merge.bottom, merge.right, "", self.book.looks[""]
                )


def _line(fields: Sequence[str]) -> str:
    """One line of CSV."""
    return ",".join('"' + guard_text(field).replace('"', '""') + '"' for field in fields) + "\r\n"


def _sound(text: str) -> str:
    """A text that can be stored: halves of characters and non-characters become the mark of a lost one."""
    return text if text.isascii() else _NOT_XML.sub("\ufffd", _SURROGATE.sub("\ufffd", text))


def _units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) if len(text) * 2 <= _LONGEST or text.isascii() else len(text.encode("utf-16-le")) // 2
