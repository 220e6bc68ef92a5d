"""Finding kept files again. Rights are checked by the room that owns the matter, before it asks here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from zhuoluo.files.models import StoredFile


@dataclass(frozen=True)
class FileInfo:
    """What a page shows of a file. `size` is in bytes; width and height are None for all but photos."""

    id: UUID
    name: str
    kind: str
    kind_word: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    thumbnail: bool
    stored_at: datetime


def get(file_id: UUID) -> StoredFile:
    """Return a file's row. Raises StoredFile.DoesNotExist."""
    return StoredFile.objects.get(pk=file_id)


def describe(ids: Collection[UUID]) -> dict[UUID, FileInfo]:
    """Return what a page shows of each file, in the order asked, in one query; unknown ids are left out."""
    rows = StoredFile.objects.in_bulk(list(ids)) if ids else {}
    return {file_id: info(rows[file_id]) for file_id in ids if file_id in rows}


def info(stored: StoredFile) -> FileInfo:
    """Return what a page shows of one file."""
    return FileInfo(
        id=stored.id, name=stored.name, kind=stored.kind, kind_word=gettext(stored.get_kind_display()),
        content_type=stored.content_type, size=stored.size, width=stored.width, height=stored.height,
        thumbnail=stored.thumbnail, stored_at=stored.stored_at,
    )  # fmt: skip


def place(file_id: UUID, *, thumbnail: bool = False) -> Path:
    """Return where a file's bytes lie. Made of the id alone, so no name can lead outside."""
    tail = file_id.hex[-4:]  # the random end of the id spreads files evenly
    return settings.FILES_ROOT / tail[:2] / tail[2:] / f"{file_id}{'.small' if thumbnail else ''}"


def open_file(file_id: UUID, *, thumbnail: bool = False) -> BinaryIO:
    """Open a file's bytes for reading. Raises FileNotFoundError, which only a damaged site can meet."""
    return place(file_id, thumbnail=thumbnail).open("rb")
