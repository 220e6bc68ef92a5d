"""The words of the path in the reader's language: class, stage, channel, what is owed."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from zhuoluo.clock import Light
from zhuoluo.matters.reads import STANDINGS, Standing
from zhuoluo.matters.reads.wording import last_day
from zhuoluo.matters.rules import CHANNELS, KINDS, KLASSES, SATISFACTION
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.matters.templatetags import lamps

register = template.Library()
TONES = {"new": "info", "moving": "warn", "stage": "warn", "closed": "good", "ended": "none"}


@register.filter
def klass_word(key: str) -> str:
    """Return the name of a class: 申诉求决, 咨询求助 …"""
    return _(KLASSES.get(key, key))


@register.filter
def stage_word(key: str) -> str:
    """Return where a matter lies: 已登记, 办理中 …"""
    return _(STAGE_WORDS.get(key, key))


@register.filter
def channel_word(key: str) -> str:
    """Return the way a matter came in: 来访, 电话 …"""
    return _(CHANNELS.get(key, key))


@register.filter
def kind_word(key: str) -> str:
    """Return what is owed: 答复, 回访 …"""
    return _(KINDS.get(key, key))


@register.filter
def standing_word(key: str) -> str:
    """Return the column of the problem list: 新增, 推进中, 已销号 …"""
    return _(STANDINGS.get(key, key))


@register.filter
def standing_tone(key: str) -> str:
    """Return the tone of that column's chip."""
    return TONES.get(key, "none")


@register.filter
def satisfaction_word(key: str) -> str:
    """Return how satisfied the raiser said they were, or nothing."""
    return _(SATISFACTION[key]) if key in SATISFACTION else ""


@register.filter
def lacks(standing: Standing) -> str:
    """Return what a close-out still takes, in words; nothing when it has all."""
    return _("、").join(_(word) for word, there in standing.steps if not there)


@register.filter
def translated(word: object) -> str:
    """Return a word of a table in the reader's language."""
    return _(str(word)) if word else ""


@register.filter
def until(due: datetime | None) -> str:
    """Return the last day of an exclusive end, as screens write it."""
    return last_day(due) if due is not None else ""


@register.filter
def lamp(state: Light) -> lamps.Lamp:
    """Return a light for {% light %}."""
    return lamps.lamp(state)
