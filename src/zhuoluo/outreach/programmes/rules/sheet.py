"""Sheets of payments and of wanted talents: what their columns are, and what a row of them says. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhuoluo.kit.rows import Line, day, text
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.money import read_fen, yuan

# The columns of a payment list: the key, what a sheet calls it (the first is what ours is called).
PAYMENTS: dict[str, tuple[str, ...]] = {
    "number": ("申请编号", "编号"),
    "item": ("奖补事项", "事项", "项目事项"),
    "amount": ("金额（元）", "金额", "兑现金额", "实发金额"),
    "day": ("兑现日期", "支付日期", "日期"),
    "voucher": ("凭证号", "凭证编号", "支付凭证号"),
}
WANTED: dict[str, tuple[str, ...]] = {
    "year": ("年度", "年份"),
    "employer": ("用人单位", "单位名称", "企业名称", "单位"),
    "post": ("岗位", "岗位名称", "需求岗位"),
    "people": ("需求人数", "人数"),
    "demands": ("岗位要求", "要求", "资格条件"),
    "offer": ("待遇", "薪酬待遇", "提供待遇"),
    "contact": ("联系人",),
    "phone": ("联系电话", "电话"),
    "until": ("有效期至", "截止日期"),
}
MAY_MISS = frozenset({"offer"})


def read_voucher(typed: str) -> str:
    """Return a voucher number in its one written form, so that the same one is known again."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()
    if not 1 <= len(plain) <= 60:
        raise Refused("请写凭证号（不超过 60 个字）")
    return plain


@dataclass(frozen=True)
class Paid:
    """One row of a payment list."""

    place: int
    number: str
    item: str
    amount: int
    day: date
    voucher: str


def read_paid(line: Line) -> Paid:
    """Return what a row of a payment list says. Raises Refused."""
    cells = line.cells
    amount = read_fen(cells["amount"])
    return Paid(
        line.place, text(cells["number"]), text(cells["item"]), amount, day(cells["day"]), read_voucher(text(cells["voucher"]))
    )  # fmt: skip


def check_total(rows: Iterable[Paid], control: int) -> None:
    """Raise Refused when the rows do not add up to the control total, with the difference."""
    total = sum(row.amount for row in rows)
    if total != control:
        raise Refused(
            "合计与明细不符：您写的合计是 %(control)s 元，明细加起来是 %(total)s 元，相差 %(difference)s 元",
            control=yuan(control), total=yuan(total), difference=yuan(abs(total - control)),
        )  # fmt: skip


@dataclass(frozen=True)
class Sought:
    """One row of a catalogue of wanted talents."""

    year: int
    employer: str
    post: str
    people: int
    demands: str
    offer: str
    contact: str
    phone: str
    until: date


def check_sought(row: Sought) -> None:
    """Raise Refused with what a row of the catalogue lacks."""
    if not 2000 <= row.year < 2200:
        raise Refused("请核对年度")
    if not row.employer.strip() or not row.post.strip():
        raise Refused("请写用人单位和岗位")
    if not 1 <= row.people <= 10_000:
        raise Refused("需求人数请写 1 到 10000")
    if not row.demands.strip():
        raise Refused("请写岗位要求")
    if not row.contact.strip() or not row.phone.strip():
        raise Refused("请写用人单位的联系人和电话，好让人问")


def read_sought(line: Line) -> Sought:
    """Return what a row of the catalogue says. Raises Refused."""
    cells = line.cells
    try:
        year, people = (
            int(text(cells[key]).removesuffix("年").removesuffix("人")) for key in ("year", "people")
        )
    except ValueError as error:
        raise Refused("年度和需求人数要写数字") from error
    row = Sought(
        year, text(cells["employer"]), text(cells["post"]), people, text(cells["demands"]), text(cells.get("offer", "")),
        text(cells["contact"]), text(cells["phone"]), day(cells["until"]),
    )  # fmt: skip
    check_sought(row)
    return row
