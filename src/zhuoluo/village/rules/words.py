"""Words of the room. Pure data."""

STATES: dict[str, str] = {"given": "等他接", "taken": "正在调解", "returned": "退回了", "done": "调解结束"}
