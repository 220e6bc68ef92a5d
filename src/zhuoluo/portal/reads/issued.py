"""The official papers that were served on the raiser, as their page lists them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from zhuoluo.matters.reads.papers import served_papers
from zhuoluo.papers.rules import KINDS


@dataclass(frozen=True)
class Issued:
    """One paper the raiser may download."""

    id: UUID
    name: str
    number: str
    at: datetime | None


def issued_to(matter_id: UUID) -> list[Issued]:
    """Return the served papers addressed to the raiser, newest first."""
    return [
        Issued(paper.id, _(KINDS[paper.kind].name), paper.number, paper.issued_at)
        for paper in served_papers(matter_id)
    ]
