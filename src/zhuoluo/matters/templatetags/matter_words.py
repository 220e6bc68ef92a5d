"""The words of the path in the reader's language: class, stage, channel, what is owed."""

from django import template
from django.utils.translation import gettext as _

from zhuoluo.matters.rules import CHANNELS, KINDS, KLASSES
from zhuoluo.matters.states import STAGE_WORDS

register = template.Library()


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
