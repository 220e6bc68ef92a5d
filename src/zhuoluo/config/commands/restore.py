"""`zhuoluo restore`: verify a backup, then put it in place. Never over a site's data without moving that aside first."""

import tempfile
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from zhuoluo.config.commands import archive
from zhuoluo.config.commands.backup import POSTGRES_NAME, SQLITE_NAME, engine, postgres
from zhuoluo.config.environment import database, home
from zhuoluo.config.terminal import UsageError, say


def run(options: Namespace) -> int:
    """Restore into an empty home (and an empty PostgreSQL database)."""
    folder = home()
    settings = database(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    with tempfile.TemporaryDirectory(prefix=".zhuoluo-restore-", dir=folder.parent) as scratch:
        whole = Path(scratch) / "home"
        whole.mkdir(mode=0o700)
        manifest = archive.unpack(options.file, whole)
        _same_engine(manifest, settings)
        aside = _make_room(folder, settings, stamp, force=options.force)
        if engine(settings) == "postgresql":
            postgres(settings, "pg_restore", "--no-owner", "--exit-on-error", str(whole / POSTGRES_NAME))
            (whole / POSTGRES_NAME).unlink()
        else:
            (whole / SQLITE_NAME).rename(whole / Path(settings["NAME"]).name)
        whole.rename(folder)
    for place in aside:
        say(f"原有数据挪到 {place}", f"the former data is now in {place}")
    made = manifest["made_at"]
    say(
        f"已恢复 {made} 的备份，请运行 zhuoluo check", f"restored the backup of {made}; now run zhuoluo check"
    )
    return 0


def _same_engine(manifest: dict[str, Any], settings: dict[str, Any]) -> None:
    if manifest["engine"] != engine(settings):
        raise UsageError(
            f"这份备份来自 {manifest['engine']}，现在配置的是 {engine(settings)}，请改 ZHUOLUO_DATABASE_URL",
            f"the backup is from {manifest['engine']}, this site is set to {engine(settings)}: change ZHUOLUO_DATABASE_URL",
        )


def _make_room(folder: Path, settings: dict[str, Any], stamp: str, *, force: bool) -> list[str]:
    """Refuse data that is there, or move it aside; return where to."""
    taken = folder.exists() and any(folder.iterdir())
    tables = engine(settings) == "postgresql" and _tables(settings) > 0
    if (taken or tables) and not force:
        what = str(folder) if taken else "database"
        raise UsageError(
            f"{what} 里已有数据。请先停止运行，再加 --force：现有数据会挪到一边，不会删除",
            f"{what} holds data already. Stop the site, then add --force: what is there is moved aside, not deleted",
        )
    aside = []
    if tables:
        aside.append(_rename_schema(settings, f"before_{stamp.replace('-', '_')}"))
    if taken:
        beside = folder.with_name(f"{folder.name}.before-{stamp}")
        folder.rename(beside)
        aside.append(str(beside))
    elif folder.exists():
        folder.rmdir()
    return aside


def _connect(settings: dict[str, Any]) -> psycopg.Connection[Any]:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    given = {name: settings[key] for name, key in names.items() if settings.get(key)}
    return psycopg.connect(**given, autocommit=True)


def _tables(settings: dict[str, Any]) -> int:
    with _connect(settings) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(row[0]) if row else 0


def _rename_schema(settings: dict[str, Any], name: str) -> str:
    with _connect(settings) as connection:
        connection.execute(f"ALTER SCHEMA public RENAME TO {name}")
        connection.execute("CREATE SCHEMA public")
    return f"schema {name}"
