"""Text cut into the tokens that are indexed.

Chinese has no blanks between words, so every two neighbouring characters make a token and a word of two characters or
more is found as a run of such tokens, exactly where it stands: 路灯不亮 is 路灯 灯不 不亮 in a row, and nothing else.
Latin words and numbers are tokens as a whole. A run of Chinese ends with its last character alone, so that two runs
never seem to be one; where Chinese follows a number directly (3号, A3区), the two together are a token as well.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

MOST_TOKENS = 16_000  # of one document; PostgreSQL counts positions to 16,383
LONGEST_TOKEN = 64
_NARROW = "0-9a-z\u00aa-\u052f\u1e00-\u1fff"  # scripts written with blanks; all others go by characters
_PIECE = re.compile(f"([{_NARROW}]+)|([^ {_NARROW}]+)")
_NUMBER = re.compile(r"[0-9a-z]+(?:[-‐‑–—_][0-9a-z]+)*")
SHORTEST_SUFFIX, LONGEST_SUFFIX = 4, 8
LONG_NUMBER = 9  # digits: telephone numbers and numbers of matters, but no dates
_LONGEST_NUMBER = 40


@dataclass(frozen=True)
class Words:
    """The tokens of a text in order, and beside them the other ways in which its numbers may be typed."""

    stream: tuple[str, ...]
    numbers: tuple[str, ...] = ()


class _Kept(dict[int, int | str | None]):
    """What becomes of a character: letters and digits stay, joiners vanish, everything else is a blank."""

    def __missing__(self, code: int) -> int | str | None:
        kept = self[code] = _kept(code)
        return kept


def _kept(code: int) -> int | str | None:
    kind = unicodedata.category(chr(code))
    # Rare characters of names newer than Python's tables (planes 2 and 3), and private ones from old encodings.
    if kind[0] in "LN" or kind == "Co" or 0x20000 <= code < 0x40000:
        return code
    if kind == "Cf" or 0xFE00 <= code < 0xFE10 or 0xE0100 <= code < 0xE01F0:  # variation selectors
        return None
    return code if kind[0] == "M" else " "


_KEPT = _Kept()


def normal(text: str) -> str:
    """Return a text in the one form that is compared: full-width as half-width, capitals as small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def clean(text: str) -> str:
    """Return a normal text with every punctuation mark a single blank."""
    return " ".join(text.translate(_KEPT).split())


def words_of(text: str) -> Words:
    """Return the tokens of a normal text. Only its first 16,000 tokens can be searched."""
    return Words(tuple(stream(clean(text))[:MOST_TOKENS]), tuple(_numbers(text)))


def stream(text: str) -> list[str]:
    """Return the tokens of a clean text in order."""
    tokens: list[str] = []
    word, end = "", -1
    for piece in _PIECE.finditer(text):
        run = piece[0]
        if piece[1]:
            word, end = run[:LONGEST_TOKEN], piece.end()
            tokens.append(word)
            continue
        if end == piece.start():
            tokens.append(word + run[0])
        tokens += [first + second for first, second in pairwise(run)]
        tokens.append(run[-1])
    return tokens


def is_narrow(character: str) -> bool:
    """Say whether a clean character belongs to a script written with blanks (Latin, Greek, Cyrillic) or is a digit."""
    piece = _PIECE.match(character)
    return piece is not None and piece[1] is not None


def bigrams(tokens: tuple[str, ...]) -> frozenset[str]:
    """Return the tokens that carry sense when two texts are compared: no single characters, no short numbers."""
    return frozenset(t for t in tokens if len(t) > 1 and (not t.isascii() or not t.isdigit() or len(t) > 3))


def _numbers(text: str) -> list[str]:
    """Return further spellings of the numbers in a normal text: without hyphens, without letters, their last digits."""
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(text):
        written = match[0]
        joined = re.sub(r"[^0-9a-z]", "", written)
        digits = re.sub(r"[^0-9]", "", joined)
        if len(digits) < SHORTEST_SUFFIX or len(joined) > _LONGEST_NUMBER:
            continue
        if joined != written:
            found[joined] = None
        if digits != written:
            found[digits] = None
        if len(digits) >= LONG_NUMBER:
            for length in range(SHORTEST_SUFFIX, min(len(digits) - 1, LONGEST_SUFFIX) + 1):
                found[digits[-length:]] = None
    return list(found)[:MOST_TOKENS]
