"""The lists of on-site days as one sheet. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date

from zhuoluo.kit.rows import Line, day, text
from zhuoluo.onsite.rules.errors import Refused

LISTS: dict[str, tuple[str, ...]] = {
    "series": ("系列", "活动"),
    "number": ("第几次", "期数"),
    "day": ("日期", "现场办公日期"),
    "where": ("地点",),
    "chair": ("主持", "主持人", "牵头领导"),
    "problem": ("问题", "存在问题"),
    "who": ("提出人", "提出企业", "反映人"),
    "phone": ("联系电话", "电话"),
    "task": ("任务", "解决措施"),
    "unit": ("责任单位",),
    "person": ("责任人",),
    "until": ("时限", "完成时限"),
    "agreed": ("谁当场认领", "认领人"),
    "matter": ("事项编号", "编号"),
    "done": ("完成情况", "进展"),
}
MAY_MISS = frozenset({"who", "phone", "agreed", "matter", "done"})


@dataclass(frozen=True)
class TaskRow:
    """One task of one problem of one on-site day, as a sheet tells it."""

    place: int
    series: str
    number: int
    day: date
    where: str
    chair: str
    problem: str
    who: str
    phone: str
    task: str
    unit: str
    person: str
    until: date
    agreed: str
    matter: str

    @property
    def source_key(self) -> str:
        """Return the key under which this row is known again."""
        said = (
            self.series,
            str(self.number),
            "".join(self.problem.split()),
            "".join(self.task.split()),
            self.unit,
        )
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def read_task(line: Line) -> TaskRow:
    """Return what a row says. Raises Refused."""
    said = {key: text(line.cells.get(key, "")) for key in LISTS}
    digits = "".join(c for c in said["number"] if c.isascii() and c.isdigit())
    if not digits or len(digits) > 4:
        raise Refused("请写第几次，例如：31")
    for key in ("series", "where", "problem", "task"):
        if len(said[key]) < 2:
            raise Refused("请写“%(column)s”", column=LISTS[key][0])
    return TaskRow(
        line.place, said["series"], int(digits), day(line.cells["day"]), said["where"], said["chair"], said["problem"], said["who"],
        said["phone"], said["task"], said["unit"], said["person"] or said["unit"], day(line.cells["until"]),
        said["agreed"] or said["person"] or said["unit"], said["matter"],
    )  # fmt: skip
