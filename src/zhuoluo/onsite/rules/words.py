"""Words of the room. Pure data."""

STATES: dict[str, str] = {
    "planned": "已安排",
    "held": "已开，正在调度",
    "closed": "已闭环",
    "cancelled": "已取消",
}
MORNING = 8  # o'clock in Shanghai: the daily dispatch looks back to the morning before
STUCK_AFTER = 3  # working days on which nothing moved
