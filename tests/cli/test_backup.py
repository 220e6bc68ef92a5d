"""`zhuoluo backup` and `zhuoluo restore`: whole or not at all, never over what is there."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from zhuoluo.config.commands import archive

ROOT = Path(__file__).resolve().parents[2]


NEW = ("--code", "431299", "--place", "清溪县", "--prefix", "QX", "--office", "清溪县信访局")


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
    """Make an empty database beside the test's own and return its address."""
    name, address = f"own_{os.getpid()}", os.environ["ZHUOLUO_DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"/{name}"))
