"""Files to upload in tests, built here so that every byte is known."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def written(image: Image.Image, form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def jpeg(size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    return written(picture(size), "JPEG", **options)


def jpeg_with_tags(orientation: int = 1) -> bytes:
    """A phone's photo: maker, owner, position, a comment, XMP and an editor's block."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETMAKER"
    exif[0x013B] = "SECRETOWNER"
    exif.get_ifd(0x8825)[2] = (26.0, 25.0, 12.0)
    exif.get_ifd(0x8825)[4] = (112.0, 51.0, 3.0)
    plain = jpeg(exif=exif, comment=b"SECRETCOMMENT")
    extra = [
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRETXMP</x:xmpmeta>"),
        (0xED, b"Photoshop 3.0\0SECRETIPTC"),
    ]
    segments = b"".join(struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in extra)
    return plain[:2] + segments + plain[2:]


def png_with_tags() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SECRETAUTHOR")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SECRETXMP</x:xmpmeta>")
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    return written(picture(), "PNG", pnginfo=notes, exif=exif)


def wide_profile() -> bytes:
    """An ICC profile in which the same numbers mean other colours than in sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def png_claiming(width: int, height: int, body: bytes | None = None) -> bytes:
    """A grey one-bit PNG of any size; its body, when not given, unpacks to the whole picture of zeros."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    if body is None:
        packer = zlib.compressobj(9)
        row = bytes(1 + (width + 7) // 8)
        body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def package(parts: dict[str, bytes] | None = None, main: str = _MAIN, folder: str = "word") -> bytes:
    """A small docx (or, with SHEET and "xl", xlsx) with further parts."""
    types = f'<Types><Override PartName="/{folder}/document.xml" ContentType="{main}"/></Types>'
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(f"{folder}/document.xml", "<w:document>路灯不亮</w:document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return body.getvalue()


def pdf(extra: bytes = b"", tail: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
        + extra
        + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"
        + tail
    )


def mp3(tag: bytes = b"", tail: bytes = b"") -> bytes:
    """Five silent MPEG-1 layer III frames of 128 kbit/s at 44.1 kHz (417 bytes each)."""
    head = b"ID3\x03\0\0" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * 5 + tail


def wav(notes: bytes = b"") -> bytes:
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    if notes:
        chunks += b"LIST" + struct.pack("<I", len(notes)) + notes + b"\0" * (len(notes) % 2)
    chunks += b"data" + struct.pack("<I", 200) + bytes(200)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def box(name: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I", 8 + len(body)) + name + body


def track(kind: bytes) -> bytes:
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), kind, bytes(13))))


def mp4(*tracks: bytes, brand: bytes = b"isom", notes: bytes = b"", tail: bytes = b"") -> bytes:
    """A video as phones write it: sound and picture, and the maker's box with the place."""
    udta = box(b"udta", box(b"\xa9xyz", notes)) if notes else b""
    parts = [track(kind) for kind in tracks or (b"vide", b"soun")]
    ftyp = box(b"ftyp", brand, bytes(4), brand)
    return ftyp + box(b"moov", box(b"mvhd", bytes(100)), *parts, udta) + box(b"mdat", bytes(64)) + tail
