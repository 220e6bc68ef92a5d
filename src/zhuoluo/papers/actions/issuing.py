"""Issuing a paper: its number is drawn, its files are frozen. Voiding one: the number stays used."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.files import actions as files
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, jurisdiction
from zhuoluo.org.rules import Actor
from zhuoluo.papers.actions.drafting import check_signer, locked, record
from zhuoluo.papers.models import Counter, Paper
from zhuoluo.papers.reads.docx import write_docx
from zhuoluo.papers.reads.pdf import write_pdf
from zhuoluo.papers.rules import KINDS, Content, Refused, from_json, unit_word, write_number, written_day


@transaction.atomic
def issue(*, paper_id: UUID, by: Actor, at: datetime, version: int | None = None) -> Paper:
    """Issue a draft: number, date and both files fixed for ever. Pressed twice, the same paper comes back.

    Numbers run per unit, kind and year without gaps: the counter's row is locked, and the number, the files and the
    entry are of one transaction. Raises Refused (no Chinese font, changed meanwhile), Forbidden.
    """
    paper = locked(paper_id)
    check_signer(by, paper.kind, paper.unit_id)
    if paper.state == "issued":
        return paper
    if paper.state == "void":
        raise Refused("文书已经作废")
    if version is not None and version != paper.version:
        raise Refused("这份文书刚被别人改过，请看过最新的再出具")
    content = _dated(from_json(paper.content), at)
    if KINDS[paper.kind].numbered:
        paper.year = at.astimezone(SHANGHAI).year
        paper.sequence = _next(paper)
        paper.number = _number(paper)
        content = replace(content, number=paper.number)
    paper.content = content.as_json()
    _freeze(paper, content, at)
    paper.state, paper.issued_by, paper.issued_at = "issued", by.id, at
    paper.version += 1
    paper.save()
    record(paper, "issue_paper", by, at, number=paper.number, pdf=paper.pdf_sha256, docx=paper.docx_sha256)
    return paper


def _dated(content: Content, at: datetime) -> Content:
    """A paper is dated the day it is issued, where it is dated at all."""
    return replace(content, day=written_day(at.astimezone(SHANGHAI).date())) if content.day else content


def _next(paper: Paper) -> int:
    key: dict[str, Any] = {"unit_id": paper.unit_id, "kind": paper.kind, "year": paper.year}
    Counter.objects.get_or_create(**key)
    counter = Counter.objects.select_for_update().get(**key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _number(paper: Paper) -> str:
    unit = Unit.objects.get(pk=paper.unit_id)
    words = jurisdiction().rules.get("paper_words", {}).get(unit.code) or unit_word(
        jurisdiction().name, unit.short_name, unit.kind
    )
    return write_number(words, KINDS[paper.kind].word, paper.year or 0, paper.sequence or 0)


def _freeze(paper: Paper, content: Content, at: datetime) -> None:
    name = f"{content.title}{paper.number}"
    kept = files.keep(data=write_pdf(content, draft=False, at=at), name=f"{name}.pdf", at=at)
    paper.pdf_id, paper.pdf_sha256 = kept.id, kept.sha256
    kept = files.keep(data=write_docx(content, draft=False), name=f"{name}.docx", at=at)
    paper.docx_id, paper.docx_sha256 = kept.id, kept.sha256


@transaction.atomic
def void(*, paper_id: UUID, reason: str, by: Actor, at: datetime) -> Paper:
    """Make a paper void, with the reason. Its number stays used and it stays listed; a new one can be made."""
    paper = locked(paper_id)
    check_signer(by, paper.kind, paper.unit_id)
    if paper.state == "void":
        return paper
    if len(reason.strip()) < 2:
        raise Refused("请写明作废的理由")
    paper.state, paper.voided_at, paper.void_reason = "void", at, reason.strip()
    paper.save(update_fields=["state", "voided_at", "void_reason"])
    record(paper, "void_paper", by, at, number=paper.number)
    return paper
