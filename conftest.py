"""What every test shares: nothing remembered from another test, a ledger that lets itself be emptied between tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.testcases import TransactionTestCase

from tests.county import County, build
from zhuoluo.config.messages import compile_catalogues
from zhuoluo.org.reads import forget


def pytest_configure() -> None:
    """Pages in English need the compiled catalogue, which is not in the repository."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small tables are remembered for one test, and to its end: a slow machine must not ask for them twice."""
    monkeypatch.setattr("zhuoluo.org.reads.REMEMBER_SECONDS", 3600.0)
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _fresh_counts(settings: Any) -> None:
    settings.NAV_SECONDS = 0


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["tests.hashing.Cheap", "django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def county(db: None) -> County:
    return build()


_flush = TransactionTestCase._fixture_teardown


def _flush_append_only(self: TransactionTestCase) -> None:
    """Empty the tables after a test with real transactions: the append-only triggers stand aside only here."""
    tables = ["ledger_entry", "residents_view", "sealed_view", "programmes_payment"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            kept: list[str] = []
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'"
            )
            rows = cursor.fetchall()
            kept = [sql for _, sql in rows]
            for name, _ in rows:
                cursor.execute(f"DROP TRIGGER {name}")
    try:
        _flush(self)
    finally:
        with connection.cursor() as cursor:
            for statement in kept:
                cursor.execute(statement)
            if connection.vendor == "postgresql":
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


TransactionTestCase._fixture_teardown = _flush_append_only  # type: ignore[method-assign]
