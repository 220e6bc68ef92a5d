"""A real browser against a real server: Chromium as it is installed, static files straight from the source."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

NewPage = Callable[..., Page]


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
