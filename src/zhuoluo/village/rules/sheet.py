"""The list of village mediators as a sheet. Pure."""

from dataclasses import dataclass
from datetime import date

from zhuoluo.kit.rows import Line, day, text
from zhuoluo.village.rules.errors import Refused

MEDIATORS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "明白人", "明白人姓名"),
    "area": ("村（社区）", "村", "村、社区", "所在村"),
    "good_at": ("擅长", "擅长调解什么"),
    "consented": ("本人同意日期", "同意日期"),
    "phone": ("公布的电话", "公布电话"),
}
MAY_MISS = frozenset({"good_at", "phone"})


@dataclass(frozen=True)
class MediatorRow:
    """One mediator as a sheet tells it."""

    place: int
    name: str
    area: str
    good_at: str
    consented_on: date
    phone: str


def read_mediator(line: Line) -> MediatorRow:
    """Return what a row says. Raises Refused without a day of consent, Unreadable for what is no day."""
    said = {key: text(line.cells.get(key, "")) for key in MEDIATORS}
    if not said["consented"]:
        raise Refused("没有写本人同意的日期；没有同意的不列")
    consented_on = day(line.cells["consented"])
    return MediatorRow(line.place, said["name"], said["area"], said["good_at"], consented_on, said["phone"])
