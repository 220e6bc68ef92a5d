"""A packet as one PDF: its pages, then the photos and PDFs that go with it, each page marked with whom it is for."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image
from pypdf import PdfReader, PdfWriter

from zhuoluo.files import reads as files
from zhuoluo.papers.reads.lists import over
from zhuoluo.papers.reads.pdf import sheet

PHOTO_SIDE = 1600  # of a photo in a packet: to be looked at, not to be printed large


def packet_pdf(data: dict[str, Any], *, mark: str, at: datetime, attached: Sequence[UUID] = ()) -> bytes:
    """Return a packet. `data`: number, title, heading, sections of rows and texts. Recordings and sheets stay out."""
    main = sheet("packet.typ", data | {"mark": mark}, at=at)
    behind = [page for page in (_pages(one) for one in attached) if page]
    if not behind:
        return main
    writer = PdfWriter(clone_from=BytesIO(main))
    for pages in behind:
        writer.append(PdfReader(BytesIO(over(pages, mark=mark, at=at))))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(file_id: UUID) -> bytes:
    """A photo on a sheet, or a PDF as it is; nothing for other files."""
    stored = files.get(file_id)
    with files.open_file(file_id) as handle:
        if stored.content_type == "application/pdf":
            return handle.read()
        if stored.kind != "photo":
            return b""
        return _photo(Image.open(handle))


def _photo(image: Image.Image) -> bytes:
    image.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    page = Image.new("RGB", (1654, 2339), "white")  # A4 at 200 dots an inch
    wide = image.convert("RGB")
    scale = min(1400 / wide.width, 2000 / wide.height, 1.0)
    wide = wide.resize((max(1, round(wide.width * scale)), max(1, round(wide.height * scale))))
    page.paste(wide, ((1654 - wide.width) // 2, 150))
    out = BytesIO()
    page.save(out, format="PDF", resolution=200)
    return out.getvalue()
