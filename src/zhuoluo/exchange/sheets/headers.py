"""Finds the tables inside a raw sheet: title rows above, the header (one row or several), data, footers.

Every row that holds anything ends up either among the data rows or among the skipped rows with its kind, so
that nothing is lost in silence. A header that was found wrongly can be given by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhuoluo.exchange.sheets.fields import NAMES, plain_name
from zhuoluo.exchange.sheets.grid import Grid, clean_label, has_word, is_date, is_pair, label_like
from zhuoluo.exchange.sheets.limits import letter
from zhuoluo.exchange.sheets.read import Merge, RawSheet
from zhuoluo.exchange.sheets.tablerows import (
    Column,
    SkippedKind,
    SkippedRow,
    TableRow,
    skipped_row,
    split_rows,
)

__all__ = [
    "Column",
    "SkippedKind",
    "SkippedRow",
    "Table",
    "TableRow",
    "clean_label",
    "find_table",
    "find_tables",
]

_LOOKED_AT = 40  # rows searched for the header


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet. `header_rows` and `first_row` are row numbers as in Excel."""

    sheet: RawSheet
    columns: tuple[Column, ...]
    header_rows: tuple[int, ...]
    first_row: int
    rows: tuple[TableRow, ...]
    skipped: tuple[SkippedRow, ...]


def find_tables(sheet: RawSheet, header_rows: Sequence[int] | None = None) -> tuple[Table, ...]:
    """All tables of a sheet, one below the other; none for an empty sheet.

    `header_rows` (numbers as in Excel) replaces the search and makes the whole sheet one table; an empty
    sequence says that there is no header and data start at the first filled row.
    """
    if not sheet.rows:
        return ()
    grid = Grid(sheet)
    if header_rows is not None:
        chosen = sorted(number - 1 for number in header_rows if 0 < number <= grid.height)
        return (_table(grid, 0, grid.height, chosen),)
    headers = [_header(grid, 0, grid.height)]
    headers += _later_headers(grid, headers[0])
    starts = [0, *[_title_start(grid, header[0]) for header in headers[1:]]]
    ends = [*starts[1:], grid.height]
    return tuple(
        _table(grid, start, end, header) for start, end, header in zip(starts, ends, headers, strict=True)
    )


def find_table(sheet: RawSheet, header_rows: Sequence[int] | None = None) -> Table | None:
    """The first table of a sheet, or None for an empty sheet. See `find_tables`."""
    tables = find_tables(sheet, header_rows)
    return tables[0] if tables else None


def _table(grid: Grid, start: int, end: int, header: list[int]) -> Table:
    """The table between two rows of a sheet (the second excluded) under a header."""
    first = (
        header[-1] + 1 if header else next((row for row in range(start, end) if not grid.empty(row)), start)
    )
    columns = _columns(grid, header, first, end)
    above = [row for row in range(start, first) if row not in header and not grid.empty(row)]
    rows, skipped = split_rows(grid, columns, header, first, end)
    return Table(
        sheet=grid.sheet,
        columns=columns,
        header_rows=tuple(row + 1 for row in header),
        first_row=first + 1,
        rows=tuple(rows),
        skipped=tuple([skipped_row(grid, row, "title") for row in above] + skipped),
    )


# --- where the header is


def _header(grid: Grid, start: int, end: int) -> list[int]:
    """The rows of the header, or none: by the names in it, else by its look."""
    looked_at = range(start, min(end, start + _LOOKED_AT))
    widest = max(len(grid.cells(row)) for row in range(start, min(end, start + 500)))
    for row in looked_at:
        if _named(grid.labels(row), at_least=min(2, widest)):
            top = _upwards(grid, row, start)
            return _downwards(grid, top, max(row, top), end)
    for row in looked_at:
        labels = grid.labels(row)
        if not labels or _above_table(labels, widest):
            continue
        return _downwards(grid, row, row, end) if _heads(grid, row, end, labels) else []
    return []


def _named(labels: list[str], at_least: int) -> bool:
    """Whether a row has enough names that headers of real sheets have, and little else."""
    known = sum(plain_name(label) in NAMES for label in labels)
    likely = sum(map(label_like, labels))
    return known >= at_least and known * 5 >= len(labels) * 2 and likely * 5 >= len(labels) * 4


def _upwards(grid: Grid, row: int, start: int) -> int:
    """The first row of a header of which one row is known: upper labels, merges that reach down into it."""
    while row > start:
        labels = grid.labels(row - 1)
        reaching = any(
            grid.owner.get((row - 1, column)) == grid.owner.get((row, column), 0)
            for column in grid.cells(row - 1)
        )
        upper = len(set(labels)) >= 2 and all(map(label_like, labels)) and not any(map(is_pair, labels))
        if not labels or not (reaching or (upper and _spans(grid, row - 1, row))):
            break
        row -= 1
    return row


def _spans(grid: Grid, upper: int, row: int) -> bool:
    """Whether a row's labels stand above groups of columns of the row below."""
    labels = grid.cells(upper)
    wide = any(merge.right > merge.left for column in labels if (merge := grid.owner.get((upper, column))))
    return wide or (
        len(labels) < len(grid.cells(row))
        and set(labels) <= set(grid.cells(row))
        and any(map(has_word, grid.labels(upper)))
    )


