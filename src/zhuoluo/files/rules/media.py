"""Sound and video: walked to the end, and freed of everything that is not sound or picture."""

import re
import struct
from collections.abc import Iterator

from zhuoluo.files.rules.refusals import Refused

# --- MP3

_KBPS = {  # MPEG audio layer III, by version (ISO 11172-3, 13818-3)
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def clean_mp3(data: bytes) -> bytes:
    """Return the sound frames alone: tags before and behind may tell who and where. Raises Refused."""
    while data[:3] == b"ID3" and len(data) > 10:
        size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    data = data.lstrip(b"\0")  # padding some recorders leave behind their tag
    end, frames = 0, 0
    while step := _mp3_frame(data, end):
        end, frames = end + step, frames + 1
    if frames < 3 or len(data) - end > 64 * 1024 + len(data) // 20:
        raise Refused("broken-audio")
    return data[: min(end, len(data))]


def _mp3_frame(data: bytes, at: int) -> int:
    """Return the length of the frame that starts at `at`, 0 where none does."""
    head = int.from_bytes(data[at : at + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, hertz, padding = head >> 12 & 15, head >> 10 & 3, head >> 9 & 1
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or rate in {0, 15} or hertz == 3:
        return 0
    kbps = _KBPS[3 if version == 3 else 2][rate]
    return (144 if version == 3 else 72) * kbps * 1000 // _HERTZ[version][hertz] + padding


# --- AMR (RFC 4867) and WAV

_AMR_NB = (12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0)
_AMR_WB = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)


def clean_amr(data: bytes) -> bytes:
    """Return the file up to its last whole frame. Raises Refused when anything else follows the head."""
    wide = data.startswith(b"#!AMR-WB\n")
    at = frames = len(b"#!AMR-WB\n") if wide else len(b"#!AMR\n")
    sizes = _AMR_WB if wide else _AMR_NB
    while at < len(data):
        if data[at] & 0x83:
            raise Refused("broken-audio")
        step = 1 + sizes[data[at] >> 3 & 15]
        if at + step > len(data):
            break
        at += step
    if at == frames:
        raise Refused("broken-audio")
    return data[:at]


def clean_wav(data: bytes) -> bytes:
    """Return the file with its format and its sound only; notes, names and places go. Raises Refused."""
    kept: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if name in {b"fmt ", b"fact", b"data"} and name not in kept:
            kept[name] = body
        at += 8 + size + size % 2
    if len(kept.get(b"fmt ", b"")) < 14 or not kept.get(b"data"):
        raise Refused("broken-audio")
    chunks = b"".join(
        name + struct.pack("<I", len(kept[name])) + kept[name] + b"\0" * (len(kept[name]) % 2)
        for name in (b"fmt ", b"fact", b"data")
        if name in kept
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


# --- MP4 and M4A (ISO 14496-12)

MOST_BOXES = 50_000
DEEPEST = 4
_TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"sidx", b"styp", b"mfra", b"pdin", b"ssix", b"wide"}
_OPENED = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"mvex"}
_DROPPED = {b"udta", b"meta", b"uuid", b"free", b"skip"}  # where makers put place, owner and model
_TRACKS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"hint", b"tmcd"}
_TAIL = re.compile(rb"\0*\Z")


def clean_mp4(data: bytes) -> tuple[str, bytes]:
    """Return "mp4" or "m4a" (sound alone) and the file with every box of notes blanked at its own length.

    Raises Refused for broken files and for tracks that are neither sound nor picture: positions hide there.
    """
    clean = bytearray(data)
    tracks: set[bytes] = set()
    names: set[bytes] = set()
    for count, (name, start, end, depth) in enumerate(_boxes(data, 0, len(data), 0)):
        if count > MOST_BOXES:
            raise Refused("broken-video")
        if depth == 0:
            names.add(name)
        if name in _DROPPED or (depth == 0 and name not in _TOP):
            _blank(clean, start, end)
        if name == b"hdlr" and depth == 3:
            tracks.add(data[start + 16 : start + 20])
    if not {b"moov", b"mdat"} <= names or not tracks & {b"vide", b"soun"}:
        raise Refused("broken-video")
    if tracks - _TRACKS:
        raise Refused("hidden-track")
    return ("mp4" if b"vide" in tracks else "m4a"), bytes(clean)


def _boxes(data: bytes, at: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield (name, start, end, depth) of every box, outer before inner. Raises Refused on wrong lengths."""
    while at < end:
        size, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0 and depth == 0 and name == b"mdat":
            size = end - at
        if size < head or at + size > end:
            if depth == 0 and _TAIL.match(data, at):  # some recorders pad the end
                return
            raise Refused("broken-video")
        yield name, at, at + size, depth
        if name in _OPENED and depth < DEEPEST:
            yield from _boxes(data, at + head, at + size, depth + 1)
        at += size


def _blank(clean: bytearray, start: int, end: int) -> None:
    head = 16 if clean[start : start + 4] == b"\0\0\0\1" else 8  # a long box keeps its 64-bit length
    clean[start + 4 : start + 8] = b"free"
    clean[start + head : end] = bytes(end - start - head)
