"""Noting which phones came for news: exactly as many as there were, never called attendance."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhuoluo.outreach.live.models import Phone, Room

TOGETHER = timedelta(seconds=30)


@transaction.atomic
def note_phones(*, room_id: UUID, digests: Collection[str], at: datetime) -> None:
    """Count phones seen since the last time, and the most that were there together. Counting leaves no entry."""
    rows = [Phone(room_id=room_id, digest=digest, seen_at=at) for digest in digests]
    Phone.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["room", "digest"],
        update_fields=["seen_at"],
        batch_size=500,
    )
    room = Room.objects.select_for_update().get(pk=room_id)
    room.phones = Phone.objects.filter(room=room).count()
    together = Phone.objects.filter(room=room, seen_at__gt=at - TOGETHER).count()
    if together > room.peak:
        room.peak, room.peak_at = together, at
    room.save(update_fields=["phones", "peak", "peak_at"])
