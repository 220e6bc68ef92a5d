"""Applying on a phone without an account; looking it up with number and code; adding, withdrawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.files import actions as files
from zhuoluo.matters.rules import Refused as NumberRefused
from zhuoluo.matters.rules import make_number, query_code, read_number, same_code
from zhuoluo.org.rules import RESIDENT, Actor
from zhuoluo.outreach.programmes.actions.limits import CODES, FILINGS, count_try, forget_tries
from zhuoluo.outreach.programmes.actions.noted import body_hash, check_keeps, locked, note
from zhuoluo.outreach.programmes.models import Application, Ask, Counter, Item, Paper, Programme
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.checks import MOST_FILES, check_applicant, check_window
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.states import APPLICATION, step
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.rules import blind, normal_phone

LETTERS = "JB"  # 奖补, in front of every number, so that it is not taken for a matter's


@dataclass(frozen=True)
class Asked:
    """One item asked for: a base sum in fen, or a grade, or neither for a fixed sum."""

    item_id: UUID
    base: int = 0
    grade: str = ""


@dataclass(frozen=True)
class Applied:
    """What an applicant gets. `fresh` False: it was there already."""

    application: Application
    code: str
    fresh: bool = True


def code_of(application: Application) -> str:
    """Return the code that opens an application; it is derived, never kept."""
    return query_code(settings.IDENTITY_KEY, application.id, 1)


def apply(
    *, programme_id: UUID, kind: str, contact: Contact, asks: Sequence[Asked], words: str,
    uploads: "Sequence[UploadedFile[bytes]]" = (), key: str, by: Actor = RESIDENT, at: datetime, address: str = "",
) -> Applied:  # fmt: skip
    """Hand in an application. The same form sent twice gives the first one again; files are kept with it or not at all.

    Raises Refused, TooMany, or Refused of files with what is wrong with a file.
    """
    if by.kind == "staff":
        check_keeps(by)
    same = body_hash(str(programme_id), kind, contact, [str(a) for a in asks], words.strip())
    known = Application.objects.filter(key=key).first()
    if known is not None:
        return _again(known, same)
    code = _check(programme_id, kind, contact, asks, words, uploads, at)
    if address:
        count_try(kind="apply", value=address, most=FILINGS, at=at)
    kept: list[UUID] = []
    made: Application | None = None
    try:
        kept += [files.keep(data=upload, name=upload.name or "", at=at).id for upload in uploads]
        with transaction.atomic():
            made = _apply(programme_id, kind, contact, code, asks, words, kept, key, same, by, at)
    except IntegrityError:
        known = Application.objects.filter(key=key).first()
        if known is None:
            raise Refused("这个项目您已经申请过了，请用编号和查询码查看") from None
        return _again(known, same)
    finally:
        if made is None:
            files.discard(ids=kept)
    return Applied(made, code_of(made))


def _again(known: Application, same: str) -> Applied:
    if known.body_hash != same:
        raise Refused("这份表已经交了（%(number)s）。要补充，请用编号和查询码打开", number=known.number)
    return Applied(known, code_of(known), fresh=False)


def _check(
    programme_id: UUID, kind: str, contact: Contact, asks: Sequence[Asked], words: str,
    uploads: "Sequence[UploadedFile[bytes]]", at: datetime,
) -> str:  # fmt: skip
    programme = Programme.objects.filter(pk=programme_id).exclude(state="draft").first()
    if programme is None:
        raise NotFound
    check_window(programme.state, programme.opens, programme.closes, local_day(at))
    code = check_applicant(
        kind, programme.audience, contact.name, len(normal_phone(contact.phone)), contact.id_number
    )
    items = {item.id: item for item in Item.objects.filter(programme=programme)}
    if not asks:
        raise Refused("请至少选一项")
    if len({a.item_id for a in asks}) != len(asks) or any(a.item_id not in items for a in asks):
        raise Refused("请选择列出的项目")
    for asked in asks:
        reckoned(items[asked.item_id], asked.base, asked.grade)
    if len(words.strip()) < 5:
        raise Refused("请写几句您的情况，例如在哪里工作、做了什么")
    if len(uploads) > MOST_FILES:
        raise Refused("最多传 %(n)s 个文件", n=MOST_FILES)
    return code


def _apply(
    programme_id: UUID, kind: str, contact: Contact, code: str, asks: Sequence[Asked], words: str, kept: Sequence[UUID],
    key: str, same: str, by: Actor, at: datetime,
) -> Application:  # fmt: skip
    whole = Contact(
        kind=kind, name=contact.name, phone=contact.phone, id_number=code, address=contact.address, more=contact.more
    )  # fmt: skip
    raiser = residents.prepare(whole, at)
    residents.keep(prepared=[raiser])
    made = Application.objects.create(
        number=_number(at), programme_id=programme_id, raiser_id=raiser.id, kind=kind, words=words.strip(),
        applicant=_applicant(code, contact.phone), key=key, body_hash=same, made_at=at,
    )  # fmt: skip
    Ask.objects.bulk_create(
        [Ask(application=made, item_id=a.item_id, base=a.base, grade=a.grade) for a in asks]
    )
    Paper.objects.bulk_create([Paper(application=made, file_id=f, at=at) for f in kept])
    note(
        "apply", made.id, by, at, number=made.number, programme=str(programme_id), kind=kind, items=len(asks),
        files=len(kept),
    )  # fmt: skip
    return made


def _applicant(code: str, phone: str) -> str:
    """Return the digest by which one applicant is known in one programme."""
    if code:
        return blind(settings.IDENTITY_KEY, "credit", code)
    return blind(settings.IDENTITY_KEY, "phone", normal_phone(phone))


def _number(at: datetime) -> str:
    day = local_day(at)
    counter, _made = Counter.objects.get_or_create(day=day, defaults={"last": 0})
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    counter.last += 1
    counter.save(update_fields=["last"])
    return make_number(LETTERS, day, counter.last)


def unlock(*, number: str, code: str, address: str, at: datetime) -> Application | None:
    """Return the application that number and code open, or None without saying which was wrong. Raises TooMany."""
    try:
        written = read_number(number)
    except NumberRefused:
        written = "?"
    tries = [
        count_try(kind="number", value=written, most=CODES, at=at),
        count_try(kind="address", value=address, most=CODES, at=at),
    ]
    found = Application.objects.filter(number=written).first()
    real = code_of(found) if found is not None else "-" * 8
    if not same_code(code, real) or found is None:
        return None
    forget_tries(rows=tries)
    return found


def complete(
    *, application_id: UUID, words: str, uploads: "Sequence[UploadedFile[bytes]]" = (), at: datetime
) -> Application:  # fmt: skip
    """Add what was missing; the application goes back to be checked. The caller has checked number and code."""
    row = Application.objects.get(pk=application_id)
    if not uploads and len(words.strip()) < 5:
        raise Refused("请写几句，或者传要补的材料")
    if len(uploads) + Paper.objects.filter(application=row).count() > 2 * MOST_FILES:
        raise Refused("最多传 %(n)s 个文件", n=2 * MOST_FILES)
    kept: list[UUID] = []
    done = False
    try:
        kept += [files.keep(data=upload, name=upload.name or "", at=at).id for upload in uploads]
        with transaction.atomic():
            row = locked(application_id)
            row.state = step(APPLICATION, "complete", row.state)
            if words.strip():
                row.words += f"\n\n{local_day(at):%Y-%m-%d}：{words.strip()}"
            row.save(update_fields=["state", "words"])
            Paper.objects.bulk_create([Paper(application=row, file_id=f, at=at) for f in kept])
            note("complete", row.id, RESIDENT, at, number=row.number, files=len(kept))
            done = True
    finally:
        if not done:
            files.discard(ids=kept)
    return row


@transaction.atomic
def withdraw(*, application_id: UUID, by: Actor = RESIDENT, at: datetime) -> Application:
    """Take an application back before it is decided. The caller has checked number and code."""
    row = locked(application_id)
    if row.state == "withdrawn":
        return row
    row.state = step(APPLICATION, "withdraw", row.state)
    row.save(update_fields=["state"])
    note("withdraw", row.id, by, at, number=row.number)
    return row
