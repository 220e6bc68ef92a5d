"""What is owed: the handler's list, the triage inbox, the head's and the supervisor's view. Soonest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhuoluo.clock import Due, Light, light
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.models import Answer, Commitment, Extension, Party
from zhuoluo.matters.reads.visible import not_about, read_units, visible
from zhuoluo.matters.rules import KINDS
from zhuoluo.org.reads import areas, jurisdiction, units, within
from zhuoluo.org.rules import Actor, Permission

INBOX = ("route", "accept", "rule")
# What each permission lets one do: nobody's list names a duty that the reader could not carry out.
_P = Permission
DUTIES: dict[Permission, tuple[str, ...]] = {
    _P.TRIAGE: ("route", "rule", "supervise"),
    _P.RULE: ("rule", "recheck", "designate"),
    _P.SUPERVISE: ("designate",),
    _P.HANDLE: (
        "accept",
        "answer",
        "report",
        "cohandle",
        "serve",
        "execute",
        "supervise",
        "next",
        "perform",
        "joint",
        "tonight",
        "contact",
    ),
    _P.LEAD: ("case",),
    _P.REVIEW: ("admit", "review", "review_serve"),
    _P.CALL_BACK: ("callback",),
    _P.CERTIFY: ("recheck",),
}
PAGE = 30
COUNTED = 1000  # a menu counts the soonest so many; what lies beyond shows as "+"


@dataclass(frozen=True)
class Owed:
    """One line of a list: a commitment with what the reader needs to choose the next one."""

    id: UUID
    kind: str
    word: str
    matter_id: UUID
    number: str
    title: str
    klass: str
    stage: str
    channel: str
    version: int
    place: str
    unit: str
    person: str
    starts_at: datetime
    due: datetime
    target: datetime
    provisional: bool
    light: Light
    bounces: int


@dataclass(frozen=True)
class OwedPage:
    """One keyset page; `next` is the cursor of the following page, empty on the last."""

    rows: list[Owed]
    next: str


@dataclass(frozen=True)
class Wanted:
    """Which commitments a list shall hold. What is left empty limits nothing."""

    kinds: Collection[str] = ()
    mine: bool = False  # owed by the actor in person, or by nobody in particular
    everyone: bool = False  # with READ_ALL: what every unit owes
    light: str = ""  # red, yellow, green
    unit: UUID | None = None
    area: str = ""
    klass: str = ""
    having: str = ""  # draft: an answer waits to be issued; extension: a request waits for the head
    apart: bool = False  # leaves out matters that the actor, or a unit of the actor's, handled
    matter: UUID | None = None


ALL = Wanted()
SLICES = 40  # units a reader may have and still be asked for one by one


def open_commitments(actor: Actor, *, everyone: bool = False) -> QuerySet[Commitment]:
    """Return what the actor's units owe now, or with `everyone` (and READ_ALL) what everybody owes."""
    rows = Commitment.objects.filter(closed_at__isnull=True)
    units = _units(actor, everyone)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return rows.filter(not_about(actor))


def _units(actor: Actor, everyone: bool) -> frozenset[UUID] | None:
    """Return the units whose debts are meant, or None for everybody's."""
    if not actor.can(Permission.READ_ALL):
        return read_units(actor)
    return None if everyone else actor.units


def _soonest(rows: QuerySet[Commitment], units: frozenset[UUID] | None, limit: int) -> QuerySet[Commitment]:
    """Return what holds at least the `limit` soonest of `rows`.

    One unit's come straight from its index. Asked for several units at once PostgreSQL walks through everybody's dates
    until it has met enough of theirs, so each is asked for its own soonest; SQLite cannot, and is asked plainly.
    """
    slicing = connection.features.supports_slicing_ordering_in_compound
    if units is None or not slicing or not 1 < len(units) <= SLICES:
        return rows
    first, *others = (
        rows.filter(unit_id=unit).order_by("due", "id").values("pk")[:limit] for unit in sorted(units)
    )
    return Commitment.objects.filter(pk__in=first.union(*others, all=True))


def owed(
    actor: Actor, wanted: Wanted = ALL, *, now: datetime, after: str = "", limit: int = PAGE
) -> OwedPage:
    """Return a page of what is owed, soonest first, in one query. `after`: the cursor of a page."""
    rows = open_commitments(actor, everyone=wanted.everyone)
    rows = rows.filter(_which(actor, wanted), _state(wanted, actor), behind(after, "due"))
    if wanted.light:
        rows = rows.filter(_lit(wanted.light, now))
    rows = _soonest(rows, _units(actor, wanted.everyone), limit + 1)
    found = list(rows.order_by("due", "id").values(*_COLUMNS)[: limit + 1])
    yellow = yellow_days()
    page = [_line(row, now, yellow) for row in found[:limit]]
    return OwedPage(page, write_cursor(page[-1].due, page[-1].id) if len(found) > limit else "")


def yellow_days() -> int:
    """Return how many days before a date its light turns yellow here."""
    return int(jurisdiction().rules.get("yellow_days", 3))


def duties(actor: Actor) -> frozenset[str]:
    """Return the kinds of commitment that the actor's posts let them carry out."""
    return frozenset(kind for permission, kinds in DUTIES.items() if actor.can(permission) for kind in kinds)


def _own(actor: Actor) -> Q:
    return Q(kind__in=duties(actor) or {""}) & (Q(person_id=actor.id) | Q(person__isnull=True))


