"""Counting tries by keyed digest, so that nobody guesses codes or floods the office with orders."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from zhuoluo.outreach.talks.models import Attempt

WINDOW = timedelta(hours=1)
ORDERS = 20  # an hour from one network address: a village hall orders for its groups
RATINGS_AN_HOUR = 300  # from one network address: a hall shares one
CODES = 10  # wrong codes an hour


class TooMany(Exception):
    """Tried too often within the hour."""


def count_try(*, kind: str, value: str, most: int, at: datetime) -> Attempt:
    """Count one try. Raises TooMany when it was one too many. Written before it is judged, so none slip by together."""
    digest = salted_hmac(f"talks.{kind}", value, algorithm="sha256").hexdigest()
    row = Attempt.objects.create(kind=kind, digest=digest, at=at)
    if Attempt.objects.filter(kind=kind, digest=digest, at__gt=at - WINDOW).count() > most:
        row.delete()
        raise TooMany
    return row


def forget_tries(*, rows: list[Attempt]) -> None:
    """Forget tries that turned out right, and all that are past their hour."""
    Attempt.objects.filter(pk__in=[row.pk for row in rows]).delete()


def sweep(*, now: datetime) -> int:
    """Forget tries past their hour; returns how many."""
    return Attempt.objects.filter(at__lt=now - WINDOW).delete()[0]
