"""Reading the FTS5 table. Its rows are in the order of time, so it stops as soon as a page is full."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nlargest
from itertools import islice
from uuid import UUID

from django.db import connection

from zhuoluo.search.rules import Cursor, Reach, allows, fts5, rough_fts5, unpack
from zhuoluo.search.rules.queries import Phrases

_LAST = 2**62
LOOKED_AT = 10  # times as many as are compared, for some may not be read
MOST_OF_A_TERM = 200  # newest documents looked at for one term: thousands may write the same words


def newest(phrases: Phrases, within: Reach, limit: int, after: Cursor | None) -> list[Cursor]:
    """Return the newest documents with all phrases, before `after`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.tick, d.id FROM search_index i CROSS JOIN search_document d ON d.tick = i.rowid "
            "WHERE i.search_index MATCH %s AND i.rowid < %s ORDER BY i.rowid DESC LIMIT %s",
            [fts5(phrases, within), after.tick if after else _LAST, limit],
        )
        return [Cursor(tick, UUID(key)) for tick, key in cursor.fetchall()]


def candidates(
    terms: Mapping[str, float], marks: Sequence[Sequence[str]], within: Reach, limit: int
) -> dict[UUID, Collection[str]]:
    """Return the tokens of the documents within reach that share the most weight of terms."""
    weight: dict[int, float] = defaultdict(float)
    with connection.cursor() as cursor:
        for term, value in terms.items():
            cursor.execute(
                "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s",
                [rough_fts5(term, marks), MOST_OF_A_TERM],
            )
            for (tick,) in cursor.fetchall():
                weight[tick] += value
        best = nlargest(limit * LOOKED_AT, weight, key=lambda tick: (weight[tick], tick))
        cursor.execute(
            "SELECT id, tick, packed FROM search_document WHERE tick IN (SELECT value FROM json_each(%s))",
            [json.dumps(best)],
        )
        rows = sorted(cursor.fetchall(), key=lambda row: (weight[row[1]], row[1]), reverse=True)
    entries = (unpack(UUID(key), zlib.decompress(packed).decode()) for key, _, packed in rows)
    readable = (entry for entry in entries if allows(within, entry.marks))
    return {entry.id: entry.words().stream for entry in islice(readable, limit)}
