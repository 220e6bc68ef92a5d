"""Listing mediators by village, only with their consent; taking them off the list the day they want it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhuoluo.clock import local_day
from zhuoluo.org.models import Post
from zhuoluo.org.reads import areas, live_posts, units
from zhuoluo.org.rules import ROLES, Actor, Forbidden, Permission
from zhuoluo.residents.rules import normal_phone
from zhuoluo.village.actions.noted import locked, note
from zhuoluo.village.models import Mediator
from zhuoluo.village.rules.errors import Refused


def may_list(by: Actor, area: str | None = None) -> bool:
    """Say whether the actor keeps the list of a village: its township."""
    if not by.can(Permission.TRIAGE):
        return False
    towns = {u.area_id[:9] for u in units().values() if u.id in by.units and u.area_id}
    return bool(towns) if area is None else area[:9] in towns


def able_posts(day: date) -> QuerySet[Post]:
    """Return the posts that let their holders mediate on a day."""
    return live_posts(day).filter(
        role__in=[role for role, given in ROLES.items() if Permission.MEDIATE in given]
    )


@transaction.atomic
def list_mediator(
    *,
    user_id: UUID,
    area: str,
    consented_on: date,
    by: Actor,
    at: datetime,
    good_at: str = "",
    phone: str = "",
) -> Mediator:
    """List somebody whose post lets them mediate, from the day they agreed; `phone` only if they agreed that all see it."""
    if not may_list(by, area):
        raise Forbidden("由所在乡镇列名")
    if area not in areas():
        raise Refused("请从列表中选择村、社区")
    today = local_day(at)
    if consented_on > today:
        raise Refused("本人同意的日期不能晚于今天")
    if not able_posts(today).filter(user_id=user_id).exists():
        raise Refused("他还没有“湾村明白人”的账号，请系统管理员先开")
    if phone.strip() and len(normal_phone(phone)) < 7:
        raise Refused("电话号码不完整")
    known = Mediator.objects.filter(user_id=user_id, ended_on__isnull=True).select_related("area").first()
    if known is not None and not may_list(by, known.area_id):
        raise Refused("他列在%(area)s，请先由那边撤下", area=known.area.name)
    values = {
        "area_id": area, "consented_on": consented_on, "good_at": good_at.strip()[:120], "phone": phone.strip()[:20],
        "listed_at": at, "listed_by": by.id, "ended_on": None,
    }  # fmt: skip
    row, _new = Mediator.objects.update_or_create(user_id=user_id, defaults=values)
    note("list", row.id, by, at, area=area, phone=bool(phone.strip()))
    return row


@transaction.atomic
def end_listing(*, mediator_id: UUID, by: Actor, at: datetime) -> Mediator:
    """Take somebody off the list: the township, or they themselves."""
    row = locked(Mediator.objects.all(), mediator_id)
    if row.user_id != by.id and not may_list(by, row.area_id):
        raise Forbidden("由本人或者所在乡镇撤下")
    if row.quarrels.filter(state__in=["given", "taken"]).exists():
        raise Refused("他手里还有没结束的，请先让他结束或者退回")
    if row.ended_on is None:
        row.ended_on, row.phone = local_day(at), ""
        row.save(update_fields=["ended_on", "phone"])
        note("end", row.id, by, at)
    return row
