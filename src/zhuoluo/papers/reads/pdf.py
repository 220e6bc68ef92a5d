"""A paper as PDF, by typst: one kept compiler, data by JSON, PDF/A-2b."""

import json
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from zhuoluo.papers.reads.fonts import Faces, printable
from zhuoluo.papers.rules import KINDS, Content

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
_lock = threading.Lock()
_kept: dict[tuple[int, str], typst.Compiler] = {}


def write_pdf(content: Content, *, draft: bool, at: datetime, mark: str = "") -> bytes:
    """Return a paper as PDF/A-2b. `at` fixes its date of making, so the same paper gives the same bytes.

    `mark`: whom the copy is for, on every page. Raises Refused where no Chinese font is installed.
    """
    made: bytes = _compile("paper.typ", _paper(content, draft=draft, mark=mark), at)
    return made


def pictures(content: Content, *, draft: bool, at: datetime, ppi: float = 80) -> list[bytes]:
    """Return the pages as pictures, for a preview."""
    found = _compile("paper.typ", _paper(content, draft=draft, mark=""), at, form="png", ppi=ppi)
    return found if isinstance(found, list) else [found]


def _paper(content: Content, *, draft: bool, mark: str) -> dict[str, Any]:
    kind = KINDS[content.kind]
    blocks = [
        {"text": b.text, "level": b.level, "rows": [list(_pairs(r)) for r in b.rows]} for b in content.blocks
    ]
    return content.as_json() | {
        "blocks": blocks, "layout": kind.layout, "draft": draft, "mark": mark, "seal": bool(content.signer),
    }  # fmt: skip


def _pairs(row: tuple[str, ...]) -> tuple[str, str]:
    return row[0], "\n".join(row[1:])


def sheet(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """Return another document of the house (a packet, a sheet of marks) made from plain data."""
    made = _compile(template, data, at)
    return made if isinstance(made, bytes) else made[0]


def _compile(template: str, data: dict[str, Any], at: datetime, *, form: str = "pdf", ppi: float = 80) -> Any:
    found = printable()
    whole = data | {"fonts": found.lists, "title_weight": _weight(found)}
    inputs = {"data": json.dumps(whole, ensure_ascii=False)}
    with _lock:  # one compiler at a time: it keeps fonts and layouts, and is not made for several threads
        compiler = _compiler(found, template)
        if form == "png":
            return compiler.compile(format="png", ppi=ppi, sys_inputs=inputs)
        return compiler.compile(
            format="pdf", sys_inputs=inputs, pdf_standards=["a-2b"], timestamp=int(at.timestamp())
        )


def _weight(found: Faces) -> str:
    """小标宋 is heavy by itself; what stands in for it is set bold."""
    return "regular" if found.lists["title"][0].startswith(("FZ", "方正")) else "bold"


def _compiler(found: Faces, template: str) -> typst.Compiler:
    key = (id(found), template)
    if key not in _kept:
        _kept.clear() if len(_kept) > 8 else None
        _kept[key] = typst.Compiler(
            str(TEMPLATES / template), root=str(TEMPLATES), font_paths=found.fonts, ignore_system_fonts=True
        )
    return _kept[key]
