"""Talks: the menu and who teaches, orders, the talks themselves, and what came of them."""

from zhuoluo.outreach.talks.models.menu import (
    Lecturer,
    Lesson,
    LessonClause,
    LessonLecturer,
    Team,
    TeamMember,
)
from zhuoluo.outreach.talks.models.order import Attempt, Order, OrderCounter
from zhuoluo.outreach.talks.models.record import Delivery, Question, Rating, Suggestion
from zhuoluo.outreach.talks.models.talk import Slice, Talk, TalkLecturer

__all__ = [
    "Attempt", "Delivery", "Lecturer", "Lesson", "LessonClause", "LessonLecturer", "Order", "OrderCounter", "Question",
    "Rating", "Slice", "Suggestion", "Talk", "TalkLecturer", "Team", "TeamMember",
]  # fmt: skip
