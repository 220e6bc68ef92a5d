"""Words of this room in the reader's language."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.org.reads import SHANGHAI
from zhuoluo.outreach.talks.models import Delivery, Order, Talk
from zhuoluo.outreach.talks.rules.words import DELIVERIES, KINDS, ORDER_STATES, ORDERERS, STATES

register = template.Library()
TONES = {
    "planned": "info",
    "held": "good",
    "cancelled": "bad",
    "new": "warn",
    "declined": "bad",
    "withdrawn": "none",
}


@register.filter
def translated(word: str) -> str:
    """Return a word of the register in the reader's language."""
    return _(str(word)) if word else ""


@register.filter
def kind_word(row: Talk | Delivery) -> str:
    """Return the kind of a talk or a delivery."""
    return _((DELIVERIES if isinstance(row, Delivery) else KINDS)[row.kind])


@register.filter
def state_word(row: Talk | Order) -> str:
    """Return where a talk or an order stands."""
    return _((ORDER_STATES if isinstance(row, Order) else STATES)[row.state])


@register.filter
def tone(row: Talk | Order) -> str:
    """Return the tone of a state's chip."""
    return TONES.get(row.state, "none")


@register.filter
def orderer(row: Order) -> str:
    """Return which kind of body ordered."""
    return _(ORDERERS[row.orderer])


@register.filter
def people(row: Talk) -> str:
    """Say how many came exactly as it was told: counted, estimated, or not known."""
    if row.people is None:
        return _("没有清点") if row.counting else ""
    words = ngettext("清点 %(n)s 人", "清点 %(n)s 人", row.people)
    if row.counting == "estimated":
        words = ngettext("估计约 %(n)s 人", "估计约 %(n)s 人", row.people)
    return words % {"n": row.people}


@register.filter
def hours(row: Talk) -> str:
    """Return the hours of a talk in Shanghai, or nothing where only its day is known."""
    if not row.timed:
        return ""
    return f"{row.starts_at.astimezone(SHANGHAI):%H:%M}–{row.ends_at.astimezone(SHANGHAI):%H:%M}"


@register.filter
def where(row: Talk) -> str:
    """Return where a talk is: its village, unless the place names it already, and the place."""
    if row.area is None or row.area.name in row.place:
        return row.place
    return f"{row.area.name} {row.place}"
