"""What a reader typed, as words that must all be there."""

import re
from dataclasses import dataclass

from zhuoluo.search.rules.words import clean, is_narrow, normal, stream

LONGEST = 200  # characters of a question; the rest is left out
MOST_WORDS = 16
_NUMBER = re.compile(r"[0-9a-z]+(?:[-‐‑–—_][0-9a-z]+)+")


@dataclass(frozen=True)
class Question:
    """Words to be found, each as tokens in a row; `terms` are the words as read, to be shown and highlighted.

    `too_short` are single Chinese characters: they stand in nearly every text, so they are left out and the page says
    so. A question without phrases finds nothing.
    """

    terms: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    too_short: tuple[str, ...] = ()


def ask(text: str) -> Question:
    """Read a question: blanks and punctuation part words, hyphens inside a number do not, order does not matter."""
    rest = normal(text[: LONGEST * 4])[:LONGEST]
    words: dict[str, tuple[str, ...]] = {}
    short: dict[str, None] = {}
    for number in _NUMBER.findall(rest):
        words[number] = tuple(stream(clean(number)))
    for word in clean(_NUMBER.sub(" ", rest)).split():
        phrase = _phrase(word)
        if phrase:
            words.setdefault(word, phrase)
        else:
            short[word] = None
    kept = list(words.items())[:MOST_WORDS]
    return Question(tuple(w for w, _ in kept), tuple(p for _, p in kept), tuple(short))


def _phrase(word: str) -> tuple[str, ...]:
    """Return a word's tokens. Its last Chinese character alone is left out: in a text more may follow it."""
    tokens = stream(word)
    return tuple(tokens if is_narrow(word[-1]) else tokens[:-1])
