"""The rights on the law's path beside and after the answer: reviews, hearings, designation, pace, finality, recusal."""

from django.utils.translation import gettext as _

from zhuoluo.matters.models import Review
from zhuoluo.matters.reads.met import Case, Condition, Right, apart, lead
from zhuoluo.matters.rules import excludes_hearing
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.rules import Permission


def under_review(case: Case) -> str | None:
    """Refuse what would overtake a review under way (信访工作条例 arts. 35, 36)."""
    return (
        _("复查、复核正在办理，请等意见作出（信访工作条例第35条、第36条）") if case.page.open_review else None
    )


def undesignated(case: Case) -> str | None:
    """Refuse what a designation by the common superior has settled or will settle (art. 24)."""
    if case.page.open_designation is not None:
        return _("已经请上级指定承办单位，等待决定（信访工作条例第24条）")
    return None


def not_designated(case: Case) -> str | None:
    """Refuse to send back what the common superior assigned (art. 24)."""
    if any(d.decided_at for d in case.page.designations):
        return _("上级已经指定承办单位，不能再退回（信访工作条例第24条）")
    return None


# --- reviews ---


def _askable(case: Case) -> str | None:
    if case.page.current_answer is None:
        return _("还没有答复，没有可以复查的意见书（信访工作条例第35条）")
    way = case.way
    if way is None:
        return _("只有信访处理意见书可以申请复查、复核（信访工作条例第31条、第35条）")
    if way.standing.open:
        return _("已经有一份复查、复核申请正在办理（信访工作条例第35条、第36条）")
    if way.standing.level > 2:
        return _(
            "已经作出复核意见，以同一事实和理由再提出的，不再受理（信访工作条例第36条）；有新的事实，请另行登记"
        )
    if way.until is None:
        return _("意见书还没有送达，送达之日起才可以申请（信访工作条例第35条、第36条）")
    return None


def _reviews(case: Case) -> str | None:
    row = case.page.open_review
    if row is None:
        return _("没有正在办理的复查、复核申请")
    return None if row.unit_id in case.actor.units else _("由复查复核机构办理")


def _asked(case: Case) -> str | None:
    row = case.page.open_review
    return _("已经受理") if row is not None and row.admitted_at is not None else None


def _admitted(case: Case) -> str | None:
    row = case.page.open_review
    if row is not None and row.admitted_at is None:
        return _("请先受理申请")
    return _("听证还没有结束") if case.page.open_hearing else None


def _open(case: Case) -> str | None:
    return None if case.page.open_review else _("没有正在办理的复查、复核申请")


def unserved(case: Case) -> Review | None:
    """Return the review opinion that waits to be served."""
    return next((r for r in case.page.reviews if r.decided_at and not r.served_at), None)


def _servable(case: Case) -> str | None:
    row = unserved(case)
    if row is None:
        return _("没有等待送达的复查、复核意见")
    return None if row.unit_id in case.actor.units else _("由复查复核机构办理")


# --- hearings ---


def hearing_stops_clock(case: Case) -> bool:
    """Say whether a hearing called now would let the review's time stand still: only in a second one (art. 36)."""
    row = case.page.open_review
    return row is not None and excludes_hearing(row.level)


def _hearable(case: Case) -> str | None:
    if case.page.open_hearing is not None:
        return _("已经有一次听证还没有结束")
    review = case.page.open_review
    if review is not None and review.admitted_at is not None:
        if review.unit_id in case.actor.units:
            return None
        return _("复查、复核期间，由复查复核机构决定听证（信访工作条例第36条）")
    if case.matter.stage != Stage.HANDLING:
        return _("只有办理中或者复查复核中的事项可以听证（信访工作条例第31条、第36条）")
    return lead(case)


def _hears(case: Case) -> str | None:
    row = case.page.open_hearing
    if row is None:
        return _("没有还没结束的听证")
    return None if row.unit_id in case.actor.units else _("由决定听证的单位办理")


# --- designation, recusal ---


def _disputed(case: Case) -> str | None:
    if undesignated(case) is not None:
        return _("已经请上级指定，等待决定")
    last = case.page.objections[-1] if case.page.objections else None
    if last is None or last.ruled_at is None:
        return _("先提出异议、由转出单位裁定；仍有争议的，再请共同的上级指定（信访工作条例第24条）")
    return None


