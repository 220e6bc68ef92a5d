"""The story in words: one sentence a verb, with the values its entry carries. Msgids are Chinese."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zhuoluo.matters.models import Link
from zhuoluo.matters.reads.page import Told
from zhuoluo.matters.rules import (
    ANSWERS,
    CHANNELS,
    DECLINE_GROUNDS,
    FINAL_GROUNDS,
    KINDS,
    MEDIATION_RESULTS,
    REDIRECTS,
    REVIEW_LEVELS,
    REVIEW_OUTCOMES,
    REVIEW_REFUSALS,
    SATISFACTION,
    SERVICE_METHODS,
    SETTLEMENTS,
    SIMPLE_GROUNDS,
    SOLVED,
)  # fmt: skip
from zhuoluo.org.reads import SHANGHAI

SENTENCES: dict[str, str] = {
    "register": gettext_noop("登记了这件事（%(channel)s）"),
    "correct": gettext_noop("更正登记信息：%(changed)s"),
    "ask_more": gettext_noop("请诉求人补充材料"),
    "supplement": gettext_noop("补充了情况"),
    "forward": gettext_noop("转送给%(unit)s"),
    "assign": gettext_noop("交办给%(unit)s，要求报送办结报告"),
    "accept": gettext_noop("受理，开始办理"),
    "answer_now": gettext_noop("当场答复"),
    "decline": gettext_noop("不予受理：%(ground)s（%(article)s）"),
    "redirect": gettext_noop("告知应走的途径：%(door)s（%(article)s）"),
    "reinstate": gettext_noop("恢复登记，重新甄别"),
    "merge": gettext_noop("并入 %(into)s"),
    "unmerge": gettext_noop("撤销并案，恢复登记"),
    "link": gettext_noop("关联 %(other)s（%(kind)s）"),
    "recall": gettext_noop("收回转交，重新甄别"),
    "take": gettext_noop("受理，开始办理"),
    "hand_over": gettext_noop("交给%(person)s经办"),
    "object": gettext_noop("对转交提出异议，请求退回"),
    "uphold_objection": gettext_noop("裁定异议成立，退回重新转交"),
    "reject_objection": gettext_noop("裁定异议不成立，由原单位办理"),
    "invite": gettext_noop("请%(unit)s协办"),
    "report_back": gettext_noop("反馈协办情况"),
    "add_evidence": gettext_noop("添加了 %(files)s 份材料"),
    "note": gettext_noop("内部备注"),
    "ask_extension": gettext_noop("申请延期 %(days)s 日"),
    "grant_extension": gettext_noop("批准延期 %(days)s 日"),
    "refuse_extension": gettext_noop("不同意延期 %(days)s 日"),
    "draft": gettext_noop("保存答复草稿（第 %(draft)s 版）"),
    "issue": gettext_noop("签发答复：%(outcome)s"),
    "serve": gettext_noop("送达答复（%(method)s，%(served)s）"),
    "report_done": gettext_noop("报送办结报告"),
    "execute": gettext_noop("落实答复中支持的事项"),
    "call_back": gettext_noop("回访：%(solved)s，%(satisfaction)s"),
    "rate": gettext_noop("评价：%(solved)s，%(satisfaction)s"),
    "dispute": gettext_noop("表示%(solved)s，%(satisfaction)s"),
    "keep_answer": gettext_noop("复核后维持答复"),
    "reopen": gettext_noop("重新办理"),
    "certify": gettext_noop("认定化解"),
    "uncertify": gettext_noop("撤销化解认定"),
    "withdraw": gettext_noop("撤回"),
    "supervise": gettext_noop("列入督办"),
    "lift_supervision": gettext_noop("解除督办"),
    "redate": gettext_noop("放假安排公布，重新计算期限：%(moved)s"),
    "new_code": gettext_noop("更换查询码"),
    "hear": gettext_noop("接访时当面听取，%(heard)s"),
    "ask_designation": gettext_noop("请%(unit)s指定承办单位"),
    "designate": gettext_noop("指定由%(unit)s承办"),
    "simplify": gettext_noop("适用简易办理：%(simple)s"),
    "to_ordinary": gettext_noop("转为普通程序办理"),
    "partly_done": gettext_noop("阶段办结，下一步到 %(next)s"),
    "plan_hearing": gettext_noop("决定听证，%(planned)s"),
    "close_hearing": gettext_noop("听证结束"),
    "cancel_hearing": gettext_noop("取消听证"),
    "mediate": gettext_noop("调解：%(result)s"),
    "settle": gettext_noop("签订%(settlement)s"),
    "perform": gettext_noop("履行了协议中的一项"),
    "request_review": gettext_noop("申请%(level)s"),
    "admit_review": gettext_noop("受理%(level)s申请"),
    "refuse_review": gettext_noop("不予受理%(level)s申请：%(refusal)s（%(article)s）"),
    "withdraw_review": gettext_noop("撤回%(level)s申请"),
    "decide_review": gettext_noop("作出%(level)s意见：%(review_outcome)s"),
    "annul": gettext_noop("%(level)s撤销原答复，责令重新办理"),
    "serve_review": gettext_noop("送达%(level)s意见（%(method)s，%(served)s）"),
    "finalize": gettext_noop("终结：%(final)s（不影响帮扶、疏导和新的事实）"),
    "help": gettext_noop("帮扶疏导"),
    "succeed": gettext_noop("由继受单位%(unit)s承接"),
    "seal": gettext_noop("移送有权机关"),
    "recuse": gettext_noop("%(person)s回避"),
    "take_case": gettext_noop("%(person)s包案"),
    "visit_case": gettext_noop("包案走访"),
    "end_case": gettext_noop("结束包案"),
    "joint_task": gettext_noop("交给%(unit)s一项任务"),
    "joint_done": gettext_noop("%(unit)s完成一项任务"),
    "void_settlement": gettext_noop("%(settlement)s不再有效"),
    "answer_supervision": gettext_noop("书面答复督办"),
    "correct_contact": gettext_noop("更正联系方式"),
    "owe": gettext_noop("%(unit)s要%(owed)s"),
    "respond": gettext_noop("%(unit)s已%(owed)s"),
    "mediated": gettext_noop("湾村明白人调解：%(result)s"),
}
NOT_REACHED = gettext_noop("回访：没有联系上诉求人")
COLUMNS = {
    "title": gettext_noop("标题"), "klass": gettext_noop("类别"), "area": gettext_noop("地点"),
    "place": gettext_noop("位置说明"), "category": gettext_noop("分类"),
}  # fmt: skip
ICONS = {
    "register": "plus", "correct": "edit", "ask_more": "message", "supplement": "message", "forward": "forward",
    "assign": "forward", "answer_now": "message", "decline": "x", "redirect": "exit", "reinstate": "refresh",
    "merge": "merge", "unmerge": "refresh", "link": "link", "recall": "return", "hand_over": "users", "object": "return",
    "uphold_objection": "return", "invite": "users", "add_evidence": "paperclip", "note": "edit", "draft": "edit",
    "ask_extension": "clock", "grant_extension": "clock", "refuse_extension": "clock", "issue": "seal", "serve": "message",
    "report_done": "file", "report_back": "file", "call_back": "phone", "rate": "message", "dispute": "alert",
    "reopen": "refresh", "certify": "shield", "uncertify": "x", "withdraw": "exit", "supervise": "flag",
    "lift_supervision": "flag", "redate": "calendar", "new_code": "lock", "hear": "message", "designate": "seal", "plan_hearing": "users",
    "close_hearing": "users", "mediate": "users", "settle": "seal", "perform": "check", "request_review": "return",
    "decide_review": "seal", "annul": "refresh", "serve_review": "message", "finalize": "seal", "help": "message",
    "succeed": "forward", "seal": "lock", "recuse": "x", "take_case": "flag", "visit_case": "users", "end_case": "flag",
    "joint_task": "users", "joint_done": "check", "void_settlement": "x", "answer_supervision": "message",
    "correct_contact": "phone", "partly_done": "clock", "simplify": "forward", "owe": "clock", "respond": "phone", "mediated": "users",
}  # fmt: skip
TONES = {
    "register": "info", "object": "warn", "uphold_objection": "warn", "dispute": "bad", "reopen": "warn", "serve": "good",
    "execute": "good", "certify": "good", "uncertify": "bad", "supervise": "warn", "decline": "bad",
    "request_review": "warn", "annul": "warn", "settle": "good", "void_settlement": "bad", "correct_contact": "warn",
    "perform": "good", "finalize": "info",
}  # fmt: skip


def sentence(told: Told) -> str:
    """Return what an entry says, without who and when."""
    if told.verb == "call_back" and not told.payload.get("contact", True):
        return _(NOT_REACHED)
    template = SENTENCES.get(told.verb)
    return _(template) % _Values(told.payload) if template else told.verb


def opened(told: Told) -> str:
    """Return which dates began to run with an entry, and until when; empty when none did."""
    lines = [
        _("%(what)s，到 %(day)s") % {"what": _(KINDS[row["kind"]]), "day": last_day(row["due"])}
        for row in told.payload.get("opened", [])
        if row["kind"] in KINDS
    ]
    return _("；").join(lines)


def last_day(due: str | datetime) -> str:
    """Return the last day of an exclusive end ("24:00 of the 3rd" is kept as the 4th, 0:00) as written on screens."""
    moment = datetime.fromisoformat(due) if isinstance(due, str) else due
    return date_format((moment.astimezone(SHANGHAI) - timedelta(microseconds=1)).date(), _("Y年n月j日"))


class _Values(Mapping[str, str]):
    """The payload's values in words, made only when the sentence asks for them."""

    def __init__(self, payload: dict[str, Any]) -> None:
        self.payload = payload

    def __getitem__(self, name: str) -> str:
        make = _WORDS.get(name)
        return make(self.payload) if make else str(self.payload.get(name, ""))

    def __iter__(self) -> Any:
        return iter(self.payload)

    def __len__(self) -> int:
        return len(self.payload)


