"""The unified social credit code of an enterprise or organisation (GB 32100-2015): eighteen signs, the last a check."""

import unicodedata

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z, which are taken for digits
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18


def plain_code(text: str) -> str:
    """Return a typed code in its one written form: half-width, upper case, without blanks and hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def check_sign(body: str) -> str:
    """Return the check sign of the first seventeen signs. Raises ValueError for a sign that no code has."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return SIGNS[-total % 31]


def is_credit_code(code: str) -> bool:
    """Say whether a code in its plain form has eighteen known signs, a division code, and the right check sign."""
    known = len(code) == LENGTH and all(sign in SIGNS for sign in code)
    return known and code[2:8].isdecimal() and check_sign(code[:-1]) == code[-1]
