"""Every write of the room, one function a verb."""

from zhuoluo.onsite.actions.agenda import Decided, add_items, close_day, decide, drop_item, raise_item
from zhuoluo.onsite.actions.days import DayContent, cancel_day, plan_day, save_series
from zhuoluo.onsite.actions.importing import import_lists
from zhuoluo.onsite.actions.noted import may_run

__all__ = [
    "DayContent", "Decided", "add_items", "cancel_day", "close_day", "decide", "drop_item", "import_lists", "may_run",
    "plan_day", "raise_item", "save_series",
]  # fmt: skip
