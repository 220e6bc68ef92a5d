"""Steps as Chinese sentences: for pages, letters and residents."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from zhuoluo.clock.moments import BEIJING, ONE_DAY
from zhuoluo.clock.steps import WEEKEND, Run, Step

_UNITS: Mapping[str, str] = {
    "day": "{}日",
    "workday": "{}个工作日",
    "hour": "{}小时",
    "same_night": "当晚",
    "next_morning": "次日上午",
}
_WEEK = "一二三四五六日"


def length_words(count: int, unit: str) -> str:
    """A length in words: 60日, 5个工作日, 24小时, 当晚."""
    return _UNITS[unit].format(count)


def sentence(step: Step) -> str:
    """The step as one sentence."""
    return _SENTENCES[step.kind](step)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEK[day.weekday()]}）" if day else ""


def _time(moment: datetime | None) -> str:
    """A moment in Beijing; midnight is written as 24:00 of the day it ends."""
    if moment is None:
        return ""
    local = moment.astimezone(BEIJING)
    if local.time() == time.min:
        return f"{_day(local.date() - ONE_DAY)}24:00"
    return f"{_day(local.date())}{local:%H:%M}"


def _run(run: Run) -> str:
    first = f"{run.first.month}月{run.first.day}日"
    if run.days == 1:
        return f"{run.name}1天（{first}）"
    return f"{run.name}{run.days}天（{first}至{run.last.month}月{run.last.day}日）"


def _rests(step: Step) -> str:
    """What was passed over: festivals one by one, weekends only as a number, to keep it short."""
    words = ""
    if step.runs:
        parts = [_run(run) for run in step.runs if run.name != WEEKEND]
        weekend = sum(run.days for run in step.runs if run.name == WEEKEND)
        parts += [f"周末{weekend}天"] if weekend else []
        words += f"，跳过休息日{step.skipped}天：{'、'.join(parts)}"
    if step.worked:
        words += f"；调休上班的{'、'.join(_day(day) for day in step.worked)}计入"
    return words


def _rule(step: Step) -> str:
    length = "" if step.unit in ("same_night", "next_morning") else f"，{length_words(step.count, step.unit)}"
    return f"依据{step.article}“{step.text}”{length}。"


def _given(step: Step) -> str:
    return f"本件的期限定为{length_words(step.count, step.unit)}。"


def _start(step: Step) -> str:
    return f"{_day(step.day)}当日不计入，从{_day(step.until)}起算（民法典第201条）。"


def _count(step: Step) -> str:
    how = "按工作日计算" if step.unit == "workday" else "按自然日计算（休息日照算）"
    return f"{how}，第{step.count}日是{_day(step.until)}{_rests(step)}。"


def _pause(step: Step) -> str:
    span = _day(step.day) if step.day == step.until else f"{_day(step.day)}至{_day(step.until)}"
    return f"{step.text}期间{span}不计入期限，共{length_words(step.count, step.unit)}。"


def _extend(step: Step) -> str:
    basis = f"（{step.article}）" if step.article else ""
    return f"经批准延长{length_words(step.count, step.unit)}{basis}，到{_day(step.until)}{_rests(step)}。"


def _roll(step: Step) -> str:
    whose = "权利期限" if step.text == "person" else "法定期限"
    moved = f"顺延到其后第一个工作日{_day(step.until)}（民法典第203条）"
    return f"{_day(step.day)}是休息日，{whose}{moved}{_rests(step)}。"


def _exact(step: Step) -> str:
    return f"从事由发生的时刻起满{step.count}小时（民法典第201条），到{_time(step.at)}，不因休息日顺延。"


def _night(step: Step) -> str:
    return f"当晚须有回应，到{_time(step.at)}（零时至六时的事项归前一夜，到六时止），不因休息日顺延。"


def _morning(step: Step) -> str:
    return f"次日上午须有回应，到{_time(step.at)}（零时至六时的事项归前一夜），不因休息日顺延。"


def _set(step: Step) -> str:
    rest = f"，当天是休息日（{step.text}），不顺延" if step.text else ""
    return f"期限由有权的人指定为{_day(step.day)}{rest}。"


def _unknown(step: Step) -> str:
    years = "、".join(f"{year}年" for year in step.years)
    return f"注意：还没有{years}放假安排的官方通知，以上日期为暂定；录入通知后重新计算，并记录变化。"


def _due(step: Step) -> str:
    two = "" if step.day == step.until else f"目标日期是{_day(step.day)}，法定期限是{_day(step.until)}；"
    return f"{two}在{_time(step.at)}之前办到，即为按期。"


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
