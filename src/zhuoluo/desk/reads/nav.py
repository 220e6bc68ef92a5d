"""The navigation, with its counts: only what the actor's posts open."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Counts
from zhuoluo.org.rules import Actor, Permission

_P = Permission
KEYS = (*"1234567890", *[""] * 20)
INTAKE = (_P.TRIAGE, _P.HANDLE)


@dataclass(frozen=True)
class Item:
    """One line of the navigation. `key` is the digit that opens it; `count` is empty where nothing waits."""

    url: str
    label: str
    icon: str
    key: str
    count: str
    current: bool


def nav(actor: Actor, path: str, *, now: datetime) -> list[dict[str, Any]]:
    """Return the navigation of a member of staff on the page `path`; one query."""
    counted = matters.counts(actor, now=now)
    places = list(_places(actor, counted))
    home = reverse("desk:home")
    at = [
        url for name, *_ in places if path == (url := reverse(name)) or (url != home and path.startswith(url))
    ]
    here = max(at, key=len, default="")
    return [
        asdict(Item(reverse(name), words, icon, key, _many(count, counted), reverse(name) == here))
        for key, (name, words, icon, count) in zip(KEYS, places, strict=False)
    ]


def _many(count: int, counted: Counts) -> str:
    return f"{count}+" if count and counted.more else str(count or "")


def _places(actor: Actor, counted: Counts) -> Iterator[tuple[str, str, str, int]]:
    """Yield name of the page, words, icon, count: only what the actor's posts open."""
    yield "desk:home", _("今天"), "home", 0
    if holds(actor, *INTAKE) or counted.inbox:
        yield "matters:inbox", _("收件"), "inbox", counted.inbox
    if holds(actor, *INTAKE, _P.REVIEW):
        yield "matters:owed", _("我的待办"), "list", counted.mine
    if actor.can(_P.REGISTER):
        yield "matters:register", _("登记一件"), "plus", 0
    if actor.can(_P.ISSUE) or (counted.rule and holds(actor, _P.TRIAGE, _P.RULE)):
        yield "matters:waiting", _("等我决定"), "seal", decisions(counted)
    if holds(actor, _P.CALL_BACK, _P.CERTIFY):
        yield "matters:callbacks", _("回访和复核"), "phone", calls(actor, counted)
    yield from _overviews(actor)


def _overviews(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    yield from _receptions(actor)
    yield from _own_work(actor)
    yield from _cases(actor)
    if holds(actor, _P.SUPERVISE, _P.RULE):
        yield "matters:exceptions", _("异常在先"), "alert", 0
    if holds(actor, _P.REVIEW, _P.SUPERVISE, _P.RULE):
        yield "matters:reviews", _("复查复核"), "return", 0
    yield from _sealed(actor)
    if holds(actor, _P.READ_UNIT, _P.READ_ALL):
        yield "matters:list", _("全部事项"), "file", 0
    if actor.can(_P.READ_FIGURES):
        yield "figures:home", _("数字"), "chart", 0
    if actor.can(_P.IMPORT):
        yield "sheets:runs", _("台账"), "sheet", 0
    elif actor.can(_P.EXPORT):
        yield "sheets:export", _("导出台账"), "sheet", 0
    yield from _house(actor)
    yield from _others_work(actor)


def _own_work(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """What is somebody's own daily work stands before the rest."""
    if actor.can(_P.MEDIATE):
        yield "village:mine", _("我的调解"), "users", 0
    if actor.can(_P.NIGHTS):
        yield from _fronts(actor)
    if actor.can(_P.KEEP_POLICY):
        yield from _outreach(actor)


def _others_work(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """What is others' daily work stands behind the rest."""
    if not actor.can(_P.NIGHTS):
        yield from _fronts(actor)
    if not actor.can(_P.KEEP_POLICY):
        yield from _outreach(actor)


def _receptions(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    if actor.can(_P.LEAD):
        yield "reception:mine", _("我的接访"), "calendar", 0
    if holds(actor, _P.RECEIVE, _P.PLAN):
        yield "reception:home", _("接访"), "users", 0


def _house(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """People, units, places, days off."""
    if actor.can(_P.ADMINISTER):
        yield "org:people", _("人员和岗位"), "users", 0
        yield "org:units", _("单位"), "building", 0
        yield "org:areas", _("区划"), "pin", 0
        yield "org:calendar", _("放假安排"), "calendar", 0


def _fronts(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """Research, on-site days, nights, enterprises, mediators: before the rest for whoever runs them."""
    if holds(actor, _P.RESEARCH, _P.READ_ALL):
        yield "research:home", _("调研"), "search", 0
    if holds(actor, _P.ONSITE, _P.READ_ALL):
        yield "onsite:home", _("现场办公"), "pin", 0
    if holds(actor, _P.DUTY, _P.NIGHTS, _P.READ_ALL):
        yield "duty:home", _("夜宿值班"), "moon", 0
    if holds(actor, _P.ENTERPRISE, _P.READ_ALL):
        yield "enterprise:home", _("企业"), "building", 0
    if holds(actor, _P.TRIAGE, _P.HANDLE, _P.READ_ALL):
        yield "village:home", _("湾村明白人"), "users", 0


def _outreach(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """Talks and policies: before the rest for whoever they are the work of, behind it for everybody else."""
    if holds(actor, _P.HOLD_TALKS, _P.KEEP_POLICY, _P.READ_ALL):
        yield "talks:home", _("宣讲"), "message", 0
    if actor.can(_P.MODERATE):
        yield "live:home", _("直播间"), "phone", 0
    yield "policy:desk-home", _("政策库"), "list", 0
    if holds(actor, _P.PROGRAMMES, _P.PAY):
        yield "programmes:home", _("项目和奖补"), "seal", 0


def _cases(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    if actor.can(_P.LEAD):
        yield "oversight:mine", _("我的包案"), "flag", 0
    if holds(actor, _P.LEAD, _P.SUPERVISE, _P.RULE, _P.CERTIFY):
        yield "oversight:home", _("积案和监督"), "shield", 0


def _sealed(actor: Actor) -> Iterator[tuple[str, str, str, int]]:
    """The accusations: to nobody but those entitled, and never with a count."""
    if actor.can(_P.READ_SEALED):
        yield "sealed:list", _("密件"), "lock", 0
    elif actor.can(_P.COUNT_SEALED):
        yield "sealed:count", _("检举控告年度件数"), "lock", 0


def holds(actor: Actor, *permissions: Permission) -> bool:
    """Return whether the actor has any of the permissions."""
    return any(actor.can(permission) for permission in permissions)


def decisions(counted: Counts) -> int:
    """Return how much waits for a decision of the reader's."""
    return counted.drafts + counted.extensions + counted.rule


def calls(actor: Actor, counted: Counts) -> int:
    """Return how many calls and re-checks the reader can make."""
    return (counted.callback if actor.can(_P.CALL_BACK) else 0) + counted.recheck
