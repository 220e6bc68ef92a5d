"""Reads the few settings a site may change from the environment, failing loudly with how to mend it."""

import base64
import os
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    # IMMEDIATE: two writers queue instead of failing with "database is locked" half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a number told to somebody outlives a power cut; with NORMAL the last commits could be gone.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;",
}


def flag(name: str, default: bool = False) -> bool:
    """Return an on/off setting. Raises ImproperlyConfigured for anything but 1/0/true/false/yes/no."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0")


def one_of(name: str, default: str, known: Collection[str]) -> str:
    """Return a setting with a few known values. Raises ImproperlyConfigured for another one."""
    value = os.environ.get(name, "").strip().lower() or default
    if value not in known:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(known)}")
    return value


def sealing_key() -> str:
    """Make the first key that seals accusations: its id and 32 random bytes."""
    return f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def home() -> Path:
    """The folder that holds the database, uploaded files and keys of this site (ZHUOLUO_HOME, default ./var)."""
    return Path(os.environ.get("ZHUOLUO_HOME", "var")).resolve()


def kept_secret(folder: Path, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """Return the secret kept in `folder/name`, making it on first use, readable by its owner only."""
    path = folder / name
    if path.exists():
        return path.read_text().strip()
    folder.mkdir(parents=True, exist_ok=True)
    value = make()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(value)
    return value


def database(folder: Path) -> dict[str, Any]:
    """Return Django's database entry from ZHUOLUO_DATABASE_URL, or SQLite in the home folder without it."""
    url = os.environ.get("ZHUOLUO_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "zhuoluo.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
            # A file, so that tests with several threads meet the same locking as the product.
            "TEST": {"NAME": str(folder / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("ZHUOLUO_DATABASE_URL: write postgresql://user:password@host:port/name")
    # Just-in-time compiling costs a list of these pages ten times what it saves (docs/bench.md); a URL with
    # ?options= (a pooler that takes none) or other options has its way.
    options: dict[str, Any] = {"options": "-c jit=off"} | dict(parse_qsl(parts.query, keep_blank_values=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
