"""Sums of money: whole fen inside, yuan with two decimals on the screen. Never a float."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from zhuoluo.outreach.programmes.rules.errors import Refused

MOST = 10**15  # fen: ten thousand billion yuan, below the largest integer of either database
_PLAIN = re.compile(r"\d{1,15}(\.\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?")


def read_fen(text: object) -> int:
    """Return a typed sum in yuan as fen. Raises Refused for what is no exact sum: nothing is ever rounded silently.

    Thousands may be grouped by threes, full-width characters and a trailing 元 are understood, and a number out of a
    sheet is taken when it has no more than two decimals.
    """
    if isinstance(text, float):
        # A sheet keeps 0.1 as a binary fraction; its shortest decimal is what was typed.
        text = format(Decimal(repr(text)), "f").removesuffix(".0") if text == text else ""
    plain = unicodedata.normalize("NFKC", str(text)).strip().removeprefix("¥").removesuffix("元").strip()
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        raise Refused("“%(text)s”不是准确到分的金额，请写成 12345.60 这样", text=plain[:40])
    try:
        fen = Decimal(plain.replace(",", "")) * 100
    except InvalidOperation as error:  # pragma: no cover - the patterns leave nothing else
        raise Refused("“%(text)s”不是准确到分的金额，请写成 12345.60 这样", text=plain[:40]) from error
    if fen > MOST:
        raise Refused("金额太大，请核对")
    return int(fen)


def yuan(fen: int) -> str:
    """Return a sum as it is written on paper: 63,100,000.00."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def bare_yuan(fen: int) -> str:
    """Return a sum as it is typed into a field: 63100000.00."""
    return yuan(fen).replace(",", "")


def decimal(fen: int) -> Decimal:
    """Return a sum in yuan as an exact decimal."""
    return Decimal(fen) / 100
