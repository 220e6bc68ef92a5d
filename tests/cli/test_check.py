"""`zhuoluo check`: what it finds, and when it fails."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.county import County
from zhuoluo.config.commands import check

ROOT = Path(__file__).resolve().parents[2]


def test_check_finds_nothing_wrong_with_a_sound_site(
    county: County, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    key = tmp_path / "secret.key"
    key.write_text("x")
    key.chmod(0o600)
    monkeypatch.setattr(check, "fsync_is_off", lambda value: False)  # the test server's own is
    found = list(check.findings(timezone.now()))
    assert [f for f in found if f.mark == check.FAULT] == []
    assert any("secret.key" in f.en for f in found)


def test_check_fails_on_a_key_others_can_read(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    key = tmp_path / "identity.key"
    key.write_text("x")
    key.chmod(0o644)
    [fault] = [f for f in check.home(tmp_path) if f.mark == check.FAULT]
    assert f"chmod 600 {key}" in fault.en


def test_check_fails_when_disk_space_runs_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 50_000_000})
    monkeypatch.setattr(check.shutil, "disk_usage", lambda folder: usage)
    assert [f.mark for f in check.home(tmp_path)] == [check.FAULT]


def test_check_fails_when_a_trigger_of_the_ledger_is_gone(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER ledger_entry_no_truncate ON ledger_entry")
        else:
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
    [fault] = check.triggers()
    assert fault.mark == check.FAULT
    assert "ledger_entry_no_" in fault.en


@pytest.mark.parametrize(
    ("day", "mark"), [("2026-03-01", check.GOOD), ("2026-11-22", check.WARN), ("2033-01-05", check.FAULT)]
)
def test_check_knows_when_a_years_notice_is_due(day: str, mark: str, db: None) -> None:
    [finding] = check.calendar(datetime.fromisoformat(f"{day}T04:00+00:00"))
    assert finding.mark == mark


def test_check_sees_entries_from_the_future(county: County) -> None:
    found = list(check.site(datetime(2010, 1, 1, tzinfo=UTC)))
    assert any("clock" in f.en for f in found if f.mark == check.FAULT)


def test_check_asks_nothing_more_of_a_database_that_waits_for_migrations(
    db: None, monkeypatch: pytest.MonkeyPatch, zhuoluo: Callable[..., Any]
) -> None:
    monkeypatch.setattr(check, "pending", lambda: 2)
    code, out, _ = zhuoluo("check")
    assert code == 1
    assert "zhuoluo migrate" in out


def test_the_clock_of_a_database_server_is_compared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    late = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(check.timezone, "now", lambda: late)
    assert any(f.mark == check.FAULT and "clocks" in f.en for f in check.postgresql(late))
