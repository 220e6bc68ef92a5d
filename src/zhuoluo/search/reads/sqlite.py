"""Reading the FTS5 table. Its rows are in the order of time, so it stops as soon as a page is full."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from heapq import nlargest
from uuid import UUID

from django.db import connection

from zhuoluo.search.rules import Cursor, Reach, fts5, unpack
from zhuoluo.search.rules.queries import Phrases

_LAST = 2**62
MOST_OF_A_TERM = 1_000  # newest documents looked at for one term of a comparison


def newest(phrases: Phrases, within: Reach, limit: int, after: Cursor | None) -> list[Cursor]:
    """Return the newest documents with all phrases, before `after`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.tick, d.id FROM search_index i CROSS JOIN search_document d ON d.tick = i.rowid "
            "WHERE i.search_index MATCH %s AND i.rowid < %s ORDER BY i.rowid DESC LIMIT %s",
            [fts5(phrases, within), after.tick if after else _LAST, limit],
        )
        return [Cursor(tick, UUID(key)) for tick, key in cursor.fetchall()]


def candidates(terms: Mapping[str, float], within: Reach, limit: int) -> dict[UUID, Collection[str]]:
    """Return the tokens of the documents that share the most weight of terms."""
    weight: dict[int, float] = defaultdict(float)
    with connection.cursor() as cursor:
        for term, value in terms.items():
            cursor.execute(
                "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s",
                [fts5([[term]], within), MOST_OF_A_TERM],
            )
            for (tick,) in cursor.fetchall():
                weight[tick] += value
        best = nlargest(limit, weight, key=lambda tick: (weight[tick], tick))
        cursor.execute(
            "SELECT id, packed FROM search_document WHERE tick IN (SELECT value FROM json_each(%s))",
            [json.dumps(best)],
        )
        rows = cursor.fetchall()
    entries = [unpack(UUID(key), zlib.decompress(packed).decode()) for key, packed in rows]
    return {entry.id: entry.words().stream for entry in entries}
