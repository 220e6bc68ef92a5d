"""Every write on matters, one function a verb. Other rooms import from here."""

from zhuoluo.matters.actions.answer import (
    DraftConflict,
    Drafted,
    changed_since,
    draft,
    execute,
    issue,
    report_done,
    serve,
)  # fmt: skip
from zhuoluo.matters.actions.categories import set_categories
from zhuoluo.matters.actions.confirm import (
    call_back,
    certify,
    keep_answer,
    new_code,
    rate,
    reopen,
    supplement,
    uncertify,
    withdraw,
)  # fmt: skip
from zhuoluo.matters.actions.handle import (
    add_evidence,
    ask_extension,
    decide_extension,
    hand_over,
    invite,
    note,
    object_to,
    report_back,
    rule_on,
)  # fmt: skip
from zhuoluo.matters.actions.history import Answered, History, import_histories
from zhuoluo.matters.actions.joining import link, merge, unmerge
from zhuoluo.matters.actions.oversee import lift_supervision, redate, supervise
from zhuoluo.matters.actions.receive import hear
from zhuoluo.matters.actions.register import Filing, Registered, code_of, register, register_many
from zhuoluo.matters.actions.route import (
    accept,
    answer_now,
    ask_more,
    assign,
    correct,
    decline,
    forward,
    recall,
    redirect,
    reinstate,
    take,
)  # fmt: skip

__all__ = [
    "Answered", "DraftConflict", "Drafted", "Filing", "History", "Registered", "accept", "add_evidence", "answer_now", "ask_extension",
    "ask_more", "assign", "call_back", "certify", "changed_since", "code_of", "correct", "decide_extension",
    "decline", "draft", "execute", "forward", "hand_over", "hear", "import_histories", "invite", "issue", "keep_answer", "lift_supervision",
    "link", "merge", "new_code", "note", "object_to", "rate", "recall", "redate", "redirect", "register",
    "register_many", "reinstate", "reopen", "report_back", "report_done", "rule_on", "serve", "set_categories", "supervise",
    "supplement", "take", "uncertify", "unmerge", "withdraw",
]  # fmt: skip
