"""The one transition table. A verb that is not listed for a stage is refused there.

Stage is where a matter lies, not how well it went: answered, executed, resolved, satisfied and final are facts of
their own (milestones) and no stage implies another of them.
"""

from enum import StrEnum

from zhuoluo.matters.rules.errors import Refused


class Stage(StrEnum):
    """Where a matter lies on its path (信访工作条例 ch. 3-4; DOMAIN S0-S6)."""

    REGISTERED = "registered"
    ROUTED = "routed"
    HANDLING = "handling"
    ANSWERED = "answered"
    SERVED = "served"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    SEALED = "sealed"  # it was an accusation: its words lie elsewhere, nobody reads it here


STAGE_WORDS: dict[str, str] = {
    "registered": "已登记",
    "routed": "已转交",
    "handling": "办理中",
    "answered": "已出具答复",
    "served": "已送达答复",
    "declined": "不予受理",
    "redirected": "已告知途径",
    "merged": "已并入",
    "withdrawn": "已撤回",
    "sealed": "已转密件",
}
ENDED = frozenset({Stage.DECLINED, Stage.REDIRECTED, Stage.MERGED, Stage.WITHDRAWN, Stage.SEALED})
LIVE = frozenset(Stage) - ENDED


class Verb(StrEnum):
    """Everything that can be done to a matter; each is one action and one entry."""

    REGISTER = "register"
    CORRECT = "correct"
    ASK_MORE = "ask_more"
    SUPPLEMENT = "supplement"
    FORWARD = "forward"
    ASSIGN = "assign"
    ACCEPT = "accept"
    ANSWER_NOW = "answer_now"
    DECLINE = "decline"
    REDIRECT = "redirect"
    REINSTATE = "reinstate"
    MERGE = "merge"
    UNMERGE = "unmerge"
    LINK = "link"
    RECALL = "recall"
    TAKE = "take"
    HAND_OVER = "hand_over"
    OBJECT = "object"
    UPHOLD = "uphold_objection"
    REJECT = "reject_objection"
    INVITE = "invite"
    REPORT_BACK = "report_back"
    ADD_EVIDENCE = "add_evidence"
    NOTE = "note"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    DRAFT = "draft"
    ISSUE = "issue"
    SERVE = "serve"
    REPORT_DONE = "report_done"
    EXECUTE = "execute"
    CALL_BACK = "call_back"
    RATE = "rate"
    DISPUTE = "dispute"
    KEEP_ANSWER = "keep_answer"
    REOPEN = "reopen"
    CERTIFY = "certify"
    UNCERTIFY = "uncertify"
    WITHDRAW = "withdraw"
    SUPERVISE = "supervise"
    LIFT = "lift_supervision"
    REDATE = "redate"
    NEW_CODE = "new_code"
    HEAR = "hear"
    ASK_DESIGNATION = "ask_designation"
    DESIGNATE = "designate"
    SIMPLIFY = "simplify"
    ORDINARY = "to_ordinary"
    PARTLY = "partly_done"
    PLAN_HEARING = "plan_hearing"
    CLOSE_HEARING = "close_hearing"
    CANCEL_HEARING = "cancel_hearing"
    MEDIATE = "mediate"
    SETTLE = "settle"
    PERFORM = "perform"
    VOID_SETTLEMENT = "void_settlement"
    REQUEST_REVIEW = "request_review"
    ADMIT_REVIEW = "admit_review"
    REFUSE_REVIEW = "refuse_review"
    WITHDRAW_REVIEW = "withdraw_review"
    DECIDE_REVIEW = "decide_review"
    ANNUL = "annul"
    SERVE_REVIEW = "serve_review"
    FINALIZE = "finalize"
    HELP = "help"
    SUCCEED = "succeed"
    RECUSE = "recuse"
    TAKE_CASE = "take_case"
    VISIT_CASE = "visit_case"
    END_CASE = "end_case"
    JOINT_TASK = "joint_task"
    JOINT_DONE = "joint_done"
    SEAL = "seal"
    ANSWER_SUPERVISION = "answer_supervision"
    CORRECT_CONTACT = "correct_contact"
    OWE = "owe"
    RESPOND = "respond"
    MEDIATED = "mediated"


_S = Stage


def _same(*stages: Stage) -> dict[Stage, Stage]:
    return {stage: stage for stage in stages}


_OPEN = (_S.REGISTERED, _S.ROUTED, _S.HANDLING)
_ALL = tuple(stage for stage in Stage if stage is not _S.SEALED)

