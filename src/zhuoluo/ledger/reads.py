"""Reading the ledger: a subject's story, and the tail a sender has not seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.ledger.models import Cursor, Entry

# No transaction of ours lives this long (config sets the limit), so older entries are settled whatever their number.
SETTLED_AFTER = timedelta(hours=1)

NEWEST_OF = BuiltOnce(
    lambda limit, subject: Entry.objects.filter(subject_id=subject).order_by("-seq")[:limit],
    subject=UUIDField(),
)


def story(subject_id: UUID, *, limit: int = 500, before: int | None = None) -> list[Entry]:
    """Return the newest `limit` entries about one subject (with `before`: older than that one), oldest first."""
    if before is None:
        return NEWEST_OF(limit, subject=subject_id)[::-1]
    rows = Entry.objects.filter(subject_id=subject_id, seq__lt=before)
    return list(reversed(rows.order_by("-seq")[:limit]))


def verbs(subject_id: UUID) -> set[str]:
    """Return what was ever done to a subject: the verbs of all its entries."""
    return set(
        Entry.objects.filter(subject_id=subject_id).order_by().values_list("verb", flat=True).distinct()
    )


def about(subject_ids: Iterable[UUID]) -> QuerySet[Entry]:
    """Return all entries about the given subjects in order of writing."""
    return Entry.objects.filter(subject_id__in=list(subject_ids)).order_by("seq")


def after(seq: int, *, now: datetime, limit: int = 500) -> list[Entry]:
    """Return up to `limit` settled entries after `seq`, in order.

    On PostgreSQL numbers are drawn before they are committed, so a higher number can become visible first. An entry
    counts as settled once every transaction that began before its own has ended; what is behind an unsettled one
    waits with it. SQLite has one writer: order of numbers is order of commits.
    """
    tail = Entry.objects.filter(seq__gt=seq).order_by("seq")
    if connection.vendor == "postgresql":
        horizon = RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [])
        settled = Q(txid__lt=horizon) | Q(recorded_at__lt=now - SETTLED_AFTER)
        unsettled = tail.exclude(settled).values_list("seq", flat=True)[:1]
        first = next(iter(unsettled), None)
        if first is not None:
            tail = tail.filter(seq__lt=first)
    return list(tail[:limit])


def position(reader: str) -> int:
    """Return the number of the last entry that `reader` has dealt with (0: none)."""
    cursor = Cursor.objects.filter(reader=reader).first()
    return cursor.seq if cursor else 0


def last() -> int:
    """Return the number of the newest entry (0 in an empty ledger)."""
    return Entry.objects.aggregate(Max("seq"))["seq__max"] or 0


def newest_at() -> datetime | None:
    """Return when the newest entry was written down, None in an empty ledger."""
    return Entry.objects.order_by("-seq").values_list("recorded_at", flat=True).first()
