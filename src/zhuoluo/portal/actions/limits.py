"""Counting tries, by keyed digest only: neither a number nor an address can be read back."""

from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from zhuoluo.portal.models import Attempt
from zhuoluo.portal.rules.limits import WINDOW


class TooMany(Exception):
    """Tried too often within the hour. Says nothing about what was tried."""


def digest(kind: str, value: str) -> str:
    """Return the keyed digest a number or an address is counted under."""
    return salted_hmac(f"portal.{kind}", value, algorithm="sha256").hexdigest()


def count_try(*, kind: str, value: str, most: int, at: datetime) -> UUID:
    """Count one try and return its id. Raises TooMany when it was one too many within the hour.

    The try is written before it is judged, so that of any number of simultaneous tries at most `most` get through.
    """
    row = Attempt.objects.create(kind=kind, digest=digest(kind, value), at=at)
    if most and Attempt.objects.filter(kind=kind, digest=row.digest, at__gt=at - WINDOW).count() > most:
        row.delete()  # a refused try does not prolong the wait
        raise TooMany
    return row.id


def forget_tries(*, ids: list[UUID]) -> None:
    """Forget tries that turned out right."""
    Attempt.objects.filter(pk__in=ids).delete()
