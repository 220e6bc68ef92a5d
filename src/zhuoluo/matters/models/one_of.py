"""The check that a column holds one of the words of a table."""

from collections.abc import Iterable

from django.db.models import Q


def one_of(field: str, values: Iterable[str]) -> Q:
    """Return the condition that `field` is one of `values`."""
    return Q(**{f"{field}__in": list(values)})
