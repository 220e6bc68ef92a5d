"""Another key, another profile: everything is sealed anew, stopped and gone on with, and stays hidden from the accused."""

import base64
from typing import Any

import pytest

from zhuoluo.sealed import actions, reads
from zhuoluo.sealed.actions import Upload
from zhuoluo.sealed.models import SealedFile, SealedText
from zhuoluo.sealed.rules import Damaged
from zhuoluo.sealed.tests.office import WORDS, Office

pytestmark = pytest.mark.django_db
K1, K2 = (f"{name}:{base64.b64encode(letter * 32).decode()}" for name, letter in (("k1", b"1"), ("k2", b"2")))


def test_a_new_key_and_the_other_profile(
    office: Office, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEALED_KEYS, settings.SEALED_PROFILE = K1, "aes"
    photo = Upload("照片.jpg", "image/jpeg", b"\xff\xd8\xff picture")
    numbers = [office.hand_in(files=(photo,)).case.number for _ in range(4)]
    hidden = office.hand_in(whom="方严").case
    settings.SEALED_KEYS, settings.SEALED_PROFILE = f"{K2},{K1}", "sm4"
    assert reads.stale_count() == 5 * 2 + 4 * 2
    monkeypatch.setattr("zhuoluo.sealed.actions.keys.BATCH", 3)
    seen: list[tuple[int, int]] = []

    def stop(done: int, whole: int) -> None:
        seen.append((done, whole))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.reseal(progress=stop)
    assert 0 < reads.stale_count() < 18
    assert actions.reseal() == 12
    assert {(r.key_id, r.algorithm) for m in (SealedText, SealedFile) for r in m.objects.all()} == {
        ("k2", "SM4-GCM")
    }
    settings.SEALED_KEYS = K2  # the old key can go now
    case = office.act("look", numbers[0])
    assert case.of("given")[0].fields["what"] == WORDS
    assert reads.open_file(SealedFile.objects.first() or SealedFile()) == photo.content
    assert hidden.number not in {
        row.number for row in reads.cases(office.county.who("sealed", office.at)).rows
    }


def test_without_its_key_nothing_opens(office: Office, settings: Any) -> None:
    settings.SEALED_KEYS = K1
    number = office.hand_in().case.number
    settings.SEALED_KEYS = K2
    with pytest.raises(Damaged):
        office.act("look", number)
