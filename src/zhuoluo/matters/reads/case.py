"""A matter as one member of staff meets it: what they may do now, and why not the rest.

The rights and conditions repeat what the actions refuse, so that no button leads to a refusal; the actions decide.
"""

from django.utils.translation import gettext as _

from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.reads.beside import PATH_FULFILS, PATH_RIGHTS, not_designated, under_review, undesignated
from zhuoluo.matters.reads.met import Case, Right, apart, case, lead, owes
from zhuoluo.matters.reads.settled import SETTLED_FULFILS, SETTLED_RIGHTS
from zhuoluo.matters.states import Verb, against, allowed
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Permission, may

__all__ = ["RIGHTS", "Case", "Right", "case", "likely", "offered", "permitted", "why_not"]


def why_not(case: Case, name: str) -> str | None:
    """Return why the reader cannot do the act now, as a sentence, or None when they can."""
    right = RIGHTS[name]
    if not any(allowed(verb, case.matter.stage) for verb in right.verbs):
        return spoken(against(right.verbs[0], case.matter.stage))
    if not _may(case, right):
        return _("您的岗位不能对这件事项这样办理")
    if any(r.person_id == case.actor.id for r in case.page.recusals):
        return _("您已回避，不能再办理这件事项（信访工作条例第28条）")
    return next((objection for condition in right.conditions if (objection := condition(case))), None)


def permitted(case: Case, name: str) -> bool:
    """Say whether the reader's posts let them do the act on this matter at all, whatever state it is in."""
    return _may(case, RIGHTS[name])


def offered(case: Case) -> list[str]:
    """Return the names of the acts open to the reader now, in the order of the table."""
    return [name for name in RIGHTS if why_not(case, name) is None]


def _may(case: Case, right: Right) -> bool:
    actor = case.actor
    permission = next((p for p in right.permissions if actor.can(p)), None)
    if permission is None:
        return False
    anywhere = right.reach == "any" or (right.reach == "readers" and actor.can(Permission.READ_ALL))
    return may(actor, permission, units=None if anywhere else case.units)


# --- conditions ---


def _calm(case: Case) -> str | None:
    return _("退回异议还没有裁定") if case.objection else None


def _ours(case: Case) -> str | None:
    if case.matter.klass == "litigation":
        return _("涉法涉诉事项请告知途径，移送有权机关（信访工作条例第22条）")
    return None


def _simple(case: Case) -> str | None:
    if case.matter.klass in {"inquiry", "suggestion"}:
        return None
    return _("只有咨询求助、建议意见可以当场答复；申诉求决要出具处理意见书（信访工作条例第32条）")


def _sender(case: Case) -> str | None:
    return None if case.matter.sender_id in case.actor.units else _("只有转出单位可以这样办理")


def _in_window(case: Case) -> str | None:
    accept, window = case.owed("accept"), case.window()
    if accept is None or window is None or any(o.commitment_id == accept.id for o in case.page.objections):
        return _("对这次转交已经提出过异议")
    if not window.in_time(case.now):
        return _("提出异议应在收到之日起 5 个工作日内（信访工作条例第23条），期限已过，请依法受理")
    return None


def _objected(case: Case) -> str | None:
    return None if case.objection else _("没有等待裁定的异议")


def _helps(case: Case) -> str | None:
    mine = (p for p in case.page.open if p.row.kind == "cohandle" and p.row.unit_id in case.actor.units)
    return None if any(mine) else _("您的单位没有待反馈的协办事项")


def _extendable(case: Case) -> str | None:
    answer = case.owed("answer")
    if answer is None:
        return _("没有正在计算的答复期限")
    if case.extension:
        return _("已有一份延期申请等待审批")
    if case.matter.simple:
        return _("简易办理不能延期，办不完的请转为普通程序（国信办发〔2022〕17号）")
    if answer.extension:
        return _("只能延期一次（信访工作条例第34条）")
    return _("办理期限已经届满，不能再延期（信访工作条例第34条）") if case.now >= answer.due else None


def _asked_extension(case: Case) -> str | None:
    return None if case.extension else _("没有等待审批的延期申请")


def _drafted(case: Case) -> str | None:
    return None if case.page.draft else _("还没有起草答复")


def _not_denied(case: Case) -> str | None:
    word = case.page.word
    if word is not None and word.solved == "no":
        return _("诉求人表示没有解决，请先复核，不能认定化解")
    return _("已经认定化解") if case.page.reached("resolved") else None


def _resolved(case: Case) -> str | None:
    return None if case.page.reached("resolved") else _("还没有认定化解")


