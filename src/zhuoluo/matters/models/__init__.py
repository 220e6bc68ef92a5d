"""Matters, the commitments on them, and the facts with their times. Names of residents are not here (residents)."""

from zhuoluo.matters.models.duties import Commitment, Milestone
from zhuoluo.matters.models.matter import About, Category, DayCounter, Link, Matter, Party, Receipt
from zhuoluo.matters.models.review import Review
from zhuoluo.matters.models.settlement import Obligation, Settlement
from zhuoluo.matters.models.steps import Designation, Extension, Hearing, Objection, Recusal
from zhuoluo.matters.models.words import Answer, Attachment, Text, Word, evidence

__all__ = [
    "About",
    "Answer",
    "Attachment",
    "Category",
    "Commitment",
    "DayCounter",
    "Designation",
    "Extension",
    "Hearing",
    "Link",
    "Matter",
    "Milestone",
    "Objection",
    "Obligation",
    "Party",
    "Receipt",
    "Recusal",
    "Review",
    "Settlement",
    "Text",
    "Word",
    "evidence",
]
