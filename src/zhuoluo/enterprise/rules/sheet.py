"""Registers of enterprises and of what they need as sheets (DOMAIN 8: 企业问题台账). Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date

from zhuoluo.enterprise.rules.codes import read_code
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.words import SIZES
from zhuoluo.kit.rows import Line, day, text

FIRMS: dict[str, tuple[str, ...]] = {
    "firm": ("企业名称", "名称", "单位名称"),
    "code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "size": ("规模", "企业规模"),
    "area": ("所在乡镇（村）", "所在乡镇", "乡镇", "所在地"),
    "address": ("地址", "住所", "经营地址"),
    "chain": ("产业链", "所属产业链"),
    "makes": ("主要产品", "经营范围", "主营"),
    "name": ("联系人", "企业联系人"),
    "phone": ("联系电话", "电话"),
    "liaison": ("联络员", "联系干部", "包联干部"),
}
FIRMS_MAY_MISS = frozenset({"size", "area", "address", "chain", "makes", "name", "phone", "liaison"})
NEEDS: dict[str, tuple[str, ...]] = {
    "code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "firm": ("企业名称", "名称"),
    "text": ("问题诉求", "诉求", "问题", "存在问题"),
    "unit": ("交办单位", "责任单位", "牵头单位"),
    "day": ("提出日期", "收集日期", "日期"),
    "phone": ("联系电话", "电话"),
    "number": ("事项编号",),
    "state": ("进展",),
    "until": ("解决时限", "办结时限"),
    "called": ("回访情况", "回访"),
}
NEEDS_MAY_MISS = frozenset({"firm", "day", "phone", "number", "state", "until", "called"})
LONGEST = {"firm": 120, "address": 200, "makes": 200}


@dataclass(frozen=True)
class FirmRow:
    """An enterprise as a sheet tells it; names of areas, chains and people as written."""

    place: int
    code: str
    firm: str
    size: str
    area: str
    address: str
    chain: str
    makes: str
    name: str
    phone: str
    liaison: str


@dataclass(frozen=True)
class NeedRow:
    """What an enterprise needs, as a sheet tells it."""

    place: int
    code: str
    text: str
    unit: str
    day: date | None
    phone: str
    number: str

    @property
    def source_key(self) -> str:
        """Return the key under which this row is known again."""
        said = (self.code, "".join(self.text.split()), str(self.day or ""))
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def read_firm(line: Line) -> FirmRow:
    """Return what a row of the register says. Raises Refused."""
    said = {key: text(line.cells.get(key, "")) for key in FIRMS}
    for key, most in LONGEST.items():
        if len(said[key]) > most:
            raise Refused("“%(column)s”太长，最多 %(n)s 个字", column=FIRMS[key][0], n=most)
    size = next((k for k, word in SIZES.items() if word == said["size"]), "" if said["size"] else "other")
    if not size:
        raise Refused(
            "“%(text)s”不认识，请写其中一种：%(words)s", text=said["size"][:20], words=list(SIZES.values())
        )
    return FirmRow(line.place, **{**said, "code": read_code(said["code"]), "size": size})


def read_need(line: Line) -> NeedRow:
    """Return what a row of 企业问题台账 says. Raises Refused."""
    said = {key: text(line.cells.get(key, "")) for key in ("code", "text", "unit", "phone", "number")}
    if len(said["text"]) < 5:
        raise Refused("请写问题诉求")
    when = line.cells.get("day", "")
    return NeedRow(
        line.place, read_code(said["code"]), said["text"], said["unit"], day(when) if text(when) else None, said["phone"],
        said["number"],
    )  # fmt: skip
