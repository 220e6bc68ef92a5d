"""Every read of the library. What is in force on a day is said by its clauses' versions, never by today."""

from zhuoluo.outreach.policy.reads.calculators import Calculation, Step, calculate, calculator, calculators
from zhuoluo.outreach.policy.reads.clauses import (
    ClauseView,
    FoundClause,
    citations,
    cite,
    in_force,
    of_document,
    search,
    versions,
)
from zhuoluo.outreach.policy.reads.documents import (
    DocumentPage,
    Proposal,
    document,
    documents,
    proposed,
    replacements,
)

__all__ = [
    "Calculation", "ClauseView", "DocumentPage", "FoundClause", "Proposal", "Step", "calculate", "calculator", "calculators", "citations",
    "cite", "document", "documents", "in_force", "of_document", "proposed", "replacements", "search",
    "versions",
]  # fmt: skip
