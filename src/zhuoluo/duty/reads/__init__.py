"""Every read of the room. The published roster is everybody's; logs show to the township, whoever was on duty, who reads all."""

from zhuoluo.duty.reads.log import (
    HouseLine,
    NightFile,
    NightLine,
    Sought,
    night_file,
    register,
    whole_register,
)
from zhuoluo.duty.reads.roster import (
    AHEAD,
    WEEK,
    Fair,
    Row,
    Seated,
    coming,
    fair,
    mine,
    month_rows,
    night,
    of_others,
    on_duty,
    public_nights,
    rule,
    rules,
    swaps_for,
)  # fmt: skip
from zhuoluo.duty.rules.errors import NotFound

__all__ = [
    "AHEAD", "WEEK", "Fair", "HouseLine", "NightFile", "NightLine", "NotFound", "Row", "Seated", "Sought", "coming", "fair", "mine",
    "month_rows", "night", "night_file", "of_others", "on_duty", "public_nights", "register", "rule", "rules", "swaps_for",
    "whole_register",
]  # fmt: skip
