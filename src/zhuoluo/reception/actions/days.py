"""One reception day: made by hand, changed, published, cancelled, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhuoluo.clock import local_day
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.org.models import User
from zhuoluo.org.reads import SHANGHAI, areas
from zhuoluo.org.rules import Actor
from zhuoluo.reception.actions.noted import ROSTER, check_open, check_plans, check_receives, locked, note
from zhuoluo.reception.models import Request, Seat, Session
from zhuoluo.reception.reads.plan import can_sit
from zhuoluo.reception.reads.roster import rows_of
from zhuoluo.reception.rules.closing import Standing, missing
from zhuoluo.reception.rules.words import FORMS


@dataclass(frozen=True)
class When:
    """When, where and in which form a day is."""

    day: date
    starts: time
    ends: time
    form: str
    place: str
    area: str | None = None

    def moments(self) -> tuple[datetime, datetime]:
        """Return begin and end. Raises Refused when the end is not after the beginning."""
        if self.ends <= self.starts:
            raise Refused("结束时间应晚于开始时间")
        return (
            datetime.combine(self.day, self.starts, SHANGHAI),
            datetime.combine(self.day, self.ends, SHANGHAI),
        )


@transaction.atomic
def make_day(
    *, when: When, people: Sequence[UUID], reason: str, by: Actor, at: datetime, slot_minutes: int = 30, per_slot: int = 2
) -> Session:  # fmt: skip
    """Make a day by hand, for example going down with a case (带案下访). It is published like any other."""
    check_plans(by)
    if by.unit_id is None:
        raise Refused("您没有所在单位，请系统管理员先设置岗位")
    _check_when(when, at)
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么安排这一天")
    starts, ends = when.moments()
    session = Session(
        unit_id=by.unit_id, day=when.day, starts_at=starts, ends_at=ends, form=when.form, place=when.place.strip()[:120],
        area_id=when.area, changed=True, change_reason=reason.strip()[:200], slot_minutes=slot_minutes, per_slot=per_slot,
        publish_by=when.day - timedelta(days=2),
    )  # fmt: skip
    _check_people(session, people, local_day(at))
    session.save(force_insert=True)
    Seat.objects.bulk_create(
        [Seat(session=session, place=place, planned_id=user) for place, user in enumerate(people, start=1)]
    )
    note("make", session.id, by, at, day=when.day.isoformat(), form=when.form)
    return session


def _check_when(when: When, at: datetime) -> None:
    if when.form not in FORMS or not when.place.strip():
        raise Refused("请选择形式，写明地点")
    if when.day < local_day(at):
        raise Refused("接访日不能早于今天")
    if when.area is not None and when.area not in areas():
        raise Refused("请从列表中选择地点")


def _check_people(session: Session, people: Sequence[UUID], today: date) -> None:
    if not people:
        raise Refused("请选择接访的领导")
    if len(set(people)) < len(people):
        raise Refused("同一位领导只能坐一个位置")
    if not set(people) <= {s.user_id for s in can_sit(today)}:
        raise Refused("请选择岗位能接访的人员")
    others = Session.objects.filter(
        day=session.day, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    others = others.exclude(pk=session.pk).exclude(state="cancelled")
    for row in rows_of(others):
        for seated in row.seated:
            if seated.user_id in people:
                raise Refused(
                    "%(name)s同一时间在“%(place)s”接访，请换人或者换时间",
                    name=seated.name,
                    place=row.session.place,
                )


@transaction.atomic
def change_day(
    *, session_id: UUID, when: When, people: Sequence[UUID], reason: str, version: int, by: Actor, at: datetime
) -> Session:  # fmt: skip
    """Change a day by hand, with the reason kept. `people`: who sits, seat by seat; more than there are seats adds some.

    Who was planned stays shown beside who sits. Bookings keep their places; a new time is told on their page.
    """
    check_plans(by)
    session = locked(session_id)
    check_open(session)
    if session.version != version:
        raise Stale("这个接访日刚被别人改过，请看过最新安排再改；您写的内容没有丢")
    if session.batches.exists():
        raise Refused("接访已经开始，不能再改")
    if len(reason.strip()) < 2:
        raise Refused("请写明改动的原因")
    _check_when(when, at)
    session.day, session.form, session.place = when.day, when.form, when.place.strip()[:120]
    session.starts_at, session.ends_at = when.moments()
    session.area_id = when.area
    seats = list(Seat.objects.filter(session=session).order_by("place"))
    if len(people) < len(seats):
        raise Refused("每个位置都要有人")
    _check_people(session, people, local_day(at))
    session.changed, session.change_reason = True, reason.strip()[:200]
    session.version += 1
    session.save()
    _seat(session, seats, people)
    note("change", session.id, by, at, day=when.day.isoformat(), people=[str(p) for p in people])
    return session


def _seat(session: Session, seats: Sequence[Seat], people: Sequence[UUID]) -> None:
    before = {s.seat_id: s.user_id for row in rows_of([session]) for s in row.seated}
    Seat.objects.filter(session=session).update(sits=None, by_hand=False)  # no two names meet on the way
    for seat, person in zip(seats, people, strict=False):
        if seat.by_hand or person != before.get(seat.id):
            Seat.objects.filter(pk=seat.pk).update(sits=person, by_hand=True)
    Seat.objects.bulk_create(
        [
            Seat(session=session, place=place, planned_id=person)
            for place, person in enumerate(people[len(seats) :], start=len(seats) + 1)
        ]
    )


@transaction.atomic
def publish(*, session_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Publish days: residents see them and can book. Which came later than their rule wants is recorded."""
    check_plans(by)
    rows = list(
        Session.objects.select_for_update().filter(
            Q(pk__in=list(session_ids)), state="planned", day__gte=local_day(at)
        )
    )
    if not rows:
        raise Refused("没有等待公布的接访日")
    empty = [row for row in rows if not row.seats.exists()]
    if empty:
        raise Refused("%(day)s 还没有接访的领导，不能公布", day=f"{empty[0].day:%Y-%m-%d}")
    for row in rows:
        row.state, row.published_at, row.version = "published", at, row.version + 1
        row.save(update_fields=["state", "published_at", "version"])
    late = sum(row.publish_by < local_day(at) for row in rows)
    note("publish", ROSTER, by, at, days=[str(row.id) for row in rows], late=late)
    return len(rows)


