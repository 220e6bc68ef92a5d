"""A day's decisions laid out as the lists its series asks for (rules.lists): the same rows, other columns."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhuoluo.matters.reads import STANDINGS
from zhuoluo.matters.reads.wording import last_day
from zhuoluo.matters.rules import SATISFACTION
from zhuoluo.onsite.reads.days import DayFile, ItemLine, TaskLine
from zhuoluo.onsite.rules.lists import COLUMNS, kinds
from zhuoluo.org.reads import SHANGHAI


@dataclass(frozen=True)
class Listed:
    """One list: its name, the heads, the rows as words."""

    name: str
    heads: list[str]
    rows: list[list[str]]


def laid_out(file: DayFile) -> list[Listed]:
    """Return the lists of a day."""
    kind = kinds().get(file.day.series.lists) or next(iter(kinds().values()))
    told = {
        "items": [_values(file, one, None) for one in file.items],
        "tasks": [_values(file, one, task) for one in file.items for task in one.tasks],
    }
    return [
        Listed(
            _(plan.name),
            [_(COLUMNS[c]) for c in plan.columns],
            [[row.get(c, "") for c in plan.columns] for row in told[plan.rows]],
        )
        for plan in kind.lists
    ]


def _values(file: DayFile, one: ItemLine, task: TaskLine | None) -> dict[str, str]:
    """Return what every column says of one row."""
    line = one.standing.line
    values = {
        "number": line.number, "problem": line.title, "place": line.place, "chair": file.day.chair.name,
        "raised": f"{line.registered_at.astimezone(SHANGHAI):%Y-%m-%d}", "state": _(STANDINGS[one.standing.state]),
        "satisfaction": _(SATISFACTION.get(one.standing.satisfaction, "")) if one.standing.satisfaction else "",
    }  # fmt: skip
    if task is not None:
        row = task.decision
        values |= {
            "task": row.what, "unit": row.unit.name, "person": row.person, "until": f"{row.until:%Y-%m-%d}",
            "agreed": row.agreed_by, "done": done(task),
        }  # fmt: skip
    return values


def done(task: TaskLine) -> str:
    """Return what became of a task in words."""
    if task.state is None:
        return ""
    if task.state.closed_at is not None:
        return _("完成 %(day)s") % {"day": f"{task.state.closed_at.astimezone(SHANGHAI):%Y-%m-%d}"}
    return _("到 %(day)s") % {"day": last_day(task.state.due)}
