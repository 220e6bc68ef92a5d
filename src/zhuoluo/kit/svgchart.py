"""Bars by month as numbers for an inline SVG: every length is a percentage, so nothing needs a style."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Bar:
    """One month: its label, its whole (and the part of it that is filled in), where its rows are."""

    label: str
    whole: int
    part: int | None = None
    href: str = ""


@dataclass(frozen=True)
class Column:
    """One drawn month. Strings are SVG lengths in per cent of the drawing."""

    bar: Bar
    x: str
    width: str
    y: str
    height: str
    part_y: str
    part_height: str
    middle: str
    slot_x: str
    slot_width: str
    minor: bool


@dataclass(frozen=True)
class Tick:
    """One line of the scale."""

    value: int
    y: str


@dataclass(frozen=True)
class Chart:
    """A chart ready to be written out."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


def month_bars(bars: Sequence[Bar], *, labels_at_most: int = 12, minor_beyond: int = 6) -> Chart:
    """Lay out `bars` from left to right on one scale that starts at nought.

    At most `labels_at_most` months carry a label; of those, all beyond `minor_beyond` are marked minor,
    which a narrow screen leaves out. Raises ValueError for a negative count or a part above its whole.
    """
    for bar in bars:
        if bar.whole < 0 or not 0 <= (bar.part or 0) <= bar.whole:
            raise ValueError(f"{bar.label}: a bar needs 0 <= part <= whole")
    top, step = scale(max((bar.whole for bar in bars), default=0))
    slot = 100 / max(len(bars), 1)
    every = ceil(len(bars) / labels_at_most) or 1
    major = every * ceil(len(bars) / every / minor_beyond) if bars else 1
    return Chart(
        columns=tuple(_column(bar, at, slot, top, every, major) for at, bar in enumerate(bars)),
        ticks=tuple(Tick(value, _percent(100 - 100 * value / top)) for value in range(0, top + 1, step)),
    )


def scale(largest: int) -> tuple[int, int]:
    """Return the top of the scale and the step of its lines (1, 2 or 5 times a power of ten)."""
    if largest <= 5:
        return max(largest, 1), 1
    power = 10 ** floor(log10(largest / 5))
    step = next(step for step in (1 * power, 2 * power, 5 * power, 10 * power) if largest <= 5 * step)
    return step * ceil(largest / step), step


def _column(bar: Bar, at: int, slot: float, top: int, every: int, major: int) -> Column:
    height = 100 * bar.whole / top
    part = 100 * (bar.part or 0) / top
    return Column(
        bar=bar if at % every == 0 else Bar("", bar.whole, bar.part, bar.href),
        x=_percent(slot * (at + 0.22)),
        width=_percent(slot * 0.56),
        y=_percent(100 - height),
        height=_percent(height),
        part_y=_percent(100 - part),
        part_height=_percent(part),
        middle=_percent(slot * (at + 0.5)),
        slot_x=_percent(slot * at),
        slot_width=_percent(slot),
        minor=at % major != 0,
    )


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
