"""Tables of the room."""

from zhuoluo.research.models.classes import Dissection, Rollout, Site
from zhuoluo.research.models.finding import Finding, FindingNote, SpotCheck
from zhuoluo.research.models.report import Report, Source, Statement
from zhuoluo.research.models.topic import Met, Note, Topic, Visit

__all__ = [
    "Dissection", "Finding", "FindingNote", "Met", "Note", "Report", "Rollout", "Site", "Source", "SpotCheck", "Statement",
    "Topic", "Visit",
]  # fmt: skip
