"""Every write of the room, one function a verb."""

from zhuoluo.reception.actions.batches import NewRequest, Received, call, receive
from zhuoluo.reception.actions.bookings import Booked, book, cancel_booking, code_of, unlock
from zhuoluo.reception.actions.days import cancel_day, change_day, hold, make_day, publish
from zhuoluo.reception.actions.deciding import decide
from zhuoluo.reception.actions.exporting import export
from zhuoluo.reception.actions.limits import TooMany
from zhuoluo.reception.actions.roster import RuleContent, plan_month, save_leaders, save_rule
from zhuoluo.reception.actions.sheet import make_sheet

__all__ = [
    "Booked", "NewRequest", "Received", "RuleContent", "TooMany", "book", "call", "cancel_booking", "cancel_day", "change_day",
    "code_of", "decide", "export", "hold", "make_day", "make_sheet", "plan_month", "publish", "receive", "save_leaders", "save_rule",
    "unlock",
]  # fmt: skip
