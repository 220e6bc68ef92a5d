"""Every write of oversight. What touches a matter goes through the actions of matters, which leave its entry."""

from zhuoluo.oversight.actions.cases import (
    certify,
    end,
    fill_boxes,
    list_cases,
    put_forward,
    strike,
    take,
    visit,
)  # fmt: skip
from zhuoluo.oversight.actions.checks import look_into, make_sample, recheck, trace
from zhuoluo.oversight.actions.meetings import decide, hold_meeting

__all__ = [
    "certify",
    "decide",
    "end",
    "fill_boxes",
    "hold_meeting",
    "list_cases",
    "look_into",
    "make_sample",
    "put_forward",
    "recheck",
    "strike",
    "take",
    "trace",
    "visit",
]