TRANSITIONS: dict[Verb, dict[Stage, Stage]] = {
    Verb.CORRECT: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.ASK_MORE: _same(*_OPEN),
    Verb.SUPPLEMENT: _same(*_OPEN, _S.ANSWERED, _S.SERVED, _S.DECLINED, _S.REDIRECTED),
    Verb.FORWARD: {_S.REGISTERED: _S.ROUTED},
    Verb.ASSIGN: {_S.REGISTERED: _S.ROUTED},
    Verb.ACCEPT: {_S.REGISTERED: _S.HANDLING},
    Verb.ANSWER_NOW: {_S.REGISTERED: _S.SERVED},
    Verb.DECLINE: {_S.REGISTERED: _S.DECLINED, _S.ROUTED: _S.DECLINED},
    Verb.REDIRECT: {_S.REGISTERED: _S.REDIRECTED, _S.ROUTED: _S.REDIRECTED},
    Verb.REINSTATE: {_S.DECLINED: _S.REGISTERED, _S.REDIRECTED: _S.REGISTERED},
    Verb.MERGE: dict.fromkeys(_OPEN, _S.MERGED),
    Verb.UNMERGE: {_S.MERGED: _S.REGISTERED},
    Verb.LINK: _same(*_ALL),
    Verb.RECALL: {_S.ROUTED: _S.REGISTERED},
    Verb.TAKE: {_S.ROUTED: _S.HANDLING},
    Verb.HAND_OVER: _same(_S.ROUTED, _S.HANDLING, _S.ANSWERED),
    Verb.OBJECT: _same(_S.ROUTED),
    Verb.UPHOLD: {_S.ROUTED: _S.REGISTERED},
    Verb.REJECT: _same(_S.ROUTED),
    Verb.INVITE: _same(_S.HANDLING),
    Verb.REPORT_BACK: _same(_S.HANDLING, _S.ANSWERED, _S.SERVED),
    Verb.ADD_EVIDENCE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.NOTE: _same(*_ALL),
    Verb.ASK_EXTENSION: _same(_S.HANDLING),
    Verb.GRANT_EXTENSION: _same(_S.HANDLING),
    Verb.REFUSE_EXTENSION: _same(_S.HANDLING),
    Verb.DRAFT: _same(_S.HANDLING),
    Verb.ISSUE: {_S.HANDLING: _S.ANSWERED},
    Verb.SERVE: {_S.ANSWERED: _S.SERVED},
    Verb.REPORT_DONE: _same(_S.ANSWERED, _S.SERVED),
    Verb.EXECUTE: _same(_S.SERVED),
    Verb.CALL_BACK: _same(_S.SERVED),
    Verb.RATE: _same(_S.SERVED),
    Verb.DISPUTE: _same(_S.SERVED),
    Verb.KEEP_ANSWER: _same(_S.SERVED),
    Verb.REOPEN: {_S.SERVED: _S.HANDLING},
    Verb.CERTIFY: _same(_S.SERVED),
    Verb.UNCERTIFY: _same(_S.SERVED),
    Verb.WITHDRAW: dict.fromkeys((*_OPEN, _S.ANSWERED), _S.WITHDRAWN),
    Verb.SUPERVISE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.LIFT: _same(*_ALL),
    Verb.REDATE: _same(*_ALL),
    Verb.NEW_CODE: _same(*_ALL),
    Verb.HEAR: _same(*_ALL),
    Verb.ASK_DESIGNATION: _same(_S.REGISTERED, _S.ROUTED),
    Verb.DESIGNATE: {_S.REGISTERED: _S.ROUTED, _S.ROUTED: _S.ROUTED},
    Verb.SIMPLIFY: _same(_S.HANDLING),
    Verb.ORDINARY: _same(_S.HANDLING),
    Verb.PARTLY: _same(_S.HANDLING, _S.SERVED),
    Verb.PLAN_HEARING: _same(_S.HANDLING, _S.SERVED),
    Verb.CLOSE_HEARING: _same(_S.HANDLING, _S.SERVED),
    Verb.CANCEL_HEARING: _same(_S.HANDLING, _S.ANSWERED, _S.SERVED),
    Verb.MEDIATE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.SETTLE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.PERFORM: _same(*_ALL),
    Verb.VOID_SETTLEMENT: _same(*_ALL),
    Verb.REQUEST_REVIEW: _same(_S.SERVED),
    Verb.ADMIT_REVIEW: _same(_S.SERVED),
    Verb.REFUSE_REVIEW: _same(_S.SERVED),
    Verb.WITHDRAW_REVIEW: _same(_S.SERVED),
    Verb.DECIDE_REVIEW: _same(_S.SERVED),
    Verb.ANNUL: {_S.SERVED: _S.HANDLING},
    Verb.SERVE_REVIEW: _same(_S.HANDLING, _S.ANSWERED, _S.SERVED),
    Verb.FINALIZE: _same(_S.SERVED),
    Verb.HELP: _same(*_ALL),
    Verb.SUCCEED: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.RECUSE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.TAKE_CASE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.VISIT_CASE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.END_CASE: _same(*_ALL),
    Verb.JOINT_TASK: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.JOINT_DONE: _same(*_ALL),
    Verb.SEAL: {stage: _S.SEALED for stage in _ALL if stage is not _S.MERGED},
    Verb.ANSWER_SUPERVISION: _same(*_ALL),
    Verb.CORRECT_CONTACT: _same(*_ALL),
    Verb.OWE: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
    Verb.RESPOND: _same(*_ALL),
    Verb.MEDIATED: _same(*_OPEN, _S.ANSWERED, _S.SERVED),
}

