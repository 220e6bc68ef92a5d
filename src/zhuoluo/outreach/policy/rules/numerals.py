"""Numbers as Chinese documents write them: 第十七条, 第17条, （三）, １２."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "".join(_DIGITS) + "".join(_UNITS)


def read_numeral(text: str) -> int | None:
    """Return the number written in Chinese or Arabic numerals, full-width too, from 0 to 9999; None for anything else."""
    if not text or len(text) > 9:
        return None
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    if any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 4 else None
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, digit, above = 0, None, 10_000
    for c in text:
        if c in _UNITS:
            unit = _UNITS[c]
            if unit >= above or digit == 0:
                return None
            total += (1 if digit is None else digit) * unit
            digit, above = None, unit
        elif digit:
            return None  # two digits beside each other
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def write_numeral(number: int) -> str:
    """Return a number from 1 to 9999 as documents write it: 17 → 十七, 110 → 一百一十, 105 → 一百零五."""
    if not 1 <= number <= 9999:
        raise ValueError("1 to 9999")
    words, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + word
        gap = False
    return words.removeprefix("一") if 10 <= number < 20 else words
