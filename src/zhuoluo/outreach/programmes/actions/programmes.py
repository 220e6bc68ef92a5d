"""Drawing up a programme, announcing it, closing it, settling it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhuoluo.clock import local_day
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor, Permission, may
from zhuoluo.outreach.programmes.actions.noted import check_keeps, cited, locked_programme, note
from zhuoluo.outreach.programmes.models import Application, Item, Programme
from zhuoluo.outreach.programmes.rules.amounts import Rule, check_rule
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.words import AUDIENCES
from zhuoluo.outreach.programmes.states import ENDED, PROGRAMME, step

MOST_ITEMS = 40


@dataclass(frozen=True)
class Content:
    """A programme as it is written down. The budget in fen."""

    title: str
    year: int
    unit_id: UUID
    audience: str
    who: str
    needs: str
    opens: date
    closes: date
    budget: int
    notice_days: int = 5
    told_on: date | None = None
    told_at: str = ""


@dataclass(frozen=True)
class NewItem:
    """One thing a programme gives."""

    title: str
    clause_id: UUID
    rule: Rule
    base: str = ""


def make_programme(*, content: Content, key: str, by: Actor, at: datetime) -> Programme:
    """Draw up a programme. The same form sent twice gives the first one again."""
    check_keeps(by)
    known = Programme.objects.filter(key=key).first()
    if known is not None:
        return known
    _check(content)
    try:
        with transaction.atomic():
            row = Programme.objects.create(
                desk_id=_desk(by, content.unit_id), key=key, made_at=at, **_columns(content)
            )
            note("make", row.id, by, at, year=row.year, budget=row.budget, unit=str(row.unit_id))
    except IntegrityError:
        known = Programme.objects.filter(key=key).first()
        if known is None:
            raise
        return known
    return row


def _desk(by: Actor, unit_id: UUID) -> UUID:
    """Return the unit that does the paper work: the actor's own, for the unit in charge."""
    return by.unit_id if by.kind == "staff" and by.unit_id is not None else unit_id


def _check(content: Content) -> None:
    if not content.title.strip():
        raise Refused("请写项目名称")
    if content.unit_id not in units():
        raise Refused("请选择主管单位")
    if content.audience not in AUDIENCES:
        raise Refused("请选择谁可以申请")
    if not content.who.strip() or not content.needs.strip():
        raise Refused("请写明谁可以申请、要交什么材料")
    if content.closes < content.opens:
        raise Refused("截止日期不能早于开始日期")
    if content.budget <= 0:
        raise Refused("请写预算（元）")
    if not 1 <= content.notice_days <= 60:
        raise Refused("公示天数请写 1 到 60 个工作日")
    if not 2000 <= content.year < 2200:
        raise Refused("请核对年度")


def _columns(content: Content) -> dict[str, object]:
    return {
        "title": content.title.strip()[:120], "year": content.year, "unit_id": content.unit_id, "audience": content.audience,
        "who": content.who.strip(), "needs": content.needs.strip(), "opens": content.opens, "closes": content.closes,
        "budget": content.budget, "notice_days": content.notice_days, "told_on": content.told_on,
        "told_at": content.told_at.strip()[:200],
    }  # fmt: skip


@transaction.atomic
def change_programme(*, programme_id: UUID, content: Content, by: Actor, at: datetime) -> Programme:
    """Change a draft; what was announced stands."""
    row = locked_programme(programme_id)
    check_keeps(by, row)
    step(PROGRAMME, "change", row.state)
    _check(content)
    for name, value in _columns(content).items():
        setattr(row, name, value)
    row.save()
    note("change", row.id, by, at, year=row.year, budget=row.budget, unit=str(row.unit_id))
    return row


@transaction.atomic
def add_item(*, programme_id: UUID, item: NewItem, by: Actor, at: datetime) -> Item:
    """Write down one thing the programme gives, resting on a clause in force today. The same one twice is one."""
    row = locked_programme(programme_id)
    check_keeps(by, row)
    step(PROGRAMME, "change", row.state)
    check_rule(item.rule)
    if not item.title.strip():
        raise Refused("请写这一项叫什么")
    if item.rule.kind == "share" and not item.base.strip():
        raise Refused("请写按什么算，例如“设备投资额”")
    cited(item.clause_id, local_day(at))
    values = {
        "title": item.title.strip()[:120], "clause_id": item.clause_id, "rule": item.rule.kind,
        "amount": item.rule.amount if item.rule.kind == "fixed" else 0,
        "share": item.rule.share if item.rule.kind == "share" else 0,
        "ceiling": item.rule.ceiling if item.rule.kind == "share" else 0,
        "base": item.base.strip()[:60] if item.rule.kind == "share" else "",
        "grades": [list(g) for g in item.rule.grades] if item.rule.kind == "grades" else [],
    }  # fmt: skip
    same = Item.objects.filter(programme=row, **values).first()
    if same is not None:
        return same
    last = row.items.aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_ITEMS:
        raise Refused("一个项目最多 %(n)s 项", n=MOST_ITEMS)
    made = Item.objects.create(programme=row, place=last + 1, **values)
    note("item", row.id, by, at, item=str(made.id), clause=str(item.clause_id), rule=item.rule.kind)
    return made


@transaction.atomic
def drop_item(*, item_id: UUID, by: Actor, at: datetime) -> None:
    """Take an item off a draft. One that is gone already stays gone."""
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return
    row = locked_programme(item.programme_id)
    check_keeps(by, row)
    step(PROGRAMME, "change", row.state)
    item.delete()
    note("drop_item", row.id, by, at, item=str(item_id))


@transaction.atomic
def announce(*, programme_id: UUID, by: Actor, at: datetime) -> Programme:
    """Publish a programme: every item rests on a clause in force on the day."""
    row = locked_programme(programme_id)
    check_keeps(by, row)
    row.state = step(PROGRAMME, "announce", row.state)
    items: Sequence[Item] = list(row.items.order_by("place"))
    if not items:
        raise Refused("还没有写给什么：请先加一项，写明依据和金额")
    today = local_day(at)
    if row.closes < today:
        raise Refused("截止日期已经过了，请先改申报时间")
    for item in items:
        cited(item.clause_id, today)
    row.announced_at = at
    row.save(update_fields=["state", "announced_at"])
    note("announce", row.id, by, at, year=row.year, budget=row.budget, items=len(items))
    return row


@transaction.atomic
def close(*, programme_id: UUID, by: Actor, at: datetime) -> Programme:
    """Take no more applications."""
    row = locked_programme(programme_id)
    check_keeps(by, row)
    row.state = step(PROGRAMME, "close", row.state)
    row.closed_at = at
    row.save(update_fields=["state", "closed_at"])
    note("close", row.id, by, at)
    return row


@transaction.atomic
def settle(*, programme_id: UUID, by: Actor, at: datetime) -> Programme:
    """File a programme away once every application has its end."""
    row = locked_programme(programme_id)
    check_keeps(by, row)
    row.state = step(PROGRAMME, "settle", row.state)
    open_ones = Application.objects.filter(programme=row).exclude(state__in=ENDED).count()
    if open_ones:
        raise Refused("还有 %(n)s 份申请没有办完，不能办结", n=open_ones)
    row.settled_at = at
    row.save(update_fields=["state", "settled_at"])
    note("settle", row.id, by, at)
    return row


def may_keep(by: Actor, programme: Programme) -> bool:
    """Say whether somebody works on a programme (for the buttons of a page)."""
    return may(by, Permission.PROGRAMMES, units={programme.unit_id, programme.desk_id})
