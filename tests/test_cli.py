"""The `zhuoluo` command: what each part says and does, and how it answers wrong input."""

import io
import json
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.county import County
from zhuoluo.config import cli, ready
from zhuoluo.config.commands import archive, check, run, worker
from zhuoluo.config.commands.worker import Task
from zhuoluo.config.terminal import Progress, UsageError
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.org.models import CalendarNotice, Jurisdiction, Post, User
from zhuoluo.residents.actions import Contact

ROOT = Path(__file__).resolve().parent.parent
NOTICE = "date,kind,name\n" + "".join(
    f"{day},holiday,{name}\n"
    for day, name in [
        ("2027-01-01", "元旦"), ("2027-02-06", "春节"), ("2027-05-01", "劳动节"), ("2027-10-01", "国庆节"),
        ("2027-10-02", "国庆节"), ("2027-10-03", "国庆节"),
    ]
) + "2027-02-20,workday,\n"  # fmt: skip


@pytest.fixture
def zhuoluo(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of its own for commands that work on files alone."""
    monkeypatch.delenv("ZHUOLUO_DATABASE_URL", raising=False)
    folder = tmp_path / "home"
    monkeypatch.setenv("ZHUOLUO_HOME", str(folder))
    return folder


def filled(home: Path) -> Path:
    home.mkdir(mode=0o700)
    with sqlite3.connect(home / "zhuoluo.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE words (word TEXT)")
        database.execute("INSERT INTO words VALUES ('着落')")
    database.close()
    (home / "secret.key").write_text("s3cret")
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "one").write_bytes(b"\x00photo" * 5000)
    (home / "static").mkdir()
    (home / "static" / "base.css").write_text("made again")
    return home


# --- help and wrong input ---


def test_help_lists_every_command_in_both_languages(zhuoluo: Callable[..., Any]) -> None:
    code, out, _ = zhuoluo("--help")
    assert code == 0
    for name, command in cli.COMMANDS.items():
        assert f"  {name} " in out
        assert f"{command.zh} / {command.en}" in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_a_module_and_its_own_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (ROOT / "src/zhuoluo/config/commands" / f"{cli.COMMANDS[name].module}.py").exists()
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert cli.COMMANDS[name].zh in capsys.readouterr().out


def test_a_mistyped_command_is_answered_with_the_likely_one(zhuoluo: Callable[..., Any]) -> None:
    code, _, err = zhuoluo("calender")
    assert code == 1
    assert "calendar" in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_option_is_one_line_and_names_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["run", "--prot", "3"])
    err = capsys.readouterr().err
    assert left.value.code == 2
    assert len(err.strip().splitlines()) == 1
    assert "zhuoluo run --help" in err


def test_anything_else_goes_to_django(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("showmigrations", "ledger")
    assert code == 0
    assert "0002_append_only" in out


def test_a_home_that_cannot_be_used_is_said_with_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "zhuoluo", "check"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": "src", "ZHUOLUO_HOME": str(tmp_path / "file" / "home")},
    )  # fmt: skip
    assert done.returncode == 1
    assert "ZHUOLUO_HOME" in done.stderr
    assert "Traceback" not in done.stderr


# --- law, calendar ---


def test_law_prints_the_terms_with_their_articles(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("law")
    assert code == 0
    assert "xf.answer" in out
    assert "34" in out


def test_a_known_year_is_shown_day_by_day(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("calendar", "show", "2026")
    assert code == 0
    assert "2026-10-01  周四  国庆节" in out
    assert "248 working days" in out


def test_an_unknown_year_says_what_to_do(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("calendar", "show", "2031")
    assert code == 1
    assert "zhuoluo calendar import" in out


@pytest.mark.parametrize("year", ["soon", "12", "20266"])
def test_a_year_that_is_none_is_refused(year: str, zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("calendar", "show", year)
    assert (code, year in err) == (1, True)


def test_importing_a_notice_keeps_it_and_moves_open_dates(
    zhuoluo: Callable[..., Any], county: County, tmp_path: Path
) -> None:
    at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    contact = Contact(name="张三", address="石桥村")
    filing = Filing(klass="claim", text="路坏了", contact=contact, channel="walk_in", area="431281101001")
    row = matters.register(filing=filing, by=county.who("clerk"), at=at, law=county.law).matter
    matters.accept(matter_id=row.id, by=county.who("clerk"), at=at, law=county.law)
    sheet = tmp_path / "2027.csv"
    sheet.write_text(NOTICE, encoding="utf-8")
    code, out, _ = zhuoluo("calendar", "import", str(sheet))
    assert code == 0
    assert "1 changed" in out
    assert CalendarNotice.objects.get().year == 2027


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"date,kind\n", "表头"), (b"\xff\xfe\x00", "UTF-8"), (None, "没有"), (b"", "表是空的")],
)
def test_a_notice_that_cannot_be_read_says_why(
    content: bytes | None, said: str, zhuoluo: Callable[..., Any], db: None, tmp_path: Path
) -> None:
    sheet = tmp_path / "notice.csv"
    if content is not None:
        sheet.write_bytes(content)
    code, _, err = zhuoluo("calendar", "import", str(sheet))
    assert code == 1
    assert said in err or (content is None and "No such file" in err)
    assert not CalendarNotice.objects.exists()


# --- createadmin ---

NEW = ("--code", "431299", "--place", "清溪县", "--prefix", "QX", "--office", "清溪县信访局")


def test_a_new_site_gets_its_place_its_office_and_an_administrator_with_a_one_time_code(
    zhuoluo: Callable[..., Any], db: None
) -> None:
    code, out, _ = zhuoluo("createadmin", "boss", "--name", "王一", *NEW)
    assert code == 0
    assert Jurisdiction.objects.get().prefix == "QX"
    assert Post.objects.get().role == "administrator"
    assert not User.objects.get().has_usable_password()
    assert "one-time code" in out


def test_a_new_site_without_its_place_is_told_what_is_missing(zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("createadmin", "boss", "--name", "王一")
    assert code == 1
    assert "--code --place --prefix --office" in err
    assert not User.objects.exists()


def test_a_wrong_place_code_leaves_nothing_behind(zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("createadmin", "boss", "--name", "王一", "--code", "43x", *NEW[2:])
    assert code == 1
    assert "43x" in err
    assert not Jurisdiction.objects.exists()


def test_an_account_is_never_made_twice(zhuoluo: Callable[..., Any], county: County) -> None:
    code, _, err = zhuoluo("createadmin", "clerk", "--name", "另一个")
    assert (code, "clerk" in err) == (1, True)


# --- demo ---


def test_the_demo_is_never_built_over_a_sites_own_data(zhuoluo: Callable[..., Any], county: County) -> None:
    code, _, err = zhuoluo("demo")
    assert code == 1
    assert "ZHUOLUO_HOME" in err


# --- check ---


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


# --- backup and restore ---


def test_a_backup_restored_elsewhere_is_the_same_site(
    home: Path, zhuoluo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    filled(home)
    target = tmp_path / "site.tar.gz"
    assert zhuoluo("backup", str(target))[0] == 0
    assert target.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("ZHUOLUO_HOME", str(tmp_path / "elsewhere"))
    assert zhuoluo("restore", str(target))[0] == 0
    there = tmp_path / "elsewhere"
    with sqlite3.connect(there / "zhuoluo.sqlite3") as database:
        assert database.execute("SELECT word FROM words").fetchall() == [("着落",)]
    database.close()
    assert (there / "secret.key").read_text() == "s3cret"
    assert (there / "files" / "ab" / "one").read_bytes() == (home / "files" / "ab" / "one").read_bytes()
    assert not (there / "static").exists()
    assert (there / "secret.key").stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_somebody_writes_holds_whole_transactions(
    home: Path, zhuoluo: Callable[..., Any], tmp_path: Path
) -> None:
    filled(home)
    busy = sqlite3.connect(home / "zhuoluo.sqlite3", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    busy.execute("INSERT INTO words VALUES ('half')")
    assert zhuoluo("backup", str(tmp_path / "b.tar.gz"))[0] == 0
    busy.execute("COMMIT")
    busy.close()
    archive.unpack(tmp_path / "b.tar.gz", tmp_path)
    with sqlite3.connect(tmp_path / "database.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM words").fetchone() == (1,)
    database.close()


def test_a_backup_never_overwrites(home: Path, zhuoluo: Callable[..., Any], tmp_path: Path) -> None:
    filled(home)
    target = tmp_path / "b.tar.gz"
    target.write_text("another")
    code, _, err = zhuoluo("backup", str(target))
    assert (code, target.read_text()) == (1, "another")
    assert "b.tar.gz" in err


def test_a_restore_refuses_a_home_with_data_and_force_moves_it_aside(
    home: Path, zhuoluo: Callable[..., Any], tmp_path: Path
) -> None:
    filled(home)
    target = tmp_path / "b.tar.gz"
    zhuoluo("backup", str(target))
    (home / "note.txt").write_text("since then")
    code, _, err = zhuoluo("restore", str(target))
    assert code == 1
    assert "--force" in err
    assert (home / "note.txt").exists()
    assert zhuoluo("restore", str(target), "--force")[0] == 0
    [aside] = tmp_path.glob("home.before-*")
    assert (aside / "note.txt").read_text() == "since then"
    assert not (home / "note.txt").exists()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _changed(path: Path) -> None:
    with tarfile.open(path, "r:gz") as old:
        members = [(m, old.extractfile(m).read()) for m in old]  # type: ignore[union-attr]  # all are files
    with tarfile.open(path, "w:gz") as new:
        for member, content in members:
            swapped = content.replace(b"s3cret", b"S3cret")
            member.size = len(swapped)
            new.addfile(member, io.BytesIO(swapped))


def _outside(path: Path) -> None:
    with tarfile.open(path, "w:gz") as new:
        member = tarfile.TarInfo("../escaped")
        new.addfile(member)


def _link(path: Path) -> None:
    with tarfile.open(path, "w:gz") as new:
        member = tarfile.TarInfo("link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        new.addfile(member)


def _none(path: Path) -> None:
    path.write_text("no archive at all")


@pytest.mark.parametrize("harm", [_cut, _changed, _outside, _link, _none])
def test_a_damaged_or_hostile_backup_restores_nothing(
    harm: Callable[[Path], None],
    home: Path,
    zhuoluo: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    filled(home)
    target = tmp_path / "b.tar.gz"
    zhuoluo("backup", str(target))
    harm(target)
    monkeypatch.setenv("ZHUOLUO_HOME", str(tmp_path / "elsewhere" / "home"))
    code, _, err = zhuoluo("restore", str(target))
    assert code == 1
    assert "damaged" in err
    assert not list((tmp_path / "elsewhere").iterdir())
    assert not (tmp_path / "escaped").exists()


def test_a_backup_of_another_engine_is_refused(
    home: Path, zhuoluo: Callable[..., Any], tmp_path: Path
) -> None:
    filled(home)
    target = tmp_path / "pg.tar.gz"
    archive.write(target, [("secret.key", home / "secret.key")], {"engine": "postgresql", "made_at": "now"})
    code, _, err = zhuoluo("restore", str(target))
    assert (code, "ZHUOLUO_DATABASE_URL" in err) == (1, True)


def test_the_manifest_names_every_file_with_its_hash(
    home: Path, zhuoluo: Callable[..., Any], tmp_path: Path
) -> None:
    filled(home)
    zhuoluo("backup", str(tmp_path / "b.tar.gz"))
    with tarfile.open(tmp_path / "b.tar.gz") as whole:
        manifest = json.loads(whole.extractfile(archive.MANIFEST).read())  # type: ignore[union-attr]  # it is a file
    assert set(manifest["files"]) == {"database.sqlite3", "secret.key", "files/ab/one"}
    assert all(len(facts["sha256"]) == 64 for facts in manifest["files"].values())


@pytest.mark.skipif("ZHUOLUO_DATABASE_URL" not in os.environ, reason="PostgreSQL only")
def test_a_postgresql_site_is_backed_up_and_restored_beside_the_old_one(tmp_path: Path) -> None:
    address = _own_database()
    env = {
        **os.environ,
        "PYTHONPATH": "src",
        "ZHUOLUO_HOME": str(tmp_path / "home"),
        "ZHUOLUO_DATABASE_URL": address,
    }

    def call(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "zhuoluo", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env | more, capture_output=True, text=True, check=False)

    assert call("createadmin", "boss", "--name", "王一", *NEW).returncode == 0
    target = str(tmp_path / "b.tar.gz")
    assert call("backup", target).returncode == 0
    refused = call("restore", target)
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    done = call("restore", target, "--force")
    assert done.returncode == 0, done.stderr
    assert "schema before_" in done.stdout
    assert "boss" in call("createadmin", "boss", "--name", "王一").stderr


def _own_database() -> str:
    name = f"own_{os.getpid()}"
    address = os.environ["ZHUOLUO_DATABASE_URL"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    return address.replace("/zhuoluo?", f"/{name}?")


# --- worker ---


def test_a_task_that_fails_is_logged_without_its_words_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError("张三 13812340000")

    done: list[datetime] = []
    bad, good = Task("bad", 1, fails), Task("good", 1, lambda now: done.append(now) or 0)
    with caplog.at_level(logging.ERROR, "zhuoluo.worker"):
        for task in (bad, good):
            worker.one_round(task, timezone.now())
    assert len(done) == 1
    assert "ValueError at test_cli.py" in caplog.text
    assert "张三" not in caplog.text
    assert "1381" not in caplog.text


def test_a_task_that_keeps_failing_is_tried_less_and_less_often_but_never_given_up() -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError

    task = Task("bad", 1, fails)
    pauses = []
    for _ in range(14):
        worker.one_round(task, timezone.now())
        pauses.append(round(task.next_at - time.monotonic()))
    assert pauses[:4] == [2, 4, 8, 16]
    assert max(pauses) == worker.LONGEST_PAUSE


def test_a_task_with_work_left_goes_on_at_once_and_rests_when_there_is_none() -> None:
    left = [3, 2, 0]
    task = Task("some", 60, lambda now: left.pop(0))
    assert worker.one_round(task, timezone.now()) == 3
    assert task.next_at == 0
    worker.one_round(task, timezone.now())
    worker.one_round(task, timezone.now())
    assert task.next_at > time.monotonic() + 50


def test_the_loop_finishes_its_batch_and_ends_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    stop = threading.Event()
    rounds: list[int] = []

    def batch(*, now: datetime) -> int:
        rounds.append(1)
        stop.set()
        return 1

    worker.loop([Task("batch", 1, batch)], stop)
    assert rounds == [1]


def test_once_reports_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError

    assert worker.catch_up([Task("fine", 1, lambda now: 0), Task("broken", 1, fails)]) == 1
    assert "broken" in capsys.readouterr().out


def test_the_worker_knows_its_tasks_by_different_names() -> None:
    names = [task.name for task in worker.tasks()]
    assert len(set(names)) == len(names) >= 3


# --- run ---


def test_a_taken_port_is_said_before_anything_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port"):
            run.check_port("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(UsageError):
        run.check_port("127.0.0.1", port)


def test_web_processes_follow_the_size_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.os, "cpu_count", lambda: 1)
    assert run.workers(0) == 1
    monkeypatch.setattr(run.os, "cpu_count", lambda: 32)
    assert (run.workers(0), run.workers(5)) == (2, 5)
    with pytest.raises(UsageError):
        run.workers(-1)


def test_static_files_are_collected_once_and_again_when_they_changed(
    settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    made: list[str] = []
    monkeypatch.setattr(ready, "call_command", lambda name, **more: made.append(name))
    assert ready.collect()
    assert not ready.collect()
    monkeypatch.setattr(ready, "fingerprint", lambda: "changed")
    assert ready.collect()
    assert made == ["collectstatic", "collectstatic"]


def test_progress_in_a_log_is_a_line_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Progress("事项", "matters")
    for done in range(101):
        bar(done, 100)
    bar.end()
    assert len(capsys.readouterr().out.splitlines()) == 11


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "PYTHONPATH": "src", "ZHUOLUO_HOME": str(tmp_path / "home")}
    env.pop("ZHUOLUO_DATABASE_URL", None)
    command = [sys.executable, "-m", "zhuoluo", "run", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_run_serves_pages_and_ends_with_all_its_children(
    site: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    assert site.stdout is not None
    lines: list[str] = []
    for line in site.stdout:
        lines.append(line)
        if "ready" in line:
            break
    assert f"http://127.0.0.1:{port}/" in lines[-1], "".join(lines)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        assert page.status == 200
        assert "着落" in page.read().decode()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    site.send_signal(signal.SIGTERM)
    assert site.wait(timeout=30) == 0
    assert "stopped" in site.stdout.read()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_an_error_of_the_database_is_named_without_its_words(
    zhuoluo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def breaks(options: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        return 0

    monkeypatch.setattr("zhuoluo.config.commands.law.run", breaks)
    code, _, err = zhuoluo("law")
    assert code == 1
    assert "nowhere" not in err
    assert "zhuoluo check" in err


def test_the_clock_of_a_database_server_is_compared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    late = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(check.timezone, "now", lambda: late)
    assert any(f.mark == check.FAULT and "clocks" in f.en for f in check.postgresql(late))
