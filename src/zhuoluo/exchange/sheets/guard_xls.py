"""Guards xls: walks the records of an old workbook, counting, before any real parser sees it.

The parser reserves memory for whatever a record claims (its dimensions, its number of strings) and copies a
shared string for each cell that uses it; so claims and copies are counted here first.
"""

import struct
from array import array
from collections.abc import Iterator

from zhuoluo.exchange.sheets.limits import Facts, Limits, Place, SheetFacts, address
from zhuoluo.exchange.sheets.ole import Container, clean_container
from zhuoluo.exchange.sheets.problems import Reason, Refused, reason

_BOF, _EOF, _CONTINUE, _FILEPASS, _DATE1904 = 0x0809, 0x000A, 0x003C, 0x002F, 0x0022
_BOUNDSHEET, _SST, _DIMENSIONS = 0x0085, 0x00FC, 0x0200
_NUMBER, _LABEL, _BOOLERR, _RK, _LABELSST = 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD
_RSTRING, _MULRK, _FORMULA, _MERGED = 0x00D6, 0x00BD, 0x0006, 0x00E5
_FILLED = frozenset({_NUMBER, _LABEL, _BOOLERR, _RK, _LABELSST, _MULRK, _FORMULA})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_MOST_STRINGS = 1_000_000


def inspect_xls(data: bytes, limits: Limits) -> Facts:
    """Let a well-behaved xls through, as a clean container; raise `Refused` for every other compound file."""
    container = Container(data)
    names = container.names()
    if {"EncryptedPackage", "EncryptionInfo"} & names:
        raise Refused(reason("file_encrypted"))
    name = next((name for name in ("Workbook", "Book") if name in names), None)
    if name is None:
        raise Refused(reason("file_other", what=" Word 文件" if "WordDocument" in names else "其他文件"))
    walk = _Walk(container.stream(name), limits)
    try:
        facts, date1904 = walk.whole()
    except struct.error:
        raise Refused(reason("file_damaged", part=name)) from None
    notes = (reason("note_macros"),) if "_VBA_PROJECT_CUR" in names else ()
    faults = {sheet.part: sheet.faults for sheet in facts if sheet.faults}
    return Facts("xls", clean_container(walk.stream), date1904=date1904, faults=faults, notes=notes)


