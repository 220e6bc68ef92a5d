"""Words of this room in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from zhuoluo.enterprise.models import Firm, Visit
from zhuoluo.enterprise.rules.words import SIZES, VISITS

register = template.Library()


@register.filter
def size_word(row: Firm) -> str:
    """Return how large an enterprise is."""
    return _(SIZES[row.size])


@register.filter
def visit_word(row: Visit) -> str:
    """Return how somebody was met."""
    return _(VISITS[row.kind])


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """Return what a table holds under a key, or nothing."""
    return table.get(key)
