"""Which questions are like the one being asked: shared pairs of characters."""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

LIKE = 0.34  # of the pairs of the shorter text
FEWEST = 2


def pairs(text: str) -> frozenset[str]:
    """Return the neighbouring pairs of letters and Chinese characters of a text."""
    plain = [c.lower() for c in unicodedata.normalize("NFKC", text) if c.isalnum()]
    return frozenset(a + b for a, b in pairwise(plain))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the shorter one's pairs that the other has as well."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= FEWEST else 0.0


def nearest(text: str, known: Iterable[tuple[UUID, str]], limit: int = 5) -> list[UUID]:
    """Return the ids of the texts most like `text`, the nearest first; none that is not like it at all."""
    wanted = pairs(text)
    rated = [(likeness(wanted, pairs(words)), key) for key, words in known]
    rated.sort(key=lambda pair: (-pair[0], str(pair[1])))
    return [key for rate, key in rated if rate >= LIKE][:limit]