def _which(actor: Actor, wanted: Wanted) -> Q:
    limits = {
        "kind__in": list(wanted.kinds), "unit_id": wanted.unit, "matter__klass": wanted.klass,
        "matter_id": wanted.matter,
    }  # fmt: skip
    found = Q(**{name: value for name, value in limits.items() if value})
    if wanted.mine:
        found &= _own(actor)
    if wanted.area:
        found &= within("matter__area_id", wanted.area)
    return found


def _state(wanted: Wanted, actor: Actor) -> Q:
    found = Q()
    if wanted.having == "draft":
        found &= Q(has_draft())
    if wanted.having == "extension":
        found &= Q(has_request())
    if wanted.apart:
        found &= ~Q(handled_by(actor)) & ~Q(matter__lead_person_id=actor.id)
    return found


def has_draft() -> Exists:
    """Return the condition that a commitment's matter has an answer not yet issued."""
    return Exists(Answer.objects.filter(matter=OuterRef("matter_id"), issued_at__isnull=True))


def has_request() -> Exists:
    """Return the condition that a request for extension waits on a commitment's matter."""
    return Exists(Extension.objects.filter(matter=OuterRef("matter_id"), decided_at__isnull=True))


def handled_by(actor: Actor) -> Exists:
    """Return the condition that a unit of the actor's leads or helps, or once did: no call-back by it (DOMAIN S8)."""
    parts = Party.objects.filter(matter=OuterRef("matter_id"), role__in=["lead", "co"])
    return Exists(parts.filter(unit_id__in=actor.units))


def _lit(colour: str, now: datetime) -> Q:
    edge = now + timedelta(days=yellow_days())
    if colour == "red":
        return Q(due__lte=now)
    return Q(due__gt=now, due__lte=edge) if colour == "yellow" else Q(due__gt=edge)


_COLUMNS = (
    "id", "kind", "matter_id", "matter__number", "matter__title", "matter__klass", "matter__stage",
    "matter__channel", "matter__version", "matter__area_id", "matter__place", "unit_id", "person__name",
    "starts_at", "due", "target", "provisional", "matter__bounces",
)  # fmt: skip


def _line(row: dict[str, Any], now: datetime, yellow: int) -> Owed:
    unit = units().get(row["unit_id"])
    return Owed(
        id=row["id"], kind=row["kind"], word=KINDS[row["kind"]], matter_id=row["matter_id"],
        number=row["matter__number"], title=row["matter__title"], klass=row["matter__klass"],
        stage=row["matter__stage"], channel=row["matter__channel"], version=row["matter__version"],
        place=place_words(row["matter__area_id"], row["matter__place"]),
        unit=unit.short_name if unit else "", person=row["person__name"] or "", starts_at=row["starts_at"],
        due=row["due"], target=row["target"], provisional=row["provisional"],
        light=light(row["due"], now, yellow_days=yellow), bounces=row["matter__bounces"],
    )  # fmt: skip


def place_words(code: str | None, detail: str) -> str:
    """Return a place in few words: township and village, or what was written where no area was chosen."""
    known = areas()
    area = known.get(code or "")
    if area is None:
        return detail
    above = known.get(area.parent_id or "")
    outer = (
        above.name if above is not None and above.parent_id is not None and above.parent_id in known else ""
    )
    return f"{outer}{area.name}"


def why(actor: Actor, commitment_id: UUID) -> Due | None:
    """Return how the date of an open commitment was reckoned, whoever owes it, or None on a matter not to be read."""
    readable = visible(actor).filter(pk=OuterRef("matter_id"))
    open_ = Commitment.objects.filter(Exists(readable), pk=commitment_id, closed_at__isnull=True)
    row = open_.values_list("reckoning", flat=True).first()
    return Due.from_json(row) if row is not None else None


@dataclass(frozen=True)
class Counts:
    """How much of each kind waits for the actor. `more`: there is more than was counted."""

    overdue: int
    soon: int
    mine: int
    inbox: int
    rule: int
    drafts: int
    extensions: int
    callback: int
    recheck: int
    more: bool


def counts(actor: Actor, *, now: datetime) -> Counts:
    """Count what the actor's units owe, by what has to be done, in one query over the soonest rows."""
    mine = _own(actor)
    none = Q(pk__isnull=True)
    # Django answers nothing at all when one of many sums is empty.
    inbox = duties(actor).intersection(INBOX) or {""}
    heads = actor.can(Permission.ISSUE)
    rows = open_commitments(actor).annotate(
        draft=has_draft() if heads else none,
        request=has_request() if heads else none,
        handled=handled_by(actor) if actor.can(Permission.CALL_BACK) else none,
    )
    soonest = rows.order_by("due", "id")[: COUNTED + 1]
    found = soonest.aggregate(
        all=Count("pk"),
        overdue=Count("pk", filter=mine & _lit("red", now)),
        soon=Count("pk", filter=mine & _lit("yellow", now)),
        mine=Count("pk", filter=mine),
        inbox=Count("pk", filter=Q(kind__in=inbox)),
        rule=Count("pk", filter=Q(kind="rule")),
        drafts=Count("pk", filter=Q(kind="answer", draft=True)),
        extensions=Count("pk", filter=Q(kind="answer", request=True)),
        callback=Count("pk", filter=Q(kind="callback", handled=False)),
        recheck=Count("pk", filter=Q(kind="recheck", handled=False)),
    )
    everything = found.pop("all")
    return Counts(**{kind: min(n, COUNTED) for kind, n in found.items()}, more=everything > COUNTED)
