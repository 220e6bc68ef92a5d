"""Every read of the live room. Other rooms import from here."""

from zhuoluo.outreach.live.reads.lists import (
    answered_by_words,
    by_code,
    left_open,
    mine,
    moderated,
    numbered,
    question,
    room,
    rooms,
    shown,
    similar,
    talks_by_words,
    waiting,
    without_room,
)
from zhuoluo.outreach.live.reads.pieces import Pieces
from zhuoluo.outreach.live.rules.asking import NotFound

__all__ = [
    "NotFound", "Pieces", "answered_by_words", "by_code", "left_open", "mine", "moderated", "numbered", "question", "room",
    "rooms", "shown", "similar", "talks_by_words", "waiting",
    "without_room",
]  # fmt: skip
