"""Matter numbers with a check digit, and the query code that opens a matter to its raiser."""

import hmac
import re
import unicodedata
from datetime import date
from uuid import UUID

from zhuoluo.kit.numbers import check_digit, checks
from zhuoluo.matters.rules.errors import Refused

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without the look-alikes 0 O 1 I L


def make_number(prefix: str, day: date, sequence: int) -> str:
    """Return a matter's number: letters of the place, registration day, sequence of the day, check digit."""
    body = f"{day:%y%m%d}{sequence:04d}"
    return f"{prefix}{day:%y%m%d}-{sequence:04d}-{check_digit(_digits(prefix) + body)}"


def _digits(letters: str) -> str:
    return "".join(str(ord(c) - 55) if c.isalpha() else c for c in letters)


def read_number(text: str) -> str:
    """Return a typed number in its one written form. Raises Refused when it cannot be right.

    Full-width characters, lower case, missing hyphens and stray blanks are understood.
    """
    plain = re.sub(r"[\s\-—–－_]", "", unicodedata.normalize("NFKC", text)).upper()
    match = re.fullmatch(r"([A-Z]{1,4})(\d{6})(\d{4,6})(\d)", plain)
    if match is None:
        raise Refused("编号不完整，请照回执逐位核对，例如 QX261122-0042-7")
    letters, day, sequence, check = match.groups()
    if not checks(_digits(letters) + day + sequence + check):
        raise Refused("编号有一位不对，请照回执逐位核对")
    return f"{letters}{day}-{sequence}-{check}"


def query_code(key: str, matter_id: UUID, generation: int) -> str:
    """Return the eight-character code that opens a matter to whoever raised it. Nothing of it is stored."""
    mac = hmac.digest(key.encode(), f"code:{matter_id}:{generation}".encode(), "sha256")
    number = int.from_bytes(mac, "big")
    letters = []
    for _ in range(8):
        number, index = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[index])
    return "".join(letters)


def same_code(given: str, real: str) -> bool:
    """Compare a typed code with the real one in constant time; case, blanks and hyphens do not matter."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", given)).upper()
    return hmac.compare_digest(plain.encode(), real.encode())
