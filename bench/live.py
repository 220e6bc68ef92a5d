"""A live room under load: phones that join and poll, questions asked, and how soon a screen shows what was let through.

`python -m bench live` runs the product's own server on a site of its own, for each engine, and an asyncio client in a
process of its own beside it. Every number printed was measured; accepted and stored are counted apart and must be equal.
"""

import argparse
import asyncio
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

HEAD = (
    "| engine | phones | questions/s | accepted | stored | asks p50 / p95 ms | polls | polls p50 / p95 ms | screen lag p50 / p95 s "
    "| opened p95 ms | errors |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
EVERY, JITTER = 1.2, 0.4  # as the page tells the phones (live.rules.polling)
SETUP = """
import django, sys; django.setup()
from datetime import timedelta
from django.utils import timezone
from tests.county import build
from zhuoluo.outreach.live import actions
from zhuoluo.org.models import Unit
from zhuoluo.outreach.talks.models import Talk
county = build(); at = timezone.now() - timedelta(minutes=1); by = county.who("outreach", at)
talk = Talk.objects.create(
    kind="live_fixed", title="直播", unit=Unit.objects.order_by("id")[0], day=at.date(), starts_at=at,
    ends_at=at + timedelta(hours=2), place="县城", live=True, made_at=at,
)
room = actions.make_room(talk_id=talk.pk, by=by, at=at); actions.begin(room_id=room.pk, by=by, at=at); print(room.code, by.id)
"""
LET = """
import django, sys, time; django.setup()
from django.utils import timezone
from zhuoluo.org.models import User
from zhuoluo.org.reads import actor
from zhuoluo.outreach.live import actions
from zhuoluo.outreach.live.models import Question
by = actor(User.objects.get(pk=sys.argv[2]), timezone.now())
until = time.time() + float(sys.argv[1])
while time.time() < until:
    q = Question.objects.filter(state="new").order_by("-id").first()
    if q:
        actions.let_through(question_id=q.pk, by=by, at=timezone.now()); print(q.number, q.text, time.time(), flush=True)
    time.sleep(1)
"""


@dataclass
class Seen:
    """What the client measured."""

    asks: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    shown: dict[str, list[float]] = field(
        default_factory=dict
    )  # words of a question → when each phone saw it
    errors: list[str] = field(default_factory=list)


class Phone:
    """One connection that is kept, with its cookies and the mark of what it shows."""

    def __init__(self, port: int, code: str, seen: Seen) -> None:
        self.port, self.code, self.seen = port, code, seen
        self.cookies: dict[str, str] = {}
        self.mark = self.token = ""
        self.stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.known: set[str] = set()

    async def send(self, method: str, path: str, body: str = "", head: str = "") -> tuple[int, str, bytes]:
        """Send one request and read its answer; once more when the kept connection was closed meanwhile.

        Sending again is safe: an ask carries its form's key, and the same form sent twice is one question.
        """
        try:
            return await self._send(method, path, body, head)
        except (OSError, asyncio.IncompleteReadError):
            self.stream = None
            return await self._send(method, path, body, head)

    async def _send(self, method: str, path: str, body: str, head: str) -> tuple[int, str, bytes]:
        if self.stream is None:
            self.stream = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.stream
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        data = body.encode()
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n{head}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n".encode()
            + data
        )
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;]*)", lines):
            self.cookies[name] = value.strip('"')
        length = re.search(r"(?im)^content-length: (\d+)", lines)
        content = await reader.readexactly(int(length[1])) if length else b""
        return int(lines[9:12]), lines, content

    async def open(self) -> None:
        """Open the page as from the QR code."""
        started = time.perf_counter()
        status, _head, words = await self.send("GET", f"/live/{self.code}/")
        self.seen.opened.append(time.perf_counter() - started)
        if status != 200:
            self.seen.errors.append(f"open {status}")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', words)
        self.token = token[1].decode() if token else ""
        found = re.search(rb'data-mark="(?:&quot;|")([0-9a-f]+)', words)
        self.mark = f'"{found[1].decode()}"' if found else ""

    async def poll(self, until: float) -> None:
        """Ask for news until it is over."""
        while time.time() < until:
            await asyncio.sleep(EVERY + random.random() * JITTER)  # jitter
            started = time.perf_counter()
            mark = f"If-None-Match: {self.mark}\r\n" if self.mark else ""
            status, head, words = await self.send("GET", f"/live/{self.code}/now/list/zh/", head=mark)
            self.seen.polls.append(time.perf_counter() - started)
            if status == 200:
                found = re.search(r"(?im)^etag: (\S+)", head)
                self.mark = found[1] if found else ""
                now = time.time()
                for name in set(re.findall(rb"q\d+x", words)) - self.known:  # type: ignore[arg-type]  # bytes
                    self.known.add(name)  # type: ignore[arg-type]  # bytes
                    self.seen.shown.setdefault(name.decode(), []).append(now)
            elif status != 304:
                self.seen.errors.append(f"poll {status}")

    async def ask(self, number: int) -> bool:
        """Ask one question; True when it was acknowledged."""
        body = urlencode(
            {
                "csrfmiddlewaretoken": self.token,
                "text": f"第q{number}x个问题",
                "key": f"bench-{number}",
                "sure": "1",
            }
        )
        started = time.perf_counter()
        status, head, _words = await self.send("POST", f"/live/{self.code}/ask/", body)
        self.seen.asks.append(time.perf_counter() - started)
        if status == 302 and "/live/question/ZB" in head:
            return True
        self.seen.errors.append(f"ask {status}")
        return False


