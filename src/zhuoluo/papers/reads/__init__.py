"""Every read on papers. Rights are checked by the room whose paper it is, before it asks here."""

from zhuoluo.papers.reads.docx import write_docx
from zhuoluo.papers.reads.lists import (
    copy_docx,
    copy_pdf,
    get,
    of,
    over,
    proof_of,
    served_to,
    verify,
)
from zhuoluo.papers.reads.packet import packet_pdf
from zhuoluo.papers.reads.pdf import pictures, sheet, write_pdf

__all__ = [
    "copy_docx",
    "copy_pdf",
    "get",
    "of",
    "over",
    "packet_pdf",
    "pictures",
    "proof_of",
    "served_to",
    "sheet",
    "verify",
    "write_docx",
    "write_pdf",
]
