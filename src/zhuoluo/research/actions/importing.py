"""The problem list taken in from a sheet: all rows or none; what came before, by the province's id, adds nothing."""

from collections import Counter
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise.models import Chain
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import Taken
from zhuoluo.matters.reads.names import Names
from zhuoluo.org.reads import SHANGHAI, Law, live_posts
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.research.actions.findings import FindingContent, raise_finding
from zhuoluo.research.actions.noted import check_works
from zhuoluo.research.actions.topics import TopicContent, save_topic
from zhuoluo.research.models import Finding, Topic
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.rules.sheet import MAY_MISS, PROBLEMS, ProblemRow, read_problem
from zhuoluo.residents.actions import Contact

MOST_ROWS = 2000


def import_findings(*, data: bytes, by: Actor, at: datetime, law: Law) -> Taken:
    """Take in a problem list; topics that are named and not there are opened under the leader of the row."""
    check_works(by)
    rows = read_all(lines(first_sheet(data), PROBLEMS, MAY_MISS), read_problem, MOST_ROWS)
    keys = [row.source_key for row in rows]
    known = {k for k in Finding.objects.filter(source_key__in=keys).values_list("source_key", flat=True) if k}
    fresh = []
    for row in rows:
        if not row.number and row.source_key not in known:
            known.add(row.source_key)
            fresh.append(row)
    try:
        with transaction.atomic():
            _Taking(by, at, law).take(fresh)
    except IntegrityError as error:
        raise Refused("这份清单刚被别人导入过，请再试一次") from error
    return Taken(len(fresh), len(rows) - len(fresh))


class _Taking:
    """One sheet on its way in: what names mean, topics by title."""

    def __init__(self, by: Actor, at: datetime, law: Law) -> None:
        self.by, self.at, self.law = by, at, law
        self.names = Names()
        posts = {post.user_id: post.user.name for post in live_posts(local_day(at))}
        count = Counter(posts.values())
        self.people = {name: user for user, name in posts.items() if count[name] == 1}
        self.chains = dict(Chain.objects.values_list("name", "id"))
        self.topics = dict(Topic.objects.order_by("made_at").values_list("title", "id"))

    def take(self, rows: list[ProblemRow]) -> None:
        """Register every row. Raises BadRows."""
        wrong: list[Wrong] = []
        for row in rows:
            try:
                self._one(row)
            except (Sentence, Forbidden) as error:
                wrong.append(Wrong(row.place, error if isinstance(error, Sentence) else Refused(str(error))))
        if wrong:
            raise BadRows(wrong)

    def _one(self, row: ProblemRow) -> None:
        lead = self.people.get(row.lead)
        if lead is None:
            raise Refused("领导“%(name)s”没有找到，或者重名", name=row.lead[:30])
        if row.chain and row.chain not in self.chains:
            raise Refused("没有产业链“%(name)s”，请先登记产业链", name=row.chain[:30])
        if row.day is not None and row.day > local_day(self.at):
            raise Refused("日期不能晚于今天")
        unit_id = self.names.unit(row.unit)
        content = FindingContent(
            text=row.text, measure=row.measure, lead_id=lead, unit_id=unit_id, person=row.person or row.unit, until=row.until,
            pace=row.pace, klass="claim" if row.name else "suggestion", area=self.names.area(row.village),
            chain_id=self.chains.get(row.chain), external_id=row.external,
        )  # fmt: skip
        who = Contact(name=row.name, phone=row.phone, address=row.village or row.unit) if row.name else None
        raised = datetime.combine(row.day, time(9), SHANGHAI) if row.day else None
        raise_finding(
            topic_id=self._topic(row, lead), content=content, key=row.source_key[:40], by=self.by, at=self.at, law=self.law,
            source_key=row.source_key, who=who, raised_at=min(raised, self.at) if raised else None,
        )  # fmt: skip

    def _topic(self, row: ProblemRow, lead: UUID) -> UUID:
        if row.topic not in self.topics:
            today = local_day(self.at)
            first = row.day or today
            if self.by.unit_id is None:
                raise Refused("您没有所在单位，请系统管理员先设置岗位")
            content = TopicContent(row.topic, lead, self.by.unit_id, min(first, today), max(row.until, today))
            self.topics[row.topic] = save_topic(content=content, by=self.by, at=self.at).id
        return self.topics[row.topic]
