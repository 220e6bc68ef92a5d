"""A ciphertext opens where it was sealed, with the key it names, and nowhere else."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.sealed.rules import ALGORITHMS, Damaged, Keyring, read_keys

OLD, NEW = b"o" * 32, b"n" * 32
RING = {profile: Keyring({"k1": OLD}, profile) for profile in ALGORITHMS}


@pytest.mark.parametrize("profile", ALGORITHMS)
@given(words=st.binary(max_size=400), place=st.text(max_size=40))
def test_what_was_sealed_opens_in_its_place(profile: str, words: bytes, place: str) -> None:
    sealed = RING[profile].seal(words, place)
    assert RING[profile].open(sealed, place) == words
    assert sealed.algorithm == ALGORITHMS[profile]
    assert len(sealed.ciphertext) == len(words) + 16


@pytest.mark.parametrize("profile", ALGORITHMS)
def test_it_opens_nowhere_else_and_not_once_changed(profile: str) -> None:
    ring = RING[profile]
    sealed = ring.seal("谁收了钱".encode(), "sealed_text/1/given")
    for place in ("sealed_text/2/given", "sealed_text/1/note", ""):
        with pytest.raises(Damaged):
            ring.open(sealed, place)
    changed = [
        replace(sealed, ciphertext=bytes([sealed.ciphertext[0] ^ 1]) + sealed.ciphertext[1:]),
        replace(sealed, ciphertext=sealed.ciphertext[:-1]), replace(sealed, ciphertext=b""),
        replace(sealed, nonce=b"\0" * 12), replace(sealed, key_id="k9"), replace(sealed, algorithm="ROT13"),
    ]  # fmt: skip
    other = next(name for name in ALGORITHMS.values() if name != sealed.algorithm)
    for wrong in [*changed, replace(sealed, algorithm=other)]:
        with pytest.raises(Damaged):
            ring.open(wrong, "sealed_text/1/given")


def test_the_same_words_are_never_sealed_alike() -> None:
    first, second = (RING["aes"].seal(b"x" * 40, "place") for _ in range(2))
    assert first.nonce != second.nonce
    assert first.ciphertext != second.ciphertext


def test_older_keys_and_the_other_profile_still_open() -> None:
    old = RING["aes"].seal(b"words", "place")
    ring = Keyring({"k2": NEW, "k1": OLD}, "sm4")
    assert ring.open(old, "place") == b"words"
    assert ring.stale(old)
    assert not ring.stale(ring.seal(b"words", "place"))
    assert Keyring({"k1": OLD}, "sm4").stale(old)


def test_aes_agrees_with_the_standard_library_of_the_trade() -> None:
    """The same ciphertext as cryptography's own AESGCM makes of the derived key: no private construction."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = RING["aes"].seal(b"words", "place")
    key = RING["aes"]._derived("k1", "AES-256-GCM", 32)
    bound = "\x1f".join(("place", "k1", "AES-256-GCM")).encode()
    assert AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, bound) == b"words"


def test_a_digest_recognises_and_tells_nothing() -> None:
    ring = Keyring({"k2": NEW, "k1": OLD})
    assert ring.index("unit:1") == ring.index("unit:1")
    assert len({*ring.index("unit:1").values(), *ring.index("unit:2").values()}) == 4


def test_the_keys_never_stand_in_a_representation() -> None:
    assert "ooooo" not in repr(RING["aes"])


def test_keys_are_read_and_wrong_ones_refused() -> None:
    good = base64.b64encode(OLD).decode()
    assert list(read_keys(f"k2:{good},\nk1:{base64.b64encode(NEW).decode()}\n")) == ["k2", "k1"]
    for bad in ("", "k1", "k1:short", f"k1:{good},k1:{good}", "k1:***", f"k 1:{good}"):
        with pytest.raises(ValueError, match="key"):
            read_keys(bad)
