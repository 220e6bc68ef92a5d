"""The container of old Office files (compound file): finds one stream, builds a clean container for it.

Every chain of sectors is followed at most as far as the file is long, so loops and lies end in a refusal.
"""

import struct
import sys
from array import array
from dataclasses import dataclass

from zhuoluo.exchange.sheets.problems import Refused, reason

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT_MARK = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NO_STREAM = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the directory."""

    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    start: int
    size: int


class Container:
    """A compound file opened for reading; raises `Refused` where it is cut short or contradicts itself."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 1536:
            raise Refused(reason("file_truncated"))
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _damaged()
        self.sector = 1 << shift
        fat_count, directory = struct.unpack_from("<II", data, 44)
        mini_cutoff, mini_start, _mini_count, more, more_count = struct.unpack_from("<IIIII", data, 56)
        if mini_cutoff != 4096:
            raise _damaged()
        self.fat = self._fat(fat_count, more, more_count)
        self.entries = self._directory(directory)
        self._mini_start = mini_start

    def names(self) -> set[str]:
        """The names of all streams and storages."""
        return {entry.name for entry in self.entries}

    def stream(self, name: str) -> bytearray:
        """The whole content of a stream of the root storage."""
        entry = next(entry for entry in self.entries if entry.name == name and entry.kind == 2)
        if entry.size > len(self.data):
            raise Refused(reason("file_truncated"))
        small = entry.size < 4096
        content = self._mini_chain(entry) if small else self._chain(entry.start, entry.size)
        if len(content) < entry.size:
            raise Refused(reason("file_truncated"))
        del content[entry.size :]
        return content

    def _fat(self, count: int, more: int, more_count: int) -> "array[int]":
        """The table of next sectors."""
        numbers = _words(self.data[76:512])
        limit = len(self.data) // self.sector + 1
        if count > limit or more_count > limit:
            raise _damaged()
        while more_count and more not in (_END, _FREE):
            block = _words(self._sector(more))
            numbers.extend(block[:-1])
            more, more_count = block[-1], more_count - 1
        table = array("I")
        for number in [number for number in numbers if number != _FREE][:count]:
            table.extend(_words(self._sector(number)))
        return table

    def _directory(self, start: int) -> list[_Entry]:
        """The directory; an entry without a name is unused."""
        content = self._chain(start, len(self.data))
        entries = []
        for at in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = content[at : at + length - 2].decode("utf-16-le", "replace")
                first, size = struct.unpack_from("<II", content, at + 116)
                entries.append(_Entry(name, kind, first, size))
        if not entries or entries[0].kind != 5:
            raise _damaged()
        return entries

    def _sector(self, number: int) -> bytes:
        """One sector; the last one of a file may be short."""
        start = (number + 1) * self.sector
        if start >= len(self.data):
            raise Refused(reason("file_truncated"))
        return self.data[start : start + self.sector].ljust(self.sector, b"\0")

    def _chain(self, start: int, size: int) -> bytearray:
        """The sectors from `start` on, until their end or `size` bytes."""
        content = bytearray()
        for _ in range(size // self.sector + 1):
            if start in (_END, _FREE):
                break
            content += self._sector(start)
            if start >= len(self.fat):
                raise _damaged()
            start = self.fat[start]
        return content

    def _mini_chain(self, entry: _Entry) -> bytearray:
        """A stream below 4096 bytes lives in 64-byte sectors inside the root's own stream."""
        root = self.entries[0]
        pool = self._chain(root.start, min(root.size, len(self.data)))
        table = _words(self._chain(self._mini_start, len(self.data)))
        content, number = bytearray(), entry.start
        for _ in range(entry.size // 64 + 1):
            if number == _END or number >= len(table):
                break
            content += pool[number * 64 : number * 64 + 64]
            number = table[number]
        return content


def clean_container(workbook: bytes | bytearray) -> bytes:
    """A new container that holds nothing but this workbook stream: no macros, no odd tables."""
    body = workbook.ljust(max(4096, -(-len(workbook) // 512) * 512), b"\0")
    data_sectors = len(body) // 512
    fat_sectors = 1
    while (data_sectors + 1 + fat_sectors + _extra(fat_sectors)) > fat_sectors * 128:
        fat_sectors += 1
    extra = _extra(fat_sectors)
    table = array("I", [*range(1, data_sectors), _END, _END])
    table.extend([_FAT_MARK] * fat_sectors + [0xFFFFFFFC] * extra)
    table.extend([_FREE] * (fat_sectors * 128 - len(table)))
    fat_numbers = list(range(data_sectors + 1, data_sectors + 1 + fat_sectors))
    extra_start = data_sectors + 1 + fat_sectors
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIII", 0, fat_sectors, data_sectors, 0, 4096, _END, 0)
    header += struct.pack("<II", extra_start if extra else _END, extra)
    header += _packed(fat_numbers[:109], 109)
    tables = b""
    for number in range(extra):
        last = extra_start + number + 1 if number + 1 < extra else _END
        tables += _packed(fat_numbers[109 + number * 127 : 236 + number * 127], 127) + struct.pack("<I", last)
    directory = _line("Root Entry", 5, _END, 0, child=1) + _line("Workbook", 2, 0, len(body)) + bytes(256)
    return header + body + directory + _packed(table, len(table)) + tables


def _extra(fat_sectors: int) -> int:
    """How many further sectors list the table's sectors beyond the 109 that the header lists."""
    return -(-max(0, fat_sectors - 109) // 127)


def _line(name: str, kind: int, start: int, size: int, child: int = _NO_STREAM) -> bytes:
    """One line of a directory."""
    label = name.encode("utf-16-le") + b"\0\0"
    head = label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, _NO_STREAM, _NO_STREAM, child)
    return head + bytes(36) + struct.pack("<III", start, size, 0)


def _packed(numbers: "list[int] | array[int]", length: int) -> bytes:
    """Little-endian words, filled up with the mark of a free sector."""
    words = array("I", numbers)
    words.extend([_FREE] * (length - len(words)))
    if sys.byteorder == "big":
        words.byteswap()
    return words.tobytes()


def _words(data: bytes | bytearray) -> "array[int]":
    """Bytes as little-endian words of four."""
    words = array("I", bytes(data[: len(data) // 4 * 4]))
    if sys.byteorder == "big":
        words.byteswap()
    return words


def _damaged() -> Refused:
    """The refusal of a container that contradicts itself."""
    return Refused(reason("file_damaged", part="OLE"))
