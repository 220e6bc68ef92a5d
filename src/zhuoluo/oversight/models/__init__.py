"""Cases of leaders, joint meetings, random re-checks, signs of false closures. What was done on a matter is in matters."""

from zhuoluo.oversight.models.cases import Box, Case, Listed, Visit
from zhuoluo.oversight.models.checks import Doubt, Drawn, Print, Sample, Trace
from zhuoluo.oversight.models.meetings import Attendance, Meeting, Task

__all__ = [
    "Attendance",
    "Box",
    "Case",
    "Doubt",
    "Drawn",
    "Listed",
    "Meeting",
    "Print",
    "Sample",
    "Task",
    "Trace",
    "Visit",
]
