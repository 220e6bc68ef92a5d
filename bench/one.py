"""One engine, one size: build, grow, index, count, measure. Run by `python -m bench` with the site's settings in place."""

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string

from bench import law
from bench.grow import grow
from bench.load import Client, Request, Result, measure, memory_of_children, server
from zhuoluo.figures import tasks as figures
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.reads.counted import every_id
from zhuoluo.matters.tasks import index
from zhuoluo.org.models import User
from zhuoluo.org.reads import jurisdiction

CLIENTS = 8
WORDS = ("路灯", "噪音", "小区 物业", "自来水", "垃圾没人收")


def prepare(size: int) -> None:
    """Bring the site to the size asked for; what is there already is kept."""
    _command("migrate", "-v", "0")
    _command("collectstatic", "--noinput", "-v", "0")
    if not Matter.objects.exists():
        _command("demo")
    if Matter.objects.count() < size * 0.9:
        grow(size, jurisdiction().prefix, Path(settings.HOME) / "originals.json")
        started = time.monotonic()
        for page in every_id():
            index(page)
        print(f"  indexed in {time.monotonic() - started:,.0f} s", file=sys.stderr)
        started = time.monotonic()
        figures.rebuild(now=datetime.now(UTC))
        print(f"  counted in {time.monotonic() - started:,.0f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "zhuoluo", *words], check=True, stdout=subprocess.DEVNULL)


def client(port: int, username: str) -> Client:
    """Sign a member of staff in without the form."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["seen"] = int(time.time())
    session.create()
    token = _get_new_csrf_string()
    return Client(port, f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={token}", token)


def clients(port: int, username: str) -> list[Client]:
    return [client(port, username) for _ in range(CLIENTS)]


def requests() -> list[tuple[str, str, Request]]:
    """What is measured: (name, who asks, the request)."""
    user = User.objects.get(username="handler")
    unit = user.posts.get().unit
    pages = list(Matter.objects.filter(lead_unit=unit).order_by("-id").values_list("number", flat=True)[:500])
    mine = Commitment.objects.filter(unit=unit, kind="answer", closed_at__isnull=True)
    open_ = list(mine.values_list("matter__number", flat=True)[:500])
    day, cases = law.reception_day(), law.leaders_cases()
    return [
        ("register (desk form, with search for earlier ones)", "clerk", register),
        ("handler's list", "handler", lambda c, n: c.get("/desk/owed/?of=unit")),
        ("matter page", "handler", lambda c, n: c.get(f"/desk/m/{pages[n % len(pages)]}/")),
        ("act: a note", "handler", lambda c, n: c.post(f"/desk/m/{open_[n % len(open_)]}/do/note/", {"text": "已联系，明天去现场看"})),
        ("a reception day, 30 batches", "officer", lambda c, n: c.get(day)),
        ("the public roster", "officer", lambda c, n: c.get("/receptions/")),
        ("a leader's cases, 102", "leader", lambda c, n: c.get(cases)),
        ("search", "supervisor", lambda c, n: c.get(f"/desk/search?q={quote(WORDS[n % len(WORDS)])}")),
        ("figures", "leader", lambda c, n: c.get("/desk/figures/")),
        ("figures: month × area × state", "leader", lambda c, n: c.get("/desk/figures/months/?by=area")),
    ]  # fmt: skip


def register(client: Client, place: int) -> tuple[int, bytes]:
    """Register one matter as a clerk does: shown earlier ones like it, press again. A form that comes back is an error."""
    form = filing(place)
    status, body = client.post("/desk/register/", form)
    if status == 200:
        status, body = client.post("/desk/register/", form | {"seen": SEEN.findall(body.decode())})
    return (status, body) if status == 302 else (422, body)


SEEN = re.compile(r'name="seen" value="([0-9a-f-]{36})"')


def filing(place: int) -> dict[str, str]:
    """Somebody new every time, or the search for earlier filings of the same person would stop every one but the first."""
    now = time.time_ns()
    return {
        "channel": "phone", "klass": "claim", "text": f"第{place}号来电：门口的井盖松了，车一压就响，晚上睡不好。",
        "kind": "person", "name": f"测速{now}", "phone": f"138{now // 1000 % 10**8:08d}", "address": "石桥镇石桥村",
        "key": f"bench-{now}-{place}",
    }  # fmt: skip


def row(engine: str, size: int, result: Result) -> str:
    return (
        f"| {engine} | {size:,} | {result.name} | {result.rate:,.0f} | {result.p50:.0f} | {result.p95:.0f} "
        f"| {result.alone_p95:.0f} | {result.size // 1024} | {result.errors} |"
    )


def database_size() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return f"{cursor.fetchone()[0] / 1e9:.2f} GB"
    return f"{os.path.getsize(settings.DATABASES['default']['NAME']) / 1e9:.2f} GB"


def main(engine: str, size: int, seconds: float) -> None:
    prepare(size)
    if not seconds:
        return
    matters = Matter.objects.count()
    with server() as port:
        for name, who, request in requests():
            result = measure(name, clients(port, who), request, seconds=seconds, alone=30)
            print(row(engine, matters, result), flush=True)
        memory = memory_of_children()
    print(
        f"| {engine} | {matters:,} | database {database_size()}, server {memory} MB | | | | | | |", flush=True
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
