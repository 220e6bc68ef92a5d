"""Finding. Whatever is asked, only documents the reader may see come back: the limit is part of the index query."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from zhuoluo.search.models import Rarity
from zhuoluo.search.reads import postgres, sqlite
from zhuoluo.search.rules import (
    Cursor,
    Found,
    Weights,
    ask,
    bigrams,
    choose,
    narrowing,
    normal,
    reach,
    score,
    words_of,
)  # fmt: skip

__all__ = ["Cursor", "Found", "find", "similar"]

COMPARED = 20  # candidates whose whole text is compared
LONGEST_COMPARED = 2_000  # characters of a text that are compared


def find(
    query: str,
    *,
    readers: Collection[str],
    hidden_from: Collection[str] = (),
    place: str | None = None,
    kind: str | None = None,
    limit: int = 20,
    after: Cursor | None = None,
) -> Found:
    """Return one page of the documents in which every word of `query` stands, newest first.

    `readers`: the reader's tokens, of which a document must name one; `hidden_from`: tokens it must not hide from;
    `place`: an area code, which stands for everything in it. Raises ValueError for a token or place that is none.
    """
    question = ask(query)
    within = reach(readers, hidden_from, place, kind)
    if not question.phrases or not within.readers:
        return Found((), None, question.terms, question.too_short)
    engine = postgres if connection.vendor == "postgresql" else sqlite
    rows = engine.newest(question.phrases, within, limit + 1, after)
    more = rows[limit - 1] if len(rows) > limit else None
    return Found(tuple(row.id for row in rows[:limit]), more, question.terms, question.too_short)


def similar(
    text: str,
    *,
    readers: Collection[str],
    hidden_from: Collection[str] = (),
    place: str | None = None,
    kind: str | None = None,
    limit: int = 5,
) -> list[tuple[UUID, float]]:
    """Return the documents most like `text`, best first, each with its likeness from 0 to 1.

    Likeness is the weight of the bigrams both share, rare ones weighing most, of the weight of all in `text`. The cost
    is bounded: some thousand entries of the index are read, however many documents there are.
    """
    within = reach(readers, hidden_from, place, kind)
    asked = bigrams(words_of(normal(text[:LONGEST_COMPARED])).stream)
    if not asked or not within.readers:
        return []
    weights = _weights([*asked, *within.within, *within.readers])
    marks = narrowing(within, weights)
    told = {term: weights.weight(term) for term in asked}
    terms = {term: told[term] for term in choose(asked, weights, marks)}
    engine = postgres if connection.vendor == "postgresql" else sqlite
    compared = engine.candidates(terms, marks, within, COMPARED)
    scored = [(id_, score(told, tokens)) for id_, tokens in compared.items()]
    return sorted(scored, key=lambda row: (-row[1], row[0].int))[:limit]


def _weights(terms: Collection[str]) -> Weights:
    rows = dict(Rarity.objects.filter(token__in=["", *terms]).values_list("token", "count"))
    return Weights(rows.pop("", 0), rows)
