"""The columns of a problem list (问题清单), and when a matter is closed out (销号).

A close-out is nobody's flag. It is derived: evidence of the unit, an answer that was served, the raiser's own word that it
is solved, and the certification by a second person (DOMAIN 4: 企业反馈、负责人签字、县领导复核).
"""

from collections.abc import Collection

# In the order of the work.
STANDINGS: dict[str, str] = {
    "new": "新增", "moving": "推进中", "stage": "阶段办结", "closed": "已销号", "ended": "不再办理",
}  # fmt: skip
OPEN_STANDINGS = ("new", "moving", "stage")
MOVING = frozenset({"accepted", "answered", "served"})
CERTIFIED = frozenset({"served", "resolved"})


def column_of(facts: Collection[str], *, ended: bool, shown: bool, said: bool) -> str:
    """Return the column of a matter. `facts`: its milestones that hold; `shown`: evidence; `said`: its raiser says solved.

    `ended`: its path ended without handling it (states.ENDED).
    """
    if ended:
        return "ended"
    if shown and said and CERTIFIED.issubset(facts):
        return "closed"
    if "partly" in facts:
        return "stage"
    return "new" if MOVING.isdisjoint(facts) else "moving"
