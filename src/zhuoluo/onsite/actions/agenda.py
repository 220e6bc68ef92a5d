"""The agenda of a day, its decisions, and the end of it: only when the last item is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.matters.reads import by_ids, standings, task_states
from zhuoluo.onsite.actions.noted import locked, locked_day, note
from zhuoluo.onsite.models import Day, Decision, Item
from zhuoluo.onsite.rules.errors import NotFound, Refused
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents.actions import Contact

MOST_ITEMS = 200


@dataclass(frozen=True)
class Decided:
    """What one unit took on: what, who does it, by when, who said yes for it."""

    unit_id: UUID
    what: str
    person: str
    until: date
    agreed_by: str


def _next(day: Day) -> int:
    last = Item.objects.filter(day=day).order_by("-place").values_list("place", flat=True).first() or 0
    if last >= MOST_ITEMS:
        raise Refused("一次最多 %(n)s 件", n=MOST_ITEMS)
    return last + 1


def _open(day: Day) -> None:
    if day.state in ("cancelled", "closed"):
        raise Refused("这次现场办公已经取消或者闭环")


@transaction.atomic
def add_items(*, day_id: UUID, matter_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Put matters that the actor may read on the agenda; returns how many are new there."""
    day = locked_day(day_id, by)
    _open(day)
    wanted = [line.id for line in by_ids(by, list(dict.fromkeys(matter_ids)), now=at)]
    known = set(Item.objects.filter(day=day, matter_id__in=wanted).values_list("matter_id", flat=True))
    new = [one for one in wanted if one not in known]
    for one in new:
        Item.objects.create(day=day, place=_next(day), matter_id=one, at=at)
    if new:
        note("agenda", day.id, by, at, new=len(new))
    return len(new)


@transaction.atomic
def drop_item(*, item_id: UUID, by: Actor, at: datetime) -> None:
    """Take a matter off the agenda before anything was decided on it."""
    row = locked(Item.objects.all(), item_id)
    locked_day(row.day_id, by)
    if row.decisions.exists():
        raise Refused("已经有决定，不能拿下")
    row.delete()
    note("drop", item_id, by, at)


@transaction.atomic
def raise_item(
    *, day_id: UUID, klass: str, text: str, contact: Contact, unit_id: UUID, key: str, by: Actor, at: datetime, law: Law
) -> Registered:  # fmt: skip
    """Register what somebody raised on the spot, and put it on the agenda."""
    day = locked_day(day_id, by)
    _open(day)
    filing = Filing(
        klass=klass, text=text, contact=contact, channel="onsite", area=day.area_id, place=day.place,
        unit_id=matters.desk_of(by, unit_id),
    )  # fmt: skip
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"onsite:{key}", right=Permission.ONSITE
    )
    if made.fresh:
        Item.objects.create(day=day, place=_next(day), matter_id=made.matter.id, spot=True, at=at)
        note("raise", day.id, by, at, number=made.matter.number)
    return made


@transaction.atomic
def decide(
    *, item_id: UUID, decided: Sequence[Decided], by: Actor, at: datetime, law: Law,
    source_keys: Sequence[str | None] = (),
) -> list[Decision]:  # fmt: skip
    """Write down what was decided on an item: typed once, it is every list, and each unit's commitment by its day.

    What a unit took on already in the same words is not given again. With the first decision the day counts as held.
    """
    item = locked(Item.objects.all(), item_id)
    day = locked_day(item.day_id, by)
    _open(day)
    if at < day.starts_at:
        raise Refused("还没有到开始的时间")
    if not decided:
        raise Refused("请写哪个单位、做什么、哪天前")
    known = {(d.unit_id, d.what) for d in item.decisions.all()}
    made = []
    for place, one in enumerate(decided):
        _check(one, at)
        if (one.unit_id, one.what.strip()) in known:
            continue
        row = Decision.objects.create(
            item=item, what=one.what.strip(), unit_id=one.unit_id, person=one.person.strip()[:60], until=one.until,
            agreed_by=one.agreed_by.strip()[:60], source_key=source_keys[place] if source_keys else None, at=at, by_id=by.id,
        )  # fmt: skip
        matters.joint_task(
            matter_id=item.matter_id, task_id=row.id, unit_id=one.unit_id, what=one.what, until=one.until, by=by, at=at,
            law=law, right=Permission.ONSITE,
        )  # fmt: skip
        made.append(row)
    if day.state == "planned":
        day.state, day.held_at = "held", at
        day.version += 1
        day.save(update_fields=["state", "held_at", "version"])
    note("decide", item.id, by, at, tasks=len(made))
    return made


def _check(one: Decided, at: datetime) -> None:
    if one.unit_id not in units():
        raise Refused("请选择单位")
    if len(one.what.strip()) < 5:
        raise Refused("请写明这个单位要做什么")
    if not one.person.strip():
        raise Refused("请写责任人")
    if not one.agreed_by.strip():
        raise Refused("请写单位谁当场认领的；没有认领的，会后商量好再记")
    if one.until < local_day(at):
        raise Refused("时限不能早于今天")


@transaction.atomic
def close_day(*, day_id: UUID, by: Actor, at: datetime) -> Day:
    """Say that a day is done with (闭环): every task done, every matter closed out. Raises Refused naming what is not."""
    day = locked_day(day_id, by)
    if day.state == "closed":
        return day
    if day.state != "held":
        raise Refused("还没有开")
    lacks = missing(day, by, at)
    if lacks:
        raise Refused("还有 %(n)s 件没有到底：%(which)s", n=len(lacks), which=lacks[:8])
    day.state, day.closed_at = "closed", at
    day.version += 1
    day.save(update_fields=["state", "closed_at", "version"])
    note("close", day.id, by, at)
    return day


def missing(day: Day, by: Actor, at: datetime) -> list[str]:
    """Return the numbers of the matters of a day that are not at their end: a task open, or not closed out."""
    items = list(day.items.order_by("place"))
    ids = [item.matter_id for item in items]
    tasks = list(Decision.objects.filter(item__day=day))
    states = task_states(ids, [t.id for t in tasks])
    waiting = {t.item_id for t in tasks if (s := states.get(t.id)) is None or s.closed_at is None}
    found = standings(by, ids, now=at)
    if len(found) != len(set(ids)):
        raise NotFound("有的事项您看不到，请由能看全部的人来闭环")
    return [
        found[item.matter_id].line.number
        for item in items
        if item.id in waiting or found[item.matter_id].state not in ("closed", "ended")
    ]
