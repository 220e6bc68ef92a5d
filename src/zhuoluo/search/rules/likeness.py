"""How like two texts are, told by the rare bigrams they share."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

from zhuoluo.search.rules.entries import Entry
from zhuoluo.search.rules.marks import MARK, Reach
from zhuoluo.search.rules.words import bigrams

FIRST = 500  # documents that all belong to the sample
ONE_IN = 64  # of those after them
COMMON = 0.2  # of all documents
MOST_TERMS = 96  # looked up for one comparison
MOST_ENTRIES = 4_000  # of the index, expected to be read for one comparison, whatever the number of documents


@dataclass(frozen=True)
class Weights:
    """How many of the `sampled` documents hold each term; a term without a count was seen in none of them."""

    sampled: int
    counts: Mapping[str, int]

    @property
    def documents(self) -> float:
        """Return about how many documents there are in all."""
        return min(self.sampled, FIRST) + max(self.sampled - FIRST, 0) * ONE_IN

    def weight(self, term: str) -> float:
        """Return how much a shared term tells: the rarer, the more (inverse document frequency)."""
        return log((self.sampled + 1) / (self.counts.get(term, 0) + 0.5))

    def share(self, term: str) -> float:
        """Return the expected share of documents that hold a term; never nought, for what was not seen may be there."""
        return (self.counts.get(term, 0) + 0.5) / (self.sampled + 1)


def learnt(new: Sequence[Entry], sampled: int) -> Counter[str]:
    """Return the counts that new entries add to a sample of so many; that of the sample itself is under "".

    Later entries are drawn by their id, so the same documents make the same sample.
    """
    left = max(FIRST - sampled, 0)
    drawn = [entry for place, entry in enumerate(new) if place < left or entry.id.int % ONE_IN == 0]
    counts: Counter[str] = Counter({"": len(drawn)} if drawn else {})
    for entry in drawn:
        counts.update(bigrams(entry.words().stream))
        counts.update(mark for mark in entry.marks if mark.startswith((f"{MARK}p", f"{MARK}r", f"{MARK}k")))
    return counts


def narrowing(reach: Reach, weights: Weights) -> list[tuple[str, ...]]:
    """Return the groups of marks that are worth asking the index for: place, and readers unless they see much.

    A mark that most documents bear costs more to look up than it leaves out.
    """
    groups = [(mark,) for mark in reach.within] + [reach.readers]
    return [group for group in groups if _share(group, weights) < COMMON]


def _share(group: Sequence[str], weights: Weights) -> float:
    return sum(weights.share(mark) for mark in group)


def choose(terms: Collection[str], weights: Weights, marks: Sequence[Sequence[str]]) -> list[str]:
    """Return the rarest terms to look up, as long as that stays cheap, and one in any case.

    Looking up a term with marks reads about as many entries of the index as the rarest of them has documents.
    """
    chosen: list[str] = []
    narrow = min((_share(group, weights) for group in marks), default=1.0)
    entries = 0.0
    for term in sorted(terms, key=lambda term: (weights.counts.get(term, 0), term)):
        entries += min(weights.share(term), narrow) * weights.documents
        if (chosen and entries > MOST_ENTRIES) or len(chosen) == MOST_TERMS:
            break
        chosen.append(term)
    return chosen


def score(asked: Mapping[str, float], found: Collection[str]) -> float:
    """Return from 0 to 1 how much of the weight of the terms asked for is found."""
    whole = sum(asked.values())
    return sum(asked[term] for term in asked.keys() & set(found)) / whole if whole else 0.0
