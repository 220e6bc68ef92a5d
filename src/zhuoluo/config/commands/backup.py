"""`zhuoluo backup`: database, files and keys into one file with a manifest. Safe while the site is running."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zhuoluo.config.commands import archive
from zhuoluo.config.environment import database, home
from zhuoluo.config.terminal import UsageError, say

SQLITE_NAME, POSTGRES_NAME = "database.sqlite3", "database.dump"


def run(options: Namespace) -> int:
    """Write the backup. The database is copied first: whatever file it names is on disk by then."""
    folder = home()
    now = datetime.now(UTC)
    target = options.file or Path(f"zhuoluo-{now:%Y%m%d-%H%M%S}.tar.gz")
    if not target.parent.is_dir():
        raise UsageError(f"没有文件夹 {target.parent}", f"no folder {target.parent}")
    settings = database(folder)
    with tempfile.TemporaryDirectory(prefix="zhuoluo-backup-") as scratch:
        copy = copy_database(settings, Path(scratch))
        facts = {"engine": engine(settings), "made_at": now.isoformat(timespec="seconds")}
        count = archive.write(target, [(copy.name, copy), *site_files(folder)], facts)
    size = target.stat().st_size / 1_000_000
    say(
        f"已备份到 {target}（{count} 个文件，{size:.1f} MB）",
        f"backed up to {target} ({count} files, {size:.1f} MB)",
    )
    if any(os.environ.get(f"ZHUOLUO_{name}") for name in ("IDENTITY_KEY", "SECRET_KEY", "SEALED_KEYS")):
        say(
            "密钥来自环境变量，不在备份里，请另行保管", "the keys come from the environment and are not in it"
        )
    return 0


def engine(settings: dict[str, Any]) -> str:
    """Return "sqlite" or "postgresql"."""
    return "sqlite" if settings["ENGINE"].endswith("sqlite3") else "postgresql"


def site_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the site's own files: keys, notes, uploads. Not what can be made again (static) nor the live database."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(("zhuoluo.sqlite3", ".")):
            yield path.name, path
    for path in sorted((folder / "files").rglob("*")):
        if path.is_file() and path.suffix != ".part":  # an upload under way: its row is not in the copy
            yield path.relative_to(folder).as_posix(), path


def copy_database(settings: dict[str, Any], scratch: Path) -> Path:
    """Copy the database as of one moment into the folder; return the copy."""
    if engine(settings) == "postgresql":
        copy = scratch / POSTGRES_NAME
        postgres(settings, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
        return copy
    source = Path(settings["NAME"])
    if not source.is_file():
        raise UsageError(f"{source} 不存在，没有可备份的", f"{source} does not exist: nothing to back up")
    copy = scratch / SQLITE_NAME
    reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        reader.backup(writer)
    finally:
        reader.close()
        writer.close()
    return copy


def postgres(settings: dict[str, Any], program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on the site's database; passwords go by the environment, not the command."""
    if shutil.which(program) is None:
        raise UsageError(
            f"缺少 {program}，请安装 postgresql-client", f"{program} is missing: install postgresql-client"
        )
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    command = [program, *arguments]
    if program == "pg_restore":
        command.append(f"--dbname={settings['NAME']}")
    done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)  # noqa: S603  # fixed programs
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [""])[-1]
        raise UsageError(f"{program} 没有成功：{reason}", f"{program} failed")
