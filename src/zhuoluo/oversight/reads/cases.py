"""The leader's list, the file of one case, and the county's board of long-standing cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.reads import (
    Line,
    NotFound,
    Sums,
    by_ids,
    had_a_hand,
    holding,
    marks,
    obligations_open,
    sums,
)
from zhuoluo.org.rules import Actor
from zhuoluo.oversight.models import Box, Case, Listed, Visit
from zhuoluo.oversight.rules import BOXES

PAGE = 30
STATES: dict[str, str] = {
    "all": "全部积案", "free": "还没有人包", "held": "正在包", "forward": "已提请认定", "certified": "已认定化解",
    "signed": "只签了协议",
}  # fmt: skip


@dataclass(frozen=True)
class CaseLine:
    """One case in a list: the matter, who has it, how many boxes are filled, which facts hold."""

    case: Case
    line: Line
    boxes: int
    visits: int
    marks: frozenset[str]
    owed: int  # things promised in settlements and not done


@dataclass(frozen=True)
class CasePage:
    """One keyset page."""

    rows: list[CaseLine]
    next: str


def cases_of(
    actor: Actor, leader_id: UUID | None, *, now: datetime, after: str = "", limit: int = PAGE
) -> CasePage:
    """Return the live cases of a leader, or of all leaders, the oldest first; six queries at most."""
    rows = Case.objects.filter(behind(after, "at"), ended_at__isnull=True).select_related("leader")
    if leader_id is not None:
        rows = rows.filter(leader_id=leader_id)
    found = list(rows.order_by("at", "id")[: limit + 1])
    page = found[:limit]
    more = write_cursor(page[-1].at, page[-1].id) if len(found) > limit else ""
    return CasePage(_lines(actor, page, now), more)


def _lines(actor: Actor, page: list[Case], now: datetime) -> list[CaseLine]:
    ids = [row.matter_id for row in page]
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    of = {row.id for row in page}
    counted = Box.objects.filter(case_id__in=of).values("case_id").annotate(n=Count("pk"))
    boxes = dict(counted.values_list("case_id", "n"))
    went = Visit.objects.filter(case_id__in=of).values("case_id").annotate(n=Count("pk"))
    visits = dict(went.values_list("case_id", "n"))
    facts, owed = marks(ids), obligations_open(ids)
    return [
        CaseLine(
            row, known[row.matter_id], boxes.get(row.id, 0), visits.get(row.id, 0),
            facts.get(row.matter_id, frozenset()), owed.get(row.matter_id, 0),
        )
        for row in page
        if row.matter_id in known
    ]  # fmt: skip


@dataclass(frozen=True)
class CaseFile:
    """One case whole. `mine`: the reader may write in it; `may_certify`: the reader is apart from it."""

    case: Case
    line: Line
    boxes: list[tuple[str, str, Box | None]]
    visits: list[Visit]
    marks: frozenset[str]
    missing: int
    apart: bool


def case_file(actor: Actor, case_id: UUID, *, now: datetime) -> CaseFile:
    """Return the file of a case whose matter the actor may read. Raises NotFound."""
    row = Case.objects.select_related("leader").filter(pk=case_id).first()
    lines = by_ids(actor, [row.matter_id], now=now) if row is not None else []
    if row is None or not lines:
        raise NotFound("没有找到这件包案，或者您没有查看权限")
    filled = {box.key: box for box in row.boxes.all()}
    return CaseFile(
        case=row, line=lines[0], boxes=[(key, word, filled.get(key)) for key, word in BOXES.items()],
        visits=list(row.visits.order_by("-day", "-id")), marks=marks([row.matter_id]).get(row.matter_id, frozenset()),
        missing=len(BOXES) - len(filled), apart=not had_a_hand(actor, [row.matter_id]),
    )  # fmt: skip


@dataclass(frozen=True)
class Board:
    """The county's long-standing cases in separate counts. None of them is the sum of others."""

    listed: int
    free: int
    held: int
    forward: int
    certified: int
    settled: int
    signed: int  # settled, and nobody has certified that it is resolved
    performed: int

    @property
    def share(self) -> str:
        """Return certified ÷ listed in words."""
        return f"{self.certified / self.listed:.1%}" if self.listed else "—"


def board(actor: Actor) -> Board:
    """Count the long-standing cases that the actor may read; four queries."""
    ids = Listed.objects.filter(struck_at__isnull=True).values("matter_id")
    total: Sums = sums(actor, ids)
    live = Case.objects.filter(ended_at__isnull=True, matter_id__in=ids)
    done = holding("resolved")
    held = sums(actor, live.values("matter_id")).all
    forward = sums(
        actor, live.filter(forward_at__isnull=False).exclude(matter_id__in=done).values("matter_id")
    ).all
    return Board(
        listed=total.all, free=_free(actor), held=held, forward=forward, certified=total.resolved,
        settled=total.settled, signed=total.signed_only, performed=total.performed,
    )  # fmt: skip


def _free(actor: Actor) -> int:
    return sums(actor, _in_state("free").values("matter_id")).all


def _in_state(state: str) -> QuerySet[Listed]:
    live = Case.objects.filter(ended_at__isnull=True)
    resolved = Q(matter_id__in=holding("resolved"))
    which = {
        "free": ~Q(matter_id__in=live.values("matter_id")) & ~resolved,
        "held": Q(matter_id__in=live.values("matter_id")),
        "forward": Q(matter_id__in=live.filter(forward_at__isnull=False).values("matter_id")) & ~resolved,
        "certified": resolved,
        "signed": Q(matter_id__in=holding("settled")) & ~resolved,
    }.get(state, Q())
    return Listed.objects.filter(which, struck_at__isnull=True)


@dataclass(frozen=True)
class ListedLine:
    """One long-standing case: the matter, its list, who has it."""

    listed: Listed
    line: Line
    case: Case | None
    marks: frozenset[str]


@dataclass(frozen=True)
class ListedPage:
    """One keyset page."""

    rows: list[ListedLine]
    next: str


def listed_line(actor: Actor, listed_id: UUID, *, now: datetime) -> Line | None:
    """Return the matter of a row of the list, if the reader may see it and it was not taken off."""
    row = Listed.objects.filter(pk=listed_id, struck_at__isnull=True).first()
    found = by_ids(actor, [row.matter_id], now=now) if row is not None else []
    return found[0] if found else None


def listed(actor: Actor, state: str, *, now: datetime, after: str = "", limit: int = PAGE) -> ListedPage:
    """Return the long-standing cases in a state, in the order of their listing; five queries."""
    rows = _in_state(state).filter(behind(after, "at"))
    found = list(rows.order_by("at", "id")[: limit + 1])
    page = found[:limit]
    ids = [row.matter_id for row in page]
    known = {line.id: line for line in by_ids(actor, ids, now=now)}
    live = Case.objects.filter(matter_id__in=ids, ended_at__isnull=True).select_related("leader")
    held, facts = {row.matter_id: row for row in live}, marks(ids)
    more = write_cursor(page[-1].at, page[-1].id) if len(found) > limit else ""
    lines = [
        ListedLine(row, known[row.matter_id], held.get(row.matter_id), facts.get(row.matter_id, frozenset()))
        for row in page
        if row.matter_id in known
    ]
    return ListedPage(lines, more)
