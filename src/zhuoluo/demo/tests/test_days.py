"""The county can be built on any day: a holiday, a weekend, a year whose calendar nobody knows yet."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import override_settings

from zhuoluo.demo import actions
from zhuoluo.matters.reads import visible
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("day", ["2025-01-29", "2028-09-30"])
def test_the_county_can_be_built_on_that_day(day: str, db: None, tmp_path: Path) -> None:
    now = datetime.fromisoformat(f"{day}T05:00+00:00")
    with override_settings(HOME=tmp_path, FILES_ROOT=tmp_path / "files"):
        done = actions.build(now=now, password="lamp-river-1234", matters=90, on_progress=lambda *seen: None)
    assert done.matters == visible(SYSTEM).count() >= 90
