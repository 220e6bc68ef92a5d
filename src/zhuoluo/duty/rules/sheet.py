"""The register of nights (值班台账) as a sheet (DOMAIN 8: 领导、乡镇、日期、走访户、问题编号、当晚处置). Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date

from zhuoluo.duty.rules.errors import Refused
from zhuoluo.kit.rows import Line, day, text

NIGHTS: dict[str, tuple[str, ...]] = {
    "day": ("日期", "值班日期"),
    "unit": ("乡镇", "值班乡镇", "乡镇（街道）"),
    "who": ("值班领导", "领导", "值班人"),
    "households": ("走访户数", "走访户", "户数"),
    "problem": ("反映的问题", "问题"),
    "tonight": ("当晚处置", "当晚回应"),
    "number": ("事项编号", "问题编号"),
    "state": ("办到哪一步", "进展"),
}
MAY_MISS = frozenset({"households", "problem", "tonight", "number", "state"})


@dataclass(frozen=True)
class NightRow:
    """One night, with one of the problems raised in it, as a sheet tells it."""

    place: int
    day: date
    unit: str
    who: str
    households: int | None
    problem: str
    tonight: str
    number: str

    @property
    def night_key(self) -> str:
        """Return the key of the night: several rows may tell of one."""
        return hashlib.sha256(f"{self.day}\x1f{self.unit}\x1f{self.who}".encode()).hexdigest()

    @property
    def problem_key(self) -> str:
        """Return the key of the problem."""
        return hashlib.sha256(f"{self.night_key}\x1f{''.join(self.problem.split())}".encode()).hexdigest()[
            :40
        ]


def read_night(line: Line) -> NightRow:
    """Return what a row says. Raises Refused."""
    said = {key: text(line.cells.get(key, "")) for key in NIGHTS}
    digits = said["households"].removesuffix("户")
    if digits and (not digits.isascii() or not digits.isdigit() or len(digits) > 4):
        raise Refused("“%(text)s”不是一个数", text=said["households"][:20])
    return NightRow(
        line.place, day(line.cells["day"]), said["unit"], said["who"], int(digits) if digits else None, said["problem"],
        said["tonight"], said["number"],
    )  # fmt: skip
