"""The words of the live room, key → Chinese."""

ROOM_STATES: dict[str, str] = {"waiting": "还没开始", "open": "正在直播", "closed": "已经结束"}
QUESTION_STATES: dict[str, str] = {
    "new": "等主持人看", "shown": "已上墙", "answered": "已答复", "merged": "并到同样的问题", "hidden": "没有上墙", "handed": "转成事项",
}  # fmt: skip
SETTLED = frozenset(
    {"answered", "merged", "hidden", "handed"}
)  # merged: as settled as what it was merged into
PUBLIC = frozenset({"shown", "answered", "handed"})
REASONS: dict[str, str] = {
    "named": "点了别人的名字或者写了别人的私事，请改写后再提",
    "accusation": "这是检举控告，不在直播间公开，请走检举控告的专门渠道",
    "offensive": "有辱骂或者不文明的话，请改写后再提",
    "not_question": "看不出要问什么，请写清楚后再提",
    "other": "其他",
}
