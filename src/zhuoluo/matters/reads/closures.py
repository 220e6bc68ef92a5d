"""What oversight asks of matters: facts of closings, populations to draw from, marks of many matters at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import (
    Answer,
    Attachment,
    Commitment,
    Matter,
    Milestone,
    Obligation,
    Party,
    Text,
    Word,
)  # fmt: skip
from zhuoluo.matters.reads.visible import visible
from zhuoluo.matters.states import HANDLED, Verb
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor

HANDS_ON = HANDLED | {Verb.CALL_BACK, Verb.CERTIFY}
Ids = Collection[UUID] | QuerySet[Any, Any]


def ids_of(actor: Actor, numbers: Collection[str]) -> dict[str, UUID]:
    """Return the ids of those of the given numbers (in their written form) that the actor may read; one query."""
    return dict(visible(actor).filter(number__in=list(numbers)).values_list("number", "pk"))


def marks(ids: Ids) -> dict[UUID, frozenset[str]]:
    """Return which facts hold for each of the given matters; one query."""
    found: dict[UUID, set[str]] = {}
    rows = Milestone.objects.filter(matter_id__in=ids, undone_at__isnull=True)
    for matter_id, kind in rows.values_list("matter_id", "kind"):
        found.setdefault(matter_id, set()).add(kind)
    return {matter_id: frozenset(kinds) for matter_id, kinds in found.items()}


def holding(kind: str) -> QuerySet[Milestone, UUID]:
    """Return the matters for which a fact holds, to be used inside another question."""
    return Milestone.objects.filter(kind=kind, undone_at__isnull=True).values_list("matter_id", flat=True)


@dataclass(frozen=True)
class Sums:
    """Of some matters: how many, and for how many each fact holds. No fact implies another."""

    all: int
    answered: int
    served: int
    settled: int
    signed_only: int  # settled, and nobody has certified that it is resolved
    performed: int
    resolved: int


def sums(actor: Actor, ids: Ids) -> Sums:
    """Count the facts of the given matters that the actor may read; one query."""

    def has(kind: str) -> Exists:
        return Exists(Milestone.objects.filter(matter=OuterRef("pk"), kind=kind, undone_at__isnull=True))

    kinds = ("answered", "served", "settled", "performed", "resolved")
    rows = visible(actor).filter(pk__in=ids).annotate(**{f"m_{kind}": has(kind) for kind in kinds})
    counted = rows.aggregate(
        all=Count("pk"),
        signed_only=Count("pk", filter=Q(m_settled=True, m_resolved=False)),
        **{kind: Count("pk", filter=Q(**{f"m_{kind}": True})) for kind in kinds},
    )
    return Sums(**counted)


def served_between(since: date, until: date, *, unit: UUID | None = None, klass: str = "") -> list[UUID]:
    """Return the matters whose answer was served on a day from `since` to `until` and still stands; one query.

    The same for whoever asks, so that a draw can be repeated; what is about the reader, or was taken over as an
    accusation, is left out where the matters are shown.
    """
    begin, end = _midnight(since), _midnight(until + timedelta(days=1))
    rows = Milestone.objects.filter(kind="served", undone_at__isnull=True, at__gte=begin, at__lt=end)
    if unit is not None:
        rows = rows.filter(matter__lead_unit_id=unit)
    if klass:
        rows = rows.filter(matter__klass=klass)
    return list(rows.values_list("matter_id", flat=True))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def had_a_hand(actor: Actor, matter_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the matters that the actor, or a unit of the actor's, handled, called back about or certified."""
    ids = list(matter_ids)
    parts = Party.objects.filter(matter_id__in=ids, role__in=["lead", "co"], unit_id__in=actor.units)
    found = set(parts.values_list("matter_id", flat=True))
    if actor.id is None:
        return set(ids)
    found |= set(Matter.objects.filter(pk__in=ids, lead_person_id=actor.id).values_list("pk", flat=True))
    found |= set(
        Commitment.objects.filter(matter_id__in=ids, kind="case", person_id=actor.id).values_list(
            "matter_id", flat=True
        )
    )
    acts = ledger.about(ids).filter(actor_id=actor.id, verb__in=HANDS_ON)
    return found | set(acts.values_list("subject_id", flat=True))


