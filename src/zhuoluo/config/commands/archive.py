"""The backup file: one tar.gz whose last member, manifest.json, holds the SHA-256 of all others. Standard library only.

A file cut short, changed or with anything unexpected in it is found before a single byte of the site is touched.
"""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from zhuoluo.config.terminal import UsageError

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1 << 20


class _Hashed:
    """A reader that hashes what it passes on."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.hash, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.hash.update(piece)
        self.size += len(piece)
        return piece


def write(target: Path, members: Iterable[tuple[str, Path]], facts: dict[str, Any]) -> int:
    """Write the members (name in the archive, file) and the manifest with `facts`; return how many.

    The file appears under its name only when it is whole, and never over another one.
    """
    if target.exists():
        raise UsageError(f"{target} 已存在，请换一个文件名", f"{target} exists: choose another name")
    partial = target.with_name(f".{target.name}.partial")
    files: dict[str, dict[str, Any]] = {}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds keys
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=5) as archive:
                for name, path in members:
                    files[name] = _add(archive, name, path)
                manifest = json.dumps(
                    {"format": FORMAT, **facts, "files": files}, indent=1, sort_keys=True
                ).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size, entry.mode = len(manifest), 0o600
                archive.addfile(entry, io.BytesIO(manifest))
            raw.flush()
            os.fsync(raw.fileno())
        os.link(partial, target)  # fails if somebody made the target meanwhile
    finally:
        partial.unlink(missing_ok=True)
    return len(files)


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(source.fileno()).st_size
        entry.mode, entry.mtime = 0o600, int(path.stat().st_mtime)
        reader = _Hashed(source)
        archive.addfile(entry, reader)
    return {"sha256": reader.hash.hexdigest(), "size": reader.size}


def unpack(source: Path, into: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and verify it; return the manifest. Raises UsageError when it is not whole."""
    if not source.is_file():
        raise UsageError(f"没有备份文件 {source}", f"no backup file {source}")
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, "r:gz") as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isreg() and _safe(entry.name) else None
                if content is None:
                    raise _broken(source)
                if entry.name == MANIFEST:
                    manifest = json.loads(content.read())
                else:
                    found[entry.name] = _keep(content, into / entry.name)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        raise _broken(source) from error
    if manifest.get("format") != FORMAT or manifest.get("files") != found:
        raise _broken(source)
    return manifest


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _keep(content: IO[bytes], path: Path) -> dict[str, Any]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reader = _Hashed(content)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        while piece := reader.read(PIECE):
            target.write(piece)
    return {"sha256": reader.hash.hexdigest(), "size": reader.size}


def _broken(source: Path) -> UsageError:
    return UsageError(
        f"备份 {source} 不完整或被改动，没有恢复任何内容；请换一份备份",
        f"the backup {source} is damaged or was changed; nothing was restored: use another one",
    )
