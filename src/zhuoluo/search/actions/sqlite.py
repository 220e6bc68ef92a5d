"""The index on SQLite: an FTS5 table that holds the words but not the text, its rows in the order of time."""

import json
import zlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.db import connection

from zhuoluo.search.rules import Entry, line, pack, unpack


def write(entries: Sequence[Entry]) -> set[UUID]:
    """Write the entries that are new or changed, and return the ids of the new ones."""
    known = _known([entry.id for entry in entries])
    packed = {entry.id: zlib.compress(pack(entry).encode()) for entry in entries}
    changed = [entry for entry in entries if entry.id not in known or known[entry.id][1] != packed[entry.id]]
    before = {entry.id: _opened(entry.id, known[entry.id][1]) for entry in changed if entry.id in known}
    ticks = {id_: known[id_][0] for id_ in before}
    moved = [entry for entry in changed if entry.id not in before or before[entry.id].tick != entry.tick]
    _forget((ticks[id_], entry) for id_, entry in before.items())
    ticks |= _places(moved)
    rows = sorted((ticks[entry.id], entry.id.hex, entry) for entry in changed)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_document (id, tick, packed) VALUES (%s, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET tick = excluded.tick, packed = excluded.packed",
            [(key, tick, packed[entry.id]) for tick, key, entry in rows],
        )
        # In the order of rows: FTS5 writes a part of its own whenever they go backwards.
        cursor.executemany(
            "INSERT INTO search_index (rowid, words) VALUES (%s, %s)",
            [(tick, line(entry)) for tick, _, entry in rows],
        )
    return {entry.id for entry in entries} - known.keys()


def settle() -> None:
    """Do nothing: FTS5 merges its parts by itself."""


def take_out(ids: Sequence[UUID]) -> None:
    """Take documents out of both tables."""
    known = _known(ids)
    _forget((tick, _opened(id_, packed)) for id_, (tick, packed) in known.items())
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_document WHERE id = %s", [(id_.hex,) for id_ in known])


def count(rows: Sequence[tuple[str, int]]) -> None:
    """Add to the counts of tokens."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_rarity AS r (token, count) VALUES (%s, %s) "
            "ON CONFLICT (token) DO UPDATE SET count = r.count + excluded.count",
            rows,
        )


def _known(ids: Sequence[UUID]) -> dict[UUID, tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, tick, packed FROM search_document WHERE id IN (SELECT value FROM json_each(%s))",
            [json.dumps([id_.hex for id_ in ids])],
        )
        return {UUID(key): (tick, bytes(packed)) for key, tick, packed in cursor.fetchall()}


def _opened(entry_id: UUID, packed: bytes) -> Entry:
    return unpack(entry_id, zlib.decompress(packed).decode())


def _forget(rows: Iterable[tuple[int, Entry]]) -> None:
    """Take words out of a table that keeps no text: FTS5 has to be told them again, exactly as they were put in."""
    told = sorted((tick, line(entry)) for tick, entry in rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', %s, %s)", told
        )


def _places(entries: Sequence[Entry]) -> dict[UUID, int]:
    """Return a row for each entry: its own tick, or the next one that is free."""
    wanted = sorted(entries, key=lambda entry: (entry.tick, entry.id))
    taken = _taken([entry.tick for entry in wanted])
    places: dict[UUID, int] = {}
    given: set[int] = set()
    for tick, group in groupby(wanted, key=lambda entry: entry.tick):
        same = list(group)
        free = [tick] if len(same) == 1 and tick not in taken | given else _free(tick, len(same), given)
        given.update(free)
        places |= {entry.id: place for entry, place in zip(same, free, strict=True)}
    return places


def _taken(ticks: Sequence[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tick FROM search_document WHERE tick IN (SELECT value FROM json_each(%s))",
            [json.dumps(ticks)],
        )
        return {tick for (tick,) in cursor.fetchall()}


def _free(first: int, count: int, given: set[int]) -> list[int]:
    """Return the first `count` ticks from `first` on that no row has and none was given."""
    free: list[int] = []
    tick = first
    with connection.cursor() as cursor:
        cursor.execute("SELECT tick FROM search_document WHERE tick >= %s ORDER BY tick", [first])
        taken = (row[0] for row in iter(cursor.fetchone, None))
        following = next(taken, None)
        while len(free) < count:
            if tick == following:
                following = next(taken, None)
            elif tick not in given:
                free.append(tick)
            tick += 1
    return free
