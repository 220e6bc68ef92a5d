"""Every write of the library, one function a verb."""

from zhuoluo.outreach.policy.actions.drafting import DocumentContent, Row, change, draft, drop, propose
from zhuoluo.outreach.policy.actions.force import amend, explain, publish, repeal, take_down

__all__ = [
    "DocumentContent", "Row", "amend", "change", "draft", "drop", "explain", "propose", "publish", "repeal", "take_down",
]  # fmt: skip
