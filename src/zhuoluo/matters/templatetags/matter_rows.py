"""The rows of the lists everybody lives in. Built directly: a template pays for every word of every row anew."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.kit.templatetags.kit import EMPTY, badge, day, due, light
from zhuoluo.matters.templatetags.matter_words import channel_word, kind_word, klass_word, stage_word

register = template.Library()
PLACEHOLDER = "00000000-0000-0000-0000-000000000000"


@register.simple_tag
def owed_rows(rows: Iterable[Any]) -> SafeString:
    """The body of the list of what is owed. Each: `.row` (reads.Owed) and what views.shown derives from its date."""
    said = (_("灯"), _("期限"), _("要做的"), _("单位和人"))
    page, why = _address("matters:page"), _address("matters:why")
    return mark_safe("\n".join(_owed(shown, said, page, why) for shown in rows))  # noqa: S308 - rows are escaped


def _owed(
    shown: Any, said: tuple[str, str, str, str], page: tuple[str, str], why: tuple[str, str]
) -> SafeString:
    row = shown.row
    date = due(
        shown.day, words=shown.left, why_url=f"{row.id}".join(why), tone=shown.lamp.key,
        provisional=row.provisional, short=True,
    )  # fmt: skip
    return _row(
        _main(row, page),
        (said[0], light(shown.lamp)),
        (said[1], date),
        (said[2], format_html("{}{}", kind_word(row.kind), _returned(row.bounces))),
        (said[3], f"{row.unit} {row.person}" if row.person else row.unit),
    )


@register.simple_tag
def matter_rows(rows: Iterable[Any]) -> SafeString:
    """The body of a list of matters. Each: `.row` (reads.Line) and what views.shown derives from its date."""
    said = (_("阶段"), _("最近的期限"), _("单位"), _("登记日期"))
    page = _address("matters:page")
    return mark_safe("\n".join(_matter(shown, said, page) for shown in rows))  # noqa: S308 - rows are escaped


def _matter(shown: Any, said: tuple[str, str, str, str], page: tuple[str, str]) -> SafeString:
    row = shown.row
    return _row(
        _main(row, page, channel_word(row.channel)),
        (said[0], format_html("{}{}", badge(stage_word(row.stage)), _returned(row.bounces))),
        (said[1], _soonest(shown)),
        (said[2], row.unit),
        (said[3], day(row.registered_at, short=True)),
    )


def _soonest(shown: Any) -> SafeString:
    if not shown.lamp:
        return format_html('<span class="muted">{}</span>', _("没有欠着的"))
    words = _(shown.row.owes), shown.left
    return format_html('{} <span class="small muted">{} · {}</span>', light(shown.lamp), *words)


def _address(name: str) -> tuple[str, str]:
    """What stands before and after the number or id in the addresses of a page: finding an address costs as much as a row."""
    before, _placeholder, after = reverse(name, args=[PLACEHOLDER]).partition(PLACEHOLDER)
    return before, after


def _main(row: Any, page: tuple[str, str], *more: str) -> SafeString:
    small = "".join(
        f"<span>{conditional_escape(word)}</span>"
        for word in (row.place, klass_word(row.klass), *more)
        if word
    )
    number = conditional_escape(row.number)
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<a class="row-link" href="{page[0]}{number}{page[1]}" data-open><strong>{conditional_escape(row.title)}</strong>'
        f'<small><span class="num">{number}</span>{small}</small></a>'
    )


def _returned(times: int) -> SafeString:
    if not times:
        return EMPTY
    return format_html(" {}", badge(ngettext("退过 %(n)s 次", "退过 %(n)s 次", times) % {"n": times}, "warn"))


def _row(main: SafeString, *cells: tuple[str, Any]) -> SafeString:
    shown = "".join(f'<td data-label="{label}">{conditional_escape(cell)}</td>' for label, cell in cells)
    return mark_safe(f'<tr data-row><td class="table__main">{main}</td>{shown}</tr>')  # noqa: S308 - escaped above
