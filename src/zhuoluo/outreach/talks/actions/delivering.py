"""Teaching and material brought to homes: three kinds, each counted apart and none of them a talk."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.talks.actions.noted import check_holds, note
from zhuoluo.outreach.talks.models import Delivery
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import DELIVERIES

MOST = 100_000


def deliver(
    *,
    kind: str,
    day: date,
    unit_id: UUID,
    group: str,
    by: Actor,
    at: datetime,
    what: str = "",
    count: int = 1,
    key: str = "",
) -> Delivery:
    """Record one delivery, or a lot with its count. The same form sent twice is one entry."""
    check_holds(by, unit_id)
    if kind not in DELIVERIES:
        raise Refused("请选择是送教送学、结对帮学，还是邮寄推送")
    if not 1 <= count <= MOST:
        raise Refused("次数在 1 到 %(n)s 之间", n=MOST)
    if day > local_day(at):
        raise Refused("日期不能晚于今天")
    if len(group.strip()) < 2:
        raise Refused("请写送给哪些人（不写姓名），例如：柳塘村行动不便的老党员")
    known = Delivery.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            row = Delivery.objects.create(
                kind=kind, day=day, unit_id=unit_id, group=group.strip()[:120], what=what.strip()[:200], count=count,
                key=key or None, made_at=at, made_by=by.id,
            )  # fmt: skip
            note("deliver", row.id, by, at, kind=kind, count=count)
            return row
    except IntegrityError:
        known = Delivery.objects.filter(key=key).first() if key else None
        if known is None:
            raise
        return known
