from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def root(tmp_path: Path, settings: Settings) -> Path:
    """A folder for kept files of this test alone."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
