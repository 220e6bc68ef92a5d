"""Every read of the room. Topics show to their own people and to who reads all; problems to whoever may read the matter."""

from zhuoluo.research.reads.board import Board, board
from zhuoluo.research.reads.classes import (
    ClassFile,
    ClassLine,
    class_file,
    classes,
    likely,
    rollout,
    site_photo,
)
from zhuoluo.research.reads.document import report_docx
from zhuoluo.research.reads.problems import (
    FindingFile,
    FindingLine,
    Sought,
    Week,
    by_external_id,
    by_standing,
    finding,
    finding_file,
    open_of_chain,
    problems,
    week,
    whole_problems,
)
from zhuoluo.research.reads.report import Paragraph, report
from zhuoluo.research.reads.topics import (
    TopicFile,
    TopicLine,
    VisitFile,
    met_person,
    notes_of,
    topic,
    topic_file,
    topics,
    visit,
    visit_file,
)
from zhuoluo.research.rules.errors import NotFound

__all__ = [
    "Board", "ClassFile", "ClassLine", "FindingFile", "FindingLine", "NotFound", "Paragraph", "Sought", "TopicFile",
    "TopicLine", "VisitFile", "Week", "board", "by_external_id", "by_standing", "class_file", "classes", "finding",
    "finding_file", "likely", "met_person", "notes_of", "open_of_chain", "problems", "report", "report_docx",
    "rollout", "site_photo", "topic", "topic_file", "topics", "visit", "visit_file", "week", "whole_problems",
]  # fmt: skip
