"""Reckoning: from an act and a term to the date it is due.

The petition regulations have no counting rule of their own, so the civil one is used: the first day is not
counted (民法典 第201条), the last day ends at 24:00, and a last day that is a rest day gives way to the first
workday after it (民法典 第203条). Working days end on a workday and never roll; hours run from the moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zhuoluo.clock import chinese
from zhuoluo.clock.days import Calendar
from zhuoluo.clock.due import Due
from zhuoluo.clock.errors import ClockError, TermError
from zhuoluo.clock.moments import ONE_DAY, as_utc, at_hour, end_of, guard_day, local_day
from zhuoluo.clock.steps import WEEKEND, Run, Step
from zhuoluo.clock.terms import LONGEST, Term

NIGHT_ENDS = 6  # an item raised between 00:00 and 06:00 belongs to the night before
MORNING = 9  # a next-morning response is due at 09:00


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, from `start` until before `until` (听证所需时间, 信访工作条例 第36条)."""

    start: date
    until: date
    reason: str = "听证"
    reason_en: str = "hearing"


def reckon(
    term: Term,
    start: datetime,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extension: Term | int | None = None,
    length: int | None = None,
) -> Due:
    """When `term` ends if it starts with an act at the aware instant `start`.

    `pauses` stand still: day terms move by the days paused, workday terms by the workdays paused; only paused
    days before the end count. `extension` (a Term, or natural days) is added to the un-rolled end. `length`
    replaces the term's own length for this case, never above `bound_max`. Raises ClockError for a naive or
    absurd moment, TermError for what the rule forbids.
    """
    begun = as_utc(start)
    count = _length(term, length)
    steps = [_rule(term)]
    if count != term.length:
        steps.append(Step("given", count=count, unit=term.unit))
    if term.unit not in ("day", "workday"):
        if pauses or extension is not None:
            raise TermError(f"{term.id} 按小时或当晚计算，不能中止或延长；请改用按日计算的规则")
        return _by_the_hour(term, begun, count, steps)
    return _by_the_day(term, begun, count, calendar, _Stops(pauses), _added(term, extension), steps)


def set_date(day: date, start: datetime, calendar: Calendar) -> Due:
    """A date set by a person entitled to (督办, 交办): ends at 24:00 of `day`, not rolled; term_id 'set'.

    Raises ClockError if the day lies before the act or outside the years the clock reckons with.
    """
    begun = as_utc(start)
    if guard_day(day) < local_day(begun):
        raise ClockError(f"指定的日期{day}早于事由发生日{local_day(begun)}，请改为当日或以后的日期")
    rest = "" if calendar.is_workday(day) else calendar.name(day)
    end = end_of(day)
    steps = (Step("set", day=day, text=rest), Step("due", day=day, until=day, at=end))
    return Due("set", begun, local_day(begun), end, end, provisional=False, steps=steps)


class _Stops:
    """The days that stand still, merged."""

    def __init__(self, pauses: Sequence[Pause]) -> None:
        self.pauses = sorted(pauses, key=lambda pause: pause.start)
        self.days: set[int] = set()
        for pause in self.pauses:
            long = (guard_day(pause.until) - guard_day(pause.start)).days
            if not 0 < long <= LONGEST:
                span = f"{pause.start}至{pause.until}"
                raise TermError(f"中止期间应从较早到较晚的日期（不超过{LONGEST}天），现为{span}；请改正")
            self.days.update(range(pause.start.toordinal(), pause.until.toordinal()))

    def between(self, after: date, upto: date, unit: str, calendar: Calendar) -> list[Step]:
        """The pauses that moved a count running after `after` until `upto`, each with the days it added."""
        steps: list[Step] = []
        taken = after.toordinal()
        for pause in self.pauses:
            first = max(pause.start.toordinal(), taken + 1)
            until = min(pause.until.toordinal(), upto.toordinal() + 1)
            taken = max(taken, until - 1)
            days = [date.fromordinal(number) for number in range(first, until)]
            moved = len(days) if unit == "day" else sum(map(calendar.is_workday, days))
            if moved:
                step = Step("pause", days[0], days[-1], count=moved, unit=unit)
                steps.append(replace(step, text=pause.reason, text_en=pause.reason_en))
        return steps


def _length(term: Term, length: int | None) -> int:
    if length is None:
        return term.length
    most = term.bound_max or LONGEST
    if not 1 <= length <= most:
        raise TermError(f"{term.id} 的期限应在1到{most}之间（{term.article}），现为{length}；请改小")
    return length


def _added(term: Term, extension: Term | int | None) -> Step | None:
    """What an extension adds, checked against the rule, as an unfinished step."""
    if extension is None:
        return None
    rule = term if isinstance(extension, int) else extension
    count, unit = (extension, "day") if isinstance(extension, int) else (extension.length, extension.unit)
    added = Step("extend", count=count, unit=unit, article=rule.article, article_en=rule.article_en)
    if added.unit not in ("day", "workday") or not 1 <= added.count <= LONGEST:
        raise TermError(f"{term.id} 的延长应为1到{LONGEST}日或工作日，现为 {count} {unit}；请改正")
    most = term.max_extension
    if most is not None and (added.count > most or added.unit != "day"):
        allowed = f"至多可延长{most}日" if most else "没有可以延长的规定"
        wanted = chinese.length_words(count, unit)
        raise TermError(f"{term.id}（{term.article}）{allowed}，现要延长{wanted}；请改为规定之内")
    return added


