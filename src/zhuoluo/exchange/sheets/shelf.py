"""Where the bytes of uploaded and finished sheets lie: apart from attachments, and only for some time.

They are no attachments: nobody but the import itself and whoever may see its run ever gets them.
"""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def place(key: UUID) -> Path:
    """Where the sheet of a run lies. Made of the id alone, so no name can lead outside."""
    return Path(settings.FILES_ROOT) / "sheets" / str(key)


def keep(key: UUID, content: bytes) -> None:
    """Keep a sheet whole or not at all: a part file, synced, renamed."""
    target = place(key)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(target)


def take(key: UUID) -> bytes:
    """The bytes of a sheet. Raises FileNotFoundError once they were swept."""
    return place(key).read_bytes()


def drop(key: UUID) -> None:
    """Forget a sheet; one that is gone already is no error."""
    for path in (place(key), place(key).with_suffix(".done")):
        path.unlink(missing_ok=True)


def mark(key: UUID, done: int) -> None:
    """Write down how far a run has come that cannot say so in the database: its one transaction is not over."""
    place(key).with_suffix(".done").write_text(str(done))


def marked(key: UUID) -> int:
    """How far such a run has come."""
    try:
        return int(place(key).with_suffix(".done").read_text() or 0)
    except (FileNotFoundError, ValueError):
        return 0
