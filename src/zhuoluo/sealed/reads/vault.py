"""Opening what is sealed, with the keys of the settings."""

from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from zhuoluo.sealed.models import Ciphertext, SealedFile, SealedText
from zhuoluo.sealed.rules import ALGORITHMS, Envelope, Keyring, read_keys


@lru_cache(maxsize=4)
def _ring(keys: str, profile: str) -> Keyring:
    return Keyring(read_keys(keys), profile)


def keyring() -> Keyring:
    """Return the keys of this site. Raises ValueError when the setting is none."""
    return _ring(settings.SEALED_KEYS, settings.SEALED_PROFILE)


def place_of(row: "SealedText | SealedFile") -> str:
    """Return what a ciphertext is bound to: its table, row, case and kind."""
    kind = row.kind if isinstance(row, SealedText) else "content"
    return f"{row._meta.db_table}/{row.id}/{row.case_id}/{kind}"


def envelope(row: Ciphertext) -> Envelope:
    """Return the ciphertext of a row as the rules know it."""
    return Envelope(row.key_id, row.algorithm, bytes(row.nonce), bytes(row.ciphertext))


def open_text(row: SealedText) -> str:
    """Return the words of a row. Raises Damaged."""
    return keyring().open(envelope(row), place_of(row)).decode()


def open_file(row: SealedFile) -> bytes:
    """Return the bytes of a file. Raises Damaged."""
    return keyring().open(envelope(row), place_of(row))


def stale() -> Q:
    """Return the condition that a row is sealed otherwise than new words are."""
    ring = keyring()
    return ~Q(key_id=ring.current) | ~Q(algorithm=ALGORITHMS[ring.profile])


def missing_keys() -> list[str]:
    """Return the ids of keys that something is sealed under and the site does not hold."""
    used = {
        key
        for model in (SealedText, SealedFile)
        for key in model.objects.values_list("key_id", flat=True).distinct()
    }
    return sorted(used - set(keyring().keys))


def stale_count() -> int:
    """Return how many ciphertexts are sealed under an older key or the other profile."""
    return sum(model.objects.filter(stale()).count() for model in (SealedText, SealedFile))
