"""The register of receptions (接访台账): its columns, in the order in which they are kept everywhere."""

from dataclasses import dataclass

COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("names", "来访人姓名", 16), ("address", "单位和住址", 28), ("text", "反映的主要问题", 50), ("place", "发生地", 20),
    ("cause", "产生原因", 24), ("opinion", "接待处理意见", 40), ("unit", "责任单位", 18), ("result", "办理结果", 18),
    ("wish", "诉求及理由", 36), ("before", "以往来访及办理", 30), ("now", "本次处理", 36),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One request in the register. Names and address are masked unless their going out was permitted."""

    names: str
    address: str
    text: str
    place: str
    cause: str
    opinion: str
    unit: str
    result: str
    wish: str
    before: str
    now: str

    def values(self) -> list[str]:
        """Return the cells in the order of the columns."""
        return [getattr(self, key) for key, _label, _width in COLUMNS]
