"""Keeping the index in step. Rooms that own documents call this after their acts, reading the ledger by a cursor."""

from collections.abc import Iterable, Sequence
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from zhuoluo.search.actions import postgres, sqlite
from zhuoluo.search.models import Indexed, Rarity
from zhuoluo.search.rules import Document, entry_of, learnt

__all__ = ["Document", "clear", "drop", "put", "rebuild"]

BATCH = 1_000
REBUILT = 5_000  # in one transaction; PostgreSQL merges larger portions at less cost


@transaction.atomic
def put(*, documents: Sequence[Document]) -> None:
    """Put documents into the index, or put them again as they are now; of one id the last counts. All or none.

    What did not change costs a look-up only. Raises ValueError for a token or place that is none.
    """
    entries = list({document.id: entry_of(document) for document in documents}.values())
    engine = postgres if connection.vendor == "postgresql" else sqlite
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        new = engine.write(batch)
        sampled = Rarity.objects.filter(token="").values_list("count", flat=True).first() or 0
        counts = learnt([entry for entry in batch if entry.id in new], sampled)
        engine.count(sorted(counts.items()))  # one order for all, so that two writers never wait in a ring
    engine.settle()


@transaction.atomic
def drop(*, ids: Sequence[UUID]) -> None:
    """Take documents out of the index; unknown ids are no error."""
    if connection.vendor == "postgresql":
        Indexed.objects.filter(pk__in=ids).delete()
    else:
        sqlite.take_out(ids)


@transaction.atomic
def clear() -> None:
    """Empty the index, and forget what was learnt about words."""
    Indexed.objects.all().delete()
    Rarity.objects.all().delete()


def rebuild(*, documents: Iterable[Document]) -> int:
    """Empty the index and fill it anew, batch by batch; return how many documents were put.

    Until it is done, readers find only what is back in already.
    """
    clear()
    source, count = iter(documents), 0
    while batch := list(islice(source, REBUILT)):
        put(documents=batch)
        count += len(batch)
    return count
