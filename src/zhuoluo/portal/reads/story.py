"""The story of a matter as its raiser reads it: one plain sentence an entry, units but never names of staff."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhuoluo.matters.reads import Told
from zhuoluo.matters.rules import REVIEW_LEVELS
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import SHANGHAI


@dataclass(frozen=True)
class Line:
    """One line of the story."""

    at: datetime
    sentence: str
    actor: str
    body: str
    icon: str
    tone: str
    public: bool = True


def line(told: Told) -> Line:
    """Return an entry in words."""
    sentence, icon, tone = _told()[Verb(told.verb)]
    values = {
        "unit": told.payload.get("unit_name") or told.unit,
        "days": told.payload.get("days", ""),
        "number": told.payload.get("into_number", ""),
        "level": _(REVIEW_LEVELS[told.payload.get("level", 1)]),
        "planned": _moment(told.payload.get("planned", "")),
    }
    if told.verb == Verb.CALL_BACK and not told.payload.get("contact"):
        sentence = _("回访没有联系上您")
    mine = told.actor_kind == "resident"
    return Line(
        at=told.at,
        sentence=sentence % values,
        actor=_("您") if mine else told.unit,
        body="\n".join(text.body for text in told.texts),
        icon=icon,
        tone=tone,
    )


def _moment(at: str) -> str:
    return date_format(datetime.fromisoformat(at).astimezone(SHANGHAI), _("Y年n月j日 H:i")) if at else ""


def _told() -> dict[Verb, tuple[str, str, str]]:
    return {
        Verb.REGISTER: (_("已经登记"), "plus", "info"),
        Verb.ASK_MORE: (_("请您补充材料"), "help", "warn"),
        Verb.SUPPLEMENT: (_("补充了材料"), "paperclip", ""),
        Verb.FORWARD: (_("转给%(unit)s"), "forward", ""),
        Verb.ASSIGN: (_("交给%(unit)s办理，并要求报告结果"), "forward", ""),
        Verb.ACCEPT: (_("%(unit)s受理，开始办理"), "check", ""),
        Verb.TAKE: (_("%(unit)s受理，开始办理"), "check", ""),
        Verb.ANSWER_NOW: (_("%(unit)s当场答复"), "message", "info"),
        Verb.DECLINE: (_("%(unit)s决定不予受理"), "x", "warn"),
        Verb.REDIRECT: (_("告知您应走的途径"), "forward", "warn"),
        Verb.REINSTATE: (_("恢复办理"), "refresh", ""),
        Verb.MERGE: (_("并入更早的 %(number)s 一起办理"), "merge", ""),
        Verb.UNMERGE: (_("不再合并，单独办理"), "refresh", ""),
        Verb.GRANT_EXTENSION: (_("答复期限延长 %(days)s 天"), "clock", "warn"),
        Verb.ISSUE: (_("%(unit)s作出书面答复"), "edit", ""),
        Verb.SERVE: (_("答复送达您"), "message", "info"),
        Verb.EXECUTE: (_("%(unit)s报告已经落实"), "check", "good"),
        Verb.CALL_BACK: (_("回访联系上您"), "phone", ""),
        Verb.RATE: (_("您作了评价"), "seal", ""),
        Verb.DISPUTE: (_("您说没有解决，转交复核"), "alert", "warn"),
        Verb.KEEP_ANSWER: (_("复核后维持原来的答复"), "check", ""),
        Verb.REOPEN: (_("重新办理"), "refresh", "warn"),
        Verb.CERTIFY: (_("经他人核实，认定已经解决"), "check", "good"),
        Verb.WITHDRAW: (_("您撤回了这件事"), "x", ""),
        Verb.REQUEST_REVIEW: (_("申请%(level)s"), "return", "warn"),
        Verb.ADMIT_REVIEW: (_("%(level)s申请已经受理"), "check", ""),
        Verb.REFUSE_REVIEW: (_("%(level)s申请没有受理"), "x", "warn"),
        Verb.WITHDRAW_REVIEW: (_("您撤回了%(level)s申请"), "exit", ""),
        Verb.DECIDE_REVIEW: (_("%(level)s意见已经作出"), "seal", ""),
        Verb.ANNUL: (_("%(level)s撤销了原来的答复，要求重新办理"), "refresh", "warn"),
        Verb.SERVE_REVIEW: (_("%(level)s意见送达您"), "message", "info"),
        Verb.PLAN_HEARING: (_("决定听证，%(planned)s"), "users", "info"),
        Verb.CLOSE_HEARING: (_("听证结束"), "users", ""),
        Verb.CANCEL_HEARING: (_("听证取消"), "x", ""),
        Verb.DESIGNATE: (_("上级指定由%(unit)s办理"), "seal", ""),
        Verb.SUCCEED: (_("办理单位变动，由%(unit)s接着办"), "forward", ""),
        Verb.SIMPLIFY: (_("按简易办理，答复会更快"), "forward", ""),
        Verb.ORDINARY: (_("转为普通程序办理"), "return", ""),
        Verb.PARTLY: (_("办成了一个阶段"), "clock", "info"),
        Verb.FINALIZE: (_("这件事终结；帮扶和疏导继续，有新情况可以再反映"), "seal", "info"),
        Verb.HELP: (_("帮扶疏导"), "message", ""),
        Verb.HEAR: (_("接访时当面说了这件事"), "users", "info"),
        Verb.RESPOND: (_("%(unit)s先回应您，说了怎么办"), "message", "info"),
        Verb.MEDIATE: (_("双方同意，调解了一次"), "users", ""),
        Verb.SETTLE: (_("签了协议；您的权利都还在"), "edit", "info"),
        Verb.PERFORM: (_("协议里答应的事办了一项"), "check", "good"),
        Verb.VOID_SETTLEMENT: (_("协议不再有效"), "x", "warn"),
        Verb.REDATE: (_("放假安排公布，期限重新计算"), "calendar", ""),
    }