@dataclass(frozen=True)
class TaskState:
    """What became of a task of a joint meeting."""

    due: datetime
    closed_at: datetime | None
    closing: str


def task_states(matter_ids: Collection[UUID], task_ids: Collection[UUID]) -> dict[UUID, TaskState]:
    """Return the commitments behind tasks of joint meetings; one query."""
    rows = Commitment.objects.filter(matter_id__in=list(matter_ids), kind="joint", subject__in=list(task_ids))
    found = rows.values_list("subject", "due", "closed_at", "closing")
    return {task: TaskState(due, closed_at, closing) for task, due, closed_at, closing in found if task}


def supervision_words(matter_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str, datetime]]]:
    """Return what was demanded and answered in writing under supervision: (kind, words, when), oldest first."""
    rows = Text.objects.filter(matter_id__in=list(matter_ids), kind__in=["supervise", "answer_supervision"])
    found: dict[UUID, list[tuple[str, str, datetime]]] = {}
    for row in rows.order_by("at", "id"):
        found.setdefault(row.matter_id, []).append((row.kind, row.body, row.at))
    return found


def obligations_open(matter_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many things promised by the units' side are not done yet; one query."""
    rows = Obligation.objects.filter(
        settlement__matter_id__in=list(matter_ids), settlement__voided_at__isnull=True, side="unit",
        done_at__isnull=True,
    )  # fmt: skip
    counted = rows.values("settlement__matter_id").annotate(n=Count("pk"))
    return {row["settlement__matter_id"]: row["n"] for row in counted}


@dataclass
class Facts:
    """What is known of one closing, in plain values. `words`: when, source, whether somebody was reached."""

    matter_id: UUID
    klass: str
    raiser_id: UUID
    answer_id: UUID | None = None
    outcome: str = ""
    opinion: str = ""
    times: dict[str, datetime] = field(default_factory=dict)
    shown: int = 0
    words: list[tuple[datetime, str, bool]] = field(default_factory=list)
    units: set[UUID] = field(default_factory=set)
    people: set[UUID] = field(default_factory=set)


def closings(ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Return the facts of the closings of some matters as they stand now; seven queries, whatever their number."""
    wanted = list(ids)
    found = {
        row.pk: Facts(
            row.pk, row.klass, row.raiser_id, people={row.lead_person_id} if row.lead_person_id else set()
        )
        for row in Matter.objects.filter(pk__in=wanted).only("klass", "raiser_id", "lead_person_id")
    }
    for answer in Answer.objects.filter(
        matter_id__in=wanted, issued_at__isnull=False, replaced_at__isnull=True
    ):
        it = found[answer.matter_id]
        it.answer_id, it.outcome, it.opinion = answer.id, answer.outcome, answer.opinion
    for matter_id, kind, at in Milestone.objects.filter(
        matter_id__in=wanted, undone_at__isnull=True
    ).values_list("matter_id", "kind", "at"):
        found[matter_id].times[kind] = at
    files = Attachment.objects.filter(matter_id__in=wanted, by_raiser=False).exclude(role="raised")
    for matter_id, n in files.values("matter_id").annotate(n=Count("pk")).values_list("matter_id", "n"):
        found[matter_id].shown = n
    for word in Word.objects.filter(matter_id__in=wanted).order_by("at"):
        _hear(found[word.matter_id], word)
    for matter_id, unit_id in Party.objects.filter(matter_id__in=wanted, role__in=["lead", "co"]).values_list(
        "matter_id", "unit_id"
    ):
        found[matter_id].units.add(unit_id)
    acts = ledger.about(wanted).filter(verb__in=HANDLED, actor_id__isnull=False)
    for matter_id, person in acts.values_list("subject_id", "actor_id"):
        if person is not None:
            found[matter_id].people.add(person)
    return found


def _hear(it: Facts, word: Word) -> None:
    """A word said before the answer that stands now was served is of an earlier closing."""
    served = it.times.get("served")
    if served is None or word.at >= served:
        it.words.append((word.at, word.source, word.satisfaction != "not_reached"))
