"""The tiles of today: numbers that open to their rows, by what the actor's posts are for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.desk.reads.nav import INTAKE, holds
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Counts
from zhuoluo.org.rules import Actor, Permission

_P = Permission


@dataclass(frozen=True)
class Tile:
    """A number of today that opens to its rows."""

    number: str
    words: str
    note: str
    href: str


def tiles(actor: Actor, counted: Counts) -> list[Tile]:
    """Return the numbers of today, by what the actor's posts are for."""
    found = list(_tiles(actor, counted))
    return [
        Tile(f"{n}+" if n and counted.more else str(n), words, note, href) for n, words, note, href in found
    ]


def _tiles(actor: Actor, counted: Counts) -> Iterator[tuple[int, str, str, str]]:
    owed, waiting, calls_ = reverse("matters:owed"), reverse("matters:waiting"), reverse("matters:callbacks")
    if matters.duties(actor):
        yield counted.overdue, _("超期"), _("先办这些"), f"{owed}?light=red"
        yield counted.soon, _("快到期"), _("几天内到期"), f"{owed}?light=yellow"
    if holds(actor, *INTAKE) or counted.inbox:
        yield counted.inbox, _("收件"), _("等着受理、转交或裁定"), reverse("matters:inbox")
    if actor.can(_P.ISSUE):
        yield counted.drafts, _("等我签发"), _("答复写好了"), f"{waiting}?what=drafts"
        yield counted.extensions, _("延期申请"), _("到期前要批"), f"{waiting}?what=extensions"
    if counted.rule and holds(actor, _P.TRIAGE, _P.RULE):
        yield counted.rule, _("退回异议"), _("等我们裁定"), f"{waiting}?what=objections"
    if actor.can(_P.CALL_BACK):
        yield counted.callback, _("要回访"), _("答复送达以后"), f"{calls_}?what=callbacks"
    if holds(actor, _P.CERTIFY, _P.RULE):
        yield counted.recheck, _("要复核"), _("诉求人说没有解决"), f"{calls_}?what=rechecks"


def exceptions(actor: Actor, *, now: datetime) -> list[Tile]:
    """Return the exceptions of the county as tiles, for those who supervise; six bounded queries."""
    if not actor.can(_P.SUPERVISE):
        return []
    found = matters.exception_counts(actor, now=now)
    page = reverse("matters:exceptions")
    return [
        Tile(
            f"{matters.CAP}+" if n > matters.CAP else str(n),
            _(matters.EXCEPTIONS[name]),
            "",
            f"{page}?what={name}",
        )
        for name, n in found.items()
    ]
