"""Not one plain word of an accusation lies on the disk or in the log: the bytes themselves are looked at."""

import logging
from pathlib import Path as FilePath
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.county import County
from tests.scene import BACKEND
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.sealed.models import SealedCase


@pytest.mark.django_db(transaction=True)
def test_no_plain_word_of_it_is_in_the_database_file_nor_in_the_log(
    county: County, caplog: pytest.LogCaptureFixture, settings: Any, tmp_path: FilePath
) -> None:
    """The bytes on the disk themselves: every page of the database, its journal, every kept file."""
    if connection.vendor != "sqlite":
        pytest.skip("reads the file of SQLite")
    settings.FILES_ROOT = tmp_path / "files"
    canaries = ["暗号甲甲甲", "暗号乙乙乙", "暗号丙丙丙", "13912345678"]
    with caplog.at_level(logging.DEBUG):
        client = Client()
        evidence = SimpleUploadedFile("暗号丁丁丁.jpg", jpeg((900, 700)))
        form = {
            "what": canaries[0],
            "whom": canaries[1],
            "where": canaries[2],
            "reach": canaries[3],
            "papers": evidence,
        }
        assert client.post(reverse("sealed:write"), form).status_code == 302
        assert client.get(reverse("sealed:done")).status_code == 200
        client.force_login(county.users["sealed"], backend=BACKEND)
        number = SealedCase.objects.get().number
        said = client.get(reverse("sealed:case", args=[number])).content.decode()
        assert canaries[0] in said
        client.post(reverse("sealed:act", args=[number, "note"]), {"version": 1, "text": "暗号戊戊戊"})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(FULL)")
        files = [FilePath(row[2]) for row in cursor.execute("PRAGMA database_list").fetchall() if row[2]]
    on_disk = b"".join(
        path.read_bytes() for file in files for path in file.parent.glob(f"{file.name}*")
    ) + b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert number.encode() in on_disk  # the right file was read
    for word in [*canaries, "暗号丁丁丁", "暗号戊戊戊", "王建国收"]:
        assert word.encode() not in on_disk, word
        assert word not in caplog.text
    assert jpeg((900, 700))[200:400] not in on_disk
