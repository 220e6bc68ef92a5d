"""docx and xlsx: a real Office Open XML package, without macros, remote parts or bombs."""

import re
import zipfile
import zlib
from io import BytesIO

from zhuoluo.files.rules.kinds import MB
from zhuoluo.files.rules.refusals import Refused

MOST_PARTS = 2_000
LARGEST_OPEN = 200 * MB  # all parts together, unpacked
LARGEST_READ = 4 * MB  # of one part that is looked into
_DIRECTORY_END = b"PK\x05\x06"  # 22 bytes from the end, when no comment follows
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_FOLDERS = {"docx": "word/", "xlsx": "xl/"}
_PROGRAMS = re.compile(
    r"\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|jse?|wsf|lnk|jar|msi|html?|svg)$", re.IGNORECASE
)
_MACROS = re.compile(r"vba(?:project|data)|macrosheets|activex", re.IGNORECASE)
_TYPE = re.compile(rb'ContentType\s*=\s*["\']([^"\']+)')
# Links people click are fine, so are templates on the writer's own disk; what loads by itself is not.
_REMOTE = re.compile(
    rb"<Relationship\b(?=[^<>]*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'])"
    rb"(?=[^<>]*\bTarget\s*=\s*[\"'](?:https?:|ftp:|mhtml:|//|\\\\|file://[^/]))",
    re.IGNORECASE,
)


def check_office(data: bytes) -> str:
    """Return "docx" or "xlsx". Raises Refused for any other archive."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _check(package, data)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as broken:
        raise Refused("broken-office") from broken
    except (NotImplementedError, RuntimeError, OSError, ValueError) as strange:  # encrypted, odd compression
        raise Refused("broken-office") from strange


def _check(package: zipfile.ZipFile, data: bytes) -> str:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise Refused("archive")
    _check_parts(parts, len(data), data[-22:-18])
    types = set(_TYPE.findall(_read(package, "[Content_Types].xml")))
    if any(b"macroEnabled" in kind or b"vbaProject" in kind for kind in types):
        raise Refused("macros")
    found = [key for kind, key in _MAIN.items() if kind.encode() in types]
    if len(found) != 1 or not any(name.startswith(_FOLDERS[found[0]]) for name in names):
        raise Refused("office-kind")
    for name in names:
        if name.endswith(".rels") and _REMOTE.search(_read(package, name)):
            raise Refused("remote")
    return found[0]


def _check_parts(parts: list[zipfile.ZipInfo], size: int, ending: bytes) -> None:
    if any(_MACROS.search(part.filename) for part in parts):
        raise Refused("macros")
    if any(_escapes(part) or _PROGRAMS.search(part.filename) for part in parts):
        raise Refused("two-in-one")
    packed = sum(part.compress_size for part in parts)
    # Parts that overlap, as in the densest bombs, add up to more than the file itself.
    if len(parts) > MOST_PARTS or packed > size or sum(part.file_size for part in parts) > LARGEST_OPEN:
        raise Refused("bomb")
    # Nothing before the first part, nothing behind the directory: there is room for one file only.
    if min(part.header_offset for part in parts) != 0 or ending != _DIRECTORY_END:
        raise Refused("two-in-one")
    if len({part.filename for part in parts}) != len(parts):
        raise Refused("two-in-one")


def _escapes(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    link = (part.external_attr >> 16) & 0o170000 == 0o120000
    return link or name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        text = part.read(LARGEST_READ + 1)
    if len(text) > LARGEST_READ:
        raise Refused("bomb")
    # A part may be written in UTF-16; the patterns look for plain letters.
    return text.replace(b"\0", b"")
