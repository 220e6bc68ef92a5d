"""How big a sheet may be, and what the guard learned about a file it let through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from zhuoluo.exchange.sheets.problems import Reason

Kind = Literal["xlsx", "xls", "text"]
Place = tuple[int, int]  # row and column of a cell, both counted from 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one upload; the defaults hold every real 台账 and keep a hostile one small."""

    file_bytes: int = 20 * 1024 * 1024
    entries: int = 2_000  # parts inside an xlsx
    unpacked_bytes: int = 256 * 1024 * 1024  # all parts of an xlsx as declared, pictures included
    xml_bytes: int = 100 * 1024 * 1024  # the XML parts, which are really unpacked and read
    ratio: int = 200  # unpacked to packed, for parts above one megabyte
    token_bytes: int = 1024 * 1024  # one XML tag with its attributes
    tags: int = 1_200_000  # XML tags or BIFF records looked at: about 600,000 filled cells
    sheets: int = 100
    rows: int = 200_000
    columns: int = 512
    cells: int = 1_500_000  # rows × columns of the filled box, over all sheets
    characters: int = 50_000_000  # text of all cells written out
    merges: int = 100_000
    merged_cells: int = 300_000  # cells covered by merged ranges, within the filled box
    faults: int = 2_000  # cells with a failed formula that are listed one by one


@dataclass(slots=True)
class SheetFacts:
    """What the scan saw of one worksheet: the filled box and the cells a reader would silently lose."""

    part: str
    last_row: int = -1
    last_column: int = -1
    faults: dict[Place, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """A file that may be opened: what it really is and what the reader needs to know beforehand."""

    kind: Kind
    data: bytes  # what the parser is to read; for xls a clean container with the workbook alone
    date1904: bool = False
    faults: Mapping[str, Mapping[Place, Reason]] = field(default_factory=dict)  # by name of the worksheet
    notes: tuple[Reason, ...] = ()


def letter(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(letters: str) -> int:
    """The column counted from 0 of its letters: A is 0, XFD is 16383."""
    number = 0
    for mark in letters.upper():
        number = number * 26 + ord(mark) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """The name of a cell from its row and column counted from 0: (11, 2) is C12."""
    return f"{letter(column)}{row + 1}"