# Whoever did one of these handled the matter and may not record the raiser's word or certify it (DOMAIN S8).
HANDLED = frozenset({
    Verb.TAKE, Verb.ACCEPT, Verb.ANSWER_NOW, Verb.DRAFT, Verb.ISSUE, Verb.SERVE, Verb.ADD_EVIDENCE, Verb.EXECUTE,
    Verb.REPORT_BACK, Verb.GRANT_EXTENSION, Verb.ASK_EXTENSION, Verb.REPORT_DONE, Verb.SIMPLIFY, Verb.PARTLY,
    Verb.MEDIATE, Verb.SETTLE, Verb.PERFORM, Verb.VOID_SETTLEMENT, Verb.TAKE_CASE, Verb.VISIT_CASE, Verb.JOINT_DONE,
    Verb.RESPOND, Verb.MEDIATED,
})  # fmt: skip


def allowed(verb: Verb, stage: str) -> bool:
    """Say whether the table lists the verb for the stage."""
    return Stage(stage) in TRANSITIONS.get(verb, {})


def after(verb: Verb, stage: str) -> Stage | None:
    """Return the stage the verb leads to, or None where it is refused."""
    return TRANSITIONS.get(verb, {}).get(Stage(stage))


# The articles behind the acts of the law, named when one of them is refused. 条 = 信访工作条例.
ARTICLES: dict[Verb, str] = {
    Verb.FORWARD: "第22条", Verb.ASSIGN: "第22条", Verb.REPORT_DONE: "第22条", Verb.ACCEPT: "第23条", Verb.TAKE: "第23条",
    Verb.RECALL: "第23条", Verb.OBJECT: "第23条", Verb.UPHOLD: "第23条", Verb.REJECT: "第23条", Verb.REDIRECT: "第23条、第31条",
    Verb.DECLINE: "第19条、第36条", Verb.ASK_DESIGNATION: "第24条", Verb.DESIGNATE: "第24条", Verb.SUCCEED: "第24条",
    Verb.RECUSE: "第28条", Verb.ANSWER_NOW: "第29条、第32条", Verb.DRAFT: "第32条", Verb.ISSUE: "第32条", Verb.SERVE: "第32条、第35条",
    Verb.EXECUTE: "第32条、第40条", Verb.MEDIATE: "第33条", Verb.SETTLE: "第33条", Verb.ANSWER_SUPERVISION: "第40条",
    Verb.ASK_EXTENSION: "第34条",
    Verb.GRANT_EXTENSION: "第34条", Verb.REFUSE_EXTENSION: "第34条", Verb.PLAN_HEARING: "第31条、第36条",
    Verb.CLOSE_HEARING: "第31条、第36条", Verb.CANCEL_HEARING: "第31条、第36条", Verb.REQUEST_REVIEW: "第35条、第36条",
    Verb.ADMIT_REVIEW: "第35条、第36条", Verb.REFUSE_REVIEW: "第35条、第36条", Verb.WITHDRAW_REVIEW: "第35条、第36条",
    Verb.DECIDE_REVIEW: "第35条、第36条", Verb.ANNUL: "第35条、第36条", Verb.SERVE_REVIEW: "第35条、第36条",
    Verb.FINALIZE: "第36条、第37条", Verb.SUPERVISE: "第40条", Verb.SIMPLIFY: "第31条", Verb.ORDINARY: "第34条",
    Verb.SEAL: "第22条、第30条",
}  # fmt: skip


def against(verb: Verb, stage: str) -> Refused:
    """Return the refusal of a verb that the transition table does not list for the stage, with the article if it has
    one."""
    article = ARTICLES.get(verb)
    if article is None:
        return Refused("事项“%(stage)s”，不能这样办理", stage=STAGE_WORDS[stage])
    return Refused(
        "事项“%(stage)s”，不能这样办理（信访工作条例%(article)s）", stage=STAGE_WORDS[stage], article=article
    )
