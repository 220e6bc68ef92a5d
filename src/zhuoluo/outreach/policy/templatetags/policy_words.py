"""Said things, standards and states of the library in the reader's language."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from zhuoluo.outreach.policy.rules.calculators import Said
from zhuoluo.outreach.policy.rules.calculators.reckoned import plain
from zhuoluo.outreach.policy.rules.force import Span
from zhuoluo.outreach.policy.rules.words import AUDIENCES, KINDS, STATES, tagged

register = template.Library()
TONES = {"draft": "warn", "reviewed": "info", "published": "good", "withdrawn": ""}


@register.filter
def said(words: Any) -> str:
    """Say a sentence with its values, which may be sentences themselves."""
    if not isinstance(words, Said):
        return gettext(words) if words else ""
    text = gettext(words.sentence)
    return (
        text % {n: said(v) if isinstance(v, Said) else v for n, v in words.values.items()}
        if words.values
        else text
    )


@register.filter
def state_word(state: str) -> str:
    """Name a state of a document."""
    return gettext(STATES.get(state, state))


@register.filter
def state_tone(state: str) -> str:
    """Return the tone of a state's badge."""
    return TONES.get(state, "")


@register.filter
def kind_word(kind: str) -> str:
    """Name a kind of document."""
    return gettext(KINDS.get(kind, kind))


@register.filter
def audience_words(kept: str) -> str:
    """Name whom a document or clause is for."""
    return gettext("、").join(gettext(AUDIENCES[key]) for key in tagged(kept))


@register.filter
def translated(words: Any) -> str:
    """Return words of our own in the reader's language."""
    return gettext(str(words)) if words else ""


@register.filter
def money(amount: Decimal) -> str:
    """Write an amount with its fen and thousands."""
    return plain(amount)


def _written(day: date) -> str:
    return date_format(day, gettext("Y年n月j日"))


@register.simple_tag
def standing(row: Any, on: date) -> dict[str, str]:
    """Say how something with days stands on a day: in force, over, or still to come; in words, with a tone."""
    first, last = row.from_day, row.until_day
    if first is None:
        return {"word": gettext("还没有写施行日期"), "tone": "warn"}
    if first > on:
        return {"word": gettext("%(day)s 起生效") % {"day": _written(first)}, "tone": "info"}
    if not Span(first, last).holds(on):
        return {
            "word": gettext("%(day)s 起已失效") % {"day": _written(date.fromordinal(last.toordinal() + 1))},
            "tone": "bad",
        }
    return {"word": gettext("现行有效"), "tone": "good"}
