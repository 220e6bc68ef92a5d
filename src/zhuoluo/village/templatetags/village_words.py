"""Words of this room in the reader's language."""

from django import template
from django.utils.translation import gettext as _

from zhuoluo.matters.rules import MEDIATION_RESULTS
from zhuoluo.village.models import Quarrel, Record
from zhuoluo.village.rules.words import STATES

register = template.Library()
TONES = {"given": "warn", "taken": "info", "returned": "none", "done": "good"}


@register.filter
def state_word(row: Quarrel) -> str:
    """Return where a quarrel stands."""
    return _(STATES[row.state])


@register.filter
def tone(row: Quarrel) -> str:
    """Return the tone of that state's chip."""
    return TONES[row.state]


@register.filter
def result_word(row: Record) -> str:
    """Return what came of one round."""
    return _(MEDIATION_RESULTS[row.result])
