"""The only way into the ledger."""

import os
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from zhuoluo.ledger.models import Cursor, Entry
from zhuoluo.ledger.rules import Act, leaf


def append(*, acts: Sequence[Act], recorded_at: datetime) -> list[Entry]:
    """Append one entry per act, in order. Runs inside the caller's transaction: no act, no entry; no entry, no act.

    Raises TransactionManagementError outside a transaction, because an entry alone would be a lie.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry is written in the transaction of its act")
    return Entry.objects.bulk_create([_entry(act, recorded_at) for act in acts], batch_size=500)


def _entry(act: Act, recorded_at: datetime) -> Entry:
    salt = os.urandom(16)
    return Entry(
        at=act.at,
        recorded_at=recorded_at,
        actor_kind=act.actor_kind,
        actor_id=act.actor_id,
        actor_name=act.actor_name,
        actor_post=act.actor_post,
        unit_id=act.unit_id,
        unit_name=act.unit_name,
        subject_kind=act.subject_kind,
        subject_id=act.subject_id,
        verb=act.verb,
        payload=act.payload,
        salt=salt,
        leaf=leaf(act, recorded_at, salt),
    )


def advance(*, reader: str, seq: int) -> None:
    """Note that `reader` has dealt with every entry up to `seq`. Call it in the transaction of that work."""
    Cursor.objects.update_or_create(reader=reader, defaults={"seq": seq})
