"""How matters stand, for the rooms they come from: the four things a close-out (销号) takes, what moved, what is stuck."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import Commitment, Milestone, Word, evidence
from zhuoluo.matters.reads.lists import Line, by_ids
from zhuoluo.matters.reads.page import Told
from zhuoluo.matters.reads.visible import seen
from zhuoluo.matters.reads.wording import sentence
from zhuoluo.matters.rules import OPEN_STANDINGS, STANDINGS, column_of
from zhuoluo.matters.states import ENDED
from zhuoluo.org.rules import Actor

M = TypeVar("M", bound=Model)
# A word for which somebody called the raiser back and reached them; never the handler (actions.confirm).
CALLED = Q(source="callback", superseded_at__isnull=True) & ~Q(satisfaction="not_reached")
QUIET = ("redate", "new_code", "link")  # entries that move nothing


@dataclass(frozen=True)
class Standing:
    """One matter as its front lists it. `said`: the raiser's own last word on whether it is solved."""

    line: Line
    facts: frozenset[str]
    shown: int
    said: str
    satisfaction: str
    said_by: str
    closed_at: datetime | None
    owed: Mapping[str, datetime]  # what is owed on it, by kind, until when

    @property
    def next_due(self) -> datetime | None:
        """Return the end of the next stage, where one is under way."""
        return self.owed.get("next")

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """Return the four things a close-out takes, and whether each is there."""
        return [
            ("办理材料", self.shown > 0),
            ("答复送达", "served" in self.facts),
            ("提出人说已解决", self.said == "yes"),
            ("第二人复核认定", "resolved" in self.facts),
        ]

    @property
    def state(self) -> str:
        """Return the column of the problem list."""
        return column_of(
            self.facts, ended=self.line.stage in ENDED, shown=self.shown > 0, said=self.said == "yes"
        )


def standings(actor: Actor, ids: Collection[UUID], *, now: datetime) -> dict[UUID, Standing]:
    """Return how those of the matters stand that the actor may read; six queries, whatever their number."""
    lines = by_ids(actor, ids, now=now)
    wanted = [line.id for line in lines]
    times: dict[UUID, dict[str, datetime]] = {}
    rows = Milestone.objects.filter(matter_id__in=wanted, undone_at__isnull=True)
    for matter_id, kind, at in rows.values_list("matter_id", "kind", "at"):
        times.setdefault(matter_id, {})[kind] = at
    shown = dict(
        evidence().filter(matter_id__in=wanted).order_by().values_list("matter_id").annotate(n=Count("pk"))
    )
    words = {w.matter_id: w for w in Word.objects.filter(matter_id__in=wanted, superseded_at__isnull=True)}
    owed: dict[UUID, dict[str, datetime]] = {}
    open_ones = Commitment.objects.filter(matter_id__in=wanted, closed_at__isnull=True).order_by(
        "-due", "-id"
    )
    for matter_id, kind, due in open_ones.values_list("matter_id", "kind", "due"):
        owed.setdefault(matter_id, {})[kind] = due
    return {
        line.id: _standing(line, times.get(line.id, {}), shown.get(line.id, 0), words.get(line.id), owed.get(line.id, {}))
        for line in lines
    }  # fmt: skip


def _standing(
    line: Line, times: dict[str, datetime], shown: int, word: Word | None, owed: Mapping[str, datetime]
) -> Standing:
    heard = word is not None and word.satisfaction != "not_reached"
    return Standing(
        line, frozenset(times), shown, word.solved if word and heard else "", word.satisfaction if word else "",
        word.source if word else "", times.get("resolved"), owed,
    )  # fmt: skip


def stood(rows: QuerySet[M], matter: str = "matter") -> Any:
    """Give rows of a front their column of the problem list, `standing`."""
    return rows.annotate(standing=F(f"{matter}__standing"))


def open_lines(actor: Actor, rows: QuerySet[M], *, now: datetime, limit: int) -> list[Line]:
    """Return the matters of a front's rows that are still under way, newest first; three queries at most."""
    found = stood(seen(actor, rows)).filter(standing__in=OPEN_STANDINGS).order_by("-at", "-id")
    return by_ids(actor, list(found.values_list("matter_id", flat=True)[:limit]), now=now)


def closed_within(
    rows: QuerySet[M], since: datetime, before: datetime, matter: str = "matter_id"
) -> QuerySet[M]:
    """Limit rows of a front to those whose matter a second person certified in a span [since, before)."""
    found = Milestone.objects.filter(
        matter_id=OuterRef(matter), kind="resolved", undone_at__isnull=True, at__gte=since, at__lt=before
    )
    return rows.filter(Exists(found))


@dataclass(frozen=True)
class Columns:
    """How many rows of a front stand in each column; `called`: how many of the closed were called back by somebody else."""

    all: int
    by: dict[str, int]
    called: int

    @property
    def closed(self) -> int:
        """Return how many are closed."""
        return self.by["closed"]


def columns(rows: QuerySet[M], matter: str = "matter") -> Columns:
    """Count rows of a front by column; one query."""
    words = Exists(Word.objects.filter(CALLED, matter_id=OuterRef(f"{matter}_id")))
    counted = stood(rows, matter).order_by().values_list("standing")
    counted = counted.annotate(n=Count("pk"), called=Count("pk", filter=Q(words, standing="closed")))
    by, called = dict.fromkeys(STANDINGS, 0), 0
    for standing, n, reached in counted:
        by[standing], called = n, called + reached
    return Columns(sum(by.values()), by, called)


def called_by_others(matter_ids: Collection[UUID]) -> set[UUID]:
    """Return which of the matters somebody other than the handler called back about, and reached the raiser."""
    return set(
        Word.objects.filter(CALLED, matter_id__in=list(matter_ids)).values_list("matter_id", flat=True)
    )


def tasks_open(matter_id: UUID, unit_ids: Collection[UUID]) -> list[UUID]:
    """Return the names of the open tasks that some units owe on a matter."""
    rows = Commitment.objects.filter(
        matter_id=matter_id, kind="joint", closed_at__isnull=True, unit_id__in=list(unit_ids)
    )
    return [row.subject for row in rows if row.subject is not None]


@dataclass(frozen=True)
class Move:
    """Something that was done on a matter: what, when, by which unit."""

    matter_id: UUID
    at: datetime
    what: str
    unit: str


def moves(matter_ids: Collection[UUID], since: datetime, before: datetime) -> list[Move]:
    """Return what was done on the matters in a span [since, before), oldest first; one query."""
    rows = ledger.about(matter_ids).filter(at__gte=since, at__lt=before).exclude(verb__in=QUIET)
    return [
        Move(row.subject_id, row.at, sentence(_told(row)), row.unit_name)
        for row in sorted(rows, key=lambda r: (r.at, r.seq))
    ]


def last_moves(matter_ids: Collection[UUID], before: datetime) -> dict[UUID, datetime]:
    """Return when something was last done on each of the matters before a moment; one query."""
    rows = ledger.about(matter_ids).filter(at__lt=before).exclude(verb__in=QUIET).order_by("at", "seq")
    return dict(rows.values_list(F("subject_id"), F("at")))


def _told(row: Any) -> Told:
    return Told(
        seq=row.seq, at=row.at, recorded_at=row.recorded_at, verb=row.verb, actor_kind=row.actor_kind, actor="", post="",
        unit=row.unit_name, payload=row.payload, texts=[],
    )  # fmt: skip
