from pathlib import Path
from typing import Any

import pytest

from tests.county import County
from zhuoluo.matters.tests.desk import Desk


@pytest.fixture
def desk(county: County, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Desk:
    settings.FILES_ROOT = tmp_path / "files"
    return Desk(county, monkeypatch)
