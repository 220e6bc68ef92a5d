"""A matter that turns out to be an accusation leaves: its words go to whoever asked, and nothing of them stays here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.matters.actions.change import change
from zhuoluo.matters.models import (
    About,
    Answer,
    Attachment,
    Designation,
    Extension,
    Hearing,
    Link,
    Matter,
    Objection,
    Obligation,
    Party,
    Receipt,
    Recusal,
    Review,
    Settlement,
    Text,
    Word,
)
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.states import STAGE_WORDS, Stage, Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents import actions as residents
from zhuoluo.search import actions as search

# Every column of a matter's rows that holds words people wrote; a test holds it against tests/personal_data.toml.
WORDS: dict[type[Any], tuple[str, ...]] = {
    Text: ("body",), Answer: ("request", "facts", "opinion", "basis"), Word: ("note",), Objection: ("reason", "ruling"),
    Extension: ("reason", "remark"), Designation: ("reason", "ruling"), Hearing: ("reason", "place", "minutes"),
    Recusal: ("reason",), Review: ("outside", "request", "facts", "opinion", "basis"),
    Settlement: ("text", "free_will", "mediator", "void_reason"), Obligation: ("what", "account"),
}  # fmt: skip
GONE = STAGE_WORDS[Stage.SEALED]


@dataclass(frozen=True)
class Taken:
    """All that a matter held, for the one who takes it over. Keep it sealed: nowhere else does it exist any more."""

    matter_id: UUID
    number: str
    title: str
    text: str
    place: str
    raised_at: datetime
    contact: dict[str, Any]
    words: list[tuple[str, str]]  # what it was, and what was written
    files: list[UUID]
    about_units: list[UUID]
    about_people: list[UUID]


def seal(*, matter_id: UUID, by: Actor, at: datetime, law: Law, version: int | None = None) -> Taken:
    """Take everything out of a matter that is an accusation (信访工作条例 arts. 22, 30) and leave its number and dates only.

    Afterwards nobody reads, finds or counts it; whoever raised it still learns with number and code that it was passed
    on. The kept files are the caller's to seal and discard.
    """
    with change(
        matter_id, Verb.SEAL, by=by, at=at, law=law, permission=Permission.TRIAGE, version=version
    ) as act:
        matter = act.matter
        if Matter.objects.filter(merged_into=matter).exists():
            raise Refused("有别的事项并入这一件，请先撤销合并，再转为密件")
        about = list(About.objects.filter(matter=matter).values_list("unit_id", "person_id"))
        taken = Taken(
            matter_id=matter.id, number=matter.number, title=matter.title, text=matter.text, place=matter.place, raised_at=matter.raised_at,
            contact=residents.empty(raiser_id=matter.raiser_id, subject_id=matter.id), words=_emptied(matter),
            files=list(Attachment.objects.filter(matter=matter).values_list("file_id", flat=True)),
            about_units=[u for u, _ in about if u], about_people=[p for _, p in about if p],
        )  # fmt: skip
        matter.title, matter.text, matter.place = GONE, "", ""
        matter.longitude = matter.latitude = matter.area = matter.category = matter.lead_person = None
        for rows in (About, Attachment, Link, Receipt):
            rows.objects.filter(matter=matter).delete()
        Link.objects.filter(other=matter).delete()
        Party.objects.filter(matter=matter, until_at__isnull=True).update(
            until_at=max(at, matter.registered_at)
        )
        act.close_all()
        search.drop(ids=[matter.id])
    return taken


def _emptied(matter: Matter) -> list[tuple[str, str]]:
    """Return the words of all rows of a matter, and blank them there."""
    found: list[tuple[str, str]] = []
    for model, columns in WORDS.items():
        path = "settlement__matter" if model is Obligation else "matter"
        for row in model.objects.filter(**{path: matter}).order_by("pk"):
            for column in columns:
                if words := getattr(row, column):
                    found.append((f"{model.__name__}.{column}", words))
                    setattr(row, column, GONE)
            row.save(update_fields=list(columns))
    return found
