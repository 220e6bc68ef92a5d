"""Words of the room. Pure data."""

SIZES: dict[str, str] = {
    "above": "规模以上", "small": "规模以下", "self": "个体工商户", "project": "在建项目业主", "other": "其他",
}  # fmt: skip
VISITS: dict[str, str] = {"visit": "上门走访", "talk": "座谈", "call": "电话联系"}
