"""The report of a topic, each statement with what it rests on."""

from dataclasses import dataclass, field
from uuid import UUID

from zhuoluo.research.models import Source, Statement


@dataclass(frozen=True)
class Paragraph:
    """A statement with its sources as the report cites them: 记3, 问2."""

    statement: Statement
    notes: list[int] = field(default_factory=list)
    findings: list[int] = field(default_factory=list)
    chosen: list[UUID] = field(default_factory=list)

    @property
    def cited(self) -> str:
        """Return the citation as written behind the words."""
        return "".join([*(f"[记{n}]" for n in self.notes), *(f"[问{n}]" for n in self.findings)])


def report(topic_id: UUID) -> list[Paragraph]:
    """Return the statements in their order; two queries."""
    rows = list(Statement.objects.filter(report_id=topic_id).order_by("place"))
    made = {row.pk: Paragraph(row) for row in rows}
    sources = Source.objects.filter(statement__report_id=topic_id).select_related("note", "finding")
    for one in sources.order_by("note__number", "finding__number"):
        here = made[one.statement_id]
        if one.note is not None:
            here.notes.append(one.note.number)
            here.chosen.append(one.note.pk)
        if one.finding is not None:
            here.findings.append(one.finding.number)
            here.chosen.append(one.finding.pk)
    return list(made.values())
