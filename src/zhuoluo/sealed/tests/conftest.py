from pathlib import Path
from typing import Any

import pytest

from tests.county import County
from zhuoluo.sealed.tests.office import Office


@pytest.fixture
def office(county: County, settings: Any, tmp_path: Path) -> Office:
    settings.FILES_ROOT = tmp_path / "files"
    return Office(county)
