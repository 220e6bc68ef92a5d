"""What the figures count, as plain values, and the rows each number opens to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhuoluo.matters.models import Commitment, Matter, Milestone, Word
from zhuoluo.matters.reads.visible import visible
from zhuoluo.org.rules import Actor

# A commitment counts as due when it ran to its end or was kept; one replaced, returned or cancelled does not.
_COUNTING = Q(closed_at__isnull=True) | Q(closing__in=["done", "not_reached"])


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


def facts(ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Return the countable facts of matters in four queries."""
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


def holding(actor: Actor, kind: str, *, before: datetime, since: datetime | None = None) -> QuerySet[Matter]:
    """Return the visible matters for which a fact held at the end of a period: reached, and not undone by then."""
    held = Milestone.objects.filter(kind=kind, at__lt=before).filter(
        Q(undone_at__isnull=True) | Q(undone_at__gte=before)
    )
    if since is not None:
        held = held.filter(at__gte=since)
    return _shown(actor).filter(pk__in=held.values("matter_id"))


def promised(
    actor: Actor, kind: str, *, before: datetime, since: datetime | None = None, kept: bool | None = None
) -> QuerySet[Matter]:
    """Return the visible matters with a counting commitment that fell due in a period, kept or not, or either."""
    rows = Commitment.objects.filter(_COUNTING, kind=kind, due__lte=before)
    if since is not None:
        rows = rows.filter(due__gt=since)
    if kept is not None:
        in_time = Q(closed_at__lt=F("due"))
        rows = rows.filter(in_time) if kept else rows.exclude(in_time)
    return _shown(actor).filter(pk__in=rows.values("matter_id"))


def said(actor: Actor, satisfactions: Collection[str], *, before: datetime, since: datetime | None = None) -> QuerySet[Matter]:
    """Return the visible matters whose raiser's counting word at the end of a period was one of those given."""
    rows = Word.objects.filter(satisfaction__in=list(satisfactions), at__lt=before).filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gte=before)
    )
    if since is not None:
        rows = rows.filter(at__gte=since)
    return _shown(actor).filter(pk__in=rows.values("matter_id"))


def _shown(actor: Actor) -> QuerySet[Matter]:
    return visible(actor).exclude(klass="accusation").select_related("area")
