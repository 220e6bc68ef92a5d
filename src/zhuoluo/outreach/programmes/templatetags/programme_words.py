"""Sums and reckonings in a template."""

from typing import Any

from django import template
from django.utils.translation import gettext

from zhuoluo.outreach.programmes.reads.programmes import ItemRow, describe
from zhuoluo.outreach.programmes.rules.amounts import Step
from zhuoluo.outreach.programmes.rules.money import yuan as written
from zhuoluo.outreach.programmes.rules.words import APPLICATIONS, PAYMENTS, PROGRAMMES, TOLD, TONES

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """Write a sum in fen as yuan."""
    return written(fen)


@register.filter
def said(step: Step) -> str:
    """Say one step of a reckoning."""
    return gettext(step.words) % step.values


@register.filter
def gives(row: ItemRow) -> str:
    """Say how much an item gives."""
    words, values = describe(row)
    return gettext(words) % values


@register.filter
def state_word(state: str) -> str:
    """Name a state of a programme or an application."""
    return gettext(PROGRAMMES.get(state) or APPLICATIONS.get(state, state))


@register.filter
def told(state: str) -> str:
    """Tell an applicant where an application stands."""
    return gettext(TOLD.get(state, state))


@register.filter
def tone(state: str) -> str:
    """Return the tone of a state's badge."""
    return TONES.get(state, "none")


@register.filter
def payment_word(kind: str) -> str:
    """Name a kind of payment."""
    return gettext(PAYMENTS.get(kind, kind))


@register.filter
def translated(words: Any) -> str:
    """Return words of our own in the reader's language."""
    return gettext(str(words)) if words else ""
