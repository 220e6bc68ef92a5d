"""The problem list (问题清单) as a sheet, with the province's own id (DOMAIN 8). Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date

from zhuoluo.kit.rows import Line, day, text
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.rules.words import PACES

PROBLEMS: dict[str, tuple[str, ...]] = {
    "external": ("省系统编号", "省编号", "问题编号", "编号"),
    "topic": ("调研课题", "课题", "课题名称"),
    "text": ("问题", "存在问题", "问题描述", "意见建议"),
    "measure": ("措施", "解决措施", "整改措施", "建议措施"),
    "lead": ("分管领导", "牵头领导", "责任领导"),
    "unit": ("责任单位", "牵头单位"),
    "person": ("责任人", "具体责任人"),
    "until": ("完成时限", "时限", "办结时限"),
    "pace": ("类型", "推进方式"),
    "village": ("发生地", "所在地", "乡镇（村）"),
    "chain": ("产业链",),
    "name": ("提出人", "反映人"),
    "phone": ("联系电话", "电话"),
    "day": ("发现日期", "收集日期", "日期"),
    "number": ("事项编号",),
    "state": ("进展", "进展情况"),
    "closed": ("销号", "销号情况"),
}
MAY_MISS = frozenset(
    {"external", "pace", "village", "chain", "name", "phone", "day", "number", "state", "closed"}
)
LONGEST = {"topic": 120, "person": 60, "external": 60}


@dataclass(frozen=True)
class ProblemRow:
    """One problem as a sheet tells it; names as written."""

    place: int
    external: str
    topic: str
    text: str
    measure: str
    lead: str
    unit: str
    person: str
    until: date
    pace: str
    village: str
    chain: str
    name: str
    phone: str
    day: date | None
    number: str

    @property
    def source_key(self) -> str:
        """Return the key under which this row is known again: the province's id, else what it says."""
        said = (self.external,) if self.external else (self.topic, "".join(self.text.split()), self.unit)
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def read_problem(line: Line) -> ProblemRow:
    """Return what a row of the problem list says. Raises Refused."""
    said = {
        key: text(line.cells.get(key, ""))
        for key in PROBLEMS
        if key not in {"until", "day", "state", "closed"}
    }
    for key, most in LONGEST.items():
        if len(said[key]) > most:
            raise Refused("“%(column)s”太长，最多 %(n)s 个字", column=PROBLEMS[key][0], n=most)
    for key in ("topic", "text", "measure"):
        if len(said[key]) < 2:
            raise Refused("请写“%(column)s”", column=PROBLEMS[key][0])
    pace = next((k for k, word in PACES.items() if word == said["pace"]), "" if said["pace"] else "now")
    if not pace:
        raise Refused(
            "“%(text)s”不认识，请写其中一种：%(words)s", text=said["pace"][:20], words=list(PACES.values())
        )
    when = line.cells.get("day", "")
    return ProblemRow(
        line.place,
        **{**said, "pace": pace, "until": day(line.cells["until"]), "day": day(when) if text(when) else None},  # type: ignore[arg-type]  # the keys are the fields
    )
