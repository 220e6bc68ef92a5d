"""Text tables: finds the encoding and the separator, splits records, loses nothing.

Bytes that are no characters are kept visible and their cells are named. A quotation mark that is never closed
stays what it is, a character, instead of swallowing the rows behind it.
"""

import codecs
import re
from dataclasses import dataclass

from zhuoluo.exchange.sheets.limits import Limits, Place
from zhuoluo.exchange.sheets.problems import Reason, Refused, reason

DELIMITERS = (",", "\t", ";", "|")
_SNIFFED = 65_536  # characters looked at for the separator
_LIVE = re.compile(r"'+[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫\t\r\n]")
_BROKEN = re.compile("[\udc00-\udcff]+")
_COMMON = re.compile(r"[\t\r\n\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2010-\u2026]")
_WHOLE = re.compile(r"[^\x00-\x7f\ufffd]")
_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class TextTable:
    """The records of a text file; record n is row n + 1 of the sheet as Excel would show it."""

    rows: list[list[str]]
    encoding: str
    delimiter: str
    faults: dict[Place, Reason]  # cells with bytes that are no characters
    notes: dict[Place, Reason]  # cells worth a look


def read_text(data: bytes, name: str, limits: Limits) -> TextTable:
    """Decode and split a text table; raises `Refused` where it has too many rows or columns."""
    text, encoding = decode(data)
    forced = re.match(r'"?sep=(.)"?(?:\r\n?|\n)', text)
    delimiter = forced[1] if forced and forced[1] in DELIMITERS else sniff(text, name)
    records = _Records(text, delimiter, limits)
    rows = records.all()
    if forced:
        rows[0] = []
    faults = _mend_broken(rows, encoding)
    return TextTable(rows, encoding, delimiter, faults, records.notes)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 or GB18030 (which holds GBK and GB2312).

    A byte that is no character becomes one code point of U+DC00 … U+DCFF, to be found again later.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, _KEEP), encoding
    wide = wide_encoding(data) if b"\0" in data else None
    if wide:
        return data.decode(wide, _KEEP), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _likelier(data)
        return data.decode(encoding, _KEEP), encoding


def wide_encoding(data: bytes) -> str | None:
    """Which UTF-16 a text without its first mark is written in: nearly all of it must be common characters."""
    sample = data[:4096]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if text and len(_COMMON.findall(text)) >= len(text) * 0.95:
            return encoding
    return None


def _likelier(data: bytes) -> str:
    """Which encoding a text was written in that is not wholly UTF-8: GB18030, or UTF-8 with some broken bytes.

    Bytes of GBK hardly ever form whole UTF-8 characters, so a text where most of them do is UTF-8; the other
    way round, UTF-8 often passes for GBK, so that GBK can read a text is no proof.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(_WHOLE.findall(text))
    return "utf-8" if whole > broken * 2 and whole >= 10 else "gb18030"


def _keep(fault: UnicodeError) -> tuple[str, int]:
    """Keep each undecodable byte as a lone surrogate, whatever its value."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return "".join(chr(0xDC00 + byte) for byte in fault.object[fault.start : fault.end]), fault.end


_KEEP = "zhuoluo-keep"
codecs.register_error(_KEEP, _keep)


def sniff(text: str, name: str = "") -> str:
    """The separator: the one that cuts the first records most evenly into more than one column."""
    start = text[:_SNIFFED]
    found = [(_evenness(start, mark), -order, mark) for order, mark in enumerate(DELIMITERS)]
    best = max(found)
    if best[0] <= (0.0, 1):
        return "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    return best[2]


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """The share of records with the commonest number of columns, and that number; (0, 1) for one column."""
    rows = _Records(text, delimiter, Limits(rows=10**9, columns=10**9)).all(most=50)
    widths = [len(row) for row in rows if any(row)]
    many = [width for width in widths if width > 1]
    if not many:
        return (0.0, 1)
    common = max(set(many), key=lambda width: (many.count(width), width))
    return (round(many.count(common) / len(widths), 2), common)


class _Records:
    """Splits text into records and fields."""

    def __init__(self, text: str, delimiter: str, limits: Limits) -> None:
        self.text = text
        self.delimiter = delimiter
        self.limits = limits
        self.notes: dict[Place, Reason] = {}
        mark = re.escape(delimiter)
        self.quoted = re.compile(rf'"((?:[^"]++|"")*+)" *(?={mark}|\r|\n|\Z)')
        self.plain = re.compile(rf"[^{mark}\r\n]*+")

    def all(self, most: int = 10**9) -> list[list[str]]:
        """All records, or the first so many."""
        rows: list[list[str]] = []
        text, at, end, cells = self.text, 0, len(self.text), 0
        while at < end and len(rows) < most:
            fields, at = self.record(at, len(rows))
            cells += len(fields)
            if len(fields) > self.limits.columns:
                raise Refused(reason("sheet_too_many_columns", row=len(rows) + 1, limit=self.limits.columns))
            if cells > self.limits.cells:
                raise Refused(reason("sheet_too_big", limit=self.limits.cells))
            rows.append(fields)
            at += 2 if text.startswith("\r\n", at) else 1
            if len(rows) > self.limits.rows:
                raise Refused(reason("sheet_too_many_rows", limit=self.limits.rows))
        return rows

    def record(self, at: int, row: int) -> tuple[list[str], int]:
        """One record and the position of its line end."""
        line = _LINE.match(self.text, at)
        assert line is not None  # noqa: S101 - the pattern matches anywhere
        if '"' not in line[0]:
            return [_unguard(field) for field in line[0].split(self.delimiter)], line.end()
        fields: list[str] = []
        while True:
            field, at = self.one_field(at, row, len(fields))
            fields.append(field)
            if not self.text.startswith(self.delimiter, at):
                return fields, at
            at += 1

    def one_field(self, at: int, row: int, column: int) -> tuple[str, int]:
        """One field and the position behind it."""
        if self.text.startswith('"', at):
            found = self.quoted.match(self.text, at)
            if found:
                return _unguard(found[1].replace('""', '"')), found.end()
            if len(self.notes) < self.limits.faults:
                self.notes[(row, column)] = reason("quote_unpaired")
        plain = self.plain.match(self.text, at)
        assert plain is not None  # noqa: S101 - the pattern matches anywhere
        return _unguard(plain[0]), plain.end()


def guard_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe is put before one that it might."""
    return f"'{text}" if _LIVE.match(f"'{text}") else text


def _unguard(text: str) -> str:
    """The exact reverse of `guard_text`."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text


def _mend_broken(rows: list[list[str]], encoding: str) -> dict[Place, Reason]:
    """Turn kept bytes into visible marks like \\xA3 and name their cells."""
    faults: dict[Place, Reason] = {}
    for number, row in enumerate(rows):
        for column, field in enumerate(row):
            found = None if field.isascii() else _BROKEN.search(field)
            if found:
                shown = " ".join(f"{ord(mark) - 0xDC00:02X}" for mark in found[0])
                faults[(number, column)] = reason("bad_bytes", bytes=shown, encoding=encoding.upper())
                row[column] = _BROKEN.sub(_visible, field)
    return faults


def _visible(found: re.Match[str]) -> str:
    """Kept bytes written out."""
    return "".join(f"\\x{ord(mark) - 0xDC00:02X}" for mark in found[0])
