"""A clock that stands where a test puts it, and browsers of the county's people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.county import County
from tests.scene import BACKEND, Browser
from zhuoluo.reception.tests.days import NINE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the pages' clock stand at a moment."""

    def stand(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    stand(NINE)
    return stand


@pytest.fixture
def sit(county: County, clock: Any) -> Callable[[str], Browser]:
    """A signed-in browser of somebody, or of a resident ("")."""

    def seated(who: str = "") -> Browser:
        client = Browser()
        if who:
            client.force_login(county.users[who], backend=BACKEND)
        return client

    return seated
