"""The components, as template tags. docs/design.md shows each with its snippet; /kit/ shows each at work.

Tags used many times on one page (icon, light, due, button …) build their HTML directly; others are templates.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoluo.kit import fields
from zhuoluo.kit.svgchart import Bar, month_bars

register = template.Library()

SHAPES = {
    "green": "circle",
    "amber": "triangle",
    "yellow": "triangle",
    "red": "diamond",
    "done": "tick",
    "paused": "bars",
}
TONES = {"yellow": "amber", "done": "green"}
NOTICE_ICONS = {"info": "info", "good": "check", "warn": "alert", "bad": "alert"}
EMPTY = mark_safe("")
ATTRIBUTES = {"dialog": "data-dialog", "data_copy": "data-copy"}


# --- small marks ---


def _sheet() -> str:
    return str(staticfiles_storage.url("kit/icons.svg"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw the icon `name` of icons.svg. Decoration unless it has a `label`."""
    return _icon(name, str(label), _sheet())


@lru_cache(maxsize=512)
def _icon(name: str, label: str, sheet: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="24" height="24" {}><use href="{}#{}"/></svg>',
        said,
        sheet,
        name,
    )


@register.simple_tag
def shape(name: str) -> SafeString:
    """Draw one of the eight filled shapes: circle, triangle, diamond, square, ring, bars, tick, dash."""
    return _shape(name, _sheet())


@lru_cache(maxsize=64)
def _shape(name: str, sheet: str) -> SafeString:
    return format_html(
        '<svg width="16" height="16" aria-hidden="true"><use href="{}#shape-{}"/></svg>', sheet, name
    )


@register.simple_tag
def light(value: Any, large: bool = False) -> SafeString:
    """Show a light. `value`: `.key` (green, amber, red, done, paused), `.word`, maybe `.shape`."""
    key = str(value.key)
    drawn = getattr(value, "shape", "") or SHAPES.get(key, "ring")
    return _light(TONES.get(key, key), large, str(drawn), str(value.word), _sheet())


@lru_cache(maxsize=256)
def _light(tone: str, large: bool, drawn: str, word: str, sheet: str) -> SafeString:
    size = " light--large" if large else ""
    return format_html('<span class="light light--{}{}">{}{}</span>', tone, size, _shape(drawn, sheet), word)


@register.simple_tag
def badge(words: object, tone: str = "", icon_name: str = "") -> SafeString:
    """Show a chip, for example the stage of a matter. Tones: "", info, good, warn, bad."""
    mark = icon(icon_name) if icon_name else EMPTY
    return format_html('<span class="badge{}">{}{}</span>', f" badge--{tone}" if tone else "", mark, words)


@register.simple_tag
def key_hint(key: str) -> SafeString:
    """Show the key that does the same as the button beside it."""
    return _key_hint(key.upper() if len(key) == 1 else key) if key else EMPTY


@lru_cache(maxsize=64)
def _key_hint(words: str) -> SafeString:
    return format_html('<kbd aria-hidden="true">{}</kbd>', words)


@register.simple_tag
def day(value: date | datetime | None, short: bool = False) -> SafeString:
    """Write a date as <time>: "2026年3月4日 周三", or when `short` "3月4日", with the year if it is not this one.

    Times are shown in Shanghai.
    """
    if value is None:
        return EMPTY
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    near = short and local.year == timezone.localdate().year
    # Translators: Django date formats, without year, with year, with year and day of the week
    form = _("n月j日") if near else _("Y年n月j日") if short else _("Y年n月j日 D")
    return _day(local.year, local.month, local.day, form, get_language() or "")


