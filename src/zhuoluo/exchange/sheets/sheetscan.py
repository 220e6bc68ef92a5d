"""Streams the XML parts of a workbook through expat, counting: bounded memory, no definitions."""

import re
from array import array
from xml.parsers import expat

from zhuoluo.exchange.sheets.archive import Part
from zhuoluo.exchange.sheets.limits import Limits, Place, SheetFacts, address, column_number
from zhuoluo.exchange.sheets.problems import Reason, Refused, reason

STRINGS_PART = "xl/sharedstrings.xml"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class Scan:
    """One look through the parts of a workbook, with one budget of tags, cells and text for all of them.

    Shared strings must be looked at first: of each only its length is kept, and the text that all cells
    would show together is added up, because a parser copies a shared string for each cell.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tags = 0
        self.cells = 0
        self.characters = 0
        self.lengths = array("L")

    def part(self, part: Part) -> SheetFacts | None:
        """Look through one part; the facts of a worksheet, or None for any other part."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        reader = _Reader(self, part.name, parser)
        fed = 0
        try:
            for piece in part.pieces():
                if fed == 0:
                    _check_first_bytes(part.name, piece)
                parser.Parse(piece, False)
                fed += len(piece)
                reader.settle()
                if fed - parser.CurrentByteIndex > self.limits.token_bytes:
                    raise Refused(reason("xml_token", part=part.name))
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refused(reason("file_damaged", part=part.name)) from None
        return reader.finish()


def _check_first_bytes(name: str, piece: bytes) -> None:
    """Refuse XML that is not UTF-8: the parser to come reads nothing else."""
    if piece.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")):
        raise Refused(reason("xml_encoding", part=name, encoding="UTF-16"))


