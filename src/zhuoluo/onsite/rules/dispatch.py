"""The daily dispatch (日调度): what moved since yesterday morning, what is due, what is stuck, in whose hands. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhuoluo.clock import BEIJING, Calendar, local_day
from zhuoluo.onsite.rules.words import MORNING, STUCK_AFTER

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """A task as it stood one morning: `closed_at` None or later than the morning: open. `moved_at`: last act on its matter."""

    id: UUID
    number: str
    what: str
    unit: str
    given_at: datetime
    due: datetime
    closed_at: datetime | None
    moved_at: datetime | None


@dataclass(frozen=True)
class Dispatch:
    """One morning's page."""

    morning: datetime
    since: datetime
    all: int
    done: list[Job]
    done_yesterday: list[Job]
    due: list[Job]
    overdue: list[Job]
    stuck: list[tuple[Job, int]]
    hands: list[tuple[str, int]]  # units with how many open tasks, most first

    @property
    def open(self) -> int:
        """Return how many are not done."""
        return self.all - len(self.done)


def morning_of(day: date) -> datetime:
    """Return the moment at which a day's dispatch is read."""
    return datetime.combine(day, time(MORNING), BEIJING)


def dispatch(day: date, jobs: Sequence[Job], calendar: Calendar) -> Dispatch:
    """Return the dispatch of a morning, the same whenever it is asked for."""
    morning = morning_of(day)
    since = morning_of(day - ONE_DAY)
    here = [job for job in jobs if job.given_at < morning]
    done: list[Job] = []
    open_ones: list[Job] = []
    for job in here:
        (done if job.closed_at is not None and job.closed_at < morning else open_ones).append(job)
    overdue = [job for job in open_ones if job.due <= morning]
    due = [
        job
        for job in open_ones
        if morning < job.due <= morning_of(day + ONE_DAY) + timedelta(hours=24 - MORNING)
    ]
    quiet = still({_last(job) for job in open_ones}, day, calendar)
    stuck = [(job, n) for job in open_ones if (n := quiet[_last(job)]) >= STUCK_AFTER]
    hands: dict[str, int] = {}
    for job in open_ones:
        hands[job.unit] = hands.get(job.unit, 0) + 1
    return Dispatch(
        morning, since, len(here), done, [job for job in done if job.closed_at and job.closed_at >= since], due, overdue,
        sorted(stuck, key=lambda pair: -pair[1]), sorted(hands.items(), key=lambda pair: (-pair[1], pair[0])),
    )  # fmt: skip


def _last(job: Job) -> date:
    return local_day(job.moved_at or job.given_at)


def still(lasts: Collection[date], day: date, calendar: Calendar) -> dict[date, int]:
    """Return on how many working days between each last act and this day nothing was done; the days are walked once."""
    found = dict.fromkeys(lasts, 0)
    last, count, oldest = day - ONE_DAY, 0, min(found, default=day)
    while last >= oldest:
        if last in found:
            found[last] = count
        count += calendar.is_workday(last)
        last -= ONE_DAY
    return found


def message(name: str, found: Dispatch) -> str:
    """Return the morning message: who reads it knows what to ask whom. No resident is named in it."""
    day = local_day(found.morning)
    lines = [
        f"【{name} 日调度】{day.month}月{day.day}日：任务 {found.all} 项，完成 {len(found.done)} 项，还有 {found.open} 项。"
    ]
    if found.done_yesterday:
        lines.append(
            "昨天完成：" + "；".join(f"{job.what}（{job.unit}）" for job in found.done_yesterday) + "。"
        )
    if found.due:
        lines.append("今明两天到期：" + "；".join(f"{job.what}（{job.unit}）" for job in found.due) + "。")
    if found.overdue:
        lines.append("已经超期：" + "；".join(f"{job.what}（{job.unit}）" for job in found.overdue) + "。")
    if found.stuck:
        told = "；".join(f"{job.what}（在{job.unit}手里，{n} 个工作日没有动）" for job, n in found.stuck)
        lines.append(f"卡住：{told}。")
    if found.hands:
        lines.append("在谁手里：" + "、".join(f"{unit} {n} 项" for unit, n in found.hands) + "。")
    return "\n".join(lines)
