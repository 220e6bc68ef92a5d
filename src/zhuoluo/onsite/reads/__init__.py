"""Every read of the room. Days show to whoever may read the room; their matters only to who may read each."""

from zhuoluo.onsite.reads.days import (
    DayFile,
    DayLine,
    ItemLine,
    TaskLine,
    day,
    day_file,
    days,
    item,
    series,
    whole_days,
)
from zhuoluo.onsite.reads.dispatching import Morning, morning
from zhuoluo.onsite.reads.lists import Listed, done, laid_out
from zhuoluo.onsite.rules.errors import NotFound

__all__ = [
    "DayFile", "DayLine", "ItemLine", "Listed", "Morning", "NotFound", "TaskLine", "day", "day_file", "days", "done", "item",
    "laid_out", "morning", "series", "whole_days",
]  # fmt: skip
