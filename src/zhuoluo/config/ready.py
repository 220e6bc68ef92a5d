"""What must be in place before pages are served: database, translations, static files. Only what changed is done.

A second start finds nothing to do and takes no time for it.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhuoluo.config import messages
from zhuoluo.config.terminal import say

STAMP = ".stamp"


def prepare() -> None:
    """Bring everything up to date; says what it did, nothing when there was nothing."""
    if pending():
        say("正在准备数据库……", "preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    messages.compile_catalogues()
    if collect():
        say("页面文件已就绪", "static files are in place")


def pending() -> int:
    """Return how many migrations are not applied yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def fingerprint() -> str:
    """Return a digest over path, size and time of every static file there is."""
    whole = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            whole.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def collect() -> bool:
    """Collect the static files when they changed since the last time; return whether that was needed."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True
