"""Every write of the room, one function a verb."""

from zhuoluo.duty.actions.importing import import_nights
from zhuoluo.duty.actions.log import hand_over, raise_matter, respond, visit
from zhuoluo.duty.actions.noted import may_plan, may_write
from zhuoluo.duty.actions.roster import RuleContent, cancel_night, plan_month, publish, save_rule, set_people
from zhuoluo.duty.actions.swaps import answer_swap, ask_swap

__all__ = [
    "RuleContent", "answer_swap", "ask_swap", "cancel_night", "hand_over", "import_nights", "may_plan", "may_write",
    "plan_month", "publish", "raise_matter", "respond", "save_rule", "set_people", "visit",
]  # fmt: skip
