"""Every page in a real browser, on a phone and on a desk, in light and in dark: usable by everybody.

The pages come from the test client of a reader who has them, handed to the browser as a server would: no server is
started, and nothing stays in the database. New addresses are looked at without being named here.
"""

import mimetypes
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as now_set
from django.contrib.staticfiles import finders
from django.db import transaction
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route

from tests.growth import grow
from tests.pages import OPENED, chosen, deeds, pages
from tests.pressing import at
from tests.scene import Browser, scene
from tests.standing_forms import NOW
from tests.stories.looks import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BASE = "http://localhost"
PHONE, NARROW, DESK = 390, 360, 1280
TARGET, LARGE_TARGET = 44, 60
# No page of its own: a file, a picture, the way to another page.
NO_PAGE = {
    "matters:file", "matters:bulk-done", "portal:file", "portal:map", "portal:photo", "portal:raise", "portal:done/draft",
    "portal:receipt/filed", "sheets:download", "sheets:template", "sheets:upload", "sheets:progress",
    "reception:feed", "reception:event", "reception:booked",
    "matters:paper-copy/pdf", "matters:paper-copy/docx", "portal:issued", "portal:withdraw-review", "sealed:file",
    "programmes:file", "programmes:payments-blank", "programmes:mine", "programmes:wanted-sheet",
    "policy:desk-file", "talks:own", "talks:sheet", "talks:blank", "talks:deliveries-sheet", "talks:deliveries-blank",
    "talks:poster", "talks:feed", "talks:event", "talks:mine", "live:asked", "live:now/list", "live:now/wall",
    "enterprise:sheet", "enterprise:blank", "enterprise:needs-sheet", "enterprise:needs-blank", "enterprise:feed",
    "research:problems-sheet", "research:problems-blank", "research:document", "research:photo", "onsite:sheet",
    "onsite:register", "onsite:blank", "onsite:feed", "duty:sheet", "duty:blank", "duty:own", "duty:feed", "village:voice",
    "village:sheet", "village:blank", "enterprise:projects-sheet",
}  # fmt: skip
# Pages met when something is not there, closed or over: name → (reader, address).
CLOSED = {
    "not found": ("clerk", "/desk/m/QX260101-0001-1/"),
    "not allowed": ("handler", "/staff/people/"),
    "form gone": ("visitor", "/raise/abcdefghijklmnopqrstuv/what/"),
    "act closed": ("clerk", "/desk/m/{own}/do/draft/"),
    "locked": ("visitor", "/staff/locked/"),
}
LOOKED_AT = [key for key in OPENED if key not in NO_PAGE] + list(CLOSED)
THEMES = {key: ("light", "dark")[:: 1 if place % 2 else -1] for place, key in enumerate(LOOKED_AT)}


@dataclass
class House:
    """All pages by key, each with the browser of its reader, and the files they show."""

    found: dict[str, tuple[Browser, str]]
    files: Path
    static: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def hand(self, client: Browser) -> Callable[[Route], None]:
        """Answer a browser's requests as the reader's, on the database connection of whoever calls."""
        here = copy_context()

        def answer(route: Route) -> None:
            parts, asked = urlsplit(route.request.url), route.request
            if parts.path.startswith("/static/"):
                body, kind = self.still(parts.path.removeprefix("/static/"))
                route.fulfill(status=200 if body else 404, body=body, content_type=kind)
                return
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            kind = asked.headers.get("content-type", "text/plain")
            told = here.run(
                client.generic, asked.method, path, asked.post_data_buffer or b"", content_type=kind
            )
            headers = {
                name: value for name, value in told.headers.items() if name.lower() != "content-length"
            }
            route.fulfill(status=told.status_code, headers=headers, body=told.words)

        return answer

    def still(self, name: str) -> tuple[bytes, str]:
        """A static file and its kind, read once."""
        if name not in self.static:
            place = finders.find(name)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            self.static[name] = (Path(str(place)).read_bytes() if place else b"", kind)
        return self.static[name]


@pytest.fixture(scope="module")
def house(chromium: Chromium, django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic(), at(NOW):
        made = scene()
        grow(made, 1)
        found: dict[str, tuple[Browser, str]] = {}
        for reader, client, url in [*pages(made), *deeds(made)]:
            key = reader.split(" ")[0]
            if key not in found or "?" in url:  # rather with an answer to a search on it
                found[key] = (client, url)
        found |= {reader.split(" ")[0]: (client, url) for reader, client, url in chosen(made)}
        own = made.matters["own"].number
        found |= {key: (made.clients[who], url.format(own=own)) for key, (who, url) in CLOSED.items()}
        yield House(found, now_set.FILES_ROOT)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def screens(chromium: Chromium) -> Iterator[dict[int, Page]]:
    """One page for all addresses on a phone, one on a desk."""
    contexts = {
        width: chromium.new_context(
            viewport={"width": width, "height": 800}, has_touch=width == PHONE, reduced_motion="reduce"
        )
        for width in (PHONE, DESK)
    }
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


def opened(house: House, page: Page, key: str, **wishes: str) -> None:
    """Show a page to its reader, with wishes (theme, type)."""
    client, url = house.found[key]
    kept = dict(client.cookies)
    for name, value in wishes.items():
        client.cookies[name] = value
    with at(NOW), transaction.atomic():
        page.unroute("**/*")
        page.route("**/*", house.hand(client))
        answer = page.goto(BASE + url, wait_until="load")
        assert answer is not None
        assert "text/html" in answer.headers["content-type"], "no page: say so in NO_PAGE"
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(kept)


def too_wide(page: Page) -> list[str]:
    """Whether the page shown has to be pushed sideways on the narrowest phone."""
    page.set_viewport_size({"width": NARROW, "height": 740})
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.set_viewport_size({"width": PHONE, "height": 800})
    return [f"{page.url}: {over} px wider than {NARROW}"] if over > 0 else []


@pytest.fixture(autouse=True)
def _files_of_the_house(_own_folders: None, house: House, settings: Any) -> None:
    settings.FILES_ROOT = house.files


@pytest.mark.parametrize("key", LOOKED_AT)
def test_a_page_is_clean_on_a_phone_and_on_a_desk(house: House, screens: dict[int, Page], key: str) -> None:
    found = []
    for width, theme in zip((PHONE, DESK), THEMES[key], strict=True):
        opened(house, screens[width], key, theme=theme)
        found += [f"{width} {theme}: {fault}" for fault in faults(screens[width], TARGET)]
    assert found + too_wide(screens[PHONE]) == []


@pytest.mark.parametrize(
    ("key", "width"), [(k, (PHONE, DESK)[n // 4 % 2]) for n, k in enumerate(LOOKED_AT) if n % 4 == 0]
)
def test_a_page_is_clean_in_large_type(house: House, screens: dict[int, Page], key: str, width: int) -> None:
    opened(house, screens[width], key, type="large", theme=THEMES[key][0])
    found = faults(screens[width], LARGE_TARGET)
    assert found + (too_wide(screens[PHONE]) if width == PHONE else []) == []


def test_a_fault_would_be_found(screens: dict[int, Page]) -> None:
    page = screens[PHONE]
    page.unroute("**/*")
    page.goto("about:blank")  # leaves the last page's policy, which would forbid the style below
    page.set_content(
        "<html lang=en><title>x</title><main><h1>x</h1><img src=x><button style='width:900px'>y</button></main>"
    )
    wrong = " ".join(faults(page, TARGET) + too_wide(page))
    assert "image-alt" in wrong
    assert "wider than" in wrong
    assert "small target" in wrong
