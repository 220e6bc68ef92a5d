"""What may follow what: programmes, and applications to them."""

from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.words import APPLICATIONS, PROGRAMMES

# verb: (states it starts from, state it leads to)
PROGRAMME: dict[str, tuple[frozenset[str], str]] = {
    "change": (frozenset({"draft"}), "draft"),
    "announce": (frozenset({"draft"}), "announced"),
    "close": (frozenset({"announced"}), "closed"),
    "settle": (frozenset({"closed"}), "settled"),
}
APPLICATION: dict[str, tuple[frozenset[str], str]] = {
    "complete": (frozenset({"more"}), "received"),
    "withdraw": (frozenset({"received", "more", "checked"}), "withdrawn"),
    "ask_more": (frozenset({"received"}), "more"),
    "check": (frozenset({"received"}), "checked"),
    "refuse": (frozenset({"received", "more", "checked"}), "refused"),
    "approve": (frozenset({"checked"}), "approved"),
    "publish": (frozenset({"approved"}), "noticed"),
    "revoke": (frozenset({"noticed"}), "revoked"),
    "pay": (frozenset({"noticed", "paid"}), "paid"),
}
ENDED = frozenset({"refused", "withdrawn", "revoked", "paid"})
GIVEN = frozenset({"approved", "noticed", "paid"})  # an award stands
LIVE = frozenset(APPLICATIONS) - {"refused", "withdrawn", "revoked"}


def step(table: dict[str, tuple[frozenset[str], str]], verb: str, state: str) -> str:
    """Return the state a verb leads to. Raises Refused from a state it does not start from."""
    starts, leads = table[verb]
    if state not in starts:
        words = PROGRAMMES if table is PROGRAMME else APPLICATIONS
        raise Refused("现在的状态是“%(state)s”，不能这样办", state=words[state])
    return leads
