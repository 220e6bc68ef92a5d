"""A matter whole: what is owed now, what each date rests on, and its story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, UUIDField
from django.utils.translation import gettext as _

from zhuoluo.clock import Due, Light, light
from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import (
    About,
    Answer,
    Attachment,
    Commitment,
    Designation,
    Extension,
    Hearing,
    Link,
    Matter,
    Milestone,
    Objection,
    Obligation,
    Party,
    Recusal,
    Review,
    Settlement,
    Text,
    Word,
)  # fmt: skip
from zhuoluo.matters.reads.rows import rows_of
from zhuoluo.matters.reads.visible import ABOUT_OF, PARTIES_OF, Opened
from zhuoluo.matters.rules import KINDS
from zhuoluo.matters.states import TRANSITIONS, Stage, Verb
from zhuoluo.org.models import User
from zhuoluo.org.reads import jurisdiction, units
from zhuoluo.residents.reads import Masked, masked

COMMITMENTS_OF = rows_of(Commitment, "due", "id")
MILESTONES_OF = rows_of(Milestone, "at", "id")
ANSWERS_OF = rows_of(Answer, "drafted_at", "id")
ATTACHMENTS_OF = rows_of(Attachment, "at", "id")
OBJECTIONS_OF = rows_of(Objection, "made_at")
EXTENSIONS_OF = rows_of(Extension, "asked_at")
SETTLEMENTS_OF = rows_of(Settlement, "at", "id")
OBLIGATIONS_OF = BuiltOnce(
    lambda matter: Obligation.objects.filter(settlement__matter_id=matter).order_by("until", "id"),
    matter=UUIDField(),
)
WORDS_OF = rows_of(Word, "at", "id")
REVIEWS_OF = rows_of(Review, "requested_at", "id")
HEARINGS_OF = rows_of(Hearing, "called_at", "id")
DESIGNATIONS_OF = rows_of(Designation, "asked_at", "id")
RECUSALS_OF = rows_of(Recusal, "at", "id")
MERGED_INTO = BuiltOnce(
    lambda matter: Matter.objects.filter(merged_into_id=matter).order_by("registered_at").only("number"),
    matter=UUIDField(),
)
LINKED_TO = BuiltOnce(
    lambda matter: (
        Link.objects.filter(Q(matter_id=matter) | Q(other_id=matter))
        .order_by("at")
        .annotate(here=F("matter__number"), there=F("other__number"))
    ),
    matter=UUIDField(),
)


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
    actor_id: UUID | None = None


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
class Related:
    """Another matter that belongs with this one: its number only, for it may not be the reader's. `kind`: of Link,
    or "into" (this one was merged into it) or "merged" (it was merged into this one)."""

    number: str
    kind: str


@dataclass(frozen=True)
class Page:
    """Everything the matter page shows, read in a fixed number of queries."""

    matter: Matter
    raiser: Masked
    story: list[Told]  # the newest entries, oldest of them first
    older: int | None  # there are entries before this one
    whole: bool  # the story is all there is
    promises: list[Promise]  # open first, soonest first; then the closed ones
    milestones: list[Milestone]
    answers: list[Answer]
    attachments: list[Attachment]
    objections: list[Objection]
    extensions: list[Extension]
    words: list[Word]
    related: list[Related]
    about: list[About]
    parties: list[Party]  # also those who no longer take part
    settlements: list[Settlement]
    obligations: list[Obligation]
    reviews: list[Review]
    hearings: list[Hearing]
    designations: list[Designation]
    recusals: list[Recusal]  # with the names of those who stood back

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

    @property
    def open_review(self) -> Review | None:
        """Return the request for review that waits to be taken up or decided."""
        return next((r for r in self.reviews if not (r.refused_at or r.withdrawn_at or r.decided_at)), None)

    @property
    def open_hearing(self) -> Hearing | None:
        """Return the hearing that was called and is not over."""
        return next((h for h in self.hearings if not (h.closed_at or h.cancelled_at)), None)

    @property
    def open_designation(self) -> Designation | None:
        """Return the dispute that waits for the common superior."""
        return next((d for d in self.designations if d.decided_at is None), None)


def verbs_for(stage: str) -> frozenset[Verb]:
    """Return the verbs the transition table lists for a stage; rights are checked apart."""
    return frozenset(verb for verb, table in TRANSITIONS.items() if Stage(stage) in table)


def page(
    matter: Matter,
    *,
    now: datetime,
    entries: int = 500,
    before: int | None = None,
    opened: Opened | None = None,
) -> Page:
    """Return the page of a matter the caller has read through `visible`, in a fixed number of queries.

    `entries`: how much of the story, the newest first; `before`: only what is older than that entry. `opened`: the
    rows already read to decide whether the reader may. What the story shows never to have happened (no objection,
    no extension, no word) is not asked for.
    """
    found = ledger.story(matter.id, limit=entries + 1, before=before)
    told = found[-entries:]
    whole = before is None and len(found) <= entries
    did = ledger.verbs(matter.id)
    texts = _texts(told)
    return Page(
        matter=matter,
        raiser=masked(matter.raiser),
        story=[_told(entry, texts) for entry in told],
        older=told[0].seq if len(found) > entries else None,
        whole=whole,
        promises=_promises(matter, now),
        milestones=MILESTONES_OF(matter=matter.id),
        answers=ANSWERS_OF(matter=matter.id),
        attachments=ATTACHMENTS_OF(matter=matter.id),
        objections=OBJECTIONS_OF(matter=matter.id) if did & _OBJECTED else [],
        extensions=EXTENSIONS_OF(matter=matter.id) if did & _EXTENDED else [],
        words=WORDS_OF(matter=matter.id) if did & _SPOKEN else [],
        related=_related(matter),
        about=_named(opened.about if opened else ABOUT_OF(matter=matter.id)),
        parties=opened.parties if opened else PARTIES_OF(matter=matter.id),
        settlements=SETTLEMENTS_OF(matter=matter.id) if did & _SETTLED else [],
        obligations=OBLIGATIONS_OF(matter=matter.id) if did & _SETTLED else [],
        reviews=REVIEWS_OF(matter=matter.id) if did & _REVIEWED else [],
        hearings=HEARINGS_OF(matter=matter.id) if did & _HEARD else [],
        designations=DESIGNATIONS_OF(matter=matter.id) if did & _DESIGNATED else [],
        recusals=_recused(matter) if did & _RECUSED else [],
    )


def _promises(matter: Matter, now: datetime) -> list[Promise]:
    rows = COMMITMENTS_OF(matter=matter.id)
    yellow = int(jurisdiction().rules.get("yellow_days", 3))
    known = {matter.lead_person_id: matter.lead_person}
    others = {row.person_id for row in rows if row.person_id} - set(known)
    known |= User.objects.in_bulk(others) if others else {}
    for row in rows:
        row.person = known.get(row.person_id) if row.person_id else None
    return sorted((_promise(row, now, yellow) for row in rows), key=lambda p: p.row.closed_at is not None)


def _related(matter: Matter) -> list[Related]:
    found = []
    if matter.merged_into is not None:
        found.append(Related(matter.merged_into.number, "into"))
    found += [Related(joined.number, "merged") for joined in MERGED_INTO(matter=matter.id)]
    links: list[Any] = LINKED_TO(matter=matter.id)
    return found + [Related(x.here if x.other_id == matter.id else x.there, x.kind) for x in links]


def _named(about: list[About]) -> list[About]:
    """Give the rows their units from memory and their people in one query, so that templates ask for none."""
    about = list(
        {(row.unit_id, row.person_id): row for row in about}.values()
    )  # several merged ones may name one
    known = units()
    people = {a.person_id for a in about if a.person_id}
    named = User.objects.in_bulk(people) if people else {}
    for row in about:
        row.unit = known.get(row.unit_id) if row.unit_id else None
        row.person = named.get(row.person_id) if row.person_id else None
    return about


_OBJECTED = {Verb.OBJECT}
_SETTLED = {Verb.SETTLE}
_EXTENDED = {Verb.ASK_EXTENSION}
_SPOKEN = {Verb.CALL_BACK, Verb.RATE, Verb.DISPUTE}
_REVIEWED = {Verb.REQUEST_REVIEW}
_HEARD = {Verb.PLAN_HEARING}
_DESIGNATED = {Verb.ASK_DESIGNATION}
_RECUSED = {Verb.RECUSE}


def _recused(matter: Matter) -> list[Recusal]:
    rows: list[Recusal] = RECUSALS_OF(matter=matter.id)
    named = User.objects.in_bulk([row.person_id for row in rows])
    for row in rows:
        row.person = named[row.person_id]
    return rows


def _texts(entries: Iterable[Any]) -> dict[str, Text]:
    named = [UUID(said["text"]) for entry in entries for said in entry.payload.get("texts", [])]
    return {str(text.id): text for text in Text.objects.filter(pk__in=named)} if named else {}


def _promise(row: Commitment, now: datetime, yellow: int) -> Promise:
    unit = units().get(row.unit_id) if row.unit_id else None
    state = light(row.due, now, closed=row.closed_at, yellow_days=yellow)
    above = (
        _("上一级机关") if row.kind == "review" else ""
    )  # the one duty an organ outside this house can have
    return Promise(row, KINDS[row.kind], unit.short_name if unit else above, state)


def _told(entry: Any, texts: dict[str, Text]) -> Told:
    named = [texts[t["text"]] for t in entry.payload.get("texts", []) if t["text"] in texts]
    return Told(
        seq=entry.seq, at=entry.at, recorded_at=entry.recorded_at, verb=entry.verb, actor_kind=entry.actor_kind,
        actor=entry.actor_name, post=entry.actor_post, unit=entry.unit_name, payload=entry.payload, texts=named,
        actor_id=entry.actor_id,
    )  # fmt: skip
