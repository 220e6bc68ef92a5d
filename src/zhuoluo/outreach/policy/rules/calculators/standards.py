"""Standards of policies as dated data: each value with its days, its clause, and how sure we are of it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from zhuoluo.outreach.policy.rules.citing import place
from zhuoluo.outreach.policy.rules.errors import Refused

# What a standard is called on the page.
NAMES: dict[str, str] = {
    "retirement": "法定退休年龄", "least_months": "最低缴费年限", "payout_months": "个人账户养老金计发月数",
    "employee_pension": "职工基本养老金的计算办法", "wage_base": "养老金计发基数", "resident_pension": "城乡居民养老金的计算办法",
    "resident_base": "城乡居民基础养老金标准", "resident_subsidy": "城乡居民缴费补贴标准", "serious_illness": "大病保险支付标准",
    "serious_illness_ceiling": "大病保险年度最高支付限额", "serious_illness_tilt": "大病保险倾斜支付标准",
}  # fmt: skip
# Of a number: read in the full text, only in an excerpt, usual practice whose text was not read, made up for the demo county.
CERTAINTIES: dict[str, str] = {
    "read": "",
    "excerpt": "只核对过摘录",
    "unverified": "原文尚未核对",
    "sample": "清溪县示例参数",
}


@dataclass(frozen=True)
class Source:
    """The clause a number comes from. `number` (文号) may be empty; `label` is written as the document writes it."""

    document: str
    number: str
    label: str
    certainty: str

    def __str__(self) -> str:
        return f"《{self.document}》{f'（{self.number}）' if self.number else ''}{place(self.label)}"


@dataclass(frozen=True)
class Standard:
    """One value of a standard, from its first to its last day (None: nobody has said when it ends)."""

    name: str
    since: date
    until: date | None
    value: Any
    source: Source

    def holds(self, on: date) -> bool:
        """Say whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


class BadStandards(ValueError):
    """The file of standards is wrong; its text says where. Told at the start, never to a resident."""


class Standards:
    """All values of all standards."""

    def __init__(self, rows: Iterable[Standard]) -> None:
        self._rows: dict[str, list[Standard]] = {}
        for row in sorted(rows, key=lambda row: (row.name, row.since)):
            self._rows.setdefault(row.name, []).append(row)
        for name, held in self._rows.items():
            if name not in NAMES:
                raise BadStandards(f"nobody knows the standard {name!r}")
            for before, after in pairwise(held):
                if before.until is None or before.until >= after.since:
                    raise BadStandards(f"two values of {name!r} are in force on {after.since}")

    def on(self, name: str, day: date) -> Standard:
        """Return the value in force on a day. Raises Refused where there is none: never the nearest one instead."""
        found = next((row for row in self._rows.get(name, ()) if row.holds(day)), None)
        if found is None:
            raise Refused("这一天没有生效的标准：%(what)s（%(day)s）", what=NAMES[name], day=day.isoformat())
        return found

    def known(self, names: Iterable[str], day: date) -> bool:
        """Say whether each of the standards has a value on a day."""
        return all(any(row.holds(day) for row in self._rows.get(name, ())) for name in names)


def read_standards(texts: Iterable[str]) -> Standards:
    """Return the standards that TOML files say. Raises BadStandards."""
    return Standards(row for text in texts for row in _rows(text))


def _rows(text: str) -> Iterable[Standard]:
    try:
        entries = tomllib.loads(text).get("standard", [])
    except tomllib.TOMLDecodeError as error:
        raise BadStandards(str(error)) from error
    for entry in entries:
        yield _row(entry)


def _row(entry: Mapping[str, Any]) -> Standard:
    try:
        source = Source(entry["document"], entry.get("number", ""), entry["label"], entry["certainty"])
        row = Standard(entry["name"], entry["from"], entry.get("until"), entry["value"], source)
    except KeyError as error:
        raise BadStandards(f"{error.args[0]} is missing in {entry.get('name', 'an entry')!r}") from error
    if source.certainty not in CERTAINTIES:
        raise BadStandards(f"{source.certainty!r} is no certainty")
    if row.until is not None and row.until < row.since:
        raise BadStandards(f"{row.name!r} ends before it begins")
    return row
