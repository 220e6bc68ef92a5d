"""Measure pages over HTTP: the real server, real sessions, eight clients that keep their connections."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode


@dataclass(frozen=True)
class Result:
    """What one kind of request did: requests a second together, and milliseconds alone and together."""

    name: str
    rate: float
    p50: float
    p95: float
    alone_p95: float
    size: int
    errors: int


@contextmanager
def server(workers: int = 2) -> Iterator[int]:
    """Start the product's own server on a free port and stop it again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "zhuoluo.config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": "src"}, start_new_session=True)
    try:
        _await(port)
        yield port
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop the server and its workers; one told to stop while it still starts may not listen, and is ended."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def memory_of_children() -> int:
    """Return the resident megabytes of this process's descendants (the server), from /proc."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
            parents[int(entry)], resident[int(entry)] = int(fields[1]), int(fields[21])
        except OSError:
            continue
    mine, edge = set(), {os.getpid()}
    while edge:
        edge = {p for p, parent in parents.items() if parent in edge} - mine
        mine |= edge
    return sum(resident[p] for p in mine) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


@dataclass
class Client:
    """One browser: a connection kept open, its session cookie, its CSRF token."""

    port: int
    cookies: str
    token: str

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send("GET", path, None)

    def post(self, path: str, form: Mapping[str, str | list[str]]) -> tuple[int, bytes]:
        return self._send("POST", path, urlencode({**form, "csrfmiddlewaretoken": self.token}, doseq=True))

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        headers = {"Cookie": self.cookies}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read()


Request = Callable[[Client, int], tuple[int, bytes]]


def measure(
    name: str, clients: list[Client], request: Request, *, seconds: float = 6.0, alone: int = 60
) -> Result:
    """Send `request` alone, then from all clients at once for some seconds. A status other than 200 or 302 is an error."""
    single: list[float] = []
    size = errors = 0
    for place in range(alone):
        started = time.perf_counter()
        status, body = request(clients[0], place)
        single.append(time.perf_counter() - started)
        size, errors = max(size, len(body)), errors + (status not in {200, 302})
    times: list[list[float]] = [[] for _ in clients]
    wrong = [0] * len(clients)
    end = time.perf_counter() + seconds

    def run(slot: int) -> None:
        place = (slot + 1) * 1_000_000
        while time.perf_counter() < end:
            started = time.perf_counter()
            status, _ = request(clients[slot], place)
            times[slot].append(time.perf_counter() - started)
            wrong[slot] += status not in {200, 302}
            place += 1

    threads = [threading.Thread(target=run, args=(slot,)) for slot in range(len(clients))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    every = sorted(t for one in times for t in one)
    return Result(
        name, len(every) / took, 1000 * statistics.median(every), 1000 * every[int(len(every) * 0.95)],
        1000 * sorted(single)[int(len(single) * 0.95)], size, errors + sum(wrong),
    )  # fmt: skip
