"""Telling what a file is from its first bytes."""

import re
from dataclasses import dataclass

from zhuoluo.files.rules.refusals import Refused

MB = 1024 * 1024


@dataclass(frozen=True)
class Type:
    """A type that may be kept: its kind (photo, document, audio, video), extension, largest size in bytes."""

    content_type: str
    kind: str
    extension: str
    limit: int


_OFFICE = "application/vnd.openxmlformats-officedocument"

TYPES: dict[str, Type] = {
    "jpeg": Type("image/jpeg", "photo", ".jpg", 20 * MB),
    "png": Type("image/png", "photo", ".png", 20 * MB),
    "webp": Type("image/webp", "photo", ".webp", 20 * MB),  # kept as JPEG or PNG
    "gif": Type("image/gif", "photo", ".gif", 20 * MB),  # its first frame is kept, as PNG
    "pdf": Type("application/pdf", "document", ".pdf", 20 * MB),
    "docx": Type(f"{_OFFICE}.wordprocessingml.document", "document", ".docx", 20 * MB),
    "xlsx": Type(f"{_OFFICE}.spreadsheetml.sheet", "document", ".xlsx", 20 * MB),
    "mp3": Type("audio/mpeg", "audio", ".mp3", 20 * MB),
    "m4a": Type("audio/mp4", "audio", ".m4a", 20 * MB),
    "amr": Type("audio/amr", "audio", ".amr", 20 * MB),
    "wav": Type("audio/wav", "audio", ".wav", 20 * MB),
    "mp4": Type("video/mp4", "video", ".mp4", 50 * MB),
}
LARGEST = max(kind.limit for kind in TYPES.values())

# What a file starts with, and what that makes it. "zip" and "mp4" are looked into before they are believed.
_STARTS = (
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WEBP", "webp"),
    (rb"RIFF....WAVE", "wav"),
    (rb"%PDF-[12]\.\d", "pdf"),
    (rb"PK\x03\x04", "zip"),
    (rb"#!AMR(-WB)?\n", "amr"),
    (rb"ID3[\x02-\x04]", "mp3"),
    (rb"\xff[\xf2\xf3\xfa\xfb]", "mp3"),
)
_REFUSED_STARTS = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (rb"PK\x05\x06|PK\x07\x08|Rar!\x1a\x07|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|.{257}ustar", "archive"),
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!\s*/|dex\n", "program"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_MARKUP = re.compile(rb"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|meta|!--)", re.IGNORECASE)


def sniff(data: bytes) -> str:
    """Return "zip" or a key of TYPES for what the first bytes say. Raises Refused for everything else."""
    head = data[:1024]
    if not head:
        raise Refused("empty")
    if head[4:8] == b"ftyp":
        return _base_media(head)
    for start, key in _STARTS:
        if re.match(start, head, re.DOTALL):
            return key
    for start, code in _REFUSED_STARTS:
        if re.match(start, head, re.DOTALL):
            raise Refused(code)
    # Markup may come as UTF-16 or after a byte order mark: look past the zero bytes.
    if _MARKUP.search(head.replace(b"\0", b"")):
        raise Refused("web-page")
    raise Refused("unknown")


def _base_media(head: bytes) -> str:
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        raise Refused("heic")
    if brand == b"qt  ":
        raise Refused("quicktime")
    return "mp4"


def check_size(data: bytes, key: str) -> None:
    """Raise Refused when the file is larger than its type may be."""
    limit = TYPES[key].limit
    if len(data) > limit:
        raise Refused("too-big", size=f"{len(data) / MB:.1f}", limit=limit // MB)
