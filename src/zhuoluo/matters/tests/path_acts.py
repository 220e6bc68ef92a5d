"""How the acts of the law's path are tried through their pages: how it came there, who, what is typed, the verb."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from zhuoluo.matters import actions
from zhuoluo.matters.tests.law import OPINION, ask, on_review
from zhuoluo.matters.tests.path import Path

Steps = Callable[[Path], Any]
Given = Callable[[Path], dict[str, Any]]
MINUTES = "双方到场，各自陈述并出示材料，听证员提出意见"


def served(path: Path) -> None:
    path.served()


def asked(path: Path) -> None:
    path.served()
    ask(path)


def admitted(path: Path) -> None:
    path.served()
    on_review(path, "admit_review", ask(path))


def decided(path: Path) -> None:
    path.served()
    review = ask(path)
    on_review(path, "admit_review", review)
    on_review(path, "decide_review", review, outcome="upheld", **OPINION)


def second_asked(path: Path) -> None:
    decided(path)
    on_review(path, "serve_review", path.matter.reviews.get(), method="post")
    on_review(path, "admit_review", ask(path))


def lapsed(path: Path) -> None:
    path.served()
    path.at += timedelta(days=40)


def disputed(path: Path) -> None:
    path.routed().act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    path.at += timedelta(hours=1)
    actions.rule_on(
        objection_id=path.matter.objections.get().id, uphold=False, ruling="三定规定由住建局负责",
        by=path.county.who("clerk", path.at), at=path.at, law=path.county.law,
    )  # fmt: skip


def asked_above(path: Path) -> None:
    disputed(path)
    path.act("ask_designation", "handler", reason="住建局与石桥镇协商不成，请指定")


def hearing(path: Path) -> None:
    path.handling()
    planned = path.at + timedelta(days=3)
    path.act("plan_hearing", "handler", reason="事实争议大，需要听证", planned=planned, place="镇会议室")


def simple(path: Path) -> None:
    path.handling().act("simplify", "handler", ground="clear", likely_supported=True)


def _minute(path: Path, days: int = 5) -> str:
    return (path.at + timedelta(days=days, hours=8)).strftime("%Y-%m-%dT%H:%M")


def _day(path: Path, days: int = 20) -> str:
    return (path.at + timedelta(days=days)).date().isoformat()


PATH_HAPPY: dict[str, tuple[Steps, str, Given, str]] = {
    "request_review": (
        served, "clerk", lambda p: {"text": "来信说没有修好，请求复查", "posted": _day(p, 0)}, "request_review",
    ),
    "admit_review": (asked, "reviewer", lambda p: {"note": "由宋岩审查"}, "admit_review"),
    "refuse_review": (asked, "reviewer", lambda p: {"ground": "not_party", "reason": "申请人是邻居，不是本人"}, "refuse_review"),
    "decide_review": (admitted, "reviewer", lambda p: {"outcome": "annulled", "sure": "on", **OPINION}, "annul"),
    "serve_review": (decided, "reviewer", lambda p: {"method": "post"}, "serve_review"),
    "withdraw_review": (asked, "clerk", lambda p: {"reason": "本人来说不查了"}, "withdraw_review"),
    "plan_hearing": (
        second_asked, "reviewer",
        lambda p: {"reason": "事实争议大，需要听证", "planned": _minute(p), "place": "县政府第二会议室", "public": "on"},
        "plan_hearing",
    ),
    "close_hearing": (
        hearing, "handler", lambda p: {"held_at": _minute(p, 0), "minutes": MINUTES}, "close_hearing",
    ),
    "cancel_hearing": (hearing, "handler", lambda p: {"reason": "双方已经谈妥"}, "cancel_hearing"),
    "simplify": (lambda p: p.handling(), "handler", lambda p: {"ground": "clear", "support": "yes"}, "simplify"),
    "to_ordinary": (simple, "handler", lambda p: {"reason": "现场发现涉及产权争议"}, "to_ordinary"),
    "partly_done": (
        lambda p: p.handling(), "handler",
        lambda p: {"account": "先修好了两盏，第三盏等材料", "next_day": _day(p)}, "partly_done",
    ),
    "ask_designation": (
        disputed, "handler", lambda p: {"reason": "住建局与石桥镇协商不成，请指定"}, "ask_designation",
    ),
    "designate": (asked_above, "officer", lambda p: {"unit": "交通运输局", "ruling": "按三定规定由其承办"}, "designate"),
    "recuse": (
        lambda p: p.handling(), "head",
        lambda p: {"person": str(p.county.users["handler"].id), "reason": "诉求人是其亲属"}, "recuse",
    ),
    "finalize": (lapsed, "supervisor", lambda p: {"ground": "lapsed"}, "finalize"),
    "help": (served, "clerk", lambda p: {"text": "村里送去了一盏太阳能灯", "to_raiser": "on"}, "help"),
}  # fmt: skip
# name: (how it came there, who, what is typed, what is said)
PATH_REFUSED: dict[str, tuple[Steps, str, Given, str]] = {
    "request_review": (lapsed, "clerk", lambda p: {"text": "来信说没有修好，请求复查"}, "已经届满"),
    "admit_review": (admitted, "reviewer", lambda p: {"note": "已经写好的话"}, "已经受理"),
    "refuse_review": (asked, "reviewer", lambda p: {"ground": "late", "reason": "来得太晚了，不查"}, "在三十日期限以内"),
    "decide_review": (admitted, "reviewer", lambda p: {"outcome": "annulled", **OPINION}, "请勾选确认"),
    "serve_review": (asked, "reviewer", lambda p: {"method": "post", "note": "已经写好的话"}, "没有等待送达"),
    "plan_hearing": (
        asked, "handler", lambda p: {"reason": "事实争议大，需要听证", "planned": _minute(p), "place": "镇会议室"},
        "只有办理中或者复查复核中的事项可以听证",
    ),
    "close_hearing": (hearing, "handler", lambda p: {"held_at": _minute(p, 0), "minutes": "开了"}, "请写明听证笔录"),
    "cancel_hearing": (hearing, "handler", lambda p: {"reason": ""}, "请写明取消听证的理由"),
    "simplify": (lambda p: p.handling(), "handler", lambda p: {"ground": "clear", "support": "no"}, "可能不予支持"),
    "to_ordinary": (simple, "handler", lambda p: {"reason": "难"}, "请写明转为普通程序的理由"),
    "partly_done": (
        lambda p: p.handling(), "handler",
        lambda p: {"account": "先修好了两盏，第三盏等材料", "next_day": "2026-01-01"}, "期限不能早于今天",
    ),
    "ask_designation": (
        lambda p: p.routed(), "handler", lambda p: {"reason": "住建局与石桥镇协商不成，请指定"}, "先提出异议",
    ),
    "designate": (asked_above, "officer", lambda p: {"unit": "没有这个局", "ruling": "按三定规定由其承办"}, "没有找到"),
    "recuse": (lambda p: p.handling(), "handler", lambda p: {"person": str(p.county.users["handler"].id), "reason": ""}, "直接利害关系"),
    "finalize": (served, "supervisor", lambda p: {"ground": "lapsed", "note": "已经写好的话"}, "期限还没有届满"),
    "help": (served, "clerk", lambda p: {"text": "帮了"}, "请写明帮了什么"),
}  # fmt: skip
