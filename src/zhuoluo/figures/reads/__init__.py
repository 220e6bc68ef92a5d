"""Reading the figures and the rows behind them."""

from zhuoluo.figures.reads.rows import Line, RowPage, rows
from zhuoluo.figures.reads.sums import (
    Cut,
    Number,
    allowed_cut,
    behind,
    by_member,
    by_month,
    by_month_and_member,
    median_days,
    medians_by_month,
    number,
    sums,
)  # fmt: skip

__all__ = [
    "Cut", "Line", "Number", "RowPage", "allowed_cut", "behind", "by_member", "by_month", "by_month_and_member",
    "median_days", "medians_by_month", "number", "rows", "sums",
]  # fmt: skip
