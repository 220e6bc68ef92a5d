"""Every write of the room, one function a verb."""

from zhuoluo.outreach.talks.actions.delivering import deliver
from zhuoluo.outreach.talks.actions.importing import import_deliveries, import_talks
from zhuoluo.outreach.talks.actions.limits import TooMany
from zhuoluo.outreach.talks.actions.menu import (
    LessonContent,
    end_lecturer,
    end_lesson,
    form_team,
    list_lecturer,
    save_lesson,
)
from zhuoluo.outreach.talks.actions.noted import may_hold
from zhuoluo.outreach.talks.actions.ordering import (
    Ordered,
    Wish,
    code_of,
    decline,
    may_serve,
    order,
    unlock,
    withdraw,
)
from zhuoluo.outreach.talks.actions.planning import Plan, cancel, move, plan, publish, substitute
from zhuoluo.outreach.talks.actions.recording import answer_on_spot, hold, raise_question, rate, suggest

__all__ = [
    "LessonContent", "Ordered", "Plan", "TooMany", "Wish", "answer_on_spot", "cancel", "code_of", "decline", "deliver",
    "end_lecturer", "end_lesson", "form_team", "hold", "import_deliveries", "import_talks", "list_lecturer", "may_hold",
    "may_serve", "move",
    "order", "plan", "publish", "raise_question", "rate", "save_lesson", "substitute", "suggest", "unlock", "withdraw",
]  # fmt: skip
