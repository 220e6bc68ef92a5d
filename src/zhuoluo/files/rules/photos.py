"""Photos are never kept as they came: they are drawn anew, upright, in sRGB, without a single tag."""

import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from zhuoluo.files.rules.kinds import TYPES, Type
from zhuoluo.files.rules.refusals import Refused

# Points, read from the head before anything is unpacked. Only a plain JPEG can be unpacked at half size.
MOST_POINTS_PLAIN_JPEG = 60_000_000
MOST_POINTS = 32_000_000
MOST_POINTS_WEBP = 16_000_000  # its decoder holds three canvases at once
KEPT_POINTS = 16_000_000  # what is kept: an A4 page at 300 dpi is 9 million, a phone's usual photo 12 million
LONGEST_SIDE = 32_000
MOST_PASSES = 64  # a progressive JPEG has about ten; each one more costs a whole picture's time
THUMBNAIL = 320
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
# What Pillow's readers raise on damaged files.
_UNREADABLE = (OSError, SyntaxError, ValueError, struct.error, EOFError, LookupError, TypeError)
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept, and its small picture (always JPEG)."""

    content: bytes
    type: Type
    width: int
    height: int
    thumbnail: bytes


def redraw(data: bytes, key: str) -> Photo:
    """Return the photo drawn anew: turned upright, sRGB, at most 16 million points, no metadata at all.

    Lossless sources (PNG, GIF) and see-through pictures become PNG, all others JPEG. Raises Refused.
    """
    image = _decode(data, key)
    if image.width * image.height > KEPT_POINTS:
        scale = (KEPT_POINTS / (image.width * image.height)) ** 0.5
        size = max(int(image.width * scale), 1), max(int(image.height * scale), 1)
        image = image.resize(size, reducing_gap=2)
    lossless = key in {"png", "gif"} or image.mode == "RGBA"
    content = _write(image, "PNG", compress_level=6) if lossless else _write(image, "JPEG", quality=88)
    kept = TYPES["png" if lossless else "jpeg"]
    return Photo(content, kept, image.width, image.height, _thumbnail(image))


def _decode(data: bytes, key: str) -> Image.Image:
    try:
        if key == "webp":  # its decoder takes the memory on opening
            _check_points(*_webp_size(data), MOST_POINTS_WEBP)
        with Image.open(BytesIO(data), formats=(_FORMATS[key],)) as image:
            _check_head(image, data, key)
            image.load()
            return _plain(image)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large(int(re.findall(r"\d+", str(bomb))[0]), MOST_POINTS) from bomb
    except _UNREADABLE as broken:
        raise Refused("broken-photo") from broken


def _check_head(image: Image.Image, data: bytes, key: str) -> None:
    """Refuse by the head alone what takes too much memory or time; let large JPEGs unpack at half size."""
    plain = key == "jpeg" and not image.info.get("progressive")
    width, height = image.size
    _check_points(width, height, MOST_POINTS_PLAIN_JPEG if plain else MOST_POINTS)
    if key == "jpeg" and data.count(b"\xff\xda") > MOST_PASSES:
        raise Refused("photo-passes")
    if plain and width * height > MOST_POINTS:
        image.draft(None, (width // 2, height // 2))


def _check_points(width: int, height: int, most: int) -> None:
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise _too_large(width * height, most)


def _too_large(points: int, most: int) -> Refused:
    return Refused("photo-size", points=points // 10_000, limit=most // 10_000)


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return the canvas of a WebP file (RFC 9649): extended, lossless or simple."""
    kind, bits = data[12:16], int.from_bytes(data[21:25], "little")
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as L, RGB or RGBA in sRGB, turned as the camera was held, with nothing attached."""
    profile = image.info.get("icc_profile")
    with suppress(*_UNREADABLE):  # tags may be too broken to say which way is up
        ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    see_through = image.has_transparency_data
    if image.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        image = image.convert("L" if image.mode == "1" else "RGBA" if see_through else "RGB")
    image = _to_srgb(image, profile)
    mode = "RGBA" if see_through else "L" if image.mode == "L" else "RGB"
    if image.mode != mode:
        image = image.convert(mode)
    if mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info = {}
    return image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, *_UNREADABLE):  # a broken profile: the plain values are the best guess
        return image


def _thumbnail(image: Image.Image) -> bytes:
    """Return a JPEG that fits 320 by 320; of a very long picture (a screenshot of a chat) its beginning."""
    width, height = image.size
    small = image.crop((0, 0, min(width, 2 * height), min(height, 2 * width)))
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    return _write(small, "JPEG", quality=80)


def _write(image: Image.Image, form: str, **options: int) -> bytes:
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()
