"""The polls of phones, answered before anything else is asked: no session, no query, straight from memory.

It stands around the WSGI application. 2,000 phones that ask every second and a half are some 1,400 requests a second;
through the whole of the site they would need more than two cores, from here a few percent of one.
"""

import threading
import time
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from zhuoluo.outreach.live.actions import note_phones
from zhuoluo.outreach.live.reads import NotFound, by_code
from zhuoluo.outreach.live.rules.polling import Asked, read_path, same
from zhuoluo.outreach.live.views.shown import COOKIE, PIECES, digest_of

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
FLUSH = 5.0  # seconds phones are gathered before they are noted


class Polls:
    """Wraps the application; everything that is no poll goes on to it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._seen: dict[str, set[str]] = {}
        self._flushed: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        asked = (
            read_path(path) if path.startswith("/live/") and environ.get("REQUEST_METHOD") == "GET" else None
        )
        if asked is None:
            return self.application(environ, start)
        close_old_connections()
        piece = PIECES.get(asked)
        if piece is None:
            return self.application(environ, start)
        self._see(asked, environ.get("HTTP_COOKIE", ""))
        head = [("ETag", piece.mark), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")]
        if same(piece.mark, environ.get("HTTP_IF_NONE_MATCH", "")):
            start("304 Not Modified", head)
            return []
        start(
            "200 OK",
            [*head, ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(piece.body)))],
        )
        return [piece.body]

    def _see(self, asked: Asked, cookies: str) -> None:
        digest = digest_of(_mark(cookies))
        now = time.monotonic()
        with self._lock:
            seen = self._seen.setdefault(asked.code, set())
            if digest:
                seen.add(digest)
            if not seen or now - self._flushed.setdefault(asked.code, now) < FLUSH:
                return
            self._flushed[asked.code] = now
            self._seen[asked.code] = set()
        try:
            note_phones(room_id=by_code(asked.code).pk, digests=seen, at=timezone.now())
        except (NotFound, DatabaseError):  # a busy moment: they are counted the next time
            with self._lock:
                self._seen[asked.code] |= seen


def _mark(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""