@lru_cache(maxsize=4096)
def _day(year: int, month: int, of_month: int, form: str, language: str) -> SafeString:
    words = date_format(date(year, month, of_month), form)
    return format_html('<time datetime="{}">{}</time>', f"{year:04}-{month:02}-{of_month:02}", words)


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """Write a point in time as <time>, to the minute, in Shanghai time."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _moment(local.isoformat(timespec="minutes"), _("Y年n月j日 H:i"), get_language() or "")


@lru_cache(maxsize=4096)
def _moment(minute: str, form: str, language: str) -> SafeString:
    words = date_format(datetime.fromisoformat(minute), form)
    return format_html('<time datetime="{}">{}</time>', minute, words)


# --- a date with its reason ---


@register.simple_tag
def due(
    value: date | datetime | None,
    words: str = "",
    reason: str | Sequence[object] = "",
    tone: str = "",
    why_url: str = "",
    provisional: bool = False,
    short: bool = False,
) -> SafeString:
    """Show a date that explains itself: opening it gives the reason.

    `words`: what is left. `reason`: lines (a list, or text with line breaks). On long lists give `why_url`
    instead: the reason is fetched when opened (an HTML fragment), or reached as a page without JavaScript.
    """
    if value is None:
        return EMPTY
    mark = badge(_("暂定"), "warn") if provisional else EMPTY
    title = escape(_("为什么是这天"))
    url = escape(why_url) if why_url and not reason else ""
    left = f'<span class="due__words">{escape(words)}</span>' if words else ""
    lazy = f' hx-get="{url}" hx-trigger="toggle once" hx-target="find .due__why"' if url else ""
    why = f'<a href="{url}">{title}</a>' if url else _reason(reason)
    # Joined by hand: this tag stands in every row of every list. Each part above is escaped.
    return mark_safe(  # noqa: S308 - see above
        f'<details class="due due--{escape(TONES.get(tone, tone) or "plain")}"{lazy}><summary title="{title}">'
        f'<span class="due__day"><span class="due__date">{day(value, short=short)}</span>{mark}</span>{left}</summary>'
        f'<div class="due__why">{why}</div></details>'
    )


def _reason(reason: str | Sequence[object]) -> SafeString:
    lines: Iterable[object] = reason.splitlines() if isinstance(reason, str) else reason
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines if line))
    return format_html("<strong>{}</strong><ul>{}</ul>", _("为什么是这天"), items)


# --- buttons and fields ---


@register.simple_tag
def button(words: Any, kind: str = "", **more: Any) -> SafeString:
    """A button, or a link that looks like one when `href` is given.

    `kind`: "" | primary | danger | quiet. More: icon, key (single-key shortcut), href, type, name, value, form,
    formaction, wide, dialog (id of a <dialog> to open), data_copy.
    """
    href, key = more.get("href"), more.get("key")
    look = f"button{f' button--{kind}' if kind else ''}{' button--wide' if more.get('wide') else ''}"
    said: list[tuple[str, Any]] = [("class", look)]
    said += [("href", href)] if href else _pressed(more)
    said += [("data-key", key), ("aria-keyshortcuts", key)] if key else []
    said += [(name, value) for name in ("dialog", "data_copy") if (value := more.get(name))]
    attributes = "".join(
        f' {ATTRIBUTES.get(name, name)}="{conditional_escape(value)}"' for name, value in said
    )
    # Shown by kit.js: without scripts it could do nothing.
    attributes += " hidden" if more.get("data_copy") else ""
    drawn, tag = icon(more["icon"]) if more.get("icon") else EMPTY, "a" if href else "button"
    # Joined by hand, each part escaped above: pages have a dozen. The line break parts neighbours.
    return mark_safe(  # noqa: S308 - see above
        f"<{tag}{attributes}>{drawn}<span>{conditional_escape(words)}</span>{key_hint(key or '')}</{tag}>\n"
    )


def _pressed(more: dict[str, Any]) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = [("type", more.get("type") or "submit")]
    if more.get("name"):
        said += [("name", more["name"]), ("value", more.get("value") or "")]
    return said + [(name, more[name]) for name in ("form", "formaction") if more.get(name)]


@register.inclusion_tag("kit/parts/field.html")
def field(
    bound: BoundField, hint: str = "", size: str = "", label: str = "", page: bool = False
) -> dict[str, Any]:
    """A form field with label, hint, error and control. `page`: the label is the page's <h1>."""
    return {"part": fields.parts(bound, hint=hint, size=size), "label": label or bound.label, "page": page}


