"""When a night is, and who turns nights into a fair month. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhuoluo.clock import BEIJING, Calendar
from zhuoluo.duty.rules.words import BEGINS, ENDS
from zhuoluo.org.rules import Absence
from zhuoluo.rosters.rules.days import Pattern
from zhuoluo.rosters.rules.roster import Leader, Roster, Rule, Sat, generate

ONE_DAY = timedelta(days=1)
HOURS = (time(18), time(23, 59))  # of the evening: nobody sleeps in two places


def begins(day: date) -> datetime:
    """Return the beginning of a night."""
    return datetime.combine(day, BEGINS, BEIJING)


def ends(day: date) -> datetime:
    """Return the end of a night, the next morning."""
    return datetime.combine(day + ONE_DAY, ENDS, BEIJING)


def can_write(day: date, at: datetime) -> bool:
    """Say whether a night's log is open: from noon of the day (people go round before dark) to noon of the next."""
    noon = datetime.combine(day, time(12), BEIJING)
    return noon <= at < noon + ONE_DAY


def make_month(
    *, year: int, month: int, rules: Sequence[tuple[UUID, Pattern, Sequence[UUID], int]], calendar: Calendar,
    absences: Sequence[Absence], taken: Sequence[Sat], kept: set[tuple[UUID, date]], since: date,
) -> Roster:  # fmt: skip
    """Return the nights of a month. Each rule turns among its own people; nobody has two nights at once.

    A rule: its id, its days, its people in their order, how many are on duty together.
    """
    made = Roster()
    busy = list(taken)
    for rule_id, pattern, people, seats in sorted(rules, key=lambda r: str(r[0])):
        rule = Rule(rule_id, "turn", pattern, *HOURS, seats=seats)
        found = generate(
            year=year, month=month, rules=[rule], calendar=calendar, leaders=[Leader(p, n) for n, p in enumerate(people)],
            absences=absences, taken=busy, kept=kept, since=since,
        )  # fmt: skip
        busy += [
            Sat(sits, one.day.day, *HOURS, rule_id) for one in found.planned for _planned, sits in one.seats
        ]
        made.planned += found.planned
        made.gaps += found.gaps
    made.planned.sort(key=lambda p: (p.day.day, str(p.rule)))
    return made