def _above_table(labels: list[str], widest: int) -> bool:
    """Whether a row is a title, or a line such as 填报单位：某局, above the header."""
    if widest == 1:
        return False
    if len(labels) == 1:
        return True
    pairs = sum(is_pair(label) or is_date(label) for label in labels)
    if pairs * 2 >= len(labels) and len(labels) <= max(4, widest // 2):
        return True
    return len(labels) * 2 < widest and sum(map(has_word, labels)) < 2


def _heads(grid: Grid, row: int, end: int, labels: list[str]) -> bool:
    """Whether a row heads the rows below: words of headers, or words above numbers and dates."""
    if sum(map(label_like, labels)) * 5 < len(labels) * 4:
        return False
    if len(labels) == 1:
        return plain_name(labels[0]) in NAMES
    known = sum(map(has_word, labels))
    if known * 2 >= len(labels) and len(set(labels)) == len(labels) and max(map(len, labels)) <= 12:
        return True
    return len(set(labels)) == len(labels) and _unlike_below(grid, row, end)


def _unlike_below(grid: Grid, row: int, end: int) -> bool:
    """Whether some column is a word here and nothing but numbers or dates below."""
    below = [grid.cells(lower) for lower in range(row + 1, min(end, row + 12))]
    for column in grid.cells(row):
        values = [cells[column] for cells in below if column in cells]
        plain = [
            value for value in values if not isinstance(value, str) or not label_like(clean_label(value))
        ]
        if len(values) >= 2 and len(plain) == len(values):
            return True
    return False


def _downwards(grid: Grid, first: int, last: int, end: int) -> list[int]:
    """The header from its first row on; merged cells and rows of sub-labels extend it."""
    row = first
    while row <= last:
        for column in grid.cells(row):
            merge = grid.owner.get((row, column))
            if (
                merge
                and merge.bottom < end
                and not (merge.left == merge.right and merge.bottom - merge.top > 4)
            ):
                last = max(last, merge.bottom)
        if row == last and row + 1 < end and (_sublabels(grid, row) or _split_labels(grid, first, row)):
            last = row + 1
        row += 1
    return list(range(first, last + 1))


def _sublabels(grid: Grid, row: int) -> bool:
    """Whether the next row holds labels under merged labels of this row, and nothing elsewhere."""
    merges = [grid.owner.get((row, column)) for column in grid.cells(row)]
    wide: list[Merge] = [
        merge for merge in merges if merge and merge.right > merge.left and merge.bottom == row
    ]
    under = {column for merge in wide for column in range(merge.left, merge.right + 1)}
    labels = grid.labels(row + 1)
    if (
        not under
        or len(labels) < 2
        or not set(grid.cells(row + 1)) <= under
        or not all(map(label_like, labels))
    ):
        return False
    return under != grid.spread(row) or sum(map(has_word, labels)) * 2 >= len(labels)


def _split_labels(grid: Grid, first: int, row: int) -> bool:
    """Whether the next row holds sub-labels of a header whose merges were lost, as in CSV.

    They fill every gap of this row, may stand under the label left of a gap, and nowhere else.
    """
    upper, lower = grid.cells(row), grid.cells(row + 1)
    if row != first or not upper or len(lower) < 2 or any((row, column) in grid.owner for column in upper):
        return False
    gaps: set[int] = set()
    owners: set[int] = set()
    label = min(upper)
    for column in range(min(upper), max(*upper, *lower) + 1):
        if column in upper:
            label = column
        else:
            gaps.add(column)
            owners.add(label)
    labels = [clean_label(value) for value in lower.values()]
    return bool(gaps) and gaps <= set(lower) <= gaps | owners and all(map(label_like, labels))


# --- further tables below the first


def _later_headers(grid: Grid, header: list[int]) -> list[list[int]]:
    """Headers of further tables: rows of nothing but well-known names, unlike the header before."""
    known = {plain_name(label) for row in header for label in grid.labels(row)}
    found: list[list[int]] = []
    row = header[-1] + 1 if header else 1
    while row < grid.height:
        names = _names(grid, row)
        if len(names) >= 3 and len(names & known) * 2 < len(names):
            found.append(_downwards(grid, row, row, grid.height))
            known = {plain_name(label) for at in found[-1] for label in grid.labels(at)}
            row = found[-1][-1]
        row += 1
    return found


def _names(grid: Grid, row: int) -> set[str]:
    """The names in a row that holds nothing but well-known names; nothing for any other row."""
    cells = grid.cells(row)
    if len(cells) < 3 or any(not isinstance(value, str) or len(value) > 40 for value in cells.values()):
        return set()
    names = {plain_name(clean_label(value)) for value in cells.values()}
    return names if len(names & NAMES) * 5 >= len(cells) * 4 else set()


def _title_start(grid: Grid, row: int) -> int:
    """The first title row directly above a later header."""
    while row > 0 and len(grid.cells(row - 1)) == 1 and not grid.empty(row - 1):
        column = next(iter(grid.cells(row - 1)))
        if (row - 1, column) not in grid.owner:
            break
        row -= 1
    return row


# --- its columns


def _columns(grid: Grid, header: list[int], first: int, end: int) -> tuple[Column, ...]:
    """Every column with a label or with data."""
    used = {column for row in header for column in grid.spread(row)}
    used |= {column for row, column in grid.sheet.faults if first <= row < end}
    for row in range(first, end):
        used.update(grid.cells(row))
    columns = []
    for place in sorted(used):
        path = _path(grid, header, place)
        columns.append(Column(letter(place), path, " | ".join(path) or f"{letter(place)}列", place))
    return tuple(columns)


def _path(grid: Grid, header: list[int], column: int) -> tuple[str, ...]:
    """The labels above a column, outermost first, repeats left out."""
    path: list[str] = []
    for row in header:
        text = clean_label(grid.shown(row, column))
        if not text and row != header[-1] and clean_label(grid.shown(header[-1], column)):
            text = _left_label(grid, row, column)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _left_label(grid: Grid, row: int, column: int) -> str:
    """The nearest label to the left in an upper header row whose merges were lost."""
    for left in range(column - 1, -1, -1):
        if (row, left) in grid.owner:
            return ""
        text = clean_label(grid.sheet.at(row, left))
        if text:
            return text
    return ""
