"""Lists taken in from a sheet: all rows or none; a list that came before adds nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Line, Wrong, lines, read_all
from zhuoluo.ledger.rules import Act
from zhuoluo.matters.rules import Refused as NumberRefused
from zhuoluo.matters.rules import read_number
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes.actions.noted import CATALOGUE, check_keeps, check_pays, note, note_all
from zhuoluo.outreach.programmes.actions.paying import write
from zhuoluo.outreach.programmes.models import Award, Payment, Wanted
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.sheet import (
    MAY_MISS,
    PAYMENTS,
    WANTED,
    Paid,
    check_total,
    read_paid,
    read_sought,
)

MOST_ROWS = 2000
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """What a list brought: rows new, rows known before, and the sum of the new ones in fen."""

    new: int
    known: int
    total: int = 0


def import_payments(*, data: bytes, control: int, by: Actor, at: datetime) -> Taken:
    """Record a list of payments, one entry each. Raises Refused or BadRows; then nothing was recorded."""
    check_pays(by)
    rows = _read(data, PAYMENTS, read_paid)
    _check_vouchers(rows)
    check_total(rows, control)
    try:
        with transaction.atomic():
            return _pay_all(rows, by, at)
    except IntegrityError as error:
        raise Refused("这份表里有的凭证刚被别人登记，请重新导入") from error


def _pay_all(rows: Sequence[Paid], by: Actor, at: datetime) -> Taken:
    awards = _awards({row.number for row in rows})
    before = {p.voucher: p for p in Payment.objects.filter(voucher__in=[row.voucher for row in rows])}
    wrong: list[Wrong] = []
    entries: list[Act] = []
    known = total = 0
    for row in rows:
        try:
            award = _award_of(awards, row)
            same = before.get(row.voucher)
            if same is not None:
                if (same.award_id, same.amount, same.day) != (award, row.amount, row.day):
                    raise Refused("凭证号 %(voucher)s 已经登记过，内容不一样", voucher=row.voucher)
                known += 1
                continue
            with transaction.atomic():
                _made, entry = write(
                    award, "paid", row.amount, row.day, row.voucher, "", f"sheet:{row.voucher}", by, at
                )
            entries.append(entry)
            total += row.amount
        except Refused as error:
            wrong.append(Wrong(row.place, error))
    if wrong:
        raise BadRows(wrong)
    if entries:
        note_all(entries, at)
    return Taken(len(entries), known, total)


def _awards(numbers: set[str]) -> dict[tuple[str, str], UUID]:
    rows = Award.objects.filter(application__number__in=[_plain(n) for n in numbers])
    return {
        (number, title): award
        for award, number, title in rows.values_list("id", "application__number", "item__title")
    }


def _plain(number: str) -> str:
    try:
        return read_number(number)
    except NumberRefused:
        return number


def _award_of(awards: Mapping[tuple[str, str], UUID], row: Paid) -> UUID:
    number = _plain(row.number)
    mine = {title: award for (owner, title), award in awards.items() if owner == number}
    if not mine:
        raise Refused("没有编号 %(number)s 的已批准申请", number=row.number[:40])
    if not row.item and len(mine) == 1:
        return next(iter(mine.values()))
    if row.item not in mine:
        raise Refused("申请 %(number)s 没有批准“%(item)s”", number=number, item=row.item[:60])
    return mine[row.item]


def _check_vouchers(rows: Sequence[Paid]) -> None:
    seen: set[str] = set()
    wrong = []
    for row in rows:
        if row.voucher in seen:
            wrong.append(
                Wrong(row.place, Refused("凭证号 %(voucher)s 在表里出现了两次", voucher=row.voucher))
            )
        seen.add(row.voucher)
    if wrong:
        raise BadRows(wrong)


def import_wanted(*, data: bytes, by: Actor, at: datetime) -> Taken:
    """Take in a catalogue of wanted talents; posts that are known are brought up to date. One entry."""
    check_keeps(by)
    rows = _read(data, WANTED, read_sought)
    with transaction.atomic():
        new = known = changed = 0
        for row in rows:
            values = {
                name: getattr(row, name)
                for name in ("people", "demands", "offer", "contact", "phone", "until")
            }
            found, fresh = Wanted.objects.get_or_create(
                year=row.year, employer=row.employer, post=row.post, defaults=values | {"made_at": at}
            )
            if fresh:
                new += 1
                continue
            known += 1
            if any(getattr(found, name) != value for name, value in values.items()):
                Wanted.objects.filter(pk=found.pk).update(**values)
                changed += 1
        if new or changed:
            note("import_wanted", CATALOGUE, by, at, new=new, changed=changed, known=known)
    return Taken(new, known)


def _read(data: bytes, columns: Mapping[str, Sequence[str]], read: Callable[[Line], T]) -> list[T]:
    return read_all(lines(first_sheet(data), columns, MAY_MISS), read, MOST_ROWS)
