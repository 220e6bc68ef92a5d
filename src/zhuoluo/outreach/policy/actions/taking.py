"""Taking in a file or pasted text: checked, kept, read, cut into clauses; what it says of itself is a first guess."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from zhuoluo.files import actions as files
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy.actions.drafting import DocumentContent, draft
from zhuoluo.outreach.policy.actions.noted import check_keeps
from zhuoluo.outreach.policy.models import Document
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.guessing import Guess, guess
from zhuoluo.outreach.policy.rules.reading import check_size, read_file, read_text
from zhuoluo.outreach.policy.rules.splitting import cleaned, split


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in."""

    data: bytes
    name: str


def take_in(
    *, by: Actor, at: datetime, upload: Upload | None = None, text: str = "", kind: str = "measure", key: str = "",
) -> Document:  # fmt: skip
    """Take in a file or a text as a draft, its clauses proposed. The same form sent twice is one document.

    Raises Refused with how to mend the file. A file that is kept before the draft fails is swept later.
    """
    check_keeps(by)
    known = Document.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    with transaction.atomic():
        source_id, read, name = None, None, ""
        if upload is not None:
            source_id, extension = _kept(upload, at)
            read, name = read_file(upload.data, extension), PurePath(upload.name).stem
        else:
            read = read_text(text)
        found = guess(cleaned(read.pages) if read.wrapped else read.lines)
        cut = split(read.pages, wrapped=read.wrapped)
        return draft(
            content=_content(found, kind, name), split=cut, source_id=source_id, key=key, by=by, at=at
        )


def _kept(upload: Upload, at: datetime) -> tuple[UUID, str]:
    """Keep the file and return its id and what it really is. The files room says in the reader's language why it cannot."""
    check_size(upload.data)
    try:
        stored = files.keep(data=upload.data, name=upload.name, at=at)
    except FileRefused as refused:
        raise Refused(str(refused)) from refused
    return stored.id, PurePath(stored.name).suffix


def _content(found: Guess, kind: str, name: str) -> DocumentContent:
    first, issued = found.from_day, found.issued_on
    last = (
        found.until_day
        if first is not None and found.until_day is not None and found.until_day >= first
        else None
    )
    return DocumentContent(
        title=found.title or name[:200] or "没有名称的文件", issuer=found.issuer, kind=kind, number=found.number, until_day=last,
        issued_on=None if first is not None and issued is not None and issued > first else issued, from_day=first,
    )  # fmt: skip
