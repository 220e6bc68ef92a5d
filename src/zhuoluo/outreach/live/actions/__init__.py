"""Every write of the live room, one function a verb. Other rooms import from here."""

from zhuoluo.outreach.live.actions.asking import Asked, ask, code_of, support, unlock
from zhuoluo.outreach.live.actions.closing import close, hand_over
from zhuoluo.outreach.live.actions.moderating import Given, answer, hide, let_through, merge, pin, take_up
from zhuoluo.outreach.live.actions.noted import may_moderate
from zhuoluo.outreach.live.actions.phones import note_phones
from zhuoluo.outreach.live.actions.rooms import begin, make_room, set_stream
from zhuoluo.outreach.talks.actions import TooMany

__all__ = [
    "Asked", "Given", "TooMany", "answer", "ask", "begin", "close", "code_of", "hand_over", "hide", "let_through", "make_room",
    "may_moderate",
    "merge", "note_phones", "pin", "set_stream", "support", "take_up", "unlock",
]  # fmt: skip
