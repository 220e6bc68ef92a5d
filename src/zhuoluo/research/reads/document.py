"""The report as a Word document: statements with their citations, and the list of sources behind them.

The sources name number, day, place and kind of each note and number and title of each problem; what people said and who they
are stays in the house.
"""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.shared import Pt

from zhuoluo.matters.reads import seen
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.research.models import Finding, Note, Topic
from zhuoluo.research.reads.report import Paragraph
from zhuoluo.research.rules.words import VISITS


def report_docx(actor: Actor, topic: Topic, paragraphs: list[Paragraph], *, at: datetime) -> bytes:
    """Return the report of a topic."""
    document = Document()
    document.core_properties.author, document.core_properties.title = topic.unit.name, topic.title
    document.core_properties.created = document.core_properties.modified = at.replace(tzinfo=None)
    document.add_heading(topic.title, level=0)
    document.add_paragraph(f"{topic.unit.name}　{topic.lead.name}　{at.astimezone(SHANGHAI):%Y-%m-%d}")
    heading = ""
    for one in paragraphs:
        if one.statement.heading != heading:
            heading = one.statement.heading
            document.add_heading(heading, level=1)
        for line in one.statement.text.splitlines():
            if line.strip():
                paragraph = document.add_paragraph(line.strip())
                paragraph.paragraph_format.first_line_indent = Pt(24)
        cited = document.paragraphs[-1].add_run(one.cited)
        cited.font.superscript = True
    _sources(actor, document, topic, paragraphs)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sources(actor: Actor, document: Any, topic: Topic, paragraphs: list[Paragraph]) -> None:
    notes = {n for one in paragraphs for n in one.notes}
    findings = {n for one in paragraphs for n in one.findings}
    document.add_heading("依据", level=1)
    for note in Note.objects.filter(topic=topic, number__in=notes).select_related("visit").order_by("number"):
        words = f"记{note.number}　{note.visit.day:%Y-%m-%d}　{VISITS[note.visit.kind]}　{note.visit.place}"
        document.add_paragraph(words)
    rows = seen(actor, Finding.objects.filter(topic=topic, number__in=findings)).select_related("matter")
    for finding in rows.order_by("number"):
        document.add_paragraph(f"问{finding.number}　{finding.matter.number}　{finding.matter.title}")
