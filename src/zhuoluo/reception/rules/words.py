"""The words of the room: forms of reception, states of a day, decisions of a leader. Codes in the tables, words here."""

FORMS: dict[str, str] = {
    "fixed": "定点接访", "appointed": "重点约访", "going_down": "带案下访", "joint": "联合接访",
}  # fmt: skip
STATES: dict[str, str] = {"planned": "未公布", "published": "已公布", "held": "已结束", "cancelled": "已取消"}
WHO: dict[str, str] = {"people": "指定的领导", "turn": "领导轮流", "principal": "主要领导"}
WEEKDAYS: dict[str, str] = {
    "1": "周一", "2": "周二", "3": "周三", "4": "周四", "5": "周五", "6": "周六", "7": "周日",
}  # fmt: skip
BOOKINGS: dict[str, str] = {"booked": "已约", "arrived": "已到", "cancelled": "已取消"}
DECISIONS: dict[str, str] = {
    "answered": "当场答复", "assigned": "限期交办", "joint": "开联席会", "mediated": "当场调解",
}  # fmt: skip
MOST_REPRESENTATIVES = 5
REPRESENTATIVES = "多人走访应当推选代表，代表不超过 5 人（信访工作条例第20条）；其他人记人数就行"
