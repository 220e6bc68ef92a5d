"""Every write on accusations, one function a verb."""

from zhuoluo.sealed.actions.handle import (
    accept,
    conclude,
    forward,
    look,
    look_at_file,
    look_at_looks,
    message,
    note,
    set_rules,
)
from zhuoluo.sealed.actions.keys import reseal
from zhuoluo.sealed.actions.receive import Accusation, Received, Upload, add_material, hand_in, read_uploads
from zhuoluo.sealed.actions.take import take_over
from zhuoluo.sealed.actions.tries import TooMany, count_try, unlock

__all__ = [
    "Accusation",
    "Received",
    "TooMany",
    "Upload",
    "accept",
    "add_material",
    "conclude",
    "count_try",
    "forward",
    "hand_in",
    "look",
    "look_at_file",
    "look_at_looks",
    "message",
    "note",
    "read_uploads",
    "reseal",
    "set_rules",
    "take_over",
    "unlock",
]
