"""Words of this room in the reader's language."""

from django import template
from django.utils.translation import gettext as _

from zhuoluo.research.models import Finding, Visit
from zhuoluo.research.rules.words import PACES, VISITS

register = template.Library()


@register.filter
def kind_word(row: Visit) -> str:
    """Return how it was looked into."""
    return _(VISITS[row.kind])


@register.filter
def pace_word(row: Finding) -> str:
    """Return whether it is set right at once or over time."""
    return _(PACES[row.pace])
