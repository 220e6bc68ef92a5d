"""A member of staff in front of a page, for tests: signed in, at a moment that stands still."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.county import MONDAY, County
from zhuoluo.matters.tests.path import Path

LATER = MONDAY + timedelta(days=3)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def stand_still(monkeypatch: pytest.MonkeyPatch, at: datetime = LATER) -> None:
    """Let every page believe it is `at`."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


def signed_in(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county.users[who], backend=BACKEND)
    return client


def cost(client: Client, url: str) -> tuple[int, int]:
    """Return how many queries a page takes and how many bytes it weighs, once the small tables are remembered."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(asked), len(response.content)


def many(
    county: County, count: int, step: Callable[[Path], Any] = lambda path: None, **changes: Any
) -> list[Path]:
    """Register matters one hour after the other and take each a step further."""
    made = []
    for at in range(count):
        path = Path.register(county, at=MONDAY + timedelta(minutes=at), **changes)
        step(path)
        made.append(path)
    return made


def text(response: HttpResponse) -> str:
    return response.content.decode()


def walk(client: Client, url: str, key: Callable[[Any], Any]) -> list[Any]:
    """Follow a list from page to page and return the keys of its rows, in order."""
    seen: list[Any] = []
    after = ""
    while True:
        separator = "&" if "?" in url else "?"
        page = client.get(f"{url}{separator}after={after}" if after else url)
        assert page.status_code == 200
        assert page.context is not None
        seen += [key(row) for row in page.context["rows"]]
        after = page.context["next"].replace("+", "%2B")
        if not after:
            return seen
