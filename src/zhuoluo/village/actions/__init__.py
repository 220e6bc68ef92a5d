"""Every write of the room, one function a verb."""

from zhuoluo.village.actions.listing import end_listing, list_mediator, may_list
from zhuoluo.village.actions.quarrels import begin, give, give_back, may_give, record, take

__all__ = [
    "begin", "end_listing", "give", "give_back", "list_mediator", "may_give", "may_list", "record", "take",
]  # fmt: skip
