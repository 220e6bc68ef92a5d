"""Reading the GIN index, which knows documents but neither their order nor the places of words in them.

A common word is found by walking the newest documents, a rare one by asking the index; which of the two it is cannot
be known beforehand, so a short walk comes first.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from zhuoluo.search.rules import Cursor, Reach, rough_tsquery, tsquery
from zhuoluo.search.rules.queries import Phrases

_LAST = Cursor(2**62, UUID(int=2**128 - 1))
_ALL = 2**62
WALKED = 600  # newest documents looked at before the index is asked
LOOKED_AT = 10  # times as many as are compared, for some may not be read
MOST_OF_A_TERM = 200  # newest documents looked at for one term: thousands may write the same words

_WALK = """
    SELECT tick, id FROM (
        SELECT tick, id, tokens FROM search_document WHERE (tick, id) < (%s, %s) ORDER BY tick DESC, id DESC LIMIT %s
    ) newest WHERE tokens @@ %s::tsquery ORDER BY tick DESC, id DESC LIMIT %s
"""
# The index gives every document with all tokens, newest first; whether they stand in a row is then looked up in one
# document after another, and no more of them than the page needs.
_ASK = """
    SELECT h.tick, h.id FROM search_hits(%s::tsquery, %s, %s, %s) h
    WHERE (SELECT d.tokens @@ %s::tsquery FROM search_document d WHERE d.id = h.id) LIMIT %s
"""
_CANDIDATES = """
    WITH hits AS MATERIALIZED (
        SELECT h.id, sum(t.weight) AS weight
        FROM unnest(%s::text[], %s::float8[]) t(term, weight),
             LATERAL search_hits(t.term::tsquery, %s, %s, %s) h
        GROUP BY h.id ORDER BY weight DESC, h.id LIMIT %s
    )
    SELECT d.id, tsvector_to_array(d.tokens) FROM hits, LATERAL (
        SELECT id, tokens FROM search_document WHERE id = hits.id AND tokens @@ %s::tsquery OFFSET 0
    ) d ORDER BY hits.weight DESC, d.id DESC LIMIT %s
"""


def newest(phrases: Phrases, within: Reach, limit: int, after: Cursor | None) -> list[Cursor]:
    """Return the newest documents with all phrases, before `after`."""
    start = after or _LAST
    exact = tsquery(phrases, within, in_a_row=True)
    with connection.cursor() as cursor:
        cursor.execute(_WALK, [start.tick, start.id, WALKED, exact, limit])
        rows = cursor.fetchall()
        if len(rows) < limit:
            loose = tsquery(phrases, within, in_a_row=False)
            most = limit if loose == exact else _ALL
            cursor.execute(_ASK, [loose, start.tick, start.id, most, exact, limit])
            rows = cursor.fetchall()
    return [Cursor(tick, id_) for tick, id_ in rows]


def candidates(
    terms: Mapping[str, float], marks: Sequence[Sequence[str]], within: Reach, limit: int
) -> dict[UUID, Collection[str]]:
    """Return the tokens of the documents within reach that share the most weight of terms."""
    queries = [rough_tsquery(term, marks) for term in terms]
    hits: list[Any] = [queries, list(terms.values()), _LAST.tick, _LAST.id, MOST_OF_A_TERM, limit * LOOKED_AT]
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [*hits, tsquery([], within, in_a_row=False), limit])
        return dict(cursor.fetchall())
