"""Values of cells made regular: exact text of numbers, phones, identity numbers, counts, tidy words.

Words that people wrote are never changed beyond trimming; only numbers, dates and codes are made half-width.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from zhuoluo.exchange.sheets.problems import Unreadable, reason
from zhuoluo.exchange.sheets.when import SHANGHAI, from_serial, half_width, parse_when

__all__ = [
    "Value",
    "as_text",
    "blank",
    "damaged",
    "from_serial",
    "half_width",
    "parse_code",
    "parse_count",
    "parse_id_number",
    "parse_phone",
    "parse_when",
    "placeholder",
    "tidy_block",
    "tidy_line",
]

Value = str | int | float | bool | datetime | date | time | timedelta

_EXACT = 10**15  # Excel keeps 15 significant digits; beyond that the last ones are lost
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?(\d{2,3})")
_UNSEEN = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD))
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_PLACEHOLDERS = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "/",
        "//",
        "—",
        "——",
        "_",
        ".",
        "无",
        "暂无",
        "没有",
        "空",
        "不详",
        "未知",
        "未填",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
    }
)
_AS_FORMULA = re.compile(r'="([^"]*)"')
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(01\d|02\d|0[3-9]\d{2})?(\d{7,8})(?:(?:转|x|ext\.?|#)(\d{1,6}))?", re.IGNORECASE)
_SERVICE = re.compile(r"(?:400|800)\d{7}|1\d{2}|12\d{3}|9\d{4,7}|1[06]\d{3,6}")
_ID18 = re.compile(r"\d{17}[\dX]")
_ID15 = re.compile(r"\d{15}")


def blank(value: Value | None) -> bool:
    """Whether a cell holds nothing that can be seen."""
    if not isinstance(value, str):
        return value is None
    stripped = value.strip()
    if stripped and stripped[0].isalnum():  # asked of every cell: the common case first
        return False
    return not stripped.translate(_UNSEEN).strip()


def placeholder(text: str) -> bool:
    """Whether a text only says "nothing here", such as 无, /, — or N/A."""
    return half_width(text).strip().lower() in _PLACEHOLDERS


def as_text(value: Value) -> str:
    """The exact text of a value: 430281.0 → 430281, 1.5201e4 → 15201, a day → 2020-01-06; words untouched."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _float_text(number: float) -> str:
    """The shortest decimal text that names this float, without exponent and without a useless point."""
    if not math.isfinite(number):
        return str(number)
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def damaged(value: Value) -> bool:
    """Whether a long number has lost digits: a float beyond 15 digits, or a text like 4.30281E+17."""
    if isinstance(value, bool):
        return False
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) >= _EXACT
    if isinstance(value, str):
        found = _SCIENTIFIC.fullmatch(half_width(value).strip())
        return bool(found) and int(found[1]) >= 9 if found else False
    return False


def tidy_line(text: str) -> str:
    """One line: unseen characters out, runs of spaces and breaks to one space, trimmed; NFC."""
    seen = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return _SPACES.sub(" ", _BREAKS.sub("\n", seen).replace("\n", " ")).strip()


def tidy_block(text: str) -> str:
    """Many lines: each trimmed, no more than one empty line together, nothing else changed; NFC."""
    seen = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    lines = [_SPACES.sub(" ", line).strip() for line in _BREAKS.sub("\n", seen).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def parse_code(value: Value) -> str:
    """A number or code as exact half-width text without inner spaces; leading zeros stay.

    Raises `Unreadable` where digits are already lost.
    """
    if damaged(value):
        raise Unreadable(reason("number_damaged", value=as_text(value)))
    text = half_width(as_text(value)).strip()
    wrapped = _AS_FORMULA.fullmatch(text)
    return "".join((wrapped[1] if wrapped else text).lstrip("'").split())


def parse_phone(value: Value) -> str:
    """One or more phone numbers, half-width, without +86, joined by 、; a landline as 0731-88888888.

    Raises `Unreadable` for anything that is not made of whole numbers.
    """
    if damaged(value):
        raise Unreadable(reason("number_damaged", value=as_text(value)))
    shown = as_text(value)
    text = half_width(shown).strip()[:200]
    wrapped = _AS_FORMULA.fullmatch(text)
    pieces = [piece for piece in re.split(r"[、,;/|\n\r]+", wrapped[1] if wrapped else text) if piece.strip()]
    numbers = [number for piece in pieces for number in _phones(piece, shown)]
    if not numbers:
        raise Unreadable(reason("phone_unclear", value=shown))
    return "、".join(dict.fromkeys(numbers))


def _phones(piece: str, shown: str) -> list[str]:
    """The numbers in one piece of text: the whole piece is one number, or it is several parted by spaces."""
    whole = _one_phone(piece)
    if whole:
        return [whole]
    parts = [_one_phone(part) for part in piece.split()]
    if len(parts) > 1 and all(parts):
        return [part for part in parts if part]
    raise Unreadable(reason("phone_unclear", value=shown))


def _one_phone(piece: str) -> str | None:
    """A single number made regular, or None."""
    digits = re.sub(r"[\s\-()—–·.]+", "", piece).lstrip("'")
    digits = re.sub(r"^(?:\+86|0086|\+0086)", "", digits)
    if re.fullmatch(r"86" + _MOBILE.pattern, digits):
        digits = digits[2:]
    if re.fullmatch(r"0" + _MOBILE.pattern, digits):
        digits = digits[1:]
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    found = _LANDLINE.fullmatch(digits)
    if not found:
        return None
    area, number, extension = found.groups()
    return f"{area}-" * bool(area) + number + f"转{extension}" * bool(extension)


def parse_id_number(value: Value) -> str:
    """An identity number as text of 18 (or old 15) characters with a capital X. Raises `Unreadable`."""
    text = parse_code(value).upper()
    if not (_ID18.fullmatch(text) or _ID15.fullmatch(text)):
        raise Unreadable(reason("id_number_unclear", value=as_text(value)))
    return text


def parse_count(value: Value) -> int:
    """A whole number of at least 0; 3.0 and "３" are 3. Raises `Unreadable`."""
    if isinstance(value, bool):
        raise Unreadable(reason("count_unclear", value=as_text(value)))
    text = half_width(as_text(value)).strip().replace(",", "")
    if not re.fullmatch(r"\d{1,15}(?:\.0+)?", text):
        raise Unreadable(reason("count_unclear", value=as_text(value)))
    return int(text.partition(".")[0])
