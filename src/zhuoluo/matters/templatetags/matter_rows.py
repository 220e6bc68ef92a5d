"""The rows of the lists everybody lives in, and the lines of a story. Built directly: a template pays for every word of
every row anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.kit.templatetags.kit import badge, day, due, light
from zhuoluo.matters.templatetags.matter_words import channel_word, kind_word, klass_word, stage_word

register = template.Library()
PLACEHOLDER = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class _List:
    """What all rows of one list share, found once: addresses, the names of the columns, words already looked up."""

    page: tuple[str, str]
    why: tuple[str, str]
    said: tuple[str, ...]
    word: Callable[[Callable[[str], str], str], str]


def _list(*said: str) -> _List:
    word = cache(lambda of, key: escape(of(key)))
    return _List(_address("matters:page"), _address("matters:why"), tuple(escape(one) for one in said), word)


def _address(name: str) -> tuple[str, str]:
    """What stands before and after the number or id in the addresses of a page: finding one costs as much as a row."""
    before, _placeholder, after = reverse(name, args=[PLACEHOLDER]).partition(PLACEHOLDER)
    return before, after


@register.simple_tag
def owed_rows(rows: Iterable[Any]) -> SafeString:
    """The body of the list of what is owed. Each: `.row` (reads.Owed) and what views.shown derives from its date."""
    shared = _list(_("灯"), _("期限"), _("要做的"), _("单位和人"))
    return mark_safe("\n".join(_owed(shown, shared) for shown in rows))  # noqa: S308 - the rows are escaped


def _owed(shown: Any, shared: _List) -> str:
    row = shown.row
    date = due(
        shown.day, words=shown.left, why_url=f"{row.id}".join(shared.why), tone=shown.lamp.key,
        provisional=row.provisional, short=True,
    )  # fmt: skip
    who = escape(f"{row.unit} {row.person}" if row.person else row.unit)
    to_do = shared.word(kind_word, row.kind) + _returned(row.bounces)
    return _row(_main(row, shared), shared.said, light(shown.lamp), date, to_do, who)


@register.simple_tag
def matter_rows(rows: Iterable[Any]) -> SafeString:
    """The body of a list of matters. Each: `.row` (reads.Line) and what views.shown derives from its date."""
    shared = _list(_("阶段"), _("最近的期限"), _("单位"), _("登记日期"))
    return mark_safe("\n".join(_matter(shown, shared) for shown in rows))  # noqa: S308 - the rows are escaped


def _matter(shown: Any, shared: _List) -> str:
    row = shown.row
    stage = badge(mark_safe(shared.word(stage_word, row.stage))) + _returned(row.bounces)  # noqa: S308 - escaped
    main = _main(row, shared, shared.word(channel_word, row.channel))
    return _row(
        main,
        shared.said,
        stage,
        _soonest(shown, shared),
        escape(row.unit),
        day(row.registered_at, short=True),
    )


def _soonest(shown: Any, shared: _List) -> str:
    if not shown.lamp:
        return f'<span class="muted">{escape(_("没有欠着的"))}</span>'
    owes = shared.word(_, shown.row.owes)
    return f'{light(shown.lamp)} <span class="small muted">{owes} · {escape(shown.left)}</span>'


def _main(row: Any, shared: _List, *more: str) -> str:
    words = (escape(row.place), shared.word(klass_word, row.klass), *more)
    small = "".join(f"<span>{word}</span>" for word in words if word)
    number = escape(row.number)
    return (
        f'<a class="row-link" href="{shared.page[0]}{number}{shared.page[1]}" data-open>'
        f'<strong>{escape(row.title)}</strong><small><span class="num">{number}</span>{small}</small></a>'
    )


def _returned(times: int) -> str:
    return (
        f" {badge(ngettext('退过 %(n)s 次', '退过 %(n)s 次', times) % {'n': times}, 'warn')}" if times else ""
    )


def _row(main: str, said: tuple[str, ...], *cells: str) -> str:
    """Every part comes escaped."""
    shown = "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in zip(said, cells, strict=True))
    return f'<tr data-row><td class="table__main">{main}</td>{shown}</tr>'


@register.simple_tag
def story_lines(lines: Iterable[Any]) -> SafeString:
    """The entries of a matter's story, as views.story tells them."""
    said = escape(_("开始计算：")), escape(_("诉求人看得到"))
    return mark_safe("".join(f"\n{_told(line, *said)}" for line in lines))  # noqa: S308 - the lines are escaped


def _told(line: Any, running: str, seen: str) -> str:
    tone = f" timeline__mark--{line.tone}" if line.tone else ""
    who = escape(f"{line.who} · {line.post}" if line.post else line.who)
    dates = f'<p class="timeline__meta">{running}{escape(line.dates)}</p>' if line.dates else ""
    return (
        f'<li class="timeline__entry"><span class="timeline__mark{tone}">{line.icon}</span><p>{escape(line.sentence)}</p>'
        f'<p class="timeline__meta">{line.at} · {who}</p>{dates}{_body(line, seen) if line.body else ""}</li>'
    )


def _body(line: Any, seen: str) -> str:
    look = " timeline__body--public" if line.public else ""
    note = f'<p class="timeline__meta">{seen}</p>' if line.public else ""
    return f'<div class="timeline__body{look}">{escape(line.body)}</div>{note}'
