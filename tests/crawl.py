"""Walking through the pages as a reader would: every kind of link a page offers, a few of each kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit
from zipfile import ZipFile, is_zipfile

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""(?:href|src|hx-get|formaction)\s*=\s*["']([^"'#]+)""")
ELSEWHERE = ("/static/", "http:", "https:", "mailto:", "tel:", "data:", "javascript:")


def links(at: str, html: str) -> list[str]:
    """The addresses of this site that a page leads to by reading."""
    found = []
    for raw in LINK.findall(html):
        target = unescape(raw)
        if target.startswith(ELSEWHERE):
            continue
        parts = urlsplit(urljoin(at, target))
        found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(found))


def sort_of(url: str) -> tuple[str, ...]:
    """What kind of address it is: its name, what fills it by word, and which questions it asks."""
    parts = urlsplit(url)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return (parts.path,)
    words = [
        str(v) for k, v in sorted(match.kwargs.items()) if k in {"name", "verb", "step", "state", "paper"}
    ]
    asked = sorted({f"{k}={v}" if len(v) < 12 and not v.isdigit() else k for k, v in parse_qsl(parts.query)})
    return (match.view_name, *words, *asked)


def words_of(response: Any) -> str:
    """Everything an answer says, headers too; workbooks are opened."""
    body: bytes = response.words
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    said = unescape(body.decode("utf-8", "replace"))
    return said + "\n".join(f"{name}: {value}" for name, value in response.headers.items())


def walk(
    client: Client, start: Iterable[str], *, each: int = 2, limit: int = 250
) -> Iterator[tuple[str, Any, str]]:
    """Yield address, answer and words of the pages reached from `start`, `each` of every kind, at most `limit`."""
    waiting, seen, kinds = list(start), set[str](), Counter[tuple[str, ...]]()
    for url in waiting:
        kind = sort_of(url)
        if url in seen or kinds[kind] >= each or len(seen) >= limit:
            continue
        seen.add(url)
        kinds[kind] += 1
        response = client.get(url)
        said = words_of(response)
        yield url, response, said
        if "html" in response.headers.get("Content-Type", ""):
            waiting += links(url, response.words.decode())
        elif response.headers.get("Location", "").startswith("/"):
            waiting.append(response.headers["Location"])
