"""The review of a draft, kept as it goes: each clause edited, joined, cut, dropped, added or found right; then all of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy.actions.drafting import Row
from zhuoluo.outreach.policy.actions.noted import changed, check_keeps, locked, locked_draft, note
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.rules.errors import NotFound, Refused
from zhuoluo.outreach.policy.rules.reviewing import pieces, unfit
from zhuoluo.outreach.policy.rules.splitting import doubts
from zhuoluo.outreach.policy.rules.words import LONGEST_CLAUSE, MOST_CLAUSES, tags

_ASIDE = 10_000  # beyond every place: moved there and back, no two rows ever stand on one


def _opened(
    document_id: UUID, proposed_id: UUID, by: Actor, version: int | None
) -> tuple[Document, Proposed]:
    check_keeps(by)
    document = locked_draft(document_id, version)
    row = Proposed.objects.filter(document=document, pk=proposed_id).first()
    if row is None:
        raise NotFound("没有找到这一条，可能刚被合并或者删掉了")
    return document, row


def _move(document: Document, behind: int, by: int) -> None:
    """Move everything behind a place, so that the places stay without gaps."""
    rows = Proposed.objects.filter(document=document, place__gt=behind)
    rows.update(place=F("place") + _ASIDE)
    rows.update(place=F("place") - _ASIDE + by)


def _checked(row: Row) -> Row:
    label, text, plain = row.label.strip(), row.text.strip(), row.plain.strip()
    if not text:
        raise Refused("请写条文；不要这一条就点“删掉”")
    if len(text) > LONGEST_CLAUSE or len(plain) > LONGEST_CLAUSE:
        raise Refused("“%(label)s”太长，一条最多 %(n)s 字", label=label[:40], n=LONGEST_CLAUSE)
    return Row(label[:40], text, row.heading.strip()[:120], plain, row.audiences)


@transaction.atomic
def edit(
    *, document_id: UUID, proposed_id: UUID, row: Row, by: Actor, at: datetime, version: int | None = None
) -> Proposed:
    """Write a proposed clause anew: label, heading, words, plain words. Whoever wrote it looked at it."""
    document, one = _opened(document_id, proposed_id, by, version)
    wanted = _checked(row)
    one.label, one.text, one.heading, one.plain, one.seen = (
        wanted.label,
        wanted.text,
        wanted.heading,
        wanted.plain,
        True,
    )
    one.audiences = tags(wanted.audiences)
    one.save()
    changed(document)
    note("edit", document.id, by, at, place=one.place)
    return one


@transaction.atomic
def cut(
    *, document_id: UUID, proposed_id: UUID, text: str, by: Actor, at: datetime, version: int | None = None
) -> list[Proposed]:
    """Cut a proposed clause where a blank line stands; a piece that begins with a number takes it as its label."""
    document, one = _opened(document_id, proposed_id, by, version)
    parts = pieces(text)
    if len(parts) < 2:
        raise Refused("请在要拆开的地方空一行，再点“拆开”")
    if Proposed.objects.filter(document=document).count() + len(parts) - 1 > MOST_CLAUSES:
        raise Refused("一份文件最多 %(n)s 条，请分成几份", n=MOST_CLAUSES)
    _move(document, one.place, len(parts) - 1)
    one.text = parts[0][1]
    one.label = one.label or parts[0][0][:40]
    one.seen = False
    one.save()
    made = Proposed.objects.bulk_create(
        Proposed(document=document, place=one.place + at_, label=label[:40], heading=one.heading, text=words)
        for at_, (label, words) in enumerate(parts[1:], 1)
    )
    changed(document)
    note("cut", document.id, by, at, place=one.place, pieces=len(parts))
    return [one, *made]


@transaction.atomic
def join(
    *, document_id: UUID, proposed_id: UUID, by: Actor, at: datetime, version: int | None = None
) -> Proposed:
    """Join a proposed clause to the one before it, its number as part of the words."""
    document, one = _opened(document_id, proposed_id, by, version)
    before = Proposed.objects.filter(document=document, place=one.place - 1).first()
    if before is None:
        raise Refused("这是第一条，前面没有可以合并的")
    whole = f"{before.text}\n{one.label} {one.text}".strip() if one.label else f"{before.text}\n{one.text}"
    if len(whole) > LONGEST_CLAUSE:
        raise Refused("一条最多 %(n)s 字", n=LONGEST_CLAUSE)
    before.text, before.seen = whole, False
    before.plain = "\n".join(part for part in (before.plain, one.plain) if part)
    before.save()
    place = one.place
    one.delete()
    _move(document, place, -1)
    changed(document)
    note("join", document.id, by, at, place=before.place)
    return before


@transaction.atomic
def drop_clause(
    *, document_id: UUID, proposed_id: UUID, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Drop a proposed clause: what the file has beside its clauses (signatures, notes of the printer)."""
    document, one = _opened(document_id, proposed_id, by, version)
    place = one.place
    one.delete()
    _move(document, place, -1)
    changed(document)
    note("drop_clause", document.id, by, at, place=place)


@transaction.atomic
def add_clause(
    *, document_id: UUID, behind: int, row: Row, by: Actor, at: datetime, version: int | None = None
) -> Proposed:
    """Add a clause behind a place (0: at the head)."""
    check_keeps(by)
    document = locked_draft(document_id, version)
    wanted = _checked(row)
    count = Proposed.objects.filter(document=document).count()
    if count >= MOST_CLAUSES:
        raise Refused("一份文件最多 %(n)s 条，请分成几份", n=MOST_CLAUSES)
    place = min(max(behind, 0), count)
    _move(document, place, 1)
    made = Proposed.objects.create(
        document=document, place=place + 1, label=wanted.label, heading=wanted.heading, text=wanted.text, plain=wanted.plain,
        audiences=tags(wanted.audiences),
        seen=True,
    )  # fmt: skip
    changed(document)
    note("add_clause", document.id, by, at, place=made.place)
    return made


@transaction.atomic
def look_over(
    *, document_id: UUID, proposed_ids: Sequence[UUID], by: Actor, at: datetime, version: int | None = None
) -> int:
    """Say of clauses that they are right as they stand; returns how many were in doubt until now."""
    check_keeps(by)
    document = locked_draft(document_id, version)
    count = Proposed.objects.filter(document=document, pk__in=list(proposed_ids), seen=False).update(
        seen=True
    )
    if count:
        changed(document)
        note("look_over", document.id, by, at, clauses=count)
    return count


@transaction.atomic
def review(*, document_id: UUID, by: Actor, at: datetime, version: int | None = None) -> Document:
    """Say that a draft is whole and right. Raises Refused with what lacks. Twice is once; nothing is in force yet."""
    check_keeps(by)
    row = locked(document_id, version)
    if row.state == "reviewed":
        return row
    row = locked_draft(document_id, version)
    wanted = list(Proposed.objects.filter(document=row).order_by("place"))
    told = doubts((p.label, p.text) for p in wanted)
    open_ = [p.place for p, why in zip(wanted, told, strict=True) if why and not p.seen]
    lacks = [name for name, value in (("发文机关", row.issuer), ("施行日期", row.from_day)) if not value]
    unfit(lacks=lacks, labels=[p.label for p in wanted], doubtful=open_)
    row.state, row.reviewed_at, row.reviewed_by = "reviewed", at, by.id
    row.version += 1
    row.save(update_fields=["state", "reviewed_at", "reviewed_by", "version"])
    note("review", row.id, by, at, clauses=len(wanted))
    return row
