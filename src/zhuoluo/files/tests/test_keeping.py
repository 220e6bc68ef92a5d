import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from zhuoluo.files import actions, reads
from zhuoluo.files.models import StoredFile
from zhuoluo.files.rules import Refused
from zhuoluo.files.tests import samples
from zhuoluo.kit.ids import uuid7

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)


def _age(root: Path) -> None:
    """Let every file on disk have been written on WRITTEN."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))


def test_a_kept_photo_is_on_disk_under_its_id_and_provable(root: Path, at: datetime) -> None:
    stored = actions.keep(data=samples.jpeg_with_tags(), name="../路灯.PNG", at=at)
    path = reads.place(stored.id)
    assert path.parent.parent.parent == root
    assert path.name == str(stored.id)
    assert stored.name == "路灯.jpg"
    assert (stored.kind, stored.content_type, stored.stored_at) == ("photo", "image/jpeg", at)
    with reads.open_file(stored.id) as handle:
        content = handle.read()
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with reads.open_file(stored.id, thumbnail=True) as handle:
        assert handle.read(3) == b"\xff\xd8\xff"


def test_only_the_owner_of_the_process_may_read_the_disk(root: Path, at: datetime) -> None:
    stored = actions.keep(data=samples.pdf(), name="告知书.pdf", at=at)
    path = reads.place(stored.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(root.rglob("*.part")) == []


def test_an_upload_of_a_form_is_kept_like_bytes(root: Path, at: datetime) -> None:
    upload = SimpleUploadedFile("证明.docx", samples.package(), "image/png")
    stored = actions.keep(data=upload, name=str(upload.name), at=at)
    assert stored.name == "证明.docx"
    assert stored.kind == "document"


def test_an_upload_is_not_read_further_than_the_largest_size(root: Path, at: datetime) -> None:
    class Endless(SimpleUploadedFile):
        def read(self, *amount: int) -> bytes:
            assert amount
            assert amount[0] <= 51 * 1024 * 1024
            return bytes(amount[0])

    with pytest.raises(Refused, match="最大 50 MB"):
        actions.keep(data=Endless("a.bin", b"x"), name="a.bin", at=at)


def test_the_bytes_are_on_disk_before_the_row_and_a_failed_row_leaves_an_orphan(
    root: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def refuse(**values: object) -> None:
        seen.append(reads.place(values["id"]).exists())  # type: ignore[arg-type]  # the row's id, among other values
        raise IntegrityError("the row was refused")

    monkeypatch.setattr(StoredFile.objects, "create", refuse)
    with pytest.raises(IntegrityError):
        actions.keep(data=samples.pdf(), name="a.pdf", at=at)
    assert seen == [True]
    _age(root)
    assert actions.sweep_orphans(before=WRITTEN + timedelta(days=1)) == 1
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_no_row(root: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        actions.keep(data=samples.pdf(), name="a.pdf", at=at)
    assert not StoredFile.objects.exists()
    assert not [path for path in root.rglob("*") if path.is_file() and path.suffix != ".part"]


def test_sweeping_takes_orphans_and_parts_and_nothing_else(root: Path, at: datetime) -> None:
    kept = actions.keep(data=samples.jpeg(), name="a.jpg", at=at)
    undone = actions.keep(data=samples.jpeg(), name="b.jpg", at=at)
    undone.delete()
    folder = reads.place(kept.id).parent
    (folder / f"{uuid7()}.part").write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"the site's own")
    (folder / str(uuid7())).symlink_to("/etc/passwd")
    _age(root)
    fresh = reads.place(uuid7())
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(b"its row is on its way")
    assert actions.sweep_orphans(before=WRITTEN) == 0
    assert actions.sweep_orphans(before=WRITTEN + timedelta(days=1)) == 3  # photo, thumbnail, part
    left = sorted(path.name for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    assert left == sorted(["notes.txt", str(kept.id), f"{kept.id}.small", fresh.name])
    assert actions.sweep_orphans(before=WRITTEN + timedelta(days=1)) == 0


def test_a_refusal_speaks_the_language_of_the_reader(root: Path, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        actions.keep(data=b"", name="a.jpg", at=at)
    assert str(refused.value) == "这个文件是空的。请重新选择一次；如果还是空的，请换一个文件。"
    with translation.override("en"), pytest.raises(Refused) as refused:
        actions.keep(data=b"", name="a.jpg", at=at)
    assert refused.value.code == "empty"
    assert not StoredFile.objects.exists()


def test_many_files_are_described_in_one_query(
    root: Path, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photo = actions.keep(data=samples.jpeg((640, 480)), name="现场.jpg", at=at)
    paper = actions.keep(data=samples.pdf(), name="答复.pdf", at=at)
    with django_assert_num_queries(1):
        found = reads.describe([paper.id, uuid7(), photo.id])
    assert list(found) == [paper.id, photo.id]
    assert (found[photo.id].width, found[photo.id].height, found[photo.id].thumbnail) == (640, 480, True)
    assert (found[paper.id].kind_word, found[paper.id].size) == ("文档", paper.size)
    with django_assert_num_queries(0):
        assert reads.describe([]) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "program"},
        {"size": 0},
        {"name": ""},
        {"sha256": "abc"},
        {"width": None},
        {"kind": "document"},
    ],
)
def test_the_database_refuses_impossible_rows(root: Path, at: datetime, wrong: dict[str, object]) -> None:
    row = {
        "name": "a.jpg", "kind": "photo", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64,
        "width": 1, "height": 1, "thumbnail": True, "stored_at": at,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(**(row | wrong))
    StoredFile.objects.create(**row)
