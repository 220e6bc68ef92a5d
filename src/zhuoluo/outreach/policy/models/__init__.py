"""The policy library: documents, their clauses, every version of each with its days of force, proposals under review."""

from zhuoluo.outreach.policy.models.clause import Clause, ClauseText
from zhuoluo.outreach.policy.models.document import Document, Proposed

__all__ = ["Clause", "ClauseText", "Document", "Proposed"]
