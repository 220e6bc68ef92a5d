"""Taking a document in: its data and its clauses as proposed, from a file, from pasted text, or from other rooms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy.actions.noted import changed, check_keeps, locked_draft, note
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.splitting import Split
from zhuoluo.outreach.policy.rules.words import KINDS, LONGEST_CLAUSE, MOST_CLAUSES, tags


@dataclass(frozen=True)
class DocumentContent:
    """What a document is called, who issued it, for whom it is, and its days. A draft may lack issuer and days."""

    title: str
    issuer: str
    kind: str
    issued_on: date | None
    from_day: date | None
    until_day: date | None = None
    number: str = ""
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A clause as somebody wants it in the draft."""

    label: str
    text: str
    heading: str = ""
    plain: str = ""
    audiences: tuple[str, ...] = ()


def draft(
    *, content: DocumentContent, by: Actor, at: datetime, split: Split | None = None, source_id: UUID | None = None, key: str = "",
) -> Document:  # fmt: skip
    """Take a document in as a draft, with the clauses cut from its file. The same form sent twice is one document."""
    check_keeps(by)
    _check(content)
    if split is not None:
        _check_rows([Row(c.label, c.text, c.heading) for c in split.clauses])
    known = Document.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = Document.objects.create(
                **_fields(content), opening=split.opening if split else "", source_id=source_id, key=key or None, made_at=at,
                made_by=by.id,
            )  # fmt: skip
            Proposed.objects.bulk_create(
                Proposed(document=made, place=place, label=one.label[:40], heading=one.heading[:120], text=one.text)
                for place, one in enumerate(split.clauses if split else (), 1)
            )  # fmt: skip
            note("draft", made.id, by, at, clauses=len(split.clauses) if split else 0)
            return made
    except IntegrityError:
        known = Document.objects.filter(key=key).first() if key else None
        if known is None:
            raise
        return known


def _fields(content: DocumentContent) -> dict[str, object]:
    given = asdict(content)
    given["audiences"] = tags(content.audiences)
    return {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}


def _check(content: DocumentContent) -> None:
    if len(content.title.strip()) < 2:
        raise Refused("请写文件的名称")
    if content.kind not in KINDS:
        raise Refused("请选择文件的种类")
    first, last = content.from_day, content.until_day
    if last is not None and (first is None or last < first):
        raise Refused("失效日期不能早于施行日期")
    if first is not None and content.issued_on is not None and content.issued_on > first:
        raise Refused("施行日期不能早于发文日期")


def _check_rows(rows: Sequence[Row]) -> None:
    if len(rows) > MOST_CLAUSES:
        raise Refused("一份文件最多 %(n)s 条，请分成几份", n=MOST_CLAUSES)
    for row in rows:
        if len(row.text) > LONGEST_CLAUSE or len(row.plain) > LONGEST_CLAUSE:
            raise Refused("“%(label)s”太长，一条最多 %(n)s 字", label=row.label[:40], n=LONGEST_CLAUSE)


@transaction.atomic
def change(
    *, document_id: UUID, content: DocumentContent, by: Actor, at: datetime, version: int | None = None
) -> Document:
    """Correct what a draft says of itself."""
    check_keeps(by)
    _check(content)
    row = locked_draft(document_id, version)
    fields = _fields(content)
    for name, value in fields.items():
        setattr(row, name, value)
    changed(row, *fields)
    note("change", row.id, by, at)
    return row


@transaction.atomic
def propose(
    *, document_id: UUID, rows: Sequence[Row], by: Actor, at: datetime, version: int | None = None
) -> Document:
    """Put these clauses in the place of those of a draft, as somebody has them who looked at each."""
    check_keeps(by)
    wanted = [row for row in rows if row.text.strip()]
    _check_rows(wanted)
    document = locked_draft(document_id, version)
    Proposed.objects.filter(document=document).delete()
    Proposed.objects.bulk_create(
        Proposed(
            document=document, place=place, label=row.label.strip()[:40], heading=row.heading.strip()[:120],
            text=row.text.strip(), plain=row.plain.strip(), audiences=tags(row.audiences), seen=True,
        )
        for place, row in enumerate(wanted, 1)
    )  # fmt: skip
    changed(document)
    note("propose", document.id, by, at, clauses=len(wanted))
    return document


@transaction.atomic
def drop(*, document_id: UUID, by: Actor, at: datetime) -> None:
    """Throw a draft away. Nothing of it was ever in force; the entry says that it was there."""
    check_keeps(by)
    row = locked_draft(document_id)
    note("drop", row.id, by, at)
    row.delete()
