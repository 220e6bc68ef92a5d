"""Papers of a matter that turned out to be an accusation: their words and files go with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.papers.models import Paper, Service


@dataclass(frozen=True)
class TakenPaper:
    """What a paper held. Its number stays in the register, as a void one's does."""

    number: str
    kind: str
    content: dict[str, Any]
    files: list[UUID]


def take_out(*, subject_id: UUID, reason: str, at: datetime) -> list[TakenPaper]:
    """Void every paper of a subject and empty it; return what they held. Part of the action that seals the matter.

    The kept files are the caller's to seal and discard.
    """
    found = []
    for paper in Paper.objects.select_for_update().filter(subject_id=subject_id).order_by("made_at", "id"):
        files = [one for one in (paper.pdf_id, paper.docx_id) if one is not None]
        found.append(TakenPaper(paper.number, paper.kind, dict(paper.content), files))
        paper.content = {}
        if paper.state != "void":
            paper.state, paper.voided_at, paper.void_reason = "void", max(at, paper.made_at), reason
        else:
            paper.void_reason = reason
        paper.save()
    Service.objects.filter(paper__subject_id=subject_id).exclude(note="").update(note=reason)
    return found
