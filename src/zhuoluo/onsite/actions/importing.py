"""Lists of on-site days taken in from a sheet: days, problems and tasks; all rows or none."""

from collections import Counter
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import Taken
from zhuoluo.matters.reads.names import Names
from zhuoluo.onsite.actions.agenda import Decided, decide, raise_item
from zhuoluo.onsite.actions.days import DayContent, plan_day
from zhuoluo.onsite.actions.noted import check_runs
from zhuoluo.onsite.models import Day, Decision, Item, Series
from zhuoluo.onsite.rules.errors import Refused
from zhuoluo.onsite.rules.sheet import LISTS, MAY_MISS, TaskRow, read_task
from zhuoluo.org.reads import SHANGHAI, Law, live_posts
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.residents.actions import Contact

MOST_ROWS = 1000


def import_lists(*, data: bytes, by: Actor, at: datetime, law: Law) -> Taken:
    """Take in the tasks of on-site days that were held. Raises Unreadable, Refused or BadRows; then nothing is kept."""
    check_runs(by)
    rows = read_all(lines(first_sheet(data), LISTS, MAY_MISS), read_task, MOST_ROWS)
    keys = [row.source_key for row in rows]
    known = {
        k for k in Decision.objects.filter(source_key__in=keys).values_list("source_key", flat=True) if k
    }
    fresh = []
    for row in rows:
        if not row.matter and row.source_key not in known:
            known.add(row.source_key)
            fresh.append(row)
    try:
        with transaction.atomic():
            _Taking(by, at, law).take(fresh)
    except IntegrityError as error:
        raise Refused("这份清单刚被别人导入过，请再试一次") from error
    return Taken(len(fresh), len(rows) - len(fresh))


class _Taking:
    """One sheet on its way in."""

    def __init__(self, by: Actor, at: datetime, law: Law) -> None:
        self.by, self.at, self.law = by, at, law
        self.names = Names()
        posts = {post.user_id: post.user.name for post in live_posts(local_day(at))}
        count = Counter(posts.values())
        self.people = {name: user for user, name in posts.items() if count[name] == 1}
        self.series = {s.name: s for s in Series.objects.filter(ended_at__isnull=True)}
        self.items: dict[tuple[UUID, str], Item] = {}

    def take(self, rows: list[TaskRow]) -> None:
        """Keep every row. Raises BadRows."""
        wrong: list[Wrong] = []
        for row in rows:
            try:
                self._one(row)
            except (Sentence, Forbidden) as error:
                wrong.append(Wrong(row.place, error if isinstance(error, Sentence) else Refused(str(error))))
        if wrong:
            raise BadRows(wrong)

    def _one(self, row: TaskRow) -> None:
        unit_id = self.names.unit(row.unit)
        day = self._day(row)
        item = self._item(day, row, unit_id)
        one = Decided(unit_id, row.task, row.person, row.until, row.agreed)
        decide(
            item_id=item.id, decided=[one], source_keys=[row.source_key], by=self.by, at=self.at, law=self.law
        )

    def _day(self, row: TaskRow) -> Day:
        series = self.series.get(row.series)
        if series is None:
            raise Refused("没有系列“%(name)s”，请先设置", name=row.series[:30])
        known = Day.objects.filter(series=series, number=row.number).first()
        if known is not None:
            return known
        chair = self.people.get(row.chair)
        if chair is None:
            raise Refused("主持“%(name)s”没有找到，或者重名", name=row.chair[:30])
        if self.by.unit_id is None or row.day > local_day(self.at):
            raise Refused("日期不能晚于今天")
        starts = min(datetime.combine(row.day, time(9), SHANGHAI), self.at - timedelta(hours=1))
        content = DayContent(starts, starts + timedelta(hours=3), row.where, chair, self.by.unit_id)
        return plan_day(series_id=series.id, content=content, number=row.number, by=self.by, at=self.at)

    def _item(self, day: Day, row: TaskRow, unit_id: UUID) -> Item:
        found = self.items.get((day.id, row.problem))
        if found is None:
            who = Contact(kind="enterprise", name=row.who or row.series, phone=row.phone, address=row.where)
            made = raise_item(
                day_id=day.id, klass="claim" if row.who else "suggestion", text=row.problem, contact=who, unit_id=unit_id,
                key=row.source_key[:40], by=self.by, at=self.at, law=self.law,
            )  # fmt: skip
            found = Item.objects.get(day=day, matter_id=made.matter.id)
            self.items[(day.id, row.problem)] = found
        return found
