"""Keeping files. Whoever attaches one writes the ledger entry: a file alone is nobody's act."""

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from zhuoluo.files.models import StoredFile
from zhuoluo.files.reads import place
from zhuoluo.files.rules import LARGEST, Checked, Refused, check, clean_name
from zhuoluo.kit.ids import uuid7

# The largest photo takes 330 MB while it is drawn anew: two at a time in one process, others wait their turn.
_desks = threading.BoundedSemaphore(2)


def keep(*, data: "bytes | UploadedFile[bytes]", name: str, at: datetime) -> StoredFile:
    """Check, clean and keep one upload; return its row. `at` is when it was handed in.

    Raises Refused, in the reader's language, with the reason and how to mend it. The bytes are synced to disk
    before the row is written in the caller's transaction: if that fails, the file is left to sweep_orphans.
    """
    try:
        checked = _checked(data)
    except Refused as refused:
        raise refused.said_by(gettext) from refused
    file_id = uuid7()
    _write(place(file_id), checked.content)
    if checked.thumbnail is not None:
        _write(place(file_id, thumbnail=True), checked.thumbnail)
    return StoredFile.objects.create(
        id=file_id,
        name=clean_name(name, checked.type.extension),
        kind=checked.type.kind,
        content_type=checked.type.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        width=checked.width,
        height=checked.height,
        thumbnail=checked.thumbnail is not None,
        stored_at=at,
    )


def _checked(data: "bytes | UploadedFile[bytes]") -> Checked:
    content = data if isinstance(data, bytes) else data.read(LARGEST + 1)
    if len(content) > LARGEST:
        size = len(data) if isinstance(data, bytes) else data.size or len(content)
        raise Refused("too-big", size=f"{size / 1024 / 1024:.1f}", limit=LARGEST // 1024 // 1024)
    with _desks:
        return check(content)


def _write(target: Path, content: bytes) -> None:
    """Write a whole file or none: a part file, synced, renamed, and its folders synced."""
    new = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(target)
    for folder in (target.parent, *(made.parent for made in new)):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(*, ids: Iterable[UUID]) -> None:
    """Delete kept files that nobody attached: taken off a form again, or left on one that was never filed."""
    gone = list(ids)
    if not gone:
        return
    StoredFile.objects.filter(pk__in=gone).delete()
    transaction.on_commit(
        lambda: _unlink(gone)
    )  # a file lost after a rollback would leave a row pointing nowhere


def _unlink(ids: Iterable[UUID]) -> None:
    for file_id in ids:
        place(file_id).unlink(missing_ok=True)
        place(file_id, thumbnail=True).unlink(missing_ok=True)


def sweep_orphans(*, before: datetime) -> int:
    """Delete files on disk that no row knows and that were written before `before`; return how many.

    Choose `before` a day ago or more: the row of a younger file may still be on its way.
    """
    swept = 0
    for paths in _folders(Path(settings.FILES_ROOT)):
        owners = {path: _owner(path) for path in paths if path.lstat().st_mtime < before.timestamp()}
        ids = [owner for owner in owners.values() if owner]
        known = set(StoredFile.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
        for path, owner in owners.items():
            if owner and (owner not in known or path.suffix == ".part"):
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _folders(root: Path) -> Iterator[list[Path]]:
    """Yield the plain files of each folder two levels down: links and anything else are not ours."""
    for folder in sorted(root.glob("??/??")):
        if folder.is_dir() and not folder.is_symlink():
            yield [Path(entry) for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]


def _owner(path: Path) -> UUID | None:
    """Return the id a file on disk was written for; None for a file that is not ours."""
    stem = path.name.removesuffix(".part").removesuffix(".small")
    try:
        owner = UUID(stem)
    except ValueError:
        return None
    return owner if str(owner) == stem else None
