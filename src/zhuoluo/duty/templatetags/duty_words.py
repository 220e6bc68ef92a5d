"""Words of this room in the reader's language."""

from django import template
from django.utils.translation import gettext as _

from zhuoluo.duty.models import Night
from zhuoluo.duty.rules.words import STATES

register = template.Library()
TONES = {"planned": "none", "published": "info", "handed": "good", "cancelled": "bad"}


@register.filter
def state_word(row: Night) -> str:
    """Return where a night stands."""
    return _(STATES[row.state])


@register.filter
def tone(row: Night) -> str:
    """Return the tone of that state's chip."""
    return TONES[row.state]
