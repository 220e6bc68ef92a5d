"""Counting tries by keyed digest within an hour, so that nobody guesses codes or floods an office. Each room has its own table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac

WINDOW = timedelta(hours=1)


class TooMany(Exception):
    """Tried too often within the hour."""


class Tries:
    """The tries of one room. `table` has `kind`, `digest` and `at`; `room` keeps its digests apart from others'."""

    def __init__(self, table: type[Model], room: str) -> None:
        self._rows: Any = table._default_manager
        self._room = room

    def count(self, *, kind: str, value: str, most: int, at: datetime) -> Model:
        """Count one try. Raises TooMany when it was one too many. Written before it is judged, so none slip by together."""
        digest = salted_hmac(f"{self._room}.{kind}", value, algorithm="sha256").hexdigest()
        row: Model = self._rows.create(kind=kind, digest=digest, at=at)
        if self._rows.filter(kind=kind, digest=digest, at__gt=at - WINDOW).count() > most:
            row.delete()
            raise TooMany
        return row

    def forget(self, *, rows: Sequence[Model]) -> None:
        """Forget tries that turned out right."""
        self._rows.filter(pk__in=[row.pk for row in rows]).delete()

    def sweep(self, *, now: datetime) -> int:
        """Forget tries past their hour; returns how many."""
        gone: int = self._rows.filter(at__lt=now - WINDOW).delete()[0]
        return gone
