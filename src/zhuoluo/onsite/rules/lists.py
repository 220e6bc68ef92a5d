"""The kinds of lists an on-site day gives, as data: counties do not agree on what "three lists" are (DOMAIN 4). Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "lists.toml"
COLUMNS: dict[str, str] = {
    "number": "编号", "problem": "问题", "place": "地点", "raised": "提出日期", "task": "任务", "unit": "责任单位", "person": "责任人",
    "chair": "主持", "until": "时限", "agreed": "谁当场认领", "state": "办到哪一步", "done": "完成情况", "satisfaction": "满意度",
}  # fmt: skip
ROWS = ("items", "tasks")


@dataclass(frozen=True)
class ListPlan:
    """One list: its name, whether its rows are problems or tasks, its columns."""

    name: str
    rows: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """The lists of one kind of on-site day."""

    key: str
    name: str
    lists: tuple[ListPlan, ...]


class WrongLists(Exception):
    """The file of lists cannot be used. Its text says where and how to mend it."""


def read(text: str) -> dict[str, Kind]:
    """Return the kinds that a file tells of. Raises WrongLists."""
    found: dict[str, Kind] = {}
    for number, row in enumerate(tomllib.loads(text)["kind"], start=1):
        lists = []
        for one in row["lists"]:
            unknown = [c for c in one["columns"] if c not in COLUMNS]
            if unknown or one["rows"] not in ROWS:
                wrong = (unknown or [one["rows"]])[0]
                where = f"第{number}种清单“{row['name']}”的“{one['name']}”"
                raise WrongLists(f"{where}：不认识 {wrong}，可用的列有 {'、'.join(COLUMNS)}")
            lists.append(ListPlan(one["name"], one["rows"], tuple(one["columns"])))
        found[row["key"]] = Kind(row["key"], row["name"], tuple(lists))
    return found


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds by their keys."""
    return read(FILE.read_text(encoding="utf-8"))
