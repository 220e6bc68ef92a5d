"""Every write of the library, one function a verb."""

from zhuoluo.outreach.policy.actions.drafting import DocumentContent, Row, change, draft, drop, propose
from zhuoluo.outreach.policy.actions.force import amend, explain, publish, repeal, take_down
from zhuoluo.outreach.policy.actions.reviewing import (
    add_clause,
    cut,
    drop_clause,
    edit,
    join,
    look_over,
    review,
)
from zhuoluo.outreach.policy.actions.taking import Upload, take_in

__all__ = [
    "DocumentContent", "Row", "Upload", "add_clause", "amend", "change", "cut", "draft", "drop", "drop_clause", "edit", "explain",
    "join", "look_over", "propose", "publish", "repeal", "review", "take_down", "take_in",
]  # fmt: skip
