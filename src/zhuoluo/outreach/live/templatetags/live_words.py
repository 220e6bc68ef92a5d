"""Words of this room in the reader's language."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from zhuoluo.outreach.policy.templatetags.policy_words import money, said

register = template.Library()
TONES = {"new": "warn", "answered": "good", "handed": "info", "hidden": "none", "merged": "none"}
register.filter("said", said)


@register.filter
def translated(word: str) -> str:
    """Return a word of the room in the reader's language."""
    return _(str(word)) if word else ""


@register.filter
def question_tone(state: str) -> str:
    """Return the tone of a question's chip."""
    return TONES.get(state, "info")


@register.filter
def sum_word(amount: Decimal) -> str:
    """Return a sum as people read it."""
    return money(amount)
