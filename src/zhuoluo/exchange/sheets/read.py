"""Reads a workbook or text table into raw sheets: every cell where it stands, nothing interpreted.

The file goes through the guard first. Row n of a sheet is `rows[n - 1]`, column A is `row[0]`, as in Excel.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zhuoluo.exchange.sheets.csvtext import read_text
from zhuoluo.exchange.sheets.guard import inspect
from zhuoluo.exchange.sheets.limits import Facts, Limits, Place, address, letter
from zhuoluo.exchange.sheets.problems import Reason, Refused, reason
from zhuoluo.exchange.sheets.values import Value, blank

__all__ = ["Merge", "RawSheet", "address", "letter", "read_sheet", "read_workbook"]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One worksheet as it stands. An empty cell is an empty text; rows may differ in length."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    visible: bool = True
    date1904: bool = False
    faults: Mapping[Place, Reason] = field(default_factory=dict)  # cells whose content could not be had
    cautions: Mapping[Place, Reason] = field(default_factory=dict)  # cells worth a look
    notes: tuple[Reason, ...] = ()  # about the file as a whole
    encoding: str = ""  # of a text table

    def at(self, row: int, column: int) -> Value:
        """The value of a cell, counted from 0; an empty text outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


def read_workbook(data: bytes, name: str, limits: Limits = Limits()) -> list[RawSheet]:  # noqa: B008 - frozen
    """All worksheets of an upload, hidden ones included (see `visible`), empty ones with no rows.

    `name` is the file's name; only its ending matters, and only for text. Raises `Refused`.
    """
    facts = inspect(data, name, limits)
    if facts.kind == "text":
        return [_text_sheet(facts, name, limits)]
    try:
        return _parse(facts, limits)
    except Refused:
        raise
    except Exception:
        raise Refused(reason("file_damaged", part=facts.kind)) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # how the parser's own crash arrives here
            raise
        raise Refused(reason("file_damaged", part=facts.kind)) from None


def read_sheet(data: bytes, name: str, sheet: str | int = 0, limits: Limits = Limits()) -> RawSheet:  # noqa: B008 - frozen
    """One worksheet by name, or by position among all worksheets. Raises `Refused`."""
    sheets = read_workbook(data, name, limits)
    if isinstance(sheet, int):
        if 0 <= sheet < len(sheets):
            return sheets[sheet]
        raise Refused(reason("sheet_missing", sheet=sheet + 1))
    for found in sheets:
        if found.name == sheet:
            return found
    raise Refused(reason("sheet_missing", sheet=sheet))


def _parse(facts: Facts, limits: Limits) -> list[RawSheet]:
    """Worksheets of an xlsx or xls that the guard let through."""
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(facts.data)) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            rows = _trimmed(sheet.to_python(skip_empty_area=False))
            faults = facts.faults.get(meta.name, {})
            rows = _widened(rows, faults)
            sheets.append(
                RawSheet(
                    name=meta.name,
                    rows=rows,
                    merges=_merges(sheet, rows, limits),
                    visible=meta.visible == SheetVisibleEnum.Visible,
                    date1904=facts.date1904,
                    faults=faults,
                    notes=facts.notes,
                )
            )
    return sheets


def _text_sheet(facts: Facts, name: str, limits: Limits) -> RawSheet:
    """The only sheet of a text table, named as the file."""
    table = read_text(facts.data, name, limits)
    title = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    return RawSheet(
        name=title[:31],
        rows=_trimmed(table.rows),
        faults=table.faults,
        cautions=table.notes,
        encoding=table.encoding,
    )


def _trimmed(rows: Sequence[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """The rows up to the last one that holds anything."""
    last = len(rows)
    while last and all(blank(value) for value in rows[last - 1]):
        last -= 1
    return tuple(tuple(row) for row in rows[:last])


def _widened(
    rows: tuple[tuple[Value, ...], ...], faults: Mapping[Place, Reason]
) -> tuple[tuple[Value, ...], ...]:
    """Rows long enough to hold the cells with faults, so that a row of nothing but those is not forgotten."""
    last = max((row for row, _ in faults), default=-1)
    return rows + ((),) * (last + 1 - len(rows))


def _merges(sheet: CalamineSheet, rows: tuple[tuple[Value, ...], ...], limits: Limits) -> tuple[Merge, ...]:
    """Merged ranges that touch the filled box, cut off at its edges."""
    height, width = len(rows), max(map(len, rows), default=0)
    merges, area = [], 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= height or left >= width or (top, left) == (bottom, right):
            continue
        merge = Merge(top, left, min(bottom, height - 1), min(right, width - 1))
        area += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area > limits.merged_cells:
            raise Refused(reason("sheet_merges"))
        merges.append(merge)
    return tuple(merges)
