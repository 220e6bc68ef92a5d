"""Every read of the room. Matters and people come through the rooms that hold them, limited to what the reader may see."""

from zhuoluo.reception.reads.briefs import Visitor, briefs
from zhuoluo.reception.reads.day import BatchRow, DayPage, RequestRow, day_page, find, on_screen
from zhuoluo.reception.reads.plan import Sitter, can_sit, month_input, rules, sitters
from zhuoluo.reception.reads.register import Kept, RegisterPage, Sought, register
from zhuoluo.reception.reads.roster import (
    DayRow,
    NotFound,
    Seated,
    mine,
    public_day,
    public_days,
    rows_of,
    staff_days,
)

__all__ = [
    "BatchRow", "DayPage", "DayRow", "Kept", "NotFound", "RegisterPage", "RequestRow", "Seated", "Sitter", "Sought", "Visitor",
    "briefs", "can_sit", "day_page", "find", "mine", "month_input", "on_screen", "public_day", "public_days", "register",
    "rows_of", "rules", "sitters", "staff_days",
]  # fmt: skip
