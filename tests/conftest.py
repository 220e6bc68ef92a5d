"""What the whole-system tests share: one county for a module's many requests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.scene import Scene, scene


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """One county for a module; whoever changes something in it does so inside `untouched`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield scene()
        transaction.set_rollback(True)
