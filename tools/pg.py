"""Run a command against a PostgreSQL server of its own, made for it and thrown away after it.

    python tools/pg.py COMMAND…

The server listens on a socket in a private folder only: no port, nothing to collide with. The command finds
it in ZHUOLUO_DATABASE_URL. Nothing is flushed to disk: this server is for tests and ends with the command.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.system import postgresql

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
READY_WITHIN = 60.0
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "autovacuum_naptime": "10s",
    "timezone": "UTC",
}


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as its own account."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise SystemExit("PostgreSQL does not run as root and there is no account 'postgres'.") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(program: str, *arguments: str, account: dict[str, Any], cwd: Path) -> None:
    done = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **account,
    )
    if done.returncode != 0:
        raise SystemExit(f"{Path(program).name} failed:\n{done.stdout}")


def _ends_with_us() -> None:
    """Ask Linux to end the server at once when this process is gone, even if it was killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGQUIT)


@contextmanager
def server(kept: Path | None = None) -> Iterator[str]:
    """Start a server and give the address of its empty database (UTF-8, C.UTF-8); stop it in the end.

    `kept`: a folder that stays, so that a later start finds the same data.
    """
    programs = postgresql()
    if not programs:
        raise SystemExit("PostgreSQL is missing: run 'python3 tools/system.py postgresql' first.")
    account = _account()
    folder = kept or Path(tempfile.mkdtemp(prefix="zhuoluo-pg-"))
    folder.mkdir(parents=True, exist_ok=True)
    if account:
        os.chown(folder, account["user"], account["group"])
    running: subprocess.Popen[bytes] | None = None
    try:
        new = not (folder / "data").exists()
        if new:
            _run(
                f"{programs}/initdb", "-D", "data", "-U", "zhuoluo", "-A", "trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync", account=account, cwd=folder,
            )  # fmt: skip
        running = _start(programs, folder, account)
        if new:
            name = ("-h", str(folder), "-U", "zhuoluo", "zhuoluo")
            _run(f"{programs}/createdb", *name, account=account, cwd=folder)
        yield f"postgresql://zhuoluo@/zhuoluo?host={folder}"
    finally:
        if running is not None:
            running.send_signal(signal.SIGINT if kept else signal.SIGQUIT)
            running.wait(timeout=300)
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _start(programs: str, folder: Path, account: dict[str, Any]) -> "subprocess.Popen[bytes]":
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [f"{programs}/postgres", "-D", "data", *options]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True, preexec_fn=_ends_with_us, **account
        )  # fmt: skip
    until = time.monotonic() + READY_WITHIN
    while subprocess.run([f"{programs}/pg_isready", "-q", "-h", str(folder)], check=False).returncode != 0:
        if running.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")
        time.sleep(0.05)
    return running


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def main(command: list[str]) -> int:
    """Run the command with a server; return its exit code."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _terminated)
    with server() as address:
        return subprocess.run(
            command, env={**os.environ, "ZHUOLUO_DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
