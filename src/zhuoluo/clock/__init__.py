"""The clock: China's working calendar by year, terms of law as dated data, dates that explain themselves.

Pure: no Django, no "now", no I/O but the shipped data. Moments are aware UTC, days are days in Beijing.
A due date is the exclusive instant 24:00 of its last day: an act at t is in time exactly if t < due.legal.
"""

from zhuoluo.clock.days import Calendar
from zhuoluo.clock.due import Due
from zhuoluo.clock.errors import ClockError, NoticeError, TermError
from zhuoluo.clock.lights import Light, light
from zhuoluo.clock.moments import BEIJING, end_of, local_day
from zhuoluo.clock.notices import YearNotice, read_notice_csv
from zhuoluo.clock.reckon import Pause, reckon, set_date
from zhuoluo.clock.rulebook import Rulebook
from zhuoluo.clock.steps import Run, Step
from zhuoluo.clock.terms import Term

__all__ = [
    "BEIJING",
    "Calendar",
    "ClockError",
    "Due",
    "Light",
    "NoticeError",
    "Pause",
    "Rulebook",
    "Run",
    "Step",
    "Term",
    "TermError",
    "YearNotice",
    "end_of",
    "light",
    "local_day",
    "read_notice_csv",
    "reckon",
    "set_date",
]
