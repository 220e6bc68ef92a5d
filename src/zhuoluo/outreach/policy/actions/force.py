"""Putting a document in force, amending a clause from a day on, ending it. What was in force stays readable and citable."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import transaction

from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy.actions.noted import check_keeps, locked, note
from zhuoluo.outreach.policy.models import Clause, ClauseText, Document, Proposed
from zhuoluo.outreach.policy.rules.errors import NotFound, Refused
from zhuoluo.outreach.policy.rules.force import Span, amended
from zhuoluo.outreach.policy.rules.wording import also_written
from zhuoluo.outreach.policy.rules.words import LONGEST_CLAUSE
from zhuoluo.search import actions as index
from zhuoluo.search.actions import Document as Indexed

KIND, READERS = "clause", frozenset({"all"})


@transaction.atomic
def publish(*, document_id: UUID, by: Actor, at: datetime, version: int | None = None) -> Document:
    """Publish what was reviewed: its clauses get their ids and can be found and cited from its first day. Twice is once."""
    check_keeps(by)
    row = locked(document_id)
    if row.state == "published":
        return row
    row = locked(document_id, version)
    if row.state == "withdrawn":
        raise Refused("文件已经撤下")
    if row.state == "draft" or row.from_day is None:
        raise Refused("还没有审核。逐条看过、点“审核完成”以后才能发布")
    wanted = list(Proposed.objects.filter(document=row).order_by("place"))
    clauses = Clause.objects.bulk_create(
        Clause(document=row, sequence=place, label=p.label, heading=p.heading, audiences=p.audiences) for place, p in enumerate(wanted, 1)
    )  # fmt: skip
    texts = ClauseText.objects.bulk_create(
        ClauseText(
            clause=clause, text=p.text, plain=p.plain, from_day=row.from_day, until_day=row.until_day, at=at, by_id=by.id
        )
        for clause, p in zip(clauses, wanted, strict=True)
    )  # fmt: skip
    Proposed.objects.filter(document=row).delete()
    row.state, row.published_at = "published", at
    row.version += 1
    row.save(update_fields=["state", "published_at", "version"])
    _index(row, texts)
    note("publish", row.id, by, at, clauses=len(texts))
    return row


def _index(document: Document, texts: list[ClauseText]) -> None:
    """Found by its words, its plain words, its label, heading and document, from this moment."""
    index.put(
        documents=[
            Indexed(
                id=text.id, kind=KIND, readers=READERS, text=_findable(document, text),
                when=datetime.combine(text.from_day, time(), SHANGHAI).astimezone(UTC),
            )
            for text in texts
        ]
    )  # fmt: skip


def _findable(document: Document, text: ClauseText) -> str:
    words = (document.title, document.number, text.clause.label, text.clause.heading, text.text, text.plain)
    return "\n".join((*words, also_written(f"{text.text}\n{text.plain}")))


def _clause(clause_id: UUID) -> tuple[Document, Clause]:
    clause = Clause.objects.filter(pk=clause_id).first()
    if clause is None:
        raise NotFound("没有找到这一条")
    document = locked(clause.document_id)
    if document.state != "published":
        raise Refused("文件已经撤下")
    return document, clause


@transaction.atomic
def amend(
    *, clause_id: UUID, text: str, from_day: date, by: Actor, at: datetime, plain: str = "", why: str = ""
) -> ClauseText:
    """Give a clause new words from a day on. The old ones stay, and are what is cited for the days before."""
    check_keeps(by)
    document, clause = _clause(clause_id)
    _check_words(text)
    rows = list(ClauseText.objects.filter(clause=clause).order_by("from_day"))
    same = next((r for r in rows if (r.from_day, r.text) == (from_day, text.strip())), None)
    if same is not None:
        return same
    place, last = amended([Span(r.from_day, r.until_day) for r in rows], from_day)
    ends = rows[place].until_day
    if ends is not None and from_day > ends:
        ends = None
    rows[place].until_day = last
    rows[place].save(update_fields=["until_day"])
    made = ClauseText.objects.create(
        clause=clause, text=text.strip(), plain=plain.strip(), from_day=from_day, until_day=ends, why=why.strip()[:200], at=at,
        by_id=by.id,
    )  # fmt: skip
    _index(document, [made])
    note("amend", document.id, by, at, clause=str(clause.id), since=from_day.isoformat())
    return made


def _check_words(text: str) -> None:
    if len(text.strip()) < 2:
        raise Refused("请写条文")
    if len(text) > LONGEST_CLAUSE:
        raise Refused("一条最多 %(n)s 字", n=LONGEST_CLAUSE)


@transaction.atomic
def explain(*, clause_id: UUID, on: date, plain: str, by: Actor, at: datetime) -> ClauseText:
    """Write the plain words of the version that is in force on a day; the words of the document are not touched."""
    check_keeps(by)
    document, clause = _clause(clause_id)
    rows = ClauseText.objects.filter(clause=clause)
    row = next((r for r in rows if Span(r.from_day, r.until_day).holds(on)), None)
    if row is None:
        raise Refused("这一条在 %(day)s 没有生效", day=on.isoformat())
    if len(plain) > LONGEST_CLAUSE:
        raise Refused("一条最多 %(n)s 字", n=LONGEST_CLAUSE)
    if row.plain != plain.strip():
        row.plain = plain.strip()
        row.save(update_fields=["plain"])
        _index(document, [row])
        note("explain", document.id, by, at, clause=str(clause.id))
    return row


@transaction.atomic
def repeal(
    *,
    document_id: UUID,
    until_day: date,
    reason: str,
    by: Actor,
    at: datetime,
    replaced_by: UUID | None = None,
) -> Document:
    """End a document with a last day: what holds beyond it ends then, what would begin after it never does."""
    check_keeps(by)
    row = locked(document_id)
    if row.state != "published":
        raise Refused("只有已发布的文件可以写明失效日期")
    if row.from_day is not None and until_day < row.from_day:
        raise Refused("失效日期不能早于施行日期")
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么失效")
    if (
        replaced_by is not None
        and not Document.objects.filter(pk=replaced_by, state="published").exclude(pk=row.pk).exists()
    ):
        raise Refused("没有找到替代它的文件")
    later = ClauseText.objects.filter(clause__document=row, from_day__gt=until_day)
    index.drop(ids=list(later.values_list("id", flat=True)))
    later.delete()
    beyond = ClauseText.objects.filter(clause__document=row)
    beyond.filter(until_day__isnull=True).update(until_day=until_day)
    beyond.filter(until_day__gt=until_day).update(until_day=until_day)
    row.until_day, row.end_reason, row.replaced_by_id = until_day, reason.strip()[:200], replaced_by
    row.version += 1
    row.save(update_fields=["until_day", "end_reason", "replaced_by", "version"])
    note("repeal", row.id, by, at, until=until_day.isoformat())
    return row


@transaction.atomic
def take_down(*, document_id: UUID, reason: str, by: Actor, at: datetime) -> Document:
    """Take down a document that never should have been there. Whoever cited it keeps the citation as words."""
    check_keeps(by)
    row = locked(document_id)
    if row.state == "withdrawn":
        return row
    if row.state != "published":
        raise Refused("草稿请直接删除")
    if len(reason.strip()) < 5:
        raise Refused("请写明为什么撤下")
    row.state, row.end_reason = "withdrawn", reason.strip()[:200]
    row.version += 1
    row.save(update_fields=["state", "end_reason", "version"])
    ids = ClauseText.objects.filter(clause__document=row).values_list("id", flat=True)
    index.drop(ids=list(ids))
    note("take_down", row.id, by, at)
    return row
