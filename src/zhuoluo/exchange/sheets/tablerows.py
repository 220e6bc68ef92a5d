"""The rows below a header: which are data, and what the others are. No row that holds anything is dropped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from zhuoluo.exchange.sheets.grid import Grid, clean_label, is_date, is_pair
from zhuoluo.exchange.sheets.limits import Place
from zhuoluo.exchange.sheets.problems import Reason
from zhuoluo.exchange.sheets.values import Value, blank, half_width

SkippedKind = Literal["title", "units", "numbering", "repeated_header", "group", "total", "footer", "blank"]

_UNITS = re.compile(
    r"件|人|次|户|元|[万亿]元|天|个|批|批次|人次|件次|%|亩|平方米|公里|米|处|家|宗|起|日|月|年|小时"
)
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|本页合计|本月合计|全县合计|全市合计)(?:[：:(（]|$)")
_FOOTER = re.compile(
    r"(?:填表|制表|填报|审核|审批|复核|负责人|经办|分管领导|主要领导|单位负责人|单位领导|盖章|单位[(（]盖章|联系人|联系电话|报送|报出|统计|打印)"
    r"[^：:]{0,10}[：:]|(?:注|附|附注|备注|说明|附件|填表说明|注意)\s*\d*\s*[：:]|第\s*\d+\s*页|共\s*\d+\s*页"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter, its labels from the outermost header row inwards, and the label shown."""

    letter: str
    header_path: tuple[str, ...]
    label: str
    place: int  # counted from 0 in the sheet


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data, its values in the order of the columns."""

    number: int  # as in Excel
    values: tuple[Value, ...]
    filled: Mapping[int, int] = field(default_factory=dict)  # positions merged with a row above: its number
    group: str = ""  # the words of the row that heads this group of rows
    faults: Mapping[int, Reason] = field(default_factory=dict)  # positions whose content could not be had
    cautions: Mapping[int, Reason] = field(default_factory=dict)  # positions worth a look


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no data, with what it is and what it says."""

    number: int
    kind: SkippedKind
    text: str


def skipped_row(grid: Grid, row: int, kind: SkippedKind) -> SkippedRow:
    """A row put aside, with what it says."""
    return SkippedRow(row + 1, kind, " ".join(grid.labels(row))[:200])


def split_rows(
    grid: Grid, columns: tuple[Column, ...], header: list[int], first: int, end: int
) -> tuple[list[TableRow], list[SkippedRow]]:
    """Data rows, and the rows among and behind them that are none, from row `first` to before row `end`."""
    sorter = _Sorter(grid, columns, header, first, end)
    rows: list[TableRow] = []
    skipped: list[SkippedRow] = []
    group = ""
    for row in range(first, sorter.end):
        kind = sorter.kind(row, started=bool(rows))
        if kind is None:
            rows.append(sorter.data_row(row, group))
        else:
            skipped.append(skipped_row(grid, row, kind))
        if kind == "group":
            group = skipped[-1].text
    return rows, skipped


