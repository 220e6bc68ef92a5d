"""A matter that turns out to be an accusation: all of it moves here, and nothing of it stays where it was."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhuoluo.files import actions as files
from zhuoluo.files import reads as kept
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.actions import Taken
from zhuoluo.matters.states import STAGE_WORDS, Stage
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor
from zhuoluo.papers import actions as papers
from zhuoluo.sealed.actions.receive import Accusation, Received, keep
from zhuoluo.sealed.actions.vault import enter, seal_file, seal_text
from zhuoluo.sealed.models import SealedCase
from zhuoluo.sealed.reads import receipt

GONE = STAGE_WORDS[Stage.SEALED]


def take_over(
    *, number: str, by: Actor, at: datetime, law: Law, whom: str = "", accused_units: tuple[UUID, ...] = (),
    version: int | None = None,
) -> Received:  # fmt: skip
    """Move a matter into the sealed store (信访工作条例 arts. 22, 30): words, contact, texts, answers, files, whom it is about.

    Whoever may sort a matter (TRIAGE) may do this, once, and can then no longer read it. Raises NotFound, Forbidden,
    Refused. Two entries: one on the matter, one on the case; neither names the other.
    """
    matter = reads.by_number(by, number)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")  # what is blanked is overwritten in the file too
    with transaction.atomic():
        taken = matters.seal(matter_id=matter.id, by=by, at=at, law=law, version=version)
        accusation = Accusation(
            what="", whom=whom, accused_units=(*accused_units, *taken.about_units),
            accused_people=tuple(taken.about_people),
        )  # fmt: skip
        case = keep(accusation, "taken", at, law)
        _keep_rest(case, taken, at)
        enter("take_over", case.id, by, at)
    return Received(case, receipt(case))


def _keep_rest(case: SealedCase, taken: Taken, at: datetime) -> None:
    """Keep everything the matter held, as it was written there, and its files."""
    told: dict[str, Any] = {
        "number": taken.number, "raised_at": taken.raised_at.isoformat(), "title": taken.title, "what": taken.text,
        "where": taken.place, "contact": taken.contact, "words": [list(pair) for pair in taken.words],
    }  # fmt: skip
    emptied = papers.take_out(subject_id=taken.matter_id, reason=GONE, at=at)
    told["papers"] = [{"number": one.number, "kind": one.kind, "content": one.content} for one in emptied]
    seal_text(case.id, "taken", told, at)
    ids = [*taken.files, *(file_id for one in emptied for file_id in one.files)]
    for file_id, info in kept.describe(ids).items():
        with kept.open_file(file_id) as handle:
            seal_file(case.id, info.name, info.content_type, handle.read(), at)
    files.discard(ids=ids)
