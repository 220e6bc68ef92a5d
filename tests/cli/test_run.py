"""`zhuoluo run`: made ready, started, ended with all its children."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhuoluo.config import ready
from zhuoluo.config.commands import run
from zhuoluo.config.terminal import Progress, UsageError

ROOT = Path(__file__).resolve().parents[2]


def test_a_taken_port_is_said_before_anything_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port"):
            run.check_port("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(UsageError):
        run.check_port("127.0.0.1", port)


def test_web_processes_follow_the_size_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.os, "cpu_count", lambda: 1)
    assert run.workers(0) == 1
    monkeypatch.setattr(run.os, "cpu_count", lambda: 32)
    assert (run.workers(0), run.workers(5)) == (2, 5)
    with pytest.raises(UsageError):
        run.workers(-1)


def test_static_files_are_collected_once_and_again_when_they_changed(
    settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    made: list[str] = []
    monkeypatch.setattr(ready, "call_command", lambda name, **more: made.append(name))
    assert ready.collect()
    assert not ready.collect()
    monkeypatch.setattr(ready, "fingerprint", lambda: "changed")
    assert ready.collect()
    assert made == ["collectstatic", "collectstatic"]


def test_progress_in_a_log_is_a_line_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Progress("事项", "matters")
    for done in range(101):
        bar(done, 100)
    bar.end()
    assert len(capsys.readouterr().out.splitlines()) == 11


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "PYTHONPATH": "src", "ZHUOLUO_HOME": str(tmp_path / "home")}
    env.pop("ZHUOLUO_DATABASE_URL", None)
    command = [sys.executable, "-m", "zhuoluo", "run", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_run_serves_pages_and_ends_with_all_its_children(
    site: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    assert site.stdout is not None
    lines: list[str] = []
    for line in site.stdout:
        lines.append(line)
        if "ready" in line:
            break
    assert f"http://127.0.0.1:{port}/" in lines[-1], "".join(lines)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        assert page.status == 200
        assert "着落" in page.read().decode()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    site.send_signal(signal.SIGTERM)
    assert site.wait(timeout=30) == 0
    assert "stopped" in site.stdout.read()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
