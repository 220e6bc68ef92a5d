"""The index on PostgreSQL: a tsvector made by us in each row, under a GIN index."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from zhuoluo.search.rules import Entry, vector


def write(entries: Sequence[Entry]) -> set[UUID]:
    """Write the entries that are new or changed, and return the ids of the new ones."""
    rows = sorted(
        entries, key=lambda entry: entry.id
    )  # one order for all, so that two writers never wait in a ring
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_document AS d (id, tick, tokens) "
            "SELECT id, tick, tokens::tsvector FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) t(id, tick, tokens) "
            "ON CONFLICT (id) DO UPDATE SET tick = excluded.tick, tokens = excluded.tokens "
            "WHERE d.tick <> excluded.tick OR d.tokens <> excluded.tokens "
            "RETURNING id, xmax = 0",
            [[e.id for e in rows], [e.tick for e in rows], [vector(e) for e in rows]],
        )
        return {id_ for id_, new in cursor.fetchall() if new}


def settle() -> None:
    """Merge the list of pending rows into the index; every search would read it from end to end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_settle()")


def count(rows: Sequence[tuple[str, int]]) -> None:
    """Add to the counts of tokens."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_rarity AS r (token, count) SELECT * FROM unnest(%s::text[], %s::int[]) "
            "ON CONFLICT (token) DO UPDATE SET count = r.count + excluded.count",
            [[token for token, _ in rows], [count for _, count in rows]],
        )
