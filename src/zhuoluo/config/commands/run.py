"""`zhuoluo run`: make ready what is missing, then start web pages and worker as children and end them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import connection

from zhuoluo.config import ready
from zhuoluo.config.commands import demo
from zhuoluo.config.terminal import UsageError, say
from zhuoluo.papers.reads import fonts

THREADS = 4  # of each web process; each keeps a database connection
GRACE = 20.0  # seconds children get to finish what they are at
READY_WITHIN = 60.0
RESTART_AFTER = 2.0


@dataclass
class Children:
    """The processes started here; only these are ever ended."""

    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    stopping: bool = False
    restart_at: float = 0.0

    @property
    def ended(self) -> bool:
        """Say whether the web server has ended by itself."""
        return self.web is None or self.web.poll() is not None


def run(options: Namespace) -> int:
    """Start the site; returns when it was stopped, 0, or when the web server ended by itself, 1."""
    check_port(options.host, options.port)
    count = workers(options.workers)
    ready.prepare()
    if not fonts.faces().chinese:
        say(
            "没有中文字体，文书暂时不能打印：请安装 fonts-noto-cjk",
            "no Chinese font: papers cannot be printed until fonts-noto-cjk is installed",
        )
    shown = demo.ensure() if options.demo else False
    if not shown:
        os.environ.pop("ZHUOLUO_DEMO", None)
    connection.close()
    children = Children()
    _on_signals(children)
    children.web = _start_web(options, count)
    children.worker = None if options.no_worker else _start_worker()
    if _wait_until_ready(children, options):
        address = f"http://{_shown(options.host)}:{options.port}/"
        say(f"已启动：{address}  按 Ctrl-C 停止", f"ready: {address}  Ctrl-C stops it")
        if shown:
            demo.show_accounts(address)
    return _watch(children)


def check_port(host: str, port: int) -> None:
    """Raise UsageError when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or "1-65535"
            raise UsageError(
                f"{host}:{port} 不能用（{reason}），请换一个端口：--port {port + 1 if port < 65535 else 8000}",
                f"cannot listen on {host}:{port} ({reason}): choose another with --port",
            ) from error


def workers(asked: int) -> int:
    """Return how many web processes to start: as asked, else two where there are two processors."""
    if asked < 0 or asked > 64:
        raise UsageError("--workers 应为 1 至 64", "--workers: 1 to 64")
    return asked or min(2, os.cpu_count() or 1)


def _start_web(options: Namespace, count: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "granian", "zhuoluo.config.wsgi:application", "--interface", "wsgi", "--no-ws",
        "--host", options.host, "--port", str(options.port), "--workers", str(count),
        "--blocking-threads", str(THREADS), "--backlog", "4096", "--backpressure", "4096",
        "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "15",
    ]  # fmt: skip
    return subprocess.Popen(command, env=_environment())  # noqa: S603  # our own interpreter


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "zhuoluo", "worker"], env=_environment())


def _environment() -> dict[str, str]:
    """The children see this very program, wherever it lies."""
    package = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH", "")])])
    return {**os.environ, "PYTHONPATH": path, "ZHUOLUO_HOME": str(settings.HOME)}


def _on_signals(children: Children) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        children.stopping = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


def _wait_until_ready(children: Children, options: Namespace) -> bool:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and not children.ended and not children.stopping:
        try:
            socket.create_connection((_shown(options.host), options.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  # compared, not bound


def _watch(children: Children) -> int:
    """Wait until told to stop or the web server ends; a worker that ends by itself is started again."""
    while not children.stopping and not children.ended:
        time.sleep(0.2)
        if children.worker is not None and children.worker.poll() is not None and not children.stopping:
            _revive(children)
    failed = not children.stopping
    if failed:
        say("网页服务意外停止", "the web server stopped by itself")
    _end(children)
    return 1 if failed else 0


def _revive(children: Children) -> None:
    now = time.monotonic()
    if children.restart_at == 0.0:
        say("后台任务意外停止，正在重新启动", "the worker stopped by itself; starting it again")
        children.restart_at = now + RESTART_AFTER
    elif now >= children.restart_at:
        children.restart_at = 0.0
        children.worker = _start_worker()


def _end(children: Children) -> None:
    """Ask every child to finish, wait, and only then force the ones that did not."""
    processes = [process for process in (children.web, children.worker) if process is not None]
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    say("已停止", "stopped")
