"""Exceptions first: what supervision looks at before anything else. Every list is bounded, whatever the size."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.models import Answer, Attachment, Commitment, Matter, Milestone, Word
from zhuoluo.matters.reads.lists import COLUMNS, Line, Sought, lines, matters
from zhuoluo.matters.reads.owed import PAGE, OwedPage, Wanted, open_commitments, owed
from zhuoluo.matters.reads.visible import not_about, visible
from zhuoluo.matters.states import Stage
from zhuoluo.org.reads import units, within
from zhuoluo.org.rules import Actor

WINDOW = timedelta(days=365)  # facts older than a year are figures, not exceptions
NEWEST = 5000  # and of one kind of fact the newest so many are looked at
CAP = 1000  # counts stop here and show as "1000+"
RETURNED = 2  # bounces from which on a matter is an exception
ENOUGH = 20  # answers, or words, below which a perfect rate says nothing
SAMPLE = 20
EXCEPTIONS = {
    "overdue": "超期", "bounced": "退回两次以上", "reopened": "重新办理", "disputed": "说没有解决", "bare": "没有佐证",
    "perfect": "满分单位", "supervised": "正在督办",
}  # fmt: skip
DATED = {
    "overdue": Wanted(everyone=True, light="red"),
    "supervised": Wanted(everyone=True, kinds=("supervise",)),
}


@dataclass(frozen=True)
class Finding:
    """A matter and the fact that makes it an exception, with the time of the fact."""

    line: Line
    at: datetime


@dataclass(frozen=True)
class FindingPage:
    """One keyset page of findings, the newest fact first."""

    rows: list[Finding]
    next: str


@dataclass(frozen=True)
class Perfect:
    """A unit whose rate is perfect over enough cases: a reason to draw a sample, not to praise."""

    unit_id: UUID
    code: str
    unit: str
    served: int
    on_time: int
    rated: int
    satisfied: int

    @property
    def all_on_time(self) -> bool:
        """Say whether every answer of enough answers came in time."""
        return self.served >= ENOUGH and self.on_time == self.served

    @property
    def all_satisfied(self) -> bool:
        """Say whether everybody of enough who said a word was satisfied."""
        return self.rated >= ENOUGH and self.satisfied == self.rated


@dataclass(frozen=True)
class Where:
    """The unit or the area that the exceptions are limited to."""

    unit: UUID | None = None
    area: str = ""


COUNTY = Where()


def dated(actor: Actor, what: str, where: Where = COUNTY, *, now: datetime, after: str = "") -> OwedPage:
    """Return the overdue or the supervised commitments of everybody, the longest overdue first."""
    base = DATED[what]
    wanted = Wanted(everyone=True, light=base.light, kinds=base.kinds, unit=where.unit, area=where.area)
    return owed(actor, wanted, now=now, after=after)


def bounced(actor: Actor, where: Where = COUNTY, *, now: datetime, after: str = "") -> FindingPage:
    """Return the matters still unanswered that were sent back at least twice, the newest first."""
    page = matters(actor, _returned(where), now=now, after=after)
    return FindingPage([Finding(line, line.registered_at) for line in page.rows], page.next)


def _returned(where: Where) -> Sought:
    return Sought(unit=where.unit, area=where.area, bounces=RETURNED, open_only=True)


def facts(actor: Actor, what: str, where: Where = COUNTY, *, now: datetime, after: str = "") -> FindingPage:
    """Return the matters reopened, disputed, or closed without evidence within a year, newest fact first.

    Five queries at most, over the newest 5,000 facts of the kind.
    """
    rows = _facts(actor, what, where, now).filter(behind(after, "at", newest_first=True))
    found = list(rows.order_by("-at", "-id").values_list("id", "at", "matter_id")[: PAGE + 1])
    page = found[:PAGE]
    known = {line.id: line for line in _lines([matter for _, _, matter in page], now)}
    more = write_cursor(page[-1][1], page[-1][0]) if len(found) > PAGE else ""
    return FindingPage([Finding(known[matter], at) for _, at, matter in page], more)


def _lines(ids: Collection[UUID], now: datetime) -> list[Line]:
    return lines(list(Matter.objects.filter(pk__in=ids).values(*COLUMNS)), now=now)


def _newest(now: datetime, kind: str) -> QuerySet[Milestone]:
    """Return the newest facts of a kind that still hold, about NEWEST of them; asks once for where they begin.

    A plain bound on the time lets the database walk its index of facts and stop; a list of ids would not.
    """
    held = Milestone.objects.filter(kind=kind, undone_at__isnull=True, at__gte=now - WINDOW, at__lte=now)
    begin = held.order_by("-at").values_list("at", flat=True)[NEWEST - 1 : NEWEST]
    return held.filter(at__gte=next(iter(begin), now - WINDOW))


def _facts(actor: Actor, what: str, where: Where, now: datetime) -> QuerySet[Milestone]:
    rows = _newest(now, "served").filter(_bare()) if what == "bare" else _newest(now, what)
    if where.unit:
        rows = rows.filter(matter__lead_unit_id=where.unit)
    if where.area:
        rows = rows.filter(within("matter__area_id", where.area))
    return rows.filter(not_about(actor)).exclude(matter__stage=Stage.SEALED)


def _bare() -> Q:
    """Say which services of a supporting answer were followed by "executed" or "resolved" with nothing to show it."""
    supported = Answer.objects.filter(
        matter=OuterRef("matter_id"), outcome="supported", served_at__isnull=False, replaced_at__isnull=True
    )
    said = Milestone.objects.filter(
        matter=OuterRef("matter_id"), kind__in=["executed", "resolved"], undone_at__isnull=True
    )
    shown = Attachment.objects.filter(matter=OuterRef("matter_id"), role="after")
    return Q(Exists(supported)) & Q(Exists(said)) & ~Q(Exists(shown))


def perfect(actor: Actor, *, now: datetime) -> list[Perfect]:
    """Return the units all of whose recent answers were in time, or all of whose raisers were satisfied.

    Over the newest 5,000 services within a year; only units with at least 20 cases. Two queries.
    """
    late = Commitment.objects.filter(
        matter=OuterRef("matter_id"), kind="answer", closing="done", closed_at__gte=F("due")
    )
    word = Word.objects.filter(matter=OuterRef("matter_id"), superseded_at__isnull=True)
    said = word.exclude(satisfaction__in=["not_rated", "not_reached"])
    rows = _newest(now, "served").filter(not_about(actor), matter__lead_unit__isnull=False)
    rows = rows.annotate(
        late=Exists(late), rated=Exists(said), pleased=Exists(said.filter(satisfaction="satisfied"))
    )
    sums = rows.values("matter__lead_unit_id").annotate(
        served=Count("pk"),
        on_time=Count("pk", filter=Q(late=False)),
        rated_n=Count("pk", filter=Q(rated=True)),
        satisfied=Count("pk", filter=Q(pleased=True)),
    )
    found = [
        Perfect(
            unit_id=unit.id, code=unit.code, unit=unit.name, served=s["served"], on_time=s["on_time"],
            rated=s["rated_n"], satisfied=s["satisfied"],
        )
        for s in sums
        if (unit := units().get(s["matter__lead_unit_id"])) is not None
    ]  # fmt: skip
    return sorted((p for p in found if p.all_on_time or p.all_satisfied), key=lambda p: -p.served)


def sample(actor: Actor, unit_id: UUID, day: date, *, now: datetime) -> list[Line]:
    """Return up to 20 served matters of a unit, drawn by lot; everybody gets the same draw on the same day."""
    where = Where(unit=unit_id)
    ids = sorted(_facts(actor, "served", where, now).values_list("matter_id", flat=True))
    lot = random.Random(f"{unit_id} {day}")  # noqa: S311  # a draw that can be repeated, not a secret
    drawn = lot.sample(ids, min(SAMPLE, len(ids)))
    return _lines(drawn, now)


def exception_counts(actor: Actor, where: Where = COUNTY, *, now: datetime) -> dict[str, int]:
    """Return how many rows each kind of exception has, counted up to CAP + 1; one or two bounded queries a kind."""
    count: dict[str, Callable[[], int]] = {
        "overdue": lambda: _dated_count(actor, where, now, "overdue"),
        "bounced": lambda: _upto(_bounced_rows(actor, where)),
        "reopened": lambda: _upto(_facts(actor, "reopened", where, now)),
        "disputed": lambda: _upto(_facts(actor, "disputed", where, now)),
        "bare": lambda: _upto(_facts(actor, "bare", where, now)),
        "supervised": lambda: _dated_count(actor, where, now, "supervised"),
    }
    return {name: read() for name, read in count.items()}


def _bounced_rows(actor: Actor, where: Where) -> QuerySet[Matter]:
    rows = visible(actor).filter(bounces__gte=RETURNED, stage__in=["registered", "routed", "handling"])
    if where.unit:
        rows = rows.filter(lead_unit_id=where.unit)
    return rows.filter(within("area_id", where.area)) if where.area else rows


def _dated_count(actor: Actor, where: Where, now: datetime, what: str) -> int:
    rows = open_commitments(actor, everyone=True)
    rows = rows.filter(due__lte=now) if what == "overdue" else rows.filter(kind="supervise")
    if where.unit:
        rows = rows.filter(unit_id=where.unit)
    return _upto(rows.filter(within("matter__area_id", where.area)) if where.area else rows)


def _upto(rows: QuerySet[Matter] | QuerySet[Milestone] | QuerySet[Commitment]) -> int:
    return rows.values("pk")[: CAP + 1].count()
