"""A form on its way: opened, answered screen by screen, filed once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zhuoluo.files import actions as files
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.matters import actions as matters
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import RESIDENT
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads.drafts import answers_of, filing_of
from zhuoluo.portal.rules.steps import MAX_PHOTOS, Answers, gap


class Frozen(Exception):
    """The form is filed, or being filed: what it says does not change any more."""


@dataclass(frozen=True)
class Filed:
    """A form that led to a matter. `again`: it had been filed before, nothing new was registered."""

    draft: Draft
    again: bool


def open_draft(*, token: str, holder: str, at: datetime) -> Draft:
    """Open the form behind a token, or return it when it is open already. `holder`: the cookie's digest."""
    values = {"holder": holder, "key": uuid4(), "opened_at": at, "touched_at": at}
    try:
        with transaction.atomic():
            return Draft.objects.create(token=token, **values)
    except IntegrityError:
        return Draft.objects.get(token=token)


def save(*, draft: Draft, change: Callable[[Answers], Answers], at: datetime) -> Answers:
    """Keep the answers of one screen; the other screens' answers stay as they are. Raises Frozen once it is being filed."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.frozen_at is not None:
            raise Frozen
        answers = change(Answers.from_json(row.answers))
        row.answers, row.touched_at = answers.as_json(), at
        row.save(update_fields=["answers", "touched_at"])
    return answers


def add_photos(*, draft: Draft, uploads: "Sequence[UploadedFile[bytes]]", at: datetime) -> list[str]:
    """Keep uploads and put them to the form; return why some were refused, in words. The same file twice is one."""
    known = set(answers_of(draft).prints)
    kept, refused = [], []
    for upload in uploads:
        mark = fingerprint(upload)
        if mark in known:
            continue
        try:
            kept.append((str(files.keep(data=upload, name=upload.name or "", at=at).id), mark))
        except FileRefused as refusal:
            refused.append(f"{upload.name}：{refusal}")
        known.add(mark)
    spare: list[str] = []
    answers = save(draft=draft, change=lambda before: _with_photos(before, kept, spare), at=at)
    files.discard(ids=[UUID(file_id) for file_id in spare])
    if {mark for file_id, mark in kept if file_id in spare} - set(answers.prints):
        refused.append(_("最多 %(most)d 个，多出来的没有加上") % {"most": MAX_PHOTOS})
    return refused


def fingerprint(upload: "UploadedFile[bytes]") -> str:
    """Return the SHA-256 of an upload as it came, leaving it at its start."""
    whole = hashlib.sha256()
    for chunk in upload.chunks():
        whole.update(chunk)
    upload.seek(0)
    return whole.hexdigest()


def _with_photos(answers: Answers, kept: Sequence[tuple[str, str]], spare: list[str]) -> Answers:
    """Add what is new and fits; what a double tap brought a second time, or is too much, goes to `spare`."""
    photos, prints = list(answers.photos), list(answers.prints)
    for file_id, mark in kept:
        if mark in prints or len(photos) >= MAX_PHOTOS:
            spare.append(file_id)
            continue
        photos.append(file_id)
        prints.append(mark)
    return replace(answers, photos=tuple(photos), prints=tuple(prints))


def remove_photo(*, draft: Draft, file_id: UUID, at: datetime) -> None:
    """Take a file off the form and delete it."""
    found: list[UUID] = []

    def change(answers: Answers) -> Answers:
        pairs = list(zip(answers.photos, answers.prints, strict=True))
        left = [pair for pair in pairs if pair[0] != str(file_id)]
        found.extend([file_id] * (len(left) < len(pairs)))
        return replace(answers, photos=tuple(p for p, m in left), prints=tuple(m for p, m in left))

    save(draft=draft, change=change, at=at)
    files.discard(ids=found)


def file(*, draft: Draft, at: datetime, law: Law) -> Filed:
    """Register what the form says, once: the draft's own key makes every repetition give the same matter.

    The answers are frozen first, so that after a crash between registering and noting it here the same words come
    again. Raises Refused for what is missing; the form can then be changed again.
    """
    row = _freeze(draft, at)
    if row.filed_at is not None:
        return Filed(row, again=True)
    answers = answers_of(row)
    try:
        if gap(answers):
            raise Refused("还有没有填完的地方，请补上再提交")
        registered = matters.register(
            filing=filing_of(answers), by=RESIDENT, at=at, law=law, key=f"portal:{row.key}"
        )
    except Exception:
        Draft.objects.filter(pk=row.pk, filed_at__isnull=True).update(frozen_at=None)
        raise
    matter = registered.matter
    Draft.objects.filter(pk=row.pk, filed_at__isnull=True).update(
        filed_at=at, touched_at=at, matter_id=matter.id, number=matter.number, frozen_at=at
    )
    row.refresh_from_db()
    return Filed(row, again=not registered.fresh)


def _freeze(draft: Draft, at: datetime) -> Draft:
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.frozen_at is None:
            row.frozen_at = at
            row.save(update_fields=["frozen_at"])
    return row


def erase(*, draft: Draft) -> None:
    """Remove an unfiled form with every word and file in it; of a filed one only the words kept here go."""
    row = Draft.objects.filter(pk=draft.pk).first()
    if row is None:
        return
    if row.filed_at is not None:
        Draft.objects.filter(pk=row.pk).update(answers={}, holder="")
        return
    row.delete()
    files.discard(ids=[UUID(file_id) for file_id in Answers.from_json(row.answers).photos])
