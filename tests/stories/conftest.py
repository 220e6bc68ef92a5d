"""A real browser against a real server: Chromium as it is installed, static files straight from the source."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tests.county import County, build

NewPage = Callable[..., Page]
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in Shanghai


class Clock:
    """The hour of the story; it goes on by itself, and is set on to the days that follow."""

    def __init__(self) -> None:
        self.shift = MORNING - timezone.now()
        self.real = timezone.now

    def now(self) -> datetime:
        return self.real() + self.shift

    def pass_days(self, days: int) -> None:
        self.shift += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", made.now)
    return made


@pytest.fixture
def here(transactional_db: None, live_server: Any, clock: Clock) -> County:
    return build()


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILINGS_PER_HOUR = 0
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def new_page(chromium: Browser, live_server: Any) -> Iterator[NewPage]:
    """Open a page in a browser of its own: `new_page(width=1280, javascript=False, type="large", lang="en")`.

    `context`: another tab of a browser that is open already (`page.context`).
    """
    contexts: list[BrowserContext] = []

    def opened(
        width: int = 360,
        height: int = 740,
        javascript: bool = True,
        context: BrowserContext | None = None,
        **wishes: str,
    ) -> Page:
        if context is None:
            context = chromium.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": height},
                java_script_enabled=javascript,
                has_touch=width < 600,
                reduced_motion="reduce",
            )
            cookies = [
                {"name": name, "value": value, "url": live_server.url} for name, value in wishes.items()
            ]
            context.add_cookies(cookies)
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(new_page: NewPage) -> Page:
    """A page on a phone, 360 by 740."""
    return new_page()
