"""Samples with what was found, drawn again by whoever wants to see; and the signs of false closures."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.reads import Line, NotFound, by_ids, had_a_hand, served_between
from zhuoluo.org.rules import Actor
from zhuoluo.oversight.models import Doubt, Drawn, Sample
from zhuoluo.oversight.rules import FINDINGS, digest_of, draw

PAGE = 30


@dataclass(frozen=True)
class SamplePage:
    """One keyset page of samples, newest first, each with how many were looked at and how many found false."""

    rows: list[tuple[Sample, int, int]]
    next: str


@dataclass(frozen=True)
class DrawnLine:
    """A drawn matter. `line` is None where the reader may not see it; `apart`: the reader may re-check it."""

    drawn: Drawn
    line: Line | None
    apart: bool


@dataclass(frozen=True)
class SampleFile:
    """One sample whole, with its counts: drawn, looked at, and each finding."""

    sample: Sample
    rows: list[DrawnLine]
    looked: int
    found: dict[str, int]


@dataclass(frozen=True)
class Again:
    """What comes out when a sample is drawn again now: the same ids in the same order, or what has changed since."""

    same_population: bool
    same_draw: bool
    population: int


def samples(*, after: str = "") -> SamplePage:
    """Return the samples, newest first; one query."""
    rows = Sample.objects.filter(behind(after, "at", newest_first=True)).select_related("unit")
    rows = rows.annotate(
        looked=Count("rows", filter=~Q(rows__finding="")),
        wrong=Count("rows", filter=Q(rows__finding="false")),
    )
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    page = found[:PAGE]
    more = write_cursor(page[-1].at, page[-1].id) if len(found) > PAGE else ""
    return SamplePage([(row, row.looked, row.wrong) for row in page], more)


def sample_file(actor: Actor, sample_id: UUID, *, now: datetime) -> SampleFile:
    """Return a sample with its matters. Raises NotFound."""
    row = Sample.objects.select_related("unit").filter(pk=sample_id).first()
    if row is None:
        raise NotFound("没有找到这次抽查")
    drawn = list(row.rows.order_by("place"))
    ids = [one.matter_id for one in drawn]
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    barred = had_a_hand(actor, ids)
    found = {key: sum(1 for one in drawn if one.finding == key) for key in FINDINGS}
    lines = [DrawnLine(one, known.get(one.matter_id), one.matter_id not in barred) for one in drawn]
    return SampleFile(row, lines, sum(found.values()), found)


def again(row: Sample) -> Again:
    """Draw a sample again. From the same population it is the same; a reopened matter has left the population, so
    the recorded ids themselves are drawn from as well."""
    drawn = list(row.rows.order_by("place").values_list("matter_id", flat=True))
    now = served_between(row.since, row.until, unit=row.unit_id, klass=row.klass)
    same = digest_of(now) == row.digest
    kept = draw(row.seed, drawn, row.size) == drawn
    return Again(same, draw(row.seed, now, row.size) == drawn if same else kept, len(now))


@dataclass(frozen=True)
class DoubtLine:
    """A sign on a matter, and whether the reader may look into it."""

    doubt: Doubt
    line: Line
    apart: bool


@dataclass(frozen=True)
class DoubtPage:
    """One keyset page, the newest fact first."""

    rows: list[DoubtLine]
    next: str


def doubts(
    actor: Actor, *, now: datetime, sign: str = "", looked: bool = False, after: str = ""
) -> DoubtPage:
    """Return the signs nobody has looked into, or those somebody has; five queries."""
    order = "looked_at" if looked else "at"
    rows = Doubt.objects.filter(behind(after, order, newest_first=True), looked_at__isnull=not looked)
    if not looked:
        rows = rows.filter(gone_at__isnull=True)
    if sign:
        rows = rows.filter(sign=sign)
    found = list(rows.order_by(f"-{order}", "-id")[: PAGE + 1])
    page = found[:PAGE]
    ids = [row.matter_id for row in page]
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    barred = had_a_hand(actor, known)
    more = write_cursor(getattr(page[-1], order), page[-1].id) if len(found) > PAGE else ""
    lines = [
        DoubtLine(row, known[row.matter_id], row.matter_id not in barred)
        for row in page
        if row.matter_id in known
    ]
    return DoubtPage(lines, more)


def open_doubts() -> dict[str, int]:
    """Return how many signs of each kind wait to be looked into; one query."""
    rows = Doubt.objects.filter(looked_at__isnull=True, gone_at__isnull=True)
    return dict(rows.values("sign").annotate(n=Count("pk")).values_list("sign", "n"))
