"""What the figures count, as plain values, and the rows each number opens to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhuoluo.matters.models import Commitment, Matter, Milestone, Word
from zhuoluo.matters.reads.visible import visible
from zhuoluo.matters.states import Stage
from zhuoluo.org.reads import within
from zhuoluo.org.rules import Actor

# A commitment counts as due when it ran to its end or was kept; one replaced, returned or cancelled does not.
# What an organ above this house owes is not counted here either.
_COUNTING = (Q(closed_at__isnull=True) | Q(closing__in=["done", "not_reached"])) & ~Q(
    kind="review", unit__isnull=True
)


@dataclass
class Facts:
    """A matter's countable facts. Times are aware; the second time of a pair is when it ceased to hold."""

    klass: str
    area: str
    unit: UUID | None
    registered_at: datetime
    milestones: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    promises: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    words: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    sealed: bool = False  # it was an accusation: counted by the office entitled only


def facts(ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Return the countable facts of matters in five queries; one that was sealed has none."""
    rows = Matter.objects.filter(pk__in=ids).values_list(
        "id", "klass", "area_id", "lead_unit_id", "registered_by_id", "registered_at"
    )
    found = {
        key: Facts(klass, (area or "")[:9].ljust(12, "0") if area else "", lead or registered, at)
        for key, klass, area, lead, registered, at in rows
    }
    for key, kind, at, undone in Milestone.objects.filter(matter_id__in=ids).values_list(
        "matter_id", "kind", "at", "undone_at"
    ):
        found[key].milestones.append((kind, at, undone))
    for key, kind, due, closed in Commitment.objects.filter(_COUNTING, matter_id__in=ids).values_list(
        "matter_id", "kind", "due", "closed_at"
    ):
        found[key].promises.append((kind, due, closed))
    for key, satisfaction, at, superseded in Word.objects.filter(matter_id__in=ids).values_list(
        "matter_id", "satisfaction", "at", "superseded_at"
    ):
        found[key].words.append((satisfaction, at, superseded))
    for key in Matter.objects.filter(pk__in=ids, stage=Stage.SEALED).values_list("id", flat=True):
        found[key].sealed = True
    for row in found.values():
        for pairs in (row.milestones, row.promises, row.words):
            pairs.sort(key=lambda pair: (pair[1], pair[0]))
    return found


def every_id(batch: int = 1000) -> Iterator[list[UUID]]:
    """Yield the ids of all matters in batches, in the order they were made."""
    last: UUID | None = None
    while True:
        rows = Matter.objects.order_by("id")
        page = list((rows if last is None else rows.filter(pk__gt=last)).values_list("id", flat=True)[:batch])
        if not page:
            return
        last = page[-1]
        yield page


@dataclass(frozen=True)
class Span:
    """A period of instants [since, before), and which part: an area (with all below it), a unit or a class."""

    before: datetime
    since: datetime | None = None
    area: str = ""
    unit: UUID | None = None
    klass: str = ""


def milestone_rows(actor: Actor, kind: str, span: Span, *, standing: bool) -> QuerySet[Milestone]:
    """Return the facts of a kind reached in a span; with `standing` only those not undone by its end."""
    rows = Milestone.objects.filter(_where(actor, span), kind=kind, at__lt=span.before)
    if span.since is not None:
        rows = rows.filter(at__gte=span.since)
    if standing:
        rows = rows.filter(Q(undone_at__isnull=True) | Q(undone_at__gte=span.before))
    return rows.select_related("matter", "matter__area")


def commitment_rows(actor: Actor, kind: str, span: Span, *, kept: bool | None = None) -> QuerySet[Commitment]:
    """Return the counting commitments that fell due in a span: kept in time, not kept, or both."""
    rows = Commitment.objects.filter(_COUNTING & _where(actor, span), kind=kind, due__lte=span.before)
    if span.since is not None:
        rows = rows.filter(due__gt=span.since)
    if kept is not None:
        in_time = Q(closed_at__isnull=False, closed_at__lt=F("due"))
        rows = rows.filter(in_time) if kept else rows.exclude(in_time)
    return rows.select_related("matter", "matter__area")


def word_rows(actor: Actor, satisfactions: Collection[str], span: Span, *, standing: bool) -> QuerySet[Word]:
    """Return the raisers' words of some kinds said in a span; with `standing` only those that count at its end."""
    rows = Word.objects.filter(_where(actor, span), satisfaction__in=list(satisfactions), at__lt=span.before)
    if span.since is not None:
        rows = rows.filter(at__gte=span.since)
    if standing:
        rows = rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gte=span.before))
    return rows.select_related("matter", "matter__area")


def matter_rows(actor: Actor, span: Span) -> QuerySet[Matter]:
    """Return the countable matters registered in a span, newest first."""
    rows = visible(actor).filter(registered_at__lt=span.before)
    if span.since is not None:
        rows = rows.filter(registered_at__gte=span.since)
    rows = rows.filter(_part(span, ""))
    return rows.select_related("area").order_by("-registered_at", "-id")


def _where(actor: Actor, span: Span) -> Q:
    return Q(matter__in=visible(actor)) & _part(span, "matter__")


def _part(span: Span, path: str) -> Q:
    where = Q()
    if span.area:
        where &= within(f"{path}area_id", span.area)
    if span.klass:
        where &= Q(**{f"{path}klass": span.klass})
    if span.unit is not None:
        own = Q(**{f"{path}lead_unit_id": span.unit})
        where &= own | Q(**{f"{path}lead_unit__isnull": True, f"{path}registered_by_id": span.unit})
    return where
