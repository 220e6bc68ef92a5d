"""PDF: whole, one file only, and nothing in it that runs by itself."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from zhuoluo.files.rules.kinds import MB
from zhuoluo.files.rules.refusals import Refused

LARGEST_OPEN = 32 * MB  # of packed object streams looked into, all together
MOST_STREAMS = 20_000
_ENDING = 2048
_HEAD = re.compile(rb"<\s*(?:script|html|svg|\?php)", re.IGNORECASE)
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b|/JS\s*[(<\d]")
_ESCAPED = re.compile(rb"/[A-Za-z0-9]*(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]*)+")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(data: bytes) -> None:
    """Raise Refused for a PDF that is cut short, is two files at once, or carries programs.

    Plain and packed objects are looked at. A file that hides programs deeper is still only ever served as a
    download, so this spares the reader's own viewer; the site does not depend on it.
    """
    if b"%%EOF" not in data[-_ENDING:]:
        raise Refused("broken-pdf")
    if zipfile.is_zipfile(BytesIO(data)) or _HEAD.search(data[:1024]):
        raise Refused("two-in-one")
    if _active(data) or any(_active(objects) for objects in _packed_objects(data)):
        raise Refused("pdf-program")


def _active(text: bytes) -> bool:
    if _ACTIVE.search(text):
        return True
    # Names may be written with escapes: /#4aavaScript is /JavaScript.
    return any(_ACTIVE.match(_ESCAPE.sub(_plain, name) + b" (") for name in _ESCAPED.findall(text))


def _plain(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """Yield the unpacked contents of each object stream (ISO 32000-1, 7.5.7)."""
    left, at = LARGEST_OPEN, 0
    for _ in range(MOST_STREAMS):
        at = data.find(b"/ObjStm", at) + 7
        if at == 6:
            return
        start = data.find(b"stream", at, at + 400) + 6
        if start == 5:
            continue
        at = data.find(b"endstream", start)
        if at < 0:
            return
        try:
            objects = zlib.decompressobj().decompress(data[start:at].lstrip(b"\r\n"), left)
        except zlib.error:  # packed in another way, or encrypted
            continue
        left -= len(objects)
        if left <= 0:
            break
        yield objects
    raise Refused("bomb")