def _rule(term: Term) -> Step:
    owner = term.jurisdiction
    return Step(
        "rule",
        count=term.length,
        unit=term.unit,
        text=f"{term.name}（{owner}规定）" if owner else term.name,
        text_en=f"{term.name_en} (set by {owner})" if owner else term.name_en,
        article=term.article,
        article_en=term.article_en or term.article,
    )


def _by_the_hour(term: Term, begun: datetime, count: int, steps: list[Step]) -> Due:
    """Hours to the instant; the same night until 24:00; the next morning at 09:00. None of them rolls.

    Between 00:00 and 06:00 the night before still lasts: it ends at 06:00, and the next morning is today's.
    """
    today = local_day(begun)
    small_hours = begun < at_hour(today, NIGHT_ENDS)
    if term.unit == "hour":
        end = begun + timedelta(hours=count)
        steps.append(Step("exact", at=end, count=count))
    elif term.unit == "same_night":
        end = at_hour(today, NIGHT_ENDS) if small_hours else end_of(today)
        steps.append(Step("night", at=end))
    else:
        end = at_hour(today if small_hours else today + ONE_DAY, MORNING)
        steps.append(Step("morning", at=end))
    return _finished(term, begun, today, end, end, (), steps)


def _by_the_day(
    term: Term,
    begun: datetime,
    count: int,
    calendar: Calendar,
    stops: _Stops,
    added: Step | None,
    steps: list[Step],
) -> Due:
    today = local_day(begun)
    counted = _walk(today, count, term.unit, calendar, stops.days)
    first, last = counted.first, counted.last
    steps.append(Step("start", day=today, until=first))
    rests, worked = counted.runs, counted.worked
    steps.append(Step("count", first, last, count=count, unit=term.unit, runs=rests, worked=worked))
    steps += stops.between(today, last, term.unit, calendar)
    # the day after which the count asked which days are worked; None while only natural days were counted
    read_from = today if term.unit == "workday" else None
    if added is not None:
        more = _walk(last, added.count, added.unit, calendar, stops.days)
        steps.append(replace(added, day=more.first, until=more.last, runs=more.runs, worked=more.worked))
        steps += stops.between(last, more.last, added.unit, calendar)
        read_from = last if added.unit == "workday" and read_from is None else read_from
        last = more.last
    legal = calendar.roll(last)
    if legal != last:
        steps.append(_rolled(last, legal, term, calendar))
    target = legal if term.counts_for == "person" else last
    doubt = calendar.missing_years(read_from + ONE_DAY if read_from else last, guard_day(legal))
    return _finished(term, begun, first, end_of(target), end_of(legal), doubt, steps)


@dataclass(slots=True)
class _Walk:
    first: date
    last: date
    runs: tuple[Run, ...] = ()
    worked: tuple[date, ...] = ()


def _walk(after: date, count: int, unit: str, calendar: Calendar, stopped: set[int]) -> _Walk:
    """The `count` days or workdays that follow `after`, stepping over the stopped ones."""
    if unit == "day" and not stopped:
        return _Walk(after + ONE_DAY, after + timedelta(days=count))
    days: list[date] = []
    rests: list[date] = []
    day = after
    while len(days) < count:
        day += ONE_DAY
        if day.toordinal() in stopped:
            continue
        (days if unit == "day" or calendar.is_workday(day) else rests).append(day)
    worked = tuple(day for day in days if calendar.is_make_up(day)) if unit == "workday" else ()
    return _Walk(days[0], days[-1], _runs(rests, calendar), worked)


def _runs(rests: Sequence[date], calendar: Calendar) -> tuple[Run, ...]:
    """Rest days gathered into runs of neighbours under one name."""
    runs: list[Run] = []
    for day in rests:
        name = calendar.name(day) if calendar.is_festival(day) else WEEKEND
        if runs and runs[-1].name == name and day - runs[-1].last == ONE_DAY:
            runs[-1] = Run(runs[-1].first, day, name)
        else:
            runs.append(Run(day, day, name))
    return tuple(runs)


def _rolled(last: date, legal: date, term: Term, calendar: Calendar) -> Step:
    rests = [date.fromordinal(number) for number in range(last.toordinal(), legal.toordinal())]
    whose = "person" if term.counts_for == "person" else ""
    return Step("roll", day=last, until=legal, runs=_runs(rests, calendar), text=whose)


def _finished(
    term: Term,
    begun: datetime,
    first: date,
    target: datetime,
    legal: datetime,
    doubt: tuple[int, ...],
    steps: list[Step],
) -> Due:
    if doubt:
        steps.append(Step("unknown", years=doubt))
    end = Due(term.id, begun, first, target, legal, bool(doubt), ())
    steps.append(Step("due", day=end.target_day, until=end.legal_day, at=legal))
    return replace(end, steps=tuple(steps))
