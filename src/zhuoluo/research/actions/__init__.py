"""Every write of the room, one function a verb."""

from zhuoluo.research.actions.checking import spot_check
from zhuoluo.research.actions.classes import dissect, gather, open_site, roll_out
from zhuoluo.research.actions.findings import FindingContent, raise_finding, reword
from zhuoluo.research.actions.importing import import_findings
from zhuoluo.research.actions.noted import may_work
from zhuoluo.research.actions.reports import drop_statement, state
from zhuoluo.research.actions.topics import TopicContent, add_note, close_topic, record_visit, save_topic

__all__ = [
    "FindingContent", "TopicContent", "add_note", "close_topic", "dissect", "drop_statement", "gather", "import_findings",
    "may_work", "open_site", "raise_finding", "record_visit", "reword", "roll_out", "save_topic", "spot_check", "state",
]  # fmt: skip