class _Walk:
    """One walk through the records of a workbook stream, with one budget."""

    def __init__(self, stream: bytearray, limits: Limits) -> None:
        self.stream = stream
        self.limits = limits
        self.records = 0
        self.cells = 0
        self.characters = 0
        self.merges = 0
        self.lengths = array("L")

    def whole(self) -> tuple[list[SheetFacts], bool]:
        """The facts of all worksheets and whether days count from 1904."""
        places: list[tuple[int, str, int]] = []
        date1904, wide = False, True
        for kind, at, size in self.walk(0):
            if kind == _FILEPASS and struct.unpack_from("<H", self.stream, at)[0]:
                raise Refused(reason("file_encrypted"))
            if kind == _BOF:
                wide = struct.unpack_from("<H", self.stream, at)[0] != 0x0500
            elif kind == _DATE1904:
                date1904 = struct.unpack_from("<H", self.stream, at)[0] == 1
            elif kind == _BOUNDSHEET:
                places.append(self.sheet_place(at, size, wide))
            elif kind == _SST:
                self.lengths = self.string_lengths(at, size)
        self.check_places(places)
        return [self.sheet(start, name) for start, name, kind in places if kind == 0], date1904

    def walk(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Records from a position to the end mark: kind, position of the content, its size."""
        stream, unpack, last = self.stream, struct.Struct("<HH").unpack_from, len(self.stream)
        while at + 4 <= last:
            kind, size = unpack(stream, at)
            self.records += 1
            if at + 4 + size > last:
                raise Refused(reason("file_truncated"))
            if self.records > self.limits.tags:
                raise Refused(reason("sheet_too_big", limit=self.limits.cells))
            if kind == _EOF:
                return
            yield kind, at + 4, size
            at += 4 + size
        raise Refused(reason("file_truncated"))

    def sheet_place(self, at: int, size: int, wide: bool) -> tuple[int, str, int]:
        """Where a sheet starts, its name and its kind (0 is a worksheet)."""
        start, _visible, kind, length = struct.unpack_from("<IBBB", self.stream, at)
        raw = self.stream[at + 7 : at + size]
        if not wide:
            return start, raw[:length].decode("gb18030", "replace"), kind
        double = bool(raw[:1] and raw[0] & 1)
        text = raw[1 : 1 + length * (2 if double else 1)]
        return start, text.decode("utf-16-le" if double else "latin-1", "replace"), kind

    def check_places(self, places: list[tuple[int, str, int]]) -> None:
        """Refuse too many sheets, and sheets that share the same records."""
        starts = [start for start, _, _ in places]
        if len(places) > self.limits.sheets:
            raise Refused(reason("sheet_too_many_sheets", count=len(places), limit=self.limits.sheets))
        if len(set(starts)) != len(starts) or any(start >= len(self.stream) for start in starts):
            raise Refused(reason("file_damaged", part="BoundSheet"))

    def sheet(self, start: int, name: str) -> SheetFacts:
        """Count the cells of one worksheet."""
        facts = SheetFacts(name)
        dimensions = None
        for kind, at, size in self.walk(start):
            if kind in _FILLED:
                self.cell(facts, kind, at, size)
            elif kind == _DIMENSIONS:
                dimensions = (at, size)
            elif kind == _RSTRING:  # rich text of Excel 95, which the parser would pass over
                raise Refused(reason("file_binary_kind", kind="Excel 95"))
            elif kind == _MERGED:
                self.merges += struct.unpack_from("<H", self.stream, at)[0]
                if self.merges > self.limits.merges:
                    raise Refused(reason("sheet_merges"))
        self.cells += (facts.last_row + 1) * (facts.last_column + 1)
        if dimensions:
            self.mend_dimensions(facts, *dimensions)
        return facts

    def mend_dimensions(self, facts: SheetFacts, at: int, size: int) -> None:
        """Write the true dimensions over the claimed ones: the parser reserves memory for what they say."""
        form = {14: "<IIHH", 10: "<HHHH"}.get(size)
        if form is None:
            raise Refused(reason("file_damaged", part="Dimensions"))
        struct.pack_into(form, self.stream, at, 0, facts.last_row + 1, 0, facts.last_column + 1)

    def cell(self, facts: SheetFacts, kind: int, at: int, size: int) -> None:
        """Account for one filled cell."""
        row, column = struct.unpack_from("<HH", self.stream, at)
        if kind == _MULRK:
            column = struct.unpack_from("<H", self.stream, at + size - 2)[0]
        if row > facts.last_row or column > facts.last_column:
            self.grow(facts, row, column)
        if kind == _LABELSST:
            self.count_text(struct.unpack_from("<I", self.stream, at + 6)[0])
        elif kind == _BOOLERR and self.stream[at + 7] == 1:
            self.fault(facts, (row, column), self.stream[at + 6])
        elif kind == _FORMULA and self.stream[at + 12 : at + 14] == b"\xff\xff" and self.stream[at + 6] == 2:
            self.fault(facts, (row, column), self.stream[at + 8])

    def grow(self, facts: SheetFacts, row: int, column: int) -> None:
        """Widen the filled box; refuse cells far outside any real table."""
        limits = self.limits
        if row >= limits.rows or column >= limits.columns:
            place = address(row, column)
            raise Refused(reason("sheet_far_cell", cell=place, rows=limits.rows, columns=limits.columns))
        facts.last_row, facts.last_column = max(facts.last_row, row), max(facts.last_column, column)
        if self.cells + (facts.last_row + 1) * (facts.last_column + 1) > limits.cells:
            raise Refused(
                reason("sheet_far_cell", cell=address(row, column), rows=limits.rows, columns=limits.columns)
            )

    def count_text(self, index: int) -> None:
        """Add the length of a shared string; a wrong index is damage, never an empty cell."""
        if index >= len(self.lengths):
            raise Refused(reason("file_damaged", part="SST"))
        self.characters += self.lengths[index]
        if self.characters > self.limits.characters:
            raise Refused(reason("sheet_too_much_text", limit=self.limits.characters))

    def fault(self, facts: SheetFacts, place: Place, code: int) -> None:
        """Remember a cell that holds an error."""
        if len(facts.faults) >= self.limits.faults:
            raise Refused(reason("sheet_faults", count=self.limits.faults))
        why: Reason = reason("formula_error", value=_ERRORS.get(code, "#"))
        facts.faults[place] = why

    def string_lengths(self, at: int, size: int) -> "array[int]":
        """The lengths of all shared strings, which may run on through continuation records."""
        count = struct.unpack_from("<I", self.stream, at + 4)[0]
        if count > _MOST_STRINGS:
            raise Refused(reason("sheet_too_big", limit=self.limits.cells))
        segments = [(at + 8, at + size)]
        following = at + size
        while self.stream[following : following + 2] == b"\x3c\x00":
            length = struct.unpack_from("<H", self.stream, following + 2)[0]
            segments.append((following + 4, following + 4 + length))
            following += 4 + length
        return _Strings(self.stream, segments).lengths(count)


class _Strings:
    """Walks shared strings across their segments; each continuation starts with a flag of the width."""

    def __init__(self, stream: bytearray, segments: list[tuple[int, int]]) -> None:
        self.stream = stream
        self.segments = segments
        self.number = 0
        self.at, self.end = segments[0]

    def lengths(self, count: int) -> "array[int]":
        """The lengths in characters of so many strings."""
        found = array("L")
        for _ in range(count):
            if self.at >= self.end:
                self.next_segment()
            found.append(self.one())
        return found

    def one(self) -> int:
        """Step over one string; its length in characters."""
        length, flags = struct.unpack_from("<HB", self.stream, self.at)
        self.at += 3
        behind = 0
        if flags & 8:
            behind += 4 * struct.unpack_from("<H", self.stream, self.at)[0]
            self.at += 2
        if flags & 4:
            behind += struct.unpack_from("<I", self.stream, self.at)[0]
            self.at += 4
        self.skip_characters(length, 2 if flags & 1 else 1)
        self.skip(behind)
        return int(length)

    def skip_characters(self, count: int, width: int) -> None:
        """Step over characters; after a break the width may change."""
        while count:
            here = min(count, (self.end - self.at) // width)
            self.at += here * width
            count -= here
            if count:
                self.next_segment()
                width = 2 if self.stream[self.at] & 1 else 1
                self.at += 1

    def skip(self, size: int) -> None:
        """Step over bytes that describe the looks of a string."""
        while size:
            here = min(size, self.end - self.at)
            self.at += here
            size -= here
            if size:
                self.next_segment()

    def next_segment(self) -> None:
        """Go on in the following continuation record."""
        self.number += 1
        if self.number >= len(self.segments):
            raise Refused(reason("file_damaged", part="SST"))
        self.at, self.end = self.segments[self.number]