def _superior(case: Case) -> str | None:
    row = case.page.open_designation
    if row is None:
        return _("没有等待指定的争议")
    if row.superior_id not in case.actor.units:
        return _("由共同的上级机关指定（信访工作条例第24条）")
    return _("退回异议还没有裁定") if case.objection else None


# --- pace, finality ---


def _simplifiable(case: Case) -> str | None:
    answer = case.owed("answer")
    if case.matter.simple:
        return _("已经适用简易办理")
    if answer is None:
        return _("没有正在计算的答复期限")
    return (
        _("已经延期或者申请延期，不能再改变办理程序（信访工作条例第34条）")
        if answer.extension or case.extension
        else None
    )


def _simple(case: Case) -> str | None:
    return None if case.matter.simple else _("没有适用简易办理")


def final_grounds(case: Case) -> list[str]:
    """Return the grounds on which the matter can be called final now (arts. 35-37)."""
    way = case.way
    found = []
    if way is not None and way.standing.level > 2:
        found.append("second_review")
    if way is not None and way.until is not None and case.now >= way.until.legal:
        found.append("lapsed")
    if case.page.reached("performed"):
        found.append("performed")
    return found


def _finishable(case: Case) -> str | None:
    if case.matter.klass != "claim":
        return _("只有申诉求决事项有终结（信访工作条例第35条至第37条）")
    if case.page.reached("final"):
        return _("已经终结")
    if against := under_review(case):
        return against
    return None if final_grounds(case) else _("申请复查、复核的期限还没有届满（信访工作条例第35条、第36条）")


_P, _V = Permission, Verb
_REVIEWER: tuple[Condition, ...] = (_reviews, apart(_V.CALL_BACK, _V.CERTIFY))
PATH_RIGHTS: dict[str, Right] = {
    "admit_review": Right((_V.ADMIT_REVIEW,), (_P.REVIEW,), conditions=(*_REVIEWER, _asked)),
    "decide_review": Right((_V.DECIDE_REVIEW, _V.ANNUL), (_P.REVIEW,), conditions=(*_REVIEWER, _admitted)),
    "serve_review": Right((_V.SERVE_REVIEW,), (_P.REVIEW,), conditions=(_servable,)),
    "refuse_review": Right((_V.REFUSE_REVIEW,), (_P.REVIEW,), conditions=(*_REVIEWER, _asked)),
    "designate": Right((_V.DESIGNATE,), (_P.RULE, _P.SUPERVISE), conditions=(_superior,)),
    "close_hearing": Right((_V.CLOSE_HEARING,), (_P.REVIEW, _P.HANDLE), conditions=(_hears,)),
    "cancel_hearing": Right((_V.CANCEL_HEARING,), (_P.REVIEW, _P.HANDLE), conditions=(_hears,)),
    "plan_hearing": Right((_V.PLAN_HEARING,), (_P.REVIEW, _P.HANDLE), conditions=(_hearable,)),
    "partly_done": Right((_V.PARTLY,), (_P.HANDLE,), conditions=(lead,)),
    "simplify": Right((_V.SIMPLIFY,), (_P.HANDLE,), conditions=(lead, _simplifiable)),
    "to_ordinary": Right((_V.ORDINARY,), (_P.HANDLE,), conditions=(lead, _simple)),
    "ask_designation": Right((_V.ASK_DESIGNATION,), (_P.TRIAGE, _P.HANDLE), conditions=(_disputed,)),
    "request_review": Right((_V.REQUEST_REVIEW,), (_P.REGISTER,), conditions=(_askable,)),
    "withdraw_review": Right((_V.WITHDRAW_REVIEW,), (_P.REGISTER,), conditions=(_open,)),
    "finalize": Right((_V.FINALIZE,), (_P.SUPERVISE, _P.RULE), "any", (_finishable,)),
    "help": Right((_V.HELP,), (_P.REGISTER,), "readers"),
    "recuse": Right((_V.RECUSE,), (_P.ISSUE, _P.RULE, _P.SUPERVISE, _P.READ_UNIT), "readers"),
}  # fmt: skip
PATH_FULFILS = {
    "admit": ("admit_review", "refuse_review"), "review": ("close_hearing", "decide_review", "admit_review"),
    "review_serve": ("serve_review",), "designate": ("designate",), "next": ("partly_done",),
}  # fmt: skip
