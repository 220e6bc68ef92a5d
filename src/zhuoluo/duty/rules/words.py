"""Words of the room. Pure data."""

from datetime import time

STATES: dict[str, str] = {
    "planned": "未公布",
    "published": "已公布",
    "handed": "已交班",
    "cancelled": "已取消",
}
BEGINS, ENDS = time(18), time(8)  # a night, in Shanghai; the evening counts from noon of its day