@register.inclusion_tag("kit/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List the errors of `form`, each a link to its control. Shows nothing when there are none."""
    listed = [
        (fields.first_control_id(form[name]), words)
        for name in form.fields
        if name in form.errors
        for words in fields.said(form[name])
    ]
    return {"errors": listed, "general": form.non_field_errors()}


# --- records ---


@register.inclusion_tag("kit/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """A matter's story.

    Each entry: `.at`, `.actor`, `.post`, `.sentence`, and maybe `.body`, `.files`, `.icon`, `.tone`
    (good, warn, bad, info), `.public` (the raiser sees this body).
    """
    return {"entries": entries}


@register.inclusion_tag("kit/parts/facts.html")
def facts(items: Iterable[Any]) -> dict[str, Any]:
    """The separate truths about a matter. Each: `.word`, `.at` (None: not so), maybe `.note`."""
    return {"items": items}


@register.inclusion_tag("kit/parts/empty.html")
def empty(
    title: str, hint: str = "", href: str = "", action: str = "", icon_name: str = "inbox"
) -> dict[str, Any]:
    """An empty list that says why it is empty and what to do next."""
    return {"title": title, "hint": hint, "href": href, "action": action, "icon_name": icon_name}


@register.inclusion_tag("kit/parts/pager.html")
def pager(next_url: str = "", first_url: str = "", shown: str = "") -> dict[str, Any]:
    """Keyset paging: the next page, and back to the first. `shown` says what stands here ("50 条")."""
    return {"next_url": next_url, "first_url": first_url, "shown": shown}


@register.inclusion_tag("kit/parts/summary.html")
def summary(rows: Iterable[Any]) -> dict[str, Any]:
    """Check answers. Each row: `.term`, `.value`, maybe `.change_url`."""
    return {"rows": rows}


@register.inclusion_tag("kit/parts/files.html")
def file_list(files: Iterable[Any]) -> dict[str, Any]:
    """Attachments. Each: `.url`, `.name`, maybe `.size` (bytes), `.thumb_url`."""
    return {"files": files}


@register.inclusion_tag("kit/parts/masked.html")
def masked(value: str, url: str = "") -> dict[str, Any]:
    """Personal text, already masked. `url`: the page that asks for the reason and shows it whole."""
    return {"value": value, "url": url}


@register.inclusion_tag("kit/parts/tabs.html")
def tabs(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Tabs that are links. Each: `.url`, `.label`, maybe `.count`, `.current`."""
    return {"items": items, "label": label or _("分类")}


@register.inclusion_tag("kit/parts/steps.html")
def steps(items: Sequence[str], current: int) -> dict[str, Any]:
    """Where one stands in a row of steps; `current` counts from 1."""
    return {"items": [(words, at < current, at == current) for at, words in enumerate(items, 1)]}


@register.inclusion_tag("kit/parts/progress.html")
def progress(done: int, of: int, words: str = "") -> dict[str, Any]:
    """How much of a known whole is done; `words` say it too."""
    share = min(100, round(100 * done / of)) if of else 0
    return {"share": share, "words": words or f"{done} / {of}"}


# --- figures ---


@register.inclusion_tag("kit/parts/figure.html")
def figure(number: object, words: str, **more: Any) -> dict[str, Any]:
    """A figure: its number and words, numerator and denominator, and the way to its rows.

    More: unit, numerator, denominator, note, href.
    """
    return {"number": number, "words": words, **more}


@register.inclusion_tag("kit/parts/month_bars.html")
def month_chart(bars: Sequence[Bar], title: str, whole: str, part: str = "") -> dict[str, Any]:
    """Bars by month with the same numbers as a table below. `whole` and `part` name the two series."""
    return {"chart": month_bars(bars), "bars": bars, "title": title, "whole": whole, "part": part}


# --- boxes with content of their own ---


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """{% notice "warn" title="…" %}…{% endnotice %}: info, good, warn or bad."""
    return _box("notice", content, kind=kind, title=title, icon_name=NOTICE_ICONS.get(kind, "info"))


@register.simple_block_tag
def explain(content: str) -> SafeString:
    """{% explain %}…{% endexplain %}: what a page is for and how it is used, folded away at its foot."""
    return _box("explain", content)


@register.simple_block_tag
def panel(content: str, title: str, number: str = "") -> SafeString:
    """{% panel title="…" number="…" %}…{% endpanel %}: the confirmation at the end of a form."""
    return _box("panel", content, title=title, number=number)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002  # reads as the attribute it becomes
    """{% dialog id="…" title="…" %}…{% enddialog %}; opened by {% button … dialog="id" href="a page" %}."""
    return _box("dialog", content, id=id, title=title)


def _box(name: str, content: str, **more: str) -> SafeString:
    return SafeString(
        render_to_string(f"kit/parts/{name}.html", {"content": conditional_escape(content), **more})
    )