class _Sorter:
    """Says of each row below a header what it is."""

    def __init__(
        self, grid: Grid, columns: tuple[Column, ...], header: list[int], first: int, end: int
    ) -> None:
        self.grid = grid
        self.columns = columns
        self.first = first
        while end > first and grid.empty(end - 1) and not self.covered(end - 1):
            end -= 1  # empty rows at the end say nothing
        self.end = end
        self.heading = {tuple(grid.labels(row)) for row in header}
        self.tail = self.find_tail()

    def find_tail(self) -> int:
        """The row from which only totals, footers and empty rows follow."""
        row = self.end
        while row > self.first:
            labels = self.grid.labels(row - 1)
            if row - 1 in self.grid.faulty or (labels and not _footer(labels) and not _total(labels)):
                break
            row -= 1
        return row

    def kind(self, row: int, *, started: bool) -> SkippedKind | None:
        """What a row is; None for data. `started` tells that data rows came before."""
        grid = self.grid
        if row in grid.faulty:
            return None
        if grid.empty(row):
            return None if self.covered(row) else "blank"
        cells = grid.cells(row)
        if len(cells) == 1 and self.heads_group(row, next(iter(cells))):
            return self.kind_of_labels(row, grid.labels(row), started) or "group"
        if row < self.tail and started and not _short_text(cells):
            return None
        return self.kind_of_labels(row, grid.labels(row), started)

    def kind_of_labels(self, row: int, labels: list[str], started: bool) -> SkippedKind | None:
        """What a row of short texts is."""
        if _total(labels):
            return "total"
        if row >= self.tail and _footer(labels):
            return "footer"
        if tuple(labels) in self.heading:
            return "repeated_header"
        if not started and len(labels) >= 2:
            if all(_UNITS.fullmatch(half_width(label).strip("()[]")) for label in labels):
                return "units"
            if len(labels) >= 3 and _numbering(labels):
                return "numbering"
        return None

    def covered(self, row: int) -> bool:
        """Whether every column of an empty row is merged with the row above: then it belongs to that one."""
        owner = self.grid.owner
        merges = [owner.get((row, column.place)) for column in self.columns]
        return bool(merges) and all(merge and self.first <= merge.top < row for merge in merges)

    def heads_group(self, row: int, column: int) -> bool:
        """Whether the only text of a row stands in a cell merged across at least half of the columns."""
        merge = self.grid.owner.get((row, column))
        if merge is None or merge.top != merge.bottom or len(self.columns) < 3:
            return False
        return (merge.right - merge.left + 1) * 2 >= len(self.columns)

    def data_row(self, row: int, group: str) -> TableRow:
        """The values of a row; a cell merged downwards speaks for every row it covers."""
        grid = self.grid
        cells = grid.sheet.rows[row]
        width = len(cells)
        values = [cells[column.place] if column.place < width else "" for column in self.columns]
        faults, cautions = self.pointed(row, grid.sheet.faults), self.pointed(row, grid.sheet.cautions)
        filled: dict[int, int] = {}
        for position, column in enumerate(self.columns if grid.owner else ()):
            merge = grid.owner.get((row, column.place))
            if (
                merge
                and merge.left == column.place
                and self.first <= merge.top < row
                and blank(values[position])
            ):
                values[position] = grid.sheet.at(merge.top, merge.left)
                filled[position] = merge.top + 1
        return TableRow(row + 1, tuple(values), filled, group, faults, cautions)

    def pointed(self, row: int, places: Mapping[Place, Reason]) -> dict[int, Reason]:
        """The reasons given for cells of a row, by position among the columns."""
        if not places:
            return {}
        return {
            position: places[(row, column.place)]
            for position, column in enumerate(self.columns)
            if (row, column.place) in places
        }


def _short_text(cells: dict[int, Value]) -> bool:
    """Whether the first filled cell is a text short enough to be a word for a total or a label."""
    first = next(iter(cells.values()))
    return isinstance(first, str) and len(first) <= 40


def _footer(labels: list[str]) -> bool:
    """Whether a row only says who filled in the sheet, or explains it."""
    starts = sum(bool(_FOOTER.match(label)) or is_pair(label) for label in labels)
    dates = sum(is_date(label) for label in labels)
    return bool(_FOOTER.match(labels[0])) and starts * 2 + dates >= len(labels) and len(labels) <= 8


def _total(labels: list[str]) -> bool:
    """Whether a row adds up: a word for it first, and nothing long beside."""
    if not labels or not _TOTAL.match(labels[0]):
        return False
    return all(len(label) <= 12 for label in labels[1:]) and len(labels[0]) <= 60


def _numbering(labels: list[str]) -> bool:
    """Whether a row numbers the columns: 1 2 3 …, （1）（2）… or 甲 乙 1 2 …"""
    marks = [half_width(clean_label(label)).strip("()[]<> ") for label in labels]
    letters = [mark for mark in marks if mark in _ORDINALS]
    numbers = [int(mark) for mark in marks if mark.isascii() and mark.isdigit() and len(mark) < 4]
    if len(letters) + len(numbers) != len(marks) or letters != list(_ORDINALS[: len(letters)]):
        return False
    if not numbers:
        return True
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in {
        0,
        1,
        len(letters) + 1,
    }
