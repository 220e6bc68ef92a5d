"""Series, and days planned, changed, cancelled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.onsite.actions.noted import check_runs, locked, locked_day, note
from zhuoluo.onsite.models import Day, Series
from zhuoluo.onsite.rules.errors import Refused
from zhuoluo.onsite.rules.lists import kinds
from zhuoluo.org.reads import areas, live_posts, units
from zhuoluo.org.rules import Actor, Forbidden, Permission


@dataclass(frozen=True)
class DayContent:
    """When, where, led by whom; about which place or chain."""

    starts_at: datetime
    ends_at: datetime
    place: str
    chair_id: UUID
    unit_id: UUID
    title: str = ""
    area: str | None = None
    chain_id: UUID | None = None


@transaction.atomic
def save_series(*, name: str, lists: str, by: Actor, at: datetime, series_id: UUID | None = None) -> Series:
    """Keep a series, new or changed. What was decided before keeps its data; only its lists are laid out anew."""
    if not (by.can(Permission.ONSITE) and by.can(Permission.READ_ALL)):
        raise Forbidden("由两办专员和领导设置")
    if len(name.strip()) < 2:
        raise Refused("请写名称，例如：企业家日")
    if lists not in kinds():
        raise Refused("请选择出哪几张清单")
    row = Series() if series_id is None else locked(Series.objects.all(), series_id)
    others = Series.objects.filter(name=name.strip())
    if (others.exclude(pk=series_id) if series_id else others).exists():
        raise Refused("已经有同名的")
    row.name, row.lists = name.strip()[:60], lists
    row.save()
    note("series", row.id, by, at, new=series_id is None)
    return row


def plan_day(
    *, series_id: UUID, content: DayContent, by: Actor, at: datetime, number: int | None = None, day_id: UUID | None = None,
    version: int | None = None, key: str = "",
) -> Day:  # fmt: skip
    """Plan a day, or change one that is still to come. Its number is the next of the series unless one is given."""
    known = Day.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    _check(content, at)
    try:
        with transaction.atomic():
            return _plan(series_id, content, number, day_id, version, key, by, at)
    except IntegrityError as error:
        known = Day.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        raise Refused("这个系列已经有第 %(n)s 次", n=number or 0) from error


def _check(content: DayContent, at: datetime) -> None:
    if content.ends_at <= content.starts_at:
        raise Refused("结束时间要晚于开始时间")
    if len(content.place.strip()) < 2:
        raise Refused("请写地点")
    if not live_posts(local_day(at)).filter(user_id=content.chair_id).exists():
        raise Refused("请选择在岗的主持人")
    if content.unit_id not in units() or (content.area is not None and content.area not in areas()):
        raise Refused("请从列表中选择单位和地点")


def _plan(
    series_id: UUID, content: DayContent, number: int | None, day_id: UUID | None, version: int | None, key: str,
    by: Actor, at: datetime,
) -> Day:  # fmt: skip
    series = locked(Series.objects.filter(ended_at__isnull=True), series_id)
    if day_id is not None:
        row = locked_day(day_id, by, version)
        if row.state != "planned":
            raise Refused("已经开过或者取消了，不能再改")
        row.version += 1
    else:
        check_runs(by)
        last = series.days.order_by("-number").values_list("number", flat=True).first() or 0
        row = Day(series=series, number=number or last + 1, made_at=at, made_by=by.id, key=key or None)
    row.title, row.place, row.unit_id = (
        content.title.strip()[:120],
        content.place.strip()[:120],
        content.unit_id,
    )
    row.starts_at, row.ends_at, row.day = content.starts_at, content.ends_at, local_day(content.starts_at)
    row.area_id, row.chain_id, row.chair_id = content.area, content.chain_id, content.chair_id
    check_runs(by, row)
    row.save()
    note("plan", row.id, by, at, new=day_id is None, number=row.number)
    return row


@transaction.atomic
def cancel_day(*, day_id: UUID, reason: str, by: Actor, at: datetime) -> Day:
    """Cancel a day before it is held, with the reason."""
    row = locked_day(day_id, by)
    if row.state == "cancelled":
        return row
    if row.state != "planned":
        raise Refused("已经开过，不能取消")
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么取消")
    row.state, row.reason = "cancelled", reason.strip()[:200]
    row.version += 1
    row.save()
    note("cancel", row.id, by, at)
    return row
