"""Reception days with who sits on them: for the public roster, the month of the office, a leader's own days.

A page costs the same five questions whatever it shows: days, seats, substitutions, posts, portfolios.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from zhuoluo.org.models import Substitution
from zhuoluo.org.reads import areas, live_posts, units
from zhuoluo.org.rules import Absence
from zhuoluo.reception.models import Leader, Seat, Session
from zhuoluo.reception.rules.words import FORMS, STATES
from zhuoluo.rosters.rules.roster import sits

AHEAD = 45  # days the public roster shows at most
SHOWN = 120  # days on one page at most
PUBLIC = ("published", "cancelled", "held")


class NotFound(Exception):
    """No such day, or none that is shown to this reader."""


@dataclass(frozen=True)
class Seated:
    """One leader of a day: who sits, as the roster says of them, and who was planned when that is somebody else."""

    user_id: UUID
    name: str
    post: str
    portfolio: str
    instead_of: str = ""
    planned_id: UUID | None = None
    seat_id: UUID | None = None


@dataclass(frozen=True)
class DayRow:
    """A reception day as lists show it."""

    session: Session
    seated: list[Seated] = field(default_factory=list)
    area: str = ""
    unit: str = ""
    booked: int = 0
    batches: int = 0

    @property
    def form(self) -> str:
        """Return the form in words."""
        return _(FORMS[self.session.form])

    @property
    def state(self) -> str:
        """Return the state in words."""
        return _(STATES[self.session.state])

    @property
    def who(self) -> frozenset[UUID]:
        """Return everybody who sits or was planned to."""
        both = {s.user_id for s in self.seated} | {s.planned_id for s in self.seated if s.planned_id}
        return frozenset(both)


def staff_days(first: date, last: date) -> list[DayRow]:
    """Return the days of a span for the office, with how many booked and came."""
    rows = Session.objects.filter(day__gte=first, day__lte=last)
    return rows_of(_counted(rows).order_by("day", "starts_at", "id")[:SHOWN])


def public_days(today: date) -> list[DayRow]:
    """Return the days that residents see: published ones from today on; cancelled ones stay, and say so."""
    rows = Session.objects.filter(
        day__gte=today, day__lte=today + timedelta(days=AHEAD), published_at__isnull=False, state__in=PUBLIC
    )
    return rows_of(rows.order_by("day", "starts_at", "id")[:SHOWN])


def public_day(session_id: UUID) -> DayRow:
    """Return one published day. Raises NotFound."""
    rows = rows_of(Session.objects.filter(pk=session_id, published_at__isnull=False))
    if not rows:
        raise NotFound("没有找到这个接访日")
    return rows[0]


def mine(user_id: UUID, since: date, until: date) -> list[DayRow]:
    """Return the days on which somebody sits: in their own seat, or for somebody else that day."""
    away = _absences(since, until)
    stands_for = {a.absent for a in away}
    rows = Session.objects.filter(day__gte=since, day__lte=until, state__in=("planned", "published", "held"))
    rows = rows.filter(
        Q(pk__in=Seat.objects.filter(sits_id=user_id).values("session_id"))
        | Q(
            pk__in=Seat.objects.filter(
                sits__isnull=True, planned_id__in=[user_id, *stands_for]
            ).values("session_id")
        )
    )  # fmt: skip
    found = rows_of(_counted(rows).order_by("day", "starts_at", "id")[:SHOWN], away)
    return [row for row in found if any(s.user_id == user_id for s in row.seated)]


def _counted(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.annotate(
        booked=Count("bookings", filter=~Q(bookings__state="cancelled"), distinct=True),
        came=Count("batches", distinct=True),
    )


def rows_of(sessions: Iterable[Session], away: Sequence[Absence] | None = None) -> list[DayRow]:
    """Return days with who sits; four questions for any number of days."""
    days = list(sessions)
    if not days:
        return []
    seats: dict[UUID, list[Seat]] = {}
    for seat in (
        Seat.objects.filter(session_id__in=[d.id for d in days])
        .select_related("planned", "sits")
        .order_by("place")
    ):
        seats.setdefault(seat.session_id, []).append(seat)
    first, last = min(d.day for d in days), max(d.day for d in days)
    absences = list(away) if away is not None else _absences(first, last)
    people = _People(seats.values(), absences, last)
    return [
        DayRow(
            session=day,
            seated=[people.seated(seat, day.day, absences) for seat in seats.get(day.id, [])],
            area=areas()[day.area_id].name if day.area_id in areas() else "",
            unit=units()[day.unit_id].short_name if day.unit_id in units() else "",
            booked=getattr(day, "booked", 0),
            batches=getattr(day, "came", 0),
        )
        for day in days
    ]


def _absences(first: date, last: date) -> list[Absence]:
    rows = Substitution.objects.filter(from_date__lte=last, until_date__gte=first)
    return [Absence(r.absent_id, r.substitute_id, r.from_date, r.until_date) for r in rows]


class _People:
    """Names, posts and portfolios of everybody who sits or stands in on a page."""

    def __init__(self, seats: Iterable[list[Seat]], absences: Sequence[Absence], on: date) -> None:
        named = [seat for row in seats for seat in row]
        ids = {s.planned_id for s in named} | {s.sits_id for s in named if s.sits_id}
        ids |= {a.substitute for a in absences}
        self.names: dict[UUID, str] = {}
        self.posts: dict[UUID, str] = {}
        for post in live_posts(on).filter(user_id__in=ids):
            self.names.setdefault(post.user_id, post.user.name)
            self.posts.setdefault(post.user_id, f"{post.unit.short_name} {post.title}")
        for seat in named:  # whose post ended still sat
            self.names.setdefault(seat.planned_id, seat.planned.name)
            if seat.sits_id and seat.sits:
                self.names.setdefault(seat.sits_id, seat.sits.name)
        self.portfolios = dict(Leader.objects.filter(user_id__in=ids).values_list("user_id", "portfolio"))

    def seated(self, seat: Seat, day: date, absences: Sequence[Absence]) -> Seated:
        """Return who sits on a seat: as fixed, else as the substitutions of the day have it."""
        who = seat.sits_id or sits(seat.planned_id, absences, day)
        return Seated(
            user_id=who,
            name=self.names.get(who, ""),
            post=self.posts.get(who, ""),
            portfolio=self.portfolios.get(who, ""),
            instead_of=self.names.get(seat.planned_id, "") if who != seat.planned_id else "",
            planned_id=seat.planned_id,
            seat_id=seat.id,
        )