def _of(table: Mapping[str, str], key: str) -> Callable[[dict[str, Any]], str]:
    def find(payload: dict[str, Any]) -> str:
        word = table.get(payload.get(key, ""), "")
        return _(word) if word else ""

    return find


def _moved(payload: dict[str, Any]) -> str:
    moves = [
        _("%(what)s改到 %(day)s") % {"what": _(KINDS[m["kind"]]), "day": last_day(m["to"])}
        for m in payload.get("moved", [])
    ]
    return _("；").join(moves)


def _served(payload: dict[str, Any]) -> str:
    at = payload.get("served_at")
    return date_format(datetime.fromisoformat(at).astimezone(SHANGHAI), _("Y年n月j日")) if at else ""


def _minute(at: str) -> str:
    return date_format(datetime.fromisoformat(at).astimezone(SHANGHAI), _("Y年n月j日 H:i")) if at else ""


def _files(payload: dict[str, Any]) -> str:
    files = payload.get("files", [])
    return str(len(files) if isinstance(files, list) else files)


HEARD = {
    "answered": gettext_noop("当场作了说明"), "assigned": gettext_noop("要求限期办理"), "joint": gettext_noop("开联席会研究"),
    "mediated": gettext_noop("当场调解"), "came": gettext_noop("再次来访"),
}  # fmt: skip
_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "channel": _of(CHANNELS, "channel"),
    "changed": lambda p: _("、").join(_(COLUMNS[c]) for c in p.get("changed", []) if c in COLUMNS),
    "unit": lambda p: str(p.get("unit_name", "")),
    "person": lambda p: str(p.get("person_name", "")),
    "ground": _of({key: text for key, (text, _article) in DECLINE_GROUNDS.items()}, "ground"),
    "door": _of({key: text for key, (text, _article) in REDIRECTS.items()}, "door"),
    "article": lambda p: _(p["article"]) if p.get("article") else "",
    "into": lambda p: str(p.get("into_number", "")),
    "other": lambda p: str(p.get("other_number", "")),
    "kind": _of(dict(Link.KINDS), "kind"),
    "outcome": _of(ANSWERS, "outcome"),
    "method": _of(SERVICE_METHODS, "method"),
    "served": _served,
    "solved": _of(SOLVED, "solved"),
    "satisfaction": _of(SATISFACTION, "satisfaction"),
    "files": _files,
    "moved": _moved,
    "heard": _of(HEARD, "decision"),
    "simple": _of(SIMPLE_GROUNDS, "simple"),
    "next": lambda p: last_day(p["next"]) if p.get("next") else "",
    "planned": lambda p: _minute(p.get("planned", "")),
    "result": _of(MEDIATION_RESULTS, "result"),
    "owed": _of(KINDS, "owed"),
    "settlement": _of(SETTLEMENTS, "settlement"),
    "level": lambda p: _(REVIEW_LEVELS.get(p.get("level", 1), "")),
    "refusal": _of({key: text for key, (text, _article) in REVIEW_REFUSALS.items()}, "refusal"),
    "review_outcome": _of(REVIEW_OUTCOMES, "outcome"),
    "final": _of(FINAL_GROUNDS, "ground"),
}
