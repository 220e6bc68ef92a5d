"""Sealing words and files: AES-256-GCM or SM4-GCM under one of several keys, bound to the row they belong to.

What is stored beside a ciphertext names key and algorithm, so a site can change either and still open what is older.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Profile → name of the algorithm, as it is stored.
ALGORITHMS = {"aes": "AES-256-GCM", "sm4": "SM4-GCM"}
NONCE, TAG, SECRET = 12, 16, 32


class Damaged(Exception):
    """A ciphertext that does not open: another row's, changed, or of a key this site does not hold."""


@dataclass(frozen=True)
class Envelope:
    """A ciphertext and what it takes to open it, but the key."""

    key_id: str
    algorithm: str
    nonce: bytes
    ciphertext: bytes  # with its tag at the end


def read_keys(text: str) -> dict[str, bytes]:
    """Read `id:base64` pairs, apart by commas or lines; the first is the one in use. Raises ValueError for what is none."""
    found: dict[str, bytes] = {}
    for pair in text.replace("\n", ",").split(","):
        name, _, value = pair.strip().partition(":")
        if not pair.strip():
            continue
        try:
            secret = base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError(f"key {name!r}: not base64") from error
        if len(secret) != SECRET or not name.isalnum() or len(name) > 16:
            raise ValueError(f"key {name!r}: write id:base64 of {SECRET} bytes, the id in letters and digits")
        if name in found:
            raise ValueError(f"key {name!r} is there twice")
        found[name] = secret
    if not found:
        raise ValueError("no key")
    return found


@dataclass(frozen=True)
class Keyring:
    """The keys of a site. `profile`: how new words are sealed; older ones open by what is written beside them."""

    keys: Mapping[str, bytes] = field(repr=False)
    profile: str = "aes"

    @property
    def current(self) -> str:
        """Return the id of the key in use."""
        return next(iter(self.keys))

    def seal(self, words: bytes, bound_to: str) -> Envelope:
        """Seal words for one place (`bound_to`: table, row and field); they open nowhere else."""
        algorithm, nonce = ALGORITHMS[self.profile], os.urandom(NONCE)
        encryptor = Cipher(self._cipher(self.current, algorithm), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(_bound(bound_to, self.current, algorithm))
        sealed = encryptor.update(words) + encryptor.finalize()
        return Envelope(self.current, algorithm, nonce, sealed + encryptor.tag)

    def open(self, envelope: Envelope, bound_to: str) -> bytes:
        """Return what was sealed for this place. Raises Damaged."""
        if envelope.key_id not in self.keys or envelope.algorithm not in ALGORITHMS.values():
            raise Damaged(f"no key {envelope.key_id} for {envelope.algorithm}")
        if len(envelope.ciphertext) < TAG:
            raise Damaged("cut short")
        body, tag = envelope.ciphertext[:-TAG], envelope.ciphertext[-TAG:]
        cipher = Cipher(
            self._cipher(envelope.key_id, envelope.algorithm), modes.GCM(envelope.nonce, tag, TAG)
        )
        decryptor = cipher.decryptor()
        decryptor.authenticate_additional_data(_bound(bound_to, envelope.key_id, envelope.algorithm))
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag as error:
            raise Damaged("the ciphertext does not belong here or was changed") from error

    def stale(self, envelope: Envelope) -> bool:
        """Say whether something is sealed otherwise than new words are."""
        return (envelope.key_id, envelope.algorithm) != (self.current, ALGORITHMS[self.profile])

    def index(self, value: str) -> dict[str, str]:
        """Return, for each key, the keyed digest under which a unit or a person is found again without being read."""
        return {name: self.digest(name, value) for name in self.keys}

    def digest(self, key_id: str, value: str) -> str:
        """Return the digest under one key (HMAC, 64 hex digits)."""
        return hmac.new(self._derived(key_id, "index", SECRET), value.encode(), "sha256").hexdigest()

    def _cipher(self, key_id: str, algorithm: str) -> "algorithms.AES | algorithms.SM4":
        if algorithm == ALGORITHMS["sm4"]:
            return algorithms.SM4(self._derived(key_id, algorithm, 16))
        return algorithms.AES(self._derived(key_id, algorithm, 32))

    def _derived(self, key_id: str, purpose: str, length: int) -> bytes:
        """Return a key for one purpose, so that no two purposes ever share one (HKDF; SM3 where SM4 seals)."""
        kind = hashes.SM3() if purpose == ALGORITHMS["sm4"] else hashes.SHA256()
        info = f"zhuoluo.sealed/{purpose}".encode()
        return HKDF(algorithm=kind, length=length, salt=None, info=info).derive(self.keys[key_id])


def _bound(place: str, key_id: str, algorithm: str) -> bytes:
    return "\x1f".join((place, key_id, algorithm)).encode()
