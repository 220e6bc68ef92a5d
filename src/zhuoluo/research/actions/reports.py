"""The report: statements under headings, each resting on notes or findings of its topic."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.org.rules import Actor
from zhuoluo.research.actions.noted import check_works, locked, note
from zhuoluo.research.models import Finding, Note, Report, Source, Statement, Topic
from zhuoluo.research.rules.errors import Refused

MOST = 300


@transaction.atomic
def state(
    *, topic_id: UUID, heading: str, text: str, notes: Sequence[UUID], findings: Sequence[UUID], by: Actor, at: datetime,
    statement_id: UUID | None = None,
) -> Statement:  # fmt: skip
    """Write a statement, or change one. Raises Refused for one that rests on nothing."""
    topic = locked(Topic.objects.all(), topic_id)
    check_works(by, topic)
    if len(heading.strip()) < 2 or len(text.strip()) < 5:
        raise Refused("请写小标题和正文")
    here = [
        *(Source(note=n) for n in Note.objects.filter(topic=topic, pk__in=list(notes))),
        *(Source(finding=f) for f in Finding.objects.filter(topic=topic, pk__in=list(findings))),
    ]
    if not here:
        raise Refused("每一段都要有依据：请选它依据的记录或者问题")
    report, _new = Report.objects.get_or_create(topic=topic)
    row = _row(report, statement_id)
    row.heading, row.text = heading.strip()[:60], text.strip()
    row.save()
    row.sources.all().delete()
    for one in here:
        one.statement = row
    Source.objects.bulk_create(here)
    Report.objects.filter(pk=report.pk).update(version=report.version + 1)
    note("state", row.id, by, at, topic=str(topic.id), sources=len(here))
    return row


def _row(report: Report, statement_id: UUID | None) -> Statement:
    if statement_id is not None:
        return locked(Statement.objects.filter(report=report), statement_id)
    last = report.statements.order_by("-place").values_list("place", flat=True).first() or 0
    if last >= MOST:
        raise Refused("一份报告最多 %(n)s 段", n=MOST)
    return Statement(report=report, place=last + 1)


@transaction.atomic
def drop_statement(*, topic_id: UUID, statement_id: UUID, by: Actor, at: datetime) -> None:
    """Take a statement out of the report."""
    topic = locked(Topic.objects.all(), topic_id)
    check_works(by, topic)
    row = Statement.objects.filter(pk=statement_id, report__topic=topic).first()
    if row is not None:
        row.delete()
        note("drop", statement_id, by, at, topic=str(topic.id))
