"""A matter whole: what is owed now, what each date rests on, and its story."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.clock import Due, Light, light
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import (
    About, Answer, Attachment, Commitment, Extension, Link, Matter, Milestone, Objection, Text, Word,
)  # fmt: skip
from zhuoluo.matters.rules import KINDS
from zhuoluo.matters.states import TRANSITIONS, Stage, Verb
from zhuoluo.org.reads import jurisdiction, units
from zhuoluo.residents.reads import Masked, masked


@dataclass(frozen=True)
class Told:
    """One entry of the story: who did what when, with the words and where the matter went."""

    seq: int
    at: datetime
    recorded_at: datetime
    verb: str
    actor_kind: str
    actor: str
    post: str
    unit: str
    payload: dict[str, Any]
    texts: list[Text]


@dataclass(frozen=True)
class Promise:
    """A commitment as shown: who owes what by when, in which light, and why that date."""

    row: Commitment
    word: str
    unit: str
    light: Light

    def why(self, language: str = "zh") -> str:
        """Return the printed reason of the date."""
        return Due.from_json(self.row.reckoning).explanation(language)


@dataclass(frozen=True)
class Page:
    """Everything the matter page shows, read in a fixed number of queries."""

    matter: Matter
    raiser: Masked
    story: list[Told]
    promises: list[Promise]  # open first, soonest first; then the closed ones
    milestones: list[Milestone]
    answers: list[Answer]
    attachments: list[Attachment]
    objections: list[Objection]
    extensions: list[Extension]
    words: list[Word]
    links: list[Link]
    about: list[About]

    @property
    def open(self) -> list[Promise]:
        """Return what is owed now."""
        return [p for p in self.promises if p.row.closed_at is None]

    def reached(self, kind: str) -> Milestone | None:
        """Return the live milestone of a kind."""
        return next((m for m in self.milestones if m.kind == kind and m.undone_at is None), None)

    @property
    def draft(self) -> Answer | None:
        """Return the unissued draft answer, if one is being written."""
        return next((a for a in self.answers if a.issued_at is None), None)

    @property
    def current_answer(self) -> Answer | None:
        """Return the answer that stands now."""
        return next((a for a in self.answers if a.issued_at is not None and a.replaced_at is None), None)

    @property
    def word(self) -> Word | None:
        """Return the raiser's word that counts now."""
        return next((w for w in self.words if w.superseded_at is None), None)


def verbs_for(stage: str) -> frozenset[Verb]:
    """Return the verbs the transition table lists for a stage; rights are checked apart."""
    return frozenset(verb for verb, table in TRANSITIONS.items() if Stage(stage) in table)


def page(matter: Matter, *, now: datetime) -> Page:
    """Return the page of a matter the caller has read through `visible`. Twelve queries, whatever its length."""
    key = {"matter": matter}
    texts = {str(t.id): t for t in Text.objects.filter(**key)}
    rows = Commitment.objects.filter(**key).select_related("person").order_by("due", "id")
    yellow = int(jurisdiction().rules.get("yellow_days", 3))
    promises = [_promise(row, now, yellow) for row in rows]
    promises.sort(key=lambda p: p.row.closed_at is not None)
    return Page(
        matter=matter,
        raiser=masked(matter.raiser),
        story=[_told(entry, texts) for entry in ledger.story(matter.id)],
        promises=promises,
        milestones=list(Milestone.objects.filter(**key).order_by("at", "id")),
        answers=list(Answer.objects.filter(**key).select_related("unit").order_by("drafted_at", "id")),
        attachments=list(Attachment.objects.filter(**key).order_by("at", "id")),
        objections=list(Objection.objects.filter(**key).select_related("unit").order_by("made_at")),
        extensions=list(Extension.objects.filter(**key).order_by("asked_at")),
        words=list(Word.objects.filter(**key).order_by("at", "id")),
        links=list(Link.objects.filter(**key).select_related("other").order_by("at")),
        about=list(About.objects.filter(**key).select_related("unit", "person")),
    )


def _promise(row: Commitment, now: datetime, yellow: int) -> Promise:
    unit = units().get(row.unit_id) if row.unit_id else None
    state = light(row.due, now, closed=row.closed_at, yellow_days=yellow)
    return Promise(row, KINDS[row.kind], unit.short_name if unit else "", state)


def _told(entry: Any, texts: dict[str, Text]) -> Told:
    named = [texts[t["text"]] for t in entry.payload.get("texts", []) if t["text"] in texts]
    return Told(
        seq=entry.seq, at=entry.at, recorded_at=entry.recorded_at, verb=entry.verb, actor_kind=entry.actor_kind,
        actor=entry.actor_name, post=entry.actor_post, unit=entry.unit_name, payload=entry.payload, texts=named,
    )  # fmt: skip


def merged_into(matter: Matter) -> list[UUID]:
    """Return the matters merged into this one."""
    return list(Matter.objects.filter(merged_into=matter).values_list("id", flat=True))