class _Reader:
    """The handlers for one part, chosen by its root element. Kept lean: they run a million times."""

    def __init__(self, scan: Scan, name: str, parser: expat.XMLParserType) -> None:
        self.scan = scan
        self.name = name
        self.parser = parser
        self.facts: SheetFacts | None = None
        self.strings = False
        self.length = -1  # of the shared string being read
        self.tags = 0
        self.merges = 0
        self.cell: list[str] = []  # attributes of the cell being read
        self.filled = self.formula = False
        self.value = ""
        self.row_text, self.row = "", -1
        self.column = -1
        self.base, self.ahead = "", 0  # the last cell with a reference, and how many came after it without
        self.columns: dict[str, int] = {}
        self.used: list[str] = []  # numbers of shared strings, not yet added up
        parser.StartElementHandler = self.root
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.refuse_dtd
        parser.EntityDeclHandler = self.refuse_dtd
        parser.ExternalEntityRefHandler = self.refuse_dtd

    def refuse_dtd(self, *_: object) -> int:
        """A document type, an entity or an outside reference: never in an honest workbook."""
        raise Refused(reason("xml_dtd", part=self.name))

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Only UTF-8 (or plain ASCII) is read."""
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            raise Refused(reason("xml_encoding", part=self.name, encoding=encoding))

    def root(self, name: str, _attributes: list[str]) -> None:
        """Choose the handlers by the outermost element."""
        local = name.rpartition(":")[2]
        self.parser.StartElementHandler = None
        if local == "worksheet":
            self.facts = SheetFacts(self.name)
            self.parser.StartElementHandler = self.sheet_tag
            self.parser.CharacterDataHandler = self.sheet_text
        elif local == "sst":
            if self.name.casefold() != STRINGS_PART:  # the parser looks for it under this name only
                raise Refused(reason("file_damaged", part=self.name))
            self.strings = True
            self.parser.StartElementHandler = self.string_tag
            self.parser.CharacterDataHandler = self.string_text

    def string_tag(self, name: str, _attributes: list[str]) -> None:
        """A tag among the shared strings; `si` starts the next one."""
        self.tags += 1
        if name == "si" or name.endswith(":si"):
            self.close_string()
            self.length = 0

    def string_text(self, text: str) -> None:
        """Count the characters of a shared string."""
        self.length += len(text)

    def close_string(self) -> None:
        """Keep the length of the string that ended."""
        if self.length >= 0:
            self.scan.lengths.append(self.length)

    def sheet_tag(self, name: str, attributes: list[str]) -> None:
        """Follow cells and their values; anything rarer goes to `other_tag`."""
        self.tags += 1
        if name == "v":
            self.filled = True
            self.value = ""
        elif name == "c":
            if self.filled or self.formula:
                self.close_cell()
            if attributes and attributes[0] == "r":
                self.cell = attributes
            else:
                self.open_odd_cell(attributes)
        else:
            self.other_tag(name, attributes)

    def other_tag(self, name: str, attributes: list[str]) -> None:
        """Rows, formulas, merged ranges, texts inside cells, and tags with a prefix."""
        prefix, _, tag = name.rpartition(":")
        if prefix and tag in {"c", "v"}:
            self.tags -= 1
            self.sheet_tag(tag, attributes)
        elif tag == "row":
            if self.filled or self.formula:
                self.close_cell()
            self.cell = []
            self.open_row(attributes)
        elif tag in {"is", "t"}:
            self.filled = True
        elif tag == "f":
            self.formula = True
            self.value = ""
        elif tag == "mergeCell":
            self.merge(attributes)

    def sheet_text(self, text: str) -> None:
        """Keep the start of a value: a number of a shared string, an error, a formula's result."""
        if len(self.value) < 64:
            self.value += text

    def open_row(self, attributes: list[str]) -> None:
        """Start a row; without a number it follows the one before."""
        given = _attribute(attributes, "r")
        if given and not _NUMBER.fullmatch(given):
            raise Refused(reason("file_damaged", part=self.name))
        self.row = int(given) - 1 if given else self.row + 1
        self.row_text = str(self.row + 1)
        self.base, self.ahead = "", 0

    def open_odd_cell(self, attributes: list[str]) -> None:
        """A cell whose reference is not its first attribute, or missing: then it follows the one before."""
        if "r" in attributes[::2]:
            self.cell = ["r", _attribute(attributes, "r"), "t", _attribute(attributes, "t")]
            return
        if self.cell and self.cell[0] == "r":
            self.base, self.ahead = self.cell[1], 0
        self.ahead += 1
        self.cell = attributes or ["", ""]

    def close_cell(self) -> None:
        """Account for the filled cell that ended."""
        attributes = self.cell
        filled, formula = self.filled, self.formula
        self.filled = self.formula = False
        if not attributes:
            return
        if attributes[0] == "r":
            self.place(attributes[1])
        else:
            self.column = -1
            if self.base:
                self.place(self.base)
            self.column += self.ahead
        facts = self.facts
        if facts is not None and (self.row > facts.last_row or self.column > facts.last_column):
            self.grow(facts)
        kind = attributes[3] if len(attributes) == 4 and attributes[2] == "t" else _attribute(attributes, "t")
        if kind == "s":
            if filled:
                self.used.append(self.value)
        elif kind == "e":
            self.fault(reason("formula_error", value=self.value.strip() or "#"))
        elif formula and kind not in {"str", "inlineStr"} and not (filled and self.value.strip()):
            self.fault(reason("formula_unsaved"))

    def place(self, reference: str) -> None:
        """Take over row and column of a reference like C12."""
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None or len(reference) - len(letters) > 7:
            _, column = _place(reference, self.name)
            self.columns[letters] = column
        self.column = column
        row_text = reference[len(letters) :]
        if row_text != self.row_text:
            self.row_text = row_text
            self.row = _place(reference, self.name)[0]

    def grow(self, facts: SheetFacts) -> None:
        """Widen the filled box; refuse a cell far outside any real table."""
        limits = self.scan.limits
        if self.row >= limits.rows or self.column >= limits.columns:
            place = address(self.row, self.column)
            raise Refused(reason("sheet_far_cell", cell=place, rows=limits.rows, columns=limits.columns))
        facts.last_row = max(facts.last_row, self.row)
        facts.last_column = max(facts.last_column, self.column)
        if self.scan.cells + (facts.last_row + 1) * (facts.last_column + 1) > limits.cells:
            raise Refused(reason("sheet_too_big", limit=limits.cells))

    def fault(self, why: Reason) -> None:
        """Remember a cell whose content a reader would silently lose."""
        if self.facts is None:
            return
        if len(self.facts.faults) >= self.scan.limits.faults:
            raise Refused(reason("sheet_faults", count=self.scan.limits.faults))
        self.facts.faults[(self.row, self.column)] = why

    def merge(self, attributes: list[str]) -> None:
        """Count merged ranges; refuse broken ones."""
        self.merges += 1
        first, _, last = _attribute(attributes, "ref").partition(":")
        top, left = _place(first, self.name)
        bottom, right = _place(last or first, self.name)
        if self.merges > self.scan.limits.merges or top > bottom or left > right:
            raise Refused(reason("sheet_merges"))

    def settle(self) -> None:
        """After every piece: spend the tags, add up the text of shared strings."""
        scan = self.scan
        scan.tags += self.tags
        self.tags = 0
        if scan.tags > scan.limits.tags:
            raise Refused(reason("sheet_too_big", limit=scan.limits.tags // 2))
        try:
            scan.characters += sum(map(scan.lengths.__getitem__, map(int, self.used)))
        except (IndexError, ValueError):  # a wrong number is damage, never an empty cell
            raise Refused(reason("file_damaged", part=self.name)) from None
        self.used.clear()
        if scan.characters > scan.limits.characters:
            raise Refused(reason("sheet_too_much_text", limit=scan.limits.characters))

    def finish(self) -> SheetFacts | None:
        """Close what is open and hand back the facts of a worksheet."""
        if self.strings:
            self.close_string()
        if self.facts is None:
            return None
        if self.filled or self.formula:
            self.close_cell()
        self.settle()
        self.scan.cells += (self.facts.last_row + 1) * (self.facts.last_column + 1)
        return self.facts


def _attribute(attributes: list[str], name: str) -> str:
    """The value of an attribute from expat's flat list, or an empty text."""
    for at in range(0, len(attributes), 2):
        if attributes[at] == name:
            return attributes[at + 1]
    return ""


def _place(reference: str, part: str) -> Place:
    """Row and column from 0 of a reference like C12."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise Refused(reason("file_damaged", part=part))
    return int(found[2]) - 1, column_number(found[1])
