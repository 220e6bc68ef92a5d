"""Counting tries, by keyed digest only; opening a case with number and code."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from zhuoluo.sealed.models import SealedCase, SealedTry
from zhuoluo.sealed.reads import find

WINDOW = timedelta(hours=1)
CODE_TRIES = 10


class TooMany(Exception):
    """Tried too often within the hour."""


def count_try(*, kind: str, value: str, most: int, at: datetime) -> SealedTry:
    """Count one try (and forget those past the hour). Raises TooMany when it was one too many."""
    SealedTry.objects.filter(at__lt=at - WINDOW).delete()
    digest = salted_hmac(f"sealed.{kind}", value, algorithm="sha256").hexdigest()
    row = SealedTry.objects.create(kind=kind, digest=digest, at=at)
    if most and SealedTry.objects.filter(kind=kind, digest=digest, at__gt=at - WINDOW).count() > most:
        row.delete()  # a refused try does not prolong the wait
        raise TooMany
    return row


def unlock(*, number: str, code: str, address: str, at: datetime) -> SealedCase | None:
    """Return the case that number and code open, None for a wrong pair. Raises TooMany."""
    tries = [
        count_try(kind="number", value=number, most=CODE_TRIES, at=at),
        count_try(kind="address", value=address, most=CODE_TRIES, at=at),
    ]
    case = find(number, code)
    if case is not None:
        SealedTry.objects.filter(pk__in=[row.id for row in tries]).delete()
    return case
