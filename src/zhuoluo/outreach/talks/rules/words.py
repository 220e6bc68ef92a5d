"""The kinds and states of talks, orders and deliveries, as they are kept and as the screen says them. Pure data."""

# 宣讲形式. Two of them are watched from afar too: the live room belongs to those.
KINDS: dict[str, str] = {
    "courtyard": "屋场会", "bench": "板凳会", "micro": "微课堂", "party": "微党课", "hall": "集中宣讲", "enterprise": "企业政策宣讲",
    "returning": "返乡人员宣讲", "live_fixed": "政务直播（专场）", "live_roaming": "政务直播（流动）",
}  # fmt: skip
LIVE_KINDS = ("live_fixed", "live_roaming")
STATES: dict[str, str] = {"planned": "已安排", "held": "已开展", "cancelled": "已取消"}

# How many came is counted, estimated (and how), or not known: never a number out of nowhere.
COUNTED: dict[str, str] = {"counted": "清点", "estimated": "估计", "unknown": "没有清点"}

# Deliveries to homes are no talks, and each of the three is counted apart from the others.
DELIVERIES: dict[str, str] = {"teach": "送教送学", "pair": "结对帮学", "post": "邮寄推送"}

ORDERERS: dict[str, str] = {
    "village": "村（社区）",
    "branch": "党支部",
    "enterprise": "企业",
    "other": "其他",
}
ORDER_STATES: dict[str, str] = {
    "new": "等待安排", "planned": "已安排", "declined": "没有安排", "withdrawn": "已撤回",
}  # fmt: skip
RATINGS: dict[int, str] = {3: "听懂了，有用", 2: "一般", 1: "没听懂或用不上"}

SLICE_MINUTES = 15  # nobody and no place is at two talks in one of these