_P, _V = Permission, Verb
_OVERSEER = (_P.CERTIFY, _P.SUPERVISE, _P.RULE)
RIGHTS: dict[str, Right] = {
    "rule": Right((_V.UPHOLD, _V.REJECT), (_P.RULE, _P.TRIAGE), conditions=(_objected, _sender)),
    "decide_extension": Right(
        (_V.GRANT_EXTENSION, _V.REFUSE_EXTENSION), (_P.ISSUE,), conditions=(lead, _asked_extension)
    ),
    "accept": Right((_V.ACCEPT,), (_P.TRIAGE,), conditions=(_ours,)),
    "take": Right((_V.TAKE,), (_P.HANDLE,), conditions=(lead, _calm, undesignated, _ours)),
    "forward": Right((_V.FORWARD,), (_P.TRIAGE,)),
    "assign": Right((_V.ASSIGN,), (_P.TRIAGE,)),
    "answer_now": Right((_V.ANSWER_NOW,), (_P.TRIAGE,), conditions=(_simple,)),
    "object": Right((_V.OBJECT,), (_P.HANDLE,), conditions=(lead, not_designated, _in_window)),
    "issue": Right((_V.ISSUE,), (_P.ISSUE,), conditions=(lead, _drafted)),
    "draft": Right((_V.DRAFT,), (_P.HANDLE,), conditions=(lead,)),
    "serve": Right((_V.SERVE,), (_P.HANDLE,), conditions=(lead,)),
    "execute": Right(
        (_V.EXECUTE,), (_P.HANDLE,), conditions=(lead, owes("execute", lambda: _("没有待落实的事项")))
    ),
    "report_back": Right((_V.REPORT_BACK,), (_P.HANDLE,), conditions=(_helps,)),
    "report_done": Right(
        (_V.REPORT_DONE,), (_P.HANDLE,), conditions=(lead, owes("report", lambda: _("这件事项没有要求报送办结报告"))),
    ),
    "call_back": Right((_V.CALL_BACK,), (_P.CALL_BACK,), "any", (apart(),)),
    "reopen": Right((_V.REOPEN,), _OVERSEER, "any", (apart(), under_review)),
    "keep_answer": Right(
        (_V.KEEP_ANSWER,), _OVERSEER, "any", (owes("recheck", lambda: _("没有待复核的不满意意见")), apart())
    ),
    "certify": Right((_V.CERTIFY,), (_P.CERTIFY,), "any", (_not_denied, apart(_V.CALL_BACK), under_review)),
    "hand_over": Right((_V.HAND_OVER,), (_P.HANDLE,), conditions=(lead,)),
    "ask_extension": Right((_V.ASK_EXTENSION,), (_P.HANDLE,), conditions=(lead, _extendable)),
    "redirect": Right((_V.REDIRECT,), (_P.TRIAGE,)),
    "recall": Right((_V.RECALL,), (_P.TRIAGE,), conditions=(_sender, _calm)),
    "add_evidence": Right((_V.ADD_EVIDENCE,), (_P.HANDLE, _P.CALL_BACK, _P.REGISTER), "readers"),
    "ask_more": Right((_V.ASK_MORE,), (_P.REGISTER,)),
    "merge": Right((_V.MERGE,), (_P.TRIAGE,)),
    "invite": Right((_V.INVITE,), (_P.HANDLE,), conditions=(lead,)),
    "supplement": Right((_V.SUPPLEMENT,), (_P.REGISTER,)),
    "decline": Right((_V.DECLINE,), (_P.TRIAGE,)),
    "reinstate": Right((_V.REINSTATE,), (_P.TRIAGE,)),
    "unmerge": Right((_V.UNMERGE,), (_P.TRIAGE,)),
    "supervise": Right((_V.SUPERVISE,), (_P.SUPERVISE,), "any"),
    "lift": Right(
        (_V.LIFT,), (_P.SUPERVISE,), "any", (owes("supervise", lambda: _("这件事项没有在督办")),)
    ),
    "uncertify": Right((_V.UNCERTIFY,), _OVERSEER, "any", (_resolved,)),
    "note": Right((_V.NOTE,), (_P.REGISTER,), "readers"),
    "link": Right((_V.LINK,), (_P.REGISTER,)),
    "correct": Right((_V.CORRECT,), (_P.TRIAGE,)),
    "new_code": Right((_V.NEW_CODE,), (_P.REGISTER,), "readers", (apart(),)),
    **PATH_RIGHTS,
    **SETTLED_RIGHTS,
}  # fmt: skip


def likely(case: Case, names: list[str]) -> str | None:
    """Return the act that fulfils what the reader owes soonest, if one of `names` does."""
    if "decide_extension" in names:
        return "decide_extension"
    for promise in case.page.open:
        if promise.row.unit_id in case.actor.units:
            for name in _fulfils(case, promise.row.kind):
                if name in names:
                    return name
    return None


def _fulfils(case: Case, kind: str) -> tuple[str, ...]:
    if kind == "route":
        if _ours(case):
            return ("redirect", "forward")
        own = units().get(case.actor.unit_id) if case.actor.unit_id else None
        return ("forward", "accept") if own is not None and own.kind == "office" else ("accept", "forward")
    if kind == "answer":
        return ("issue", "draft") if case.page.draft is not None else ("draft",)
    return _FULFIL.get(kind, ())


_FULFIL = {
    "accept": ("take",), "rule": ("rule",), "serve": ("serve",), "execute": ("execute",), "report": ("report_done",),
    "callback": ("call_back",), "recheck": ("reopen", "keep_answer"), "cohandle": ("report_back",),
    **PATH_FULFILS,
    **SETTLED_FULFILS,
}  # fmt: skip
