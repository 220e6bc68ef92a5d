"""Keeping who raised a matter, and recording every look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.residents.models import PhoneChange, Raiser, RefusedCopy, View
from zhuoluo.residents.rules import blind, normal_phone

MIN_DIGITS = 7  # of a phone number


@dataclass(frozen=True)
class Contact:
    """Who raises a matter and how to reach them, as they gave it. Only what the law asks is ever required."""

    kind: str = "person"
    name: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    address: str = ""
    others: int = 0
    more: str = ""


@dataclass(frozen=True)
class Prepared:
    """A contact ready to be kept; `id` is what the matter will point to."""

    row: Raiser

    @property
    def id(self) -> UUID:
        """Return the id the row will have."""
        return self.row.id


def keep(*, prepared: Sequence[Prepared]) -> None:
    """Keep one row per filing. Part of the register action, whose entry covers it."""
    Raiser.objects.bulk_create([p.row for p in prepared], batch_size=500)


def prepare(contact: Contact, at: datetime) -> Prepared:
    """Build the row of a contact: normal phone, blind indexes, nothing named on an anonymous one."""
    return Prepared(_row(contact, at))


def _row(contact: Contact, at: datetime) -> Raiser:
    anonymous = contact.kind == "anonymous"
    name = "" if anonymous else contact.name.strip()
    phone = normal_phone(contact.phone)
    return Raiser(
        kind=contact.kind,
        name=name,
        phone=phone or contact.phone.strip(),
        email=contact.email.strip(),
        id_number="" if anonymous else contact.id_number.strip(),
        address=contact.address.strip(),
        others=contact.others,
        more="" if anonymous else contact.more.strip(),
        phone_index=blind(settings.IDENTITY_KEY, "phone", phone),
        name_index=blind(settings.IDENTITY_KEY, "name", name),
        made_at=at,
    )


def record_view(*, subject_id: UUID, kind: str, by: Actor, at: datetime, reason: str = "") -> View:
    """Record one look. A page that cannot record it must not be shown, so errors are not swallowed."""
    return View.objects.create(
        subject_id=subject_id, kind=kind, at=at, viewer_id=by.id, viewer_name=by.name, viewer_post=by.post,
        unit_name=by.unit_name, reason=reason,
    )  # fmt: skip


def record_exports(*, subject_ids: Sequence[UUID], by: Actor, at: datetime, reason: str) -> None:
    """Record that matters left the house in a sheet, one look each, in the transaction that reads them."""
    _record(subject_ids, "exported", by, at, reason)


def record_listed(*, subject_ids: Sequence[UUID], by: Actor, at: datetime, reason: str = "") -> None:
    """Record that what matters say was shown beside each other on one page, one look each."""
    _record(subject_ids, "listed", by, at, reason)


def _record(subject_ids: Sequence[UUID], kind: str, by: Actor, at: datetime, reason: str) -> None:
    View.objects.bulk_create(
        [
            View(
                subject_id=subject,
                kind=kind,
                at=at,
                viewer_id=by.id,
                viewer_name=by.name,
                viewer_post=by.post,
                unit_name=by.unit_name,
                reason=reason.strip()[:200],
            )
            for subject in subject_ids
        ],
        batch_size=500,
    )


def contact_of(raiser_id: UUID) -> Contact:
    """Return a kept contact to be kept again with a new filing of the same person; never to be shown."""
    row = Raiser.objects.get(pk=raiser_id)
    return Contact(
        kind=row.kind, name=row.name, phone=row.phone, email=row.email, id_number=row.id_number, address=row.address,
        others=row.others, more=row.more,
    )  # fmt: skip


@transaction.atomic
def unmask(*, raiser_id: UUID, subject_id: UUID, reason: str, by: Actor, at: datetime) -> Raiser:
    """Show the identity behind a matter, for a stated reason, and record it.

    The caller has checked that the matter may be read. Raises Forbidden without the permission or a reason.
    """
    if not may(by, Permission.UNMASK):
        raise Forbidden("您的岗位不能查看诉求人身份信息")
    if len(reason.strip()) < 2:
        raise Forbidden("请写明查看身份信息的理由")
    record_view(subject_id=subject_id, kind="unmasked", by=by, at=at, reason=reason.strip()[:200])
    return Raiser.objects.get(pk=raiser_id)


def empty(*, raiser_id: UUID, subject_id: UUID) -> dict[str, Any]:
    """Return all that is kept of who raised a matter, and forget it here: the matter went where nobody of us reads it.

    Part of the action of matters that seals it, whose entry covers it. The record of who looked stays.
    """
    row = Raiser.objects.get(pk=raiser_id)
    columns = ("name", "phone", "email", "id_number", "address", "more")
    told = {name: getattr(row, name) for name in columns if getattr(row, name)}
    if row.others:
        told["others"] = row.others
    told["refused"] = list(RefusedCopy.objects.filter(subject_id=subject_id).values_list("body", flat=True))
    told["phones"] = list(
        PhoneChange.objects.filter(raiser=row).exclude(old="").values_list("old", flat=True)
    )
    PhoneChange.objects.filter(raiser=row).delete()
    for name in (*columns, "phone_index", "name_index"):
        setattr(row, name, "")
    row.kind, row.others = "anonymous", 0
    row.save()
    RefusedCopy.objects.filter(subject_id=subject_id).delete()
    return told


def keep_refused(*, key: str, subject_id: UUID, body: dict[str, Any], at: datetime) -> RefusedCopy:
    """Keep the second body that came under a used key, beside the first."""
    return RefusedCopy.objects.create(key=key, subject_id=subject_id, body=body, at=at)


def change_phone(*, raiser_id: UUID, phone: str, by: Actor, at: datetime) -> bool:
    """Put another phone number in the place of the one given, and keep the old one. Part of an action of matters,
    whose entry covers it. Returns False where the number is too short or no other."""
    row = Raiser.objects.select_for_update().get(pk=raiser_id)
    number = normal_phone(phone)
    if len(number) < MIN_DIGITS or number == normal_phone(row.phone):
        return False
    PhoneChange.objects.create(raiser=row, old=row.phone, at=at, by_id=by.id)
    row.phone, row.phone_index = number, blind(settings.IDENTITY_KEY, "phone", number)
    row.save(update_fields=["phone", "phone_index"])
    return True
