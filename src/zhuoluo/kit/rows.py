"""Rows of a sheet that somebody keeps in their own layout: heads found by any of their names, cells read as text or day. Pure."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from zhuoluo.kit.sentences import Sentence

HEAD_WITHIN = 10  # rows in which the heads are looked for, below a title
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
TOTALS = ("合计", "总计", "小计")
Cell = object
T = TypeVar("T")


class Unreadable(Sentence):
    """A sheet or a cell that cannot be read. Its text says what is wrong and how to write it."""


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its number there, and its cells by column."""

    place: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one row: a sentence to be spoken."""

    place: int
    error: Sentence


class BadRows(Exception):
    """Rows that cannot be taken; nothing was."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        self.wrong = list(wrong)
        super().__init__(len(wrong))


def lines(
    rows: Sequence[Sequence[Cell]], columns: Mapping[str, Sequence[str]], may_miss: Collection[str] = ()
) -> list[Line]:
    """Return the rows under the heads, without blank ones and lines of totals. Raises Unreadable for a missing column."""
    for place, row in enumerate(rows[:HEAD_WITHIN]):
        heads = [_head(cell) for cell in row]
        found = {
            key: next(i for i, head in enumerate(heads) if head in names)
            for key, names in ((k, tuple(map(_head, v))) for k, v in columns.items())
            if any(head in names for head in heads)
        }
        if len(found) >= 2:
            missing = [names[0] for key, names in columns.items() if key not in found and key not in may_miss]
            if missing:
                raise Unreadable("表里缺这些列：%(columns)s", columns=missing)
            return list(_below(rows, place + 1, found))
    raise Unreadable("没有找到表头。请用“下载空表”里的格式")


def _below(rows: Sequence[Sequence[Cell]], start: int, found: Mapping[str, int]) -> Iterable[Line]:
    for place, row in enumerate(rows[start:], start=start + 1):
        cells = {key: row[i] if i < len(row) else "" for key, i in found.items()}
        texts = [text(cell) for cell in row]
        if any(texts) and not any(t.startswith(TOTALS) for t in texts[:2]):
            yield Line(place, cells)


def read_all(found: Sequence[Line], read: Callable[[Line], T], most: int) -> list[T]:
    """Read every line. Raises Unreadable for none or too many, BadRows with every line that cannot be read."""
    if not found:
        raise Unreadable("表里没有内容")
    if len(found) > most:
        raise Unreadable("一次最多导入 %(n)s 行，请分几次", n=most)
    rows, wrong = [], []
    for line in found:
        try:
            rows.append(read(line))
        except Sentence as error:
            wrong.append(Wrong(line.place, error))
    if wrong:
        raise BadRows(wrong)
    return rows


def _head(cell: Cell) -> str:
    return re.sub(r"\s|\(.*?\)", "", unicodedata.normalize("NFKC", str(cell)))


def text(cell: Cell) -> str:
    """Return a cell as text; a whole number without its .0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def day(cell: Cell) -> date:
    """Return a cell as a day: a date, a day number of a spreadsheet, or written text. Raises Unreadable."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 110_000:
        return EPOCH + timedelta(days=int(cell))
    match = re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", text(cell))
    )
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text(cell))
    except ValueError as error:
        raise Unreadable("“%(text)s”不是日期，请写成 2026-03-04 这样", text=text(cell)[:20]) from error
