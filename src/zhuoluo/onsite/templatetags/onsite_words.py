"""Words of this room in the reader's language."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.onsite.models import Day
from zhuoluo.onsite.rules.words import STATES
from zhuoluo.org.reads import SHANGHAI

register = template.Library()
TONES = {"planned": "info", "held": "warn", "closed": "good", "cancelled": "bad"}


@register.filter
def named(row: Day) -> str:
    """Return a day by its number and series."""
    return _("第%(n)s个%(series)s") % {"n": row.number, "series": row.series.name}


@register.filter
def in_hands(unit: str) -> str:
    """Return in whose hands a task is. Not blocktranslate: a dispatch has hundreds of them."""
    return _("在%(unit)s手里") % {"unit": unit}


@register.filter
def not_moved(days: int) -> str:
    """Return for how many working days a task has not moved."""
    return ngettext("%(n)s 个工作日没有动", "%(n)s 个工作日没有动", days) % {"n": days}


@register.filter
def state_word(row: Day) -> str:
    """Return where a day stands."""
    return _(STATES[row.state])


@register.filter
def tone(row: Day) -> str:
    """Return the tone of that state's chip."""
    return TONES[row.state]


@register.filter
def hours(row: Day) -> str:
    """Return the hours of a day in Shanghai."""
    return f"{row.starts_at.astimezone(SHANGHAI):%H:%M}–{row.ends_at.astimezone(SHANGHAI):%H:%M}"