@transaction.atomic
def cancel_day(*, session_id: UUID, reason: str, by: Actor, at: datetime) -> Session:
    """Cancel a day, with a reason that everybody who booked reads on their page."""
    check_plans(by)
    session = locked(session_id)
    check_open(session)
    if session.batches.exists():
        raise Refused("已经有人来访登记，不能取消")
    if len(reason.strip()) < 2:
        raise Refused("请写明取消的原因，预约的人会看到")
    session.state, session.cancelled_at, session.cancel_reason = "cancelled", at, reason.strip()[:200]
    session.version += 1
    session.save(update_fields=["state", "cancelled_at", "cancel_reason", "version"])
    booked = session.bookings.exclude(state="cancelled").count()
    note("cancel", session.id, by, at, booked=booked)
    return session


@transaction.atomic
def hold(*, session_id: UUID, by: Actor, at: datetime) -> Session:
    """Close a day that is over: every request has an answer or an owner, else it says what is missing."""
    check_receives(by)
    session = locked(session_id)
    check_open(session)
    if at < session.starts_at:
        raise Refused("接访还没有开始")
    rows = Request.objects.filter(batch__session=session).select_related("batch")
    lacks = missing(
        Standing(r.batch.sequence, r.place, r.decision, r.said, r.unit_id is not None)
        for r in rows.order_by("batch__sequence", "place")
    )
    if lacks:
        told = [f"{batch}-{place}" for batch, place, _why in lacks[:8]]
        raise Refused("还有 %(n)s 项没有处理意见或者责任单位：%(which)s", n=len(lacks), which=told)
    fix_seats(session)
    session.state, session.held_at = "held", at
    session.version += 1
    session.save(update_fields=["state", "held_at", "version"])
    note("hold", session.id, by, at, batches=session.batches.count(), requests=rows.count())
    return session


def fix_seats(session: Session) -> None:
    """Write down who sits, once a day has begun: later changes of substitutions do not rewrite what was."""
    [row] = rows_of([session])
    seats = {seat.id: seat for seat in Seat.objects.filter(session=session, sits__isnull=True)}
    taken = {s.user_id for s in row.seated if s.seat_id not in seats}
    for seated in row.seated:
        seat = seats.get(seated.seat_id) if seated.seat_id else None
        if seat is not None:
            who = seated.user_id if seated.user_id not in taken else seat.planned_id
            taken.add(who)
            Seat.objects.filter(pk=seat.pk).update(sits=User(pk=who))
