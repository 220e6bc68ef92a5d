"""What a made 台账 is, and the header most of them share."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ledger:
    """A file and what must be read from it."""

    name: str
    data: bytes
    header_rows: tuple[int, ...]
    good: tuple[int, ...]  # numbers of rows that come in
    rejected: tuple[str, ...] = ()  # cells that keep their row out
    noted: tuple[str, ...] = ()  # cells pointed out, the row coming in all the same
    skipped: dict[int, str] = field(default_factory=dict)  # row number to kind
    parts: dict[int, int] = field(default_factory=dict)  # row number to the row it continues
    values: dict[tuple[int, str], object] = field(default_factory=dict)  # row number and field to value
    extra: dict[tuple[int, str], str] = field(default_factory=dict)  # row number and label to words
    sheet: int = 0


HEADER = [
    "序号",
    "来访日期",
    "来访人姓名",
    "单位和住址",
    "联系电话",
    "反映的主要问题",
    "责任单位",
    "办理结果",
]


def visit(
    serial: object, day: object = "2020-1-6", problem: object = "门前路灯不亮", **changes: object
) -> list[object]:
    """One row under `HEADER`."""
    row = [serial, day, "张三", "城关镇一村", "13800000000", problem, "住建局", "已办结"]
    names = ["serial", "day", "name", "address", "phone", "problem", "unit", "outcome"]
    for name, value in changes.items():
        row[names.index(name)] = value
    return row


MERGED_HEADER: list[list[object]] = [
    ["城关镇群众来访登记台账"],
    ["填报单位：城关镇", None, None, None, "填报日期：2020年1月8日"],
    ["序号", "来访人基本情况", None, None, "反映的主要问题", "办理情况", None, "备注"],
    [None, "姓名", "联系电话", "住址", None, "答复时间", "答复意见", None],
    [1, "张三", "13800000000", "一村", "路灯不亮", "2020年1月9日", "已修好", "无"],
    [2, "李四", "13900000000", "二村", "水管漏水", "2020年1月10日", "已更换", None],
]
MERGES = ("A1:H1", "A2:D2", "E2:H2", "A3:A4", "B3:D3", "E3:E4", "F3:G3", "H3:H4")
