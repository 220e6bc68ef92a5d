"""The talk register and the list of deliveries as sheets: their columns, and what a row says (DOMAIN: 宣讲台账). Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from zhuoluo.kit.rows import Cell, Line, day, text
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import COUNTED, DELIVERIES, KINDS

# The key, what a sheet calls it (the first is what ours is called).
TALKS: dict[str, tuple[str, ...]] = {
    "title": ("主题", "宣讲主题", "课题", "内容"),
    "kind": ("形式", "宣讲形式", "类型"),
    "unit": ("单位", "宣讲单位", "组织单位", "主办单位"),
    "day": ("日期", "宣讲日期", "时间"),
    "starts": ("开始", "开始时间"),
    "ends": ("结束", "结束时间"),
    "village": ("村（社区）", "村社区", "社区", "所在村"),
    "where": ("地点", "宣讲地点"),
    "lecturers": ("宣讲人", "主讲人", "讲师"),
    "counting": ("人数怎么来的", "计数方式"),
    "people": ("受众人次", "受众", "人数", "参加人数"),
    "how": ("怎么估的", "估计依据"),
    "matters": ("转成的事项", "问题编号"),
    "number": ("系统编号",),
}
TALKS_MAY_MISS = frozenset(
    {"starts", "ends", "village", "lecturers", "counting", "people", "how", "matters", "number"}
)
DELIVERED: dict[str, tuple[str, ...]] = {
    "kind": ("类别", "形式"),
    "day": ("日期", "时间"),
    "unit": ("单位", "组织单位"),
    "group": ("送给哪些人", "对象", "服务对象"),
    "what": ("内容", "送了什么"),
    "count": ("次数", "人次", "份数"),
}
DELIVERED_MAY_MISS = frozenset({"what", "count"})
UNSAID = "原台账没有写人数怎么来的"
ALSO_KINDS = {
    "党课": "party", "宣讲会": "hall", "集中": "hall", "政务直播": "live_fixed", "直播": "live_fixed", "专场直播": "live_fixed",
    "流动直播": "live_roaming", "企业宣讲": "enterprise", "进企业": "enterprise", "返乡宣讲": "returning", "流动党员补课": "returning",
}  # fmt: skip
ALSO_DELIVERIES = {
    "送教": "teach",
    "送学": "teach",
    "送学上门": "teach",
    "结对": "pair",
    "邮寄": "post",
    "推送": "post",
}


@dataclass(frozen=True)
class HeldRow:
    """One talk that was held, as a sheet tells it. Names are as written; hours None where the sheet has none."""

    place: int
    number: str
    title: str
    kind: str
    unit: str
    day: date
    starts: time | None
    ends: time | None
    village: str
    where: str
    lecturers: tuple[str, ...]
    counting: str
    people: int | None
    how: str

    @property
    def source_key(self) -> str:
        """Return the key under which this row is known again, whatever else of it was corrected."""
        said = (
            self.unit,
            self.day.isoformat(),
            str(self.starts or ""),
            _plain(self.title),
            _plain(self.where),
        )
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class SentRow:
    """One delivery, or a lot of them, as a sheet tells it."""

    place: int
    kind: str
    day: date
    unit: str
    group: str
    what: str
    count: int

    def source_key(self, again: int) -> str:
        """Return the key of the row; `again`: how many rows above say the very same, since people get the same thing twice."""
        said = (
            self.kind,
            self.day.isoformat(),
            self.unit,
            self.group,
            self.what,
            str(self.count),
            str(again),
        )
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def read_held(line: Line) -> HeldRow:
    """Return what a row of a talk register says. Raises Refused."""
    cells = line.cells
    title, where = text(cells["title"]), text(cells["where"])
    if len(title) < 2 or len(where) < 2:
        raise Refused("请写宣讲主题和地点")
    starts, ends = _hour(cells.get("starts", "")), _hour(cells.get("ends", ""))
    if (starts is None) != (ends is None) or (starts and ends and ends <= starts):
        raise Refused("开始和结束要一起写，结束在开始以后；不知道就都空着")
    counting, people, how = _count(cells)
    names = tuple(
        dict.fromkeys(n for n in re.split(r"[、，,;；/\s]+", text(cells.get("lecturers", ""))) if n)
    )
    _fit("、".join(names), 120, "宣讲人")
    return HeldRow(
        line.place, text(cells.get("number", "")), _fit(title, 200, "主题"), _word(cells["kind"], KINDS, ALSO_KINDS), text(cells["unit"]),
        day(cells["day"]), starts, ends, text(cells.get("village", "")), _fit(where, 120, "地点"), names, counting, people, how,
    )  # fmt: skip


def _count(cells: Mapping[str, Cell]) -> tuple[str, int | None, str]:
    """How many came, never more than the sheet says: a number without a word on how it came about is an estimate."""
    people, how = _number(cells.get("people", "")), _fit(text(cells.get("how", "")), 120, "怎么估的")
    said = text(cells.get("counting", ""))
    counting = _word(said, COUNTED, {}) if said else ("unknown" if people is None else "estimated")
    if counting == "unknown" and people is not None:
        raise Refused("没有清点，就不要填人数")
    if counting != "unknown" and people is None:
        raise Refused("请写到场多少人")
    return counting, people, (how or UNSAID) if counting == "estimated" else ""


def read_sent(line: Line) -> SentRow:
    """Return what a row of a list of deliveries says. Raises Refused."""
    cells = line.cells
    count = _number(cells.get("count", "")) or 1
    group = text(cells["group"])
    if len(group) < 2:
        raise Refused("请写送给哪些人（不写姓名），例如：柳塘村行动不便的老党员")
    return SentRow(
        line.place, _word(cells["kind"], DELIVERIES, ALSO_DELIVERIES), day(cells["day"]), text(cells["unit"]),
        _fit(group, 120, "送给哪些人"),
        _fit(text(cells.get("what", "")), 200, "内容"), count,
    )  # fmt: skip


def _fit(words: str, most: int, column: str) -> str:
    """Return words that fit; nothing is cut off unseen."""
    if len(words) > most:
        raise Refused("“%(column)s”太长，最多 %(n)s 个字", column=column, n=most)
    return words


def _word(cell: Cell, words: dict[str, str], also: dict[str, str]) -> str:
    said = _plain(text(cell))
    for key, word in words.items():
        if said == _plain(word):
            return key
    if said in also:
        return also[said]
    raise Refused(
        "“%(text)s”不认识，请写其中一种：%(words)s", text=text(cell)[:20], words=list(words.values())
    )


def _number(cell: Cell) -> int | None:
    said = _plain(text(cell)).removesuffix("人次").removesuffix("人").removesuffix("次").removesuffix("份")
    if not said:
        return None
    if not said.isascii() or not said.isdigit() or len(said) > 7:
        raise Refused("“%(text)s”不是一个数", text=text(cell)[:20])
    return int(said)


def _hour(cell: Cell) -> time | None:
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    said = _plain(text(cell))
    if not said:
        return None
    match = re.fullmatch(r"(\d{1,2})[:点时](\d{1,2})?分?(?::00)?", said)
    try:
        return time(int(match.group(1)), int(match.group(2) or 0)) if match else time.fromisoformat(said)
    except ValueError as error:
        raise Refused("“%(text)s”不是时间，请写成 19:30 这样", text=text(cell)[:20]) from error


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
