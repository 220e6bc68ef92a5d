"""Steps as English sentences."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from zhuoluo.clock.moments import BEIJING, ONE_DAY
from zhuoluo.clock.steps import WEEKEND, Run, Step

_UNITS: Mapping[str, str] = {
    "day": "{} days",
    "workday": "{} working days",
    "hour": "{} hours",
    "same_night": "same night",
    "next_morning": "next morning",
}
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FESTIVALS: Mapping[str, str] = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "抗战胜利70周年纪念日": "70th Anniversary of Victory",
    "周六": "Saturday",
    "周日": "Sunday",
}


def length_words(count: int, unit: str) -> str:
    """A length in words: 60 days, 5 working days, 24 hours, same night."""
    words = _UNITS[unit].format(count)
    return words.removesuffix("s") if count == 1 else words


def festival(name: str) -> str:
    """The English of a festival; of a joint holiday (国庆节、中秋节) both; an unknown name stays as it is."""
    return " and ".join(_FESTIVALS.get(part, part) for part in name.split("、"))


def sentence(step: Step) -> str:
    """The step as one sentence."""
    return _SENTENCES[step.kind](step)


def _day(day: date | None) -> str:
    return f"{_WEEK[day.weekday()]} {day.isoformat()}" if day else ""


def _time(moment: datetime | None) -> str:
    """A moment in Beijing; midnight is written as 24:00 of the day it ends."""
    if moment is None:
        return ""
    local = moment.astimezone(BEIJING)
    if local.time() == time.min:
        return f"{_day(local.date() - ONE_DAY)} 24:00"
    return f"{_day(local.date())} {local:%H:%M}"


def _run(run: Run) -> str:
    span = f"{run.first:%m-%d}" if run.days == 1 else f"{run.first:%m-%d} to {run.last:%m-%d}"
    return f"{festival(run.name)} {run.days} ({span})"


def _rests(step: Step) -> str:
    words = ""
    if step.runs:
        parts = [_run(run) for run in step.runs if run.name != WEEKEND]
        weekend = sum(run.days for run in step.runs if run.name == WEEKEND)
        parts += [f"weekends {weekend}"] if weekend else []
        words += f", passing {step.skipped} rest {_plural(step.skipped)}: {', '.join(parts)}"
    if step.worked:
        words += f"; make-up workdays counted: {', '.join(_day(day) for day in step.worked)}"
    return words


def _plural(count: int) -> str:
    return "day" if count == 1 else "days"


def _rule(step: Step) -> str:
    length = "" if step.unit in ("same_night", "next_morning") else f": {length_words(step.count, step.unit)}"
    return f"Under {step.article_en}, “{step.text_en}”{length}."


def _given(step: Step) -> str:
    return f"For this case the period was set at {length_words(step.count, step.unit)}."


def _start(step: Step) -> str:
    return (
        f"The day of the act, {_day(step.day)}, is not counted; "
        f"counting begins on {_day(step.until)} (Civil Code, art. 201)."
    )


def _count(step: Step) -> str:
    what = "working days" if step.unit == "workday" else "calendar days (rest days included)"
    return f"Counting {what}, day {step.count} is {_day(step.until)}{_rests(step)}."


def _pause(step: Step) -> str:
    span = _day(step.day) if step.day == step.until else f"{_day(step.day)} to {_day(step.until)}"
    return f"The {step.text_en}, {span}, does not count: {length_words(step.count, step.unit)}."


def _extend(step: Step) -> str:
    basis = f" ({step.article_en})" if step.article_en else ""
    added = length_words(step.count, step.unit)
    return f"Extended with approval by {added}{basis}, to {_day(step.until)}{_rests(step)}."


def _roll(step: Step) -> str:
    whose = "the right lasts until" if step.text == "person" else "the legal limit moves to"
    return (
        f"{_day(step.day)} is a rest day: {whose} the first working day after it, {_day(step.until)} "
        f"(Civil Code, art. 203){_rests(step)}."
    )


def _exact(step: Step) -> str:
    return (
        f"{length_words(step.count, 'hour')} from the moment itself (Civil Code, art. 201) end at "
        f"{_time(step.at)}; rest days do not move it."
    )


def _night(step: Step) -> str:
    return (
        f"A response is due the same night, until {_time(step.at)} "
        "(00:00 to 06:00 belongs to the night before and ends at 06:00); rest days do not move it."
    )


def _morning(step: Step) -> str:
    return (
        f"A response is due the next morning, until {_time(step.at)} "
        "(00:00 to 06:00 belongs to the night before); rest days do not move it."
    )


def _set(step: Step) -> str:
    rest = f", a rest day ({festival(step.text)}) and yet not moved" if step.text else ""
    return f"The date was set by a person entitled to: {_day(step.day)}{rest}."


def _unknown(step: Step) -> str:
    years = " and ".join(str(year) for year in step.years)
    return (
        f"Provisional: the official holiday notice for {years} is not known yet; "
        "once it is imported the date is reckoned again and the change recorded."
    )


def _due(step: Step) -> str:
    two = "" if step.day == step.until else f"Target {_day(step.day)}, legal limit {_day(step.until)}. "
    return f"{two}Done before {_time(step.at)} Beijing time is on time."


_SENTENCES: Mapping[str, Callable[[Step], str]] = {
    "rule": _rule,
    "given": _given,
    "start": _start,
    "count": _count,
    "pause": _pause,
    "extend": _extend,
    "roll": _roll,
    "exact": _exact,
    "night": _night,
    "morning": _morning,
    "set": _set,
    "unknown": _unknown,
    "due": _due,
}
