"""Papers of a subject, and the copies handed to a reader: marked with whom they are for, the kept ones untouched."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader, PdfWriter

from zhuoluo.files import reads as files
from zhuoluo.papers.models import Paper, Service
from zhuoluo.papers.reads.docx import marked, write_docx
from zhuoluo.papers.reads.pdf import sheet, write_pdf
from zhuoluo.papers.rules import from_json


def of(subject_id: UUID) -> list[Paper]:
    """Return every paper of a subject, void ones too, newest first, with their proofs of service: one query."""
    return list(
        Paper.objects.filter(subject_id=subject_id).select_related("service").order_by("-made_at", "-id")
    )


def get(paper_id: UUID) -> Paper:
    """Return a paper. Raises Paper.DoesNotExist."""
    return Paper.objects.select_related("service").get(pk=paper_id)


def served_to(subject_id: UUID, kinds: Collection[str]) -> list[Paper]:
    """Return the issued papers of these kinds that were served, newest first."""
    rows = Paper.objects.filter(
        subject_id=subject_id, state="issued", kind__in=list(kinds), service__isnull=False
    )
    return list(rows.select_related("service").order_by("-issued_at", "-id"))


def proof_of(paper: Paper) -> Service | None:
    """Return the proof of service, if there is one."""
    found: Service | None = getattr(paper, "service", None)
    return found


def copy_pdf(paper: Paper, *, mark: str, at: datetime) -> bytes:
    """Return a copy for one reader: a draft with 草稿 across, an issued one over the frozen file."""
    if paper.pdf_id is None:
        return write_pdf(from_json(paper.content), draft=True, at=at, mark=mark)
    return over(_bytes(paper.pdf_id), mark=mark, void=paper.state == "void", at=at)


def copy_docx(paper: Paper, *, mark: str) -> bytes:
    """Return the editable form for one reader, marked in its head."""
    if paper.docx_id is None:
        return write_docx(from_json(paper.content), draft=True, mark=mark)
    return marked(_bytes(paper.docx_id), ("已作废　" if paper.state == "void" else "") + mark)


def over(data: bytes, *, mark: str, at: datetime, void: bool = False) -> bytes:
    """Return a PDF with a mark over every page. Nothing of the given one is changed on disk."""
    stamp = PdfReader(BytesIO(sheet("mark.typ", {"mark": mark, "void": void}, at=at))).pages[0]
    writer = PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        page.merge_page(stamp)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def verify(paper: Paper) -> list[str]:
    """Return what is wrong with an issued paper's files: "pdf", "docx" whose bytes are not those frozen; [] is good."""
    pairs = (("pdf", paper.pdf_id, paper.pdf_sha256), ("docx", paper.docx_id, paper.docx_sha256))
    return [name for name, file_id, kept in pairs if file_id is not None and _digest(file_id) != kept]


def _digest(file_id: UUID) -> str:
    try:
        return hashlib.sha256(_bytes(file_id)).hexdigest()
    except FileNotFoundError:
        return ""


def _bytes(file_id: UUID) -> bytes:
    with files.open_file(file_id) as handle:
        return handle.read()