async def session(
    port: int, code: str, phones: int, join: float, rate: int, stretch: float, seen: Seen
) -> int:
    """Let the phones join, all poll, and some ask; return how many questions were acknowledged."""
    until = time.time() + join + stretch + 4
    crowd = [Phone(port, code, seen) for _ in range(phones)]

    async def live(phone: Phone, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            await phone.open()
            await phone.poll(until)
        except (OSError, asyncio.IncompleteReadError) as error:
            seen.errors.append(type(error).__name__)

    async def asker() -> int:
        await asyncio.sleep(join)
        askers = [Phone(port, code, seen) for _ in range(min(rate * 8, 400))]
        for one in askers:
            await one.open()
        ready = list(askers)
        waiting: list[asyncio.Task[bool]] = []
        began = time.perf_counter()
        for number in range(int(rate * stretch)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            phone = ready[number % len(ready)]
            waiting.append(asyncio.create_task(phone.ask(number)))
        return sum(await asyncio.gather(*waiting))

    tasks = [asyncio.create_task(live(p, join * i / phones)) for i, p in enumerate(crowd)]
    accepted = await asker()
    await asyncio.gather(*tasks)
    return accepted


def at(values: list[float], share: float) -> float:
    """Return a quantile of what was measured."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def main(words: list[str]) -> None:
    """Measure for each engine and print the table."""
    parser = argparse.ArgumentParser(prog="bench live")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--join", type=float, default=60.0)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--stretch", type=float, default=30.0)
    parser.add_argument("--port", type=int, default=8791)
    options = parser.parse_args(words)
    from bench.__main__ import home

    print(HEAD)
    for engine in options.engines.split(","):
        with home(engine, None) as environment:
            print(measured(engine, environment, options), flush=True)


def measured(engine: str, environment: dict[str, str], options: argparse.Namespace) -> str:
    """Run one engine's server and clients."""
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "zhuoluo.config.settings"}
    subprocess.run([sys.executable, "-m", "zhuoluo", "migrate", "-v0"], env=environment, check=True)
    made = subprocess.run(
        [sys.executable, "-c", SETUP], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    code, moderator = made.stdout.split()[-2:]
    server = subprocess.Popen(
        [sys.executable, "-m", "zhuoluo", "run", "--port", str(options.port), "--no-worker"], env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(options.port)
        length = options.join + options.stretch + 2
        letting = subprocess.Popen(
            [sys.executable, "-c", LET, str(length), moderator],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        seen = Seen()
        accepted = asyncio.run(
            session(options.port, code, options.phones, options.join, options.rate, options.stretch, seen)
        )
        told, _none = letting.communicate(timeout=60)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    count = "import django; django.setup(); from zhuoluo.outreach.live.models import Question; print(Question.objects.count())"
    stored = int(
        subprocess.run(
            [sys.executable, "-c", count], env=environment, check=True, stdout=subprocess.PIPE
        ).stdout
    )
    lags = []
    for name, when in re.findall(r"第(q\d+x)个问题 ([\d.]+)", told):
        lags += [saw - float(when) for saw in seen.shown.get(name, [])]
    ms = 1000
    print(sorted((e, seen.errors.count(e)) for e in set(seen.errors)), file=sys.stderr)
    return (
        f"| {engine} | {options.phones:,} | {options.rate} | {accepted:,} | {stored:,} | {at(seen.asks, 0.5) * ms:.0f} / "
        f"{at(seen.asks, 0.95) * ms:.0f} "
        f"| {len(seen.polls):,} | {at(seen.polls, 0.5) * ms:.1f} / {at(seen.polls, 0.95) * ms:.1f} | "
        f"{at(lags, 0.5):.2f} / {at(lags, 0.95):.2f} "
        f"| {at(seen.opened, 0.95) * ms:.0f} | {len(seen.errors)} |"
    )


def _wait(port: int) -> None:
    import socket

    until = time.time() + 90
    while time.time() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main(sys.argv[1:])
