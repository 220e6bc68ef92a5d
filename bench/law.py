"""A reception day and a leader's cases on a grown site, so that their pages can be measured among a million matters."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from zhuoluo.clock import local_day
from zhuoluo.matters.models import Matter
from zhuoluo.matters.states import Stage
from zhuoluo.org.reads import actor, law
from zhuoluo.oversight import actions as oversight
from zhuoluo.oversight.models import Case
from zhuoluo.reception import actions as reception
from zhuoluo.reception.actions import NewRequest
from zhuoluo.reception.actions.days import When
from zhuoluo.reception.models import Session
from zhuoluo.reception.reads import can_sit, staff_days
from zhuoluo.residents.actions import Contact

PLACE = "测速接访室"
BATCHES = 30
CASES = 102


def _who(username: str, at: Any) -> Any:
    return actor(get_user_model().objects.get(username=username), at)


def reception_day() -> str:
    """The address of a day with thirty batches of two requests each; made once."""
    known = Session.objects.filter(place=PLACE).first()
    if known is None:
        known = _receive()
    return f"/desk/reception/day/{known.pk}/"


def _receive() -> Session:
    now = timezone.now()
    before, office = now - timedelta(days=5), _who("officer", now)
    when = When(day=local_day(now), starts=time(0, 5), ends=time(23, 50), form="fixed", place=PLACE)
    session = reception.make_day(when=when, people=[_free(when.day)], reason="测速", by=office, at=before)
    reception.publish(session_ids=[session.pk], by=office, at=before)
    for n in range(BATCHES):
        asks = [NewRequest("claim", f"第{n}批反映的第{k}件事：村道坏了，下雨走不了人。") for k in (1, 2)]
        person = Contact(name=f"来访{n}", phone=f"1200000{n:04d}", address="石桥镇石桥村")
        reception.receive(
            session_id=session.pk, people=2, representatives=[person], requests=asks, key=f"bench-{session.pk}-{n}",
            by=office, at=now, law=law(),
        )  # fmt: skip
    return session


def _free(day: date) -> UUID:
    """Somebody who sits nowhere else that day."""
    taken = {who for row in staff_days(day, day) for who in row.who}
    return next(one.user_id for one in can_sit(day) if one.user_id not in taken)


def leaders_cases() -> str:
    """The address of a leader's list with a hundred cases and two."""
    now = timezone.now()
    by = _who("leader", now)
    missing = CASES - Case.objects.filter(leader_id=by.id, ended_at__isnull=True).count()
    taken = Case.objects.filter(ended_at__isnull=True).values("matter_id")
    free = (
        Matter.objects.filter(stage=Stage.HANDLING, about__isnull=True).exclude(pk__in=taken).order_by("-id")
    )
    for matter in free[: max(missing, 0)]:
        oversight.take(
            matter_id=matter.pk, leader_id=by.id, plan="测速：每月走访一次，年底前解决", until=local_day(now) + timedelta(days=60),
            source="list", by=by, at=now, law=law(),
        )  # fmt: skip
    return "/desk/cases/mine/"
