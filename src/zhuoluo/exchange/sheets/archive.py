"""Opens a zip archive by hand, believing nothing that it says about itself.

Names and sizes declared by the archive are compared with what is really there, because the parser that
comes afterwards would believe either; nothing is unpacked but in pieces of 64 KB.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from zhuoluo.exchange.sheets.limits import Limits
from zhuoluo.exchange.sheets.problems import Refused, reason

_STEP = 1 << 16
_SMALL_PART = 4 * 1024 * 1024  # what may be read whole


def open_archive(data: bytes, limits: Limits) -> list["Part"]:
    """The parts of an archive with an honest directory of reasonable size; raises `Refused` otherwise."""
    _check_directory(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise Refused(reason("file_truncated")) from None
    _check_parts(infos, limits)
    parts = [Part(data, info) for info in infos if not info.is_dir()]
    _check_overlap(parts)
    return parts


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse a directory of too many entries before the library builds an object for each.

    The directory must end where its end record starts, and the file where that record ends: then every
    reader finds the same one.
    """
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65557))
    if end < 0 or end + 22 > len(data):
        raise Refused(reason("file_truncated"))
    count, size, offset, comment = struct.unpack_from("<HIIH", data, end + 10)
    behind = end
    if end >= 20 and data[end - 20 : end - 16] == b"PK\x06\x07":
        behind = struct.unpack_from("<Q", data, end - 12)[0]
        if behind + 76 != end:
            raise Refused(reason("file_truncated"))
        count, size, offset = struct.unpack_from("<QQQ", data, behind + 32)
    if count > limits.entries or size > limits.entries * 512:
        raise Refused(reason("zip_entries", count=count, limit=limits.entries))
    if offset + size != behind or end + 22 + comment != len(data):
        raise Refused(reason("file_truncated"))


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse bombs, locked parts and names that lead elsewhere, by what the directory declares."""
    if len(parts) > limits.entries:
        raise Refused(reason("zip_entries", count=len(parts), limit=limits.entries))
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        folded = name.casefold()
        if _bad_name(name) or folded in seen:
            raise Refused(reason("zip_path", part=name))
        seen.add(folded)
        if part.flag_bits & 0x1:
            raise Refused(reason("file_encrypted"))
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(reason("file_damaged", part=name))
        if part.file_size > 1 << 20 and part.file_size > part.compress_size * limits.ratio:
            raise Refused(reason("zip_bomb", part=name))
    largest = max(parts, key=lambda part: part.file_size, default=None)
    if largest is not None and sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise Refused(reason("zip_bomb", part=largest.orig_filename))


def _bad_name(name: str) -> bool:
    """Whether the name of a part could lead outside the archive or hide another."""
    return (
        "\0" in name
        or "\\" in name
        or ":" in name
        or name.startswith("/")
        or ".." in PurePosixPath(name).parts
    )


class Part:
    """One part of the archive, found and unpacked by hand so that no declared size is believed."""

    def __init__(self, data: bytes, info: zipfile.ZipInfo) -> None:
        self.name = info.filename
        self.info = info
        start = info.header_offset
        if data[start : start + 4] != b"PK\x03\x04" or start + 30 > len(data):
            raise Refused(reason("file_damaged", part=self.name))
        name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
        raw_name = data[start + 30 : start + 30 + name_length]
        if raw_name.decode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace") != info.orig_filename:
            raise Refused(reason("zip_path", part=self.name))
        self.start = start
        self.body = start + 30 + name_length + extra_length
        self.end = self.body + info.compress_size
        if self.end > len(data):
            raise Refused(reason("file_truncated"))
        self.packed = memoryview(data)[self.body : self.end]

    def pieces(self) -> Iterator[bytes]:
        """The unpacked content piece by piece; refuses content longer or other than declared."""
        total, check = 0, 0
        for piece in self._inflate():
            total += len(piece)
            if total > self.info.file_size:
                raise Refused(reason("zip_bomb", part=self.name))
            check = zlib.crc32(piece, check)
            yield piece
        if total != self.info.file_size or check != self.info.CRC:
            raise Refused(reason("file_damaged", part=self.name))

    def _inflate(self) -> Iterator[bytes]:
        """Pieces of at most 64 KB."""
        if self.info.compress_type == zipfile.ZIP_STORED:
            for at in range(0, len(self.packed), _STEP):
                yield bytes(self.packed[at : at + _STEP])
            return
        unpack = zlib.decompressobj(-15)
        try:
            for at in range(0, len(self.packed), _STEP):
                rest: bytes | memoryview = self.packed[at : at + _STEP]
                while rest:
                    yield unpack.decompress(rest, _STEP)
                    rest = unpack.unconsumed_tail
            yield unpack.flush()
        except zlib.error:
            raise Refused(reason("file_damaged", part=self.name)) from None

    def first(self) -> bytes:
        """The first bytes of the content."""
        return next((piece[:8] for piece in self._inflate() if piece), b"")

    def whole(self) -> bytes:
        """The whole content of a part that must be small."""
        if self.info.file_size > _SMALL_PART:
            raise Refused(reason("zip_bomb", part=self.name))
        return b"".join(self.pieces())


def _check_overlap(parts: list[Part]) -> None:
    """Refuse parts that share bytes: the trick by which a small file unpacks into a huge one."""
    behind = 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start < behind:
            raise Refused(reason("zip_bomb", part=part.name))
        behind = part.end
