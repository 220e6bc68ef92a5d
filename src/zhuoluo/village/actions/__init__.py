"""Every write of the room, one function a verb."""

from zhuoluo.village.actions.importing import import_mediators
from zhuoluo.village.actions.listing import able_posts, end_listing, list_mediator, may_list
from zhuoluo.village.actions.quarrels import begin, give, give_back, may_give, record, take

__all__ = [
    "able_posts", "begin", "end_listing", "give", "give_back", "import_mediators", "list_mediator", "may_give", "may_list",
    "record", "take",
]  # fmt: skip
