"""The figures page: what stands as of a day, month by month, by place and unit; every number opens to its rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuoluo.figures import reads
from zhuoluo.figures.forms import Asked, CutForm, asked, members
from zhuoluo.figures.rules import BY_KEY, FIGURES, UNDONE, Figure
from zhuoluo.kit.svgchart import Bar
from zhuoluo.matters.rules import KINDS, MILESTONES, SATISFACTION
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Actor, Permission

TILES = ("registered", "answered", "on_time", "resolved", "satisfied", "disputed")
MONTHLY = ("registered", "answered", "served", "due:answer", "kept:answer")
TABLE = ("registered", "answered", "served", "resolved", "due:answer", "kept:answer")


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: words of the reader's language, the number, and the way to its rows."""

    name: str
    words: str
    number: str
    top: int
    bottom: int | None
    top_url: str
    bottom_url: str


def _today() -> date:
    return datetime.now(SHANGHAI).date()


def _question(request: HttpRequest) -> Asked:
    """Return what is asked, narrowed to the reader's own unit unless all may be read."""
    question = asked(request.GET, _today())
    by = asking(request)
    if by.can(Permission.READ_ALL):
        return question
    mine = str(by.unit_id) if by.unit_id else "-"
    chosen = question.member if question.by == "unit" and question.member in map(str, by.units) else mine
    return Asked(question.until, question.since, "unit", chosen)


def _url(question: Asked, kinds: tuple[str, ...]) -> str:
    return f"{reverse('figures:rows', args=['+'.join(kinds)])}?{question.query()}" if kinds else ""


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _shown(figure: Figure, totals: dict[str, int], question: Asked) -> Shown:
    value = reads.number(figure, totals)
    english = _english()
    return Shown(
        name=figure.name_en if english else figure.name,
        words=figure.words_en if english else figure.words,
        number=f"{value.top:,}" if value.bottom is None else value.percent,
        top=value.top,
        bottom=value.bottom,
        top_url=_url(question, figure.top),
        bottom_url=_url(question, figure.bottom),
    )


@needs(Permission.READ_FIGURES)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the figures as of a day, with the rules the answers are measured by and the split by the chosen dimension."""
    question = _question(request)
    cut = question.cut()
    totals = reads.sums(cut)
    context = {
        "question": question,
        "form": CutForm(initial={"as_of": question.until, "by": question.by}),
        "tiles": [_shown(BY_KEY[key], totals, question) for key in TILES],
        "figures": [_shown(figure, totals, question) for figure in FIGURES],
        "median": reads.median_days(cut),
        "answered_url": _url(question, ("answered",)),
        "rules": _rules(totals, question),
        "split": _split(question, asking(request)),
        "bars": _bars(cut, question),
        "behind": reads.behind(),
        "members": members(question.by),
        "whole": asking(request).can(Permission.READ_ALL),
    }
    return render(request, "figures/home.html", context)


def _rules(totals: dict[str, int], question: Asked) -> list[dict[str, Any]]:
    rows = []
    for term in law().rulebook.measuring("answer", question.until):
        figure = Figure(
            term.id, term.name, term.name_en, term.article, term.article_en, (f"rule_kept:{term.id}",),
            (f"rule_due:{term.id}",),
        )  # fmt: skip
        shown = _shown(figure, totals, question)
        late = _url(question, (f"rule_late:{term.id}",))
        language = "en" if _english() else "zh"
        rows.append(
            {
                "shown": shown,
                "length": term.span(language),
                "late": (shown.bottom or 0) - shown.top,
                "late_url": late,
            }
        )
    return rows


def _split(question: Asked, by: Actor) -> list[dict[str, Any]]:
    """Return one line per member of the dimension, with numbers that open to their rows."""
    names = members(question.by)
    if not by.can(Permission.READ_ALL):
        names = {key: name for key, name in names.items() if key in set(map(str, by.units))}
    found = reads.by_member(reads.Cut(question.until, question.since, question.by, tuple(names)), TABLE)
    lines = []
    for key, name in names.items():
        totals = found.get(key, {})
        if not totals:
            continue
        one = Asked(question.until, question.since, question.by, key)
        value = reads.number(BY_KEY["on_time"], totals)
        cells = [(totals.get(kind, 0), _url(one, (kind,))) for kind in TABLE]
        lines.append({"name": _(name), "cells": cells, "percent": value.percent, "top": value.top, "bottom": value.bottom,
                      "url": f"{reverse('figures:home')}?{one.query()}"})  # fmt: skip
    return lines


def _month_span(question: Asked, month: int) -> Asked:
    first = date(month // 12, month % 12 + 1, 1)
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return Asked(min(last, question.until), first, question.by, question.member)


def _bars(cut: reads.Cut, question: Asked) -> list[Bar]:
    """Return the last 24 months: registered, and answered in time of those due is in the table below."""
    found = reads.by_month(cut, ("registered", "answered"))
    last = question.until.year * 12 + question.until.month - 1
    bars: list[Bar] = []
    for month in range(last - 23, last + 1):
        totals = found.get(month, {})
        if not bars and not totals:
            continue
        bars.append(
            Bar(
                _month_name(month), totals.get("registered", 0), None,
                _url(_month_span(question, month), ("registered",)),
            )
        )  # fmt: skip
    return bars


def _month_name(month: int) -> str:
    year, place = divmod(month, 12)
    if _english():
        return f"{year}-{place + 1:02d}"
    return f"{year % 100}年{place + 1}月" if place in {0} else f"{place + 1}月"


@needs(Permission.READ_FIGURES)
@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Show month × area (or unit, class) × state: registered, answered, due, in time, median days."""
    question = _question(request)
    cut = question.cut()
    found = reads.by_month(cut, MONTHLY)
    medians = reads.medians_by_month(cut)
    lines = []
    for month in sorted(set(found) | set(medians), reverse=True):
        totals = found.get(month, {})
        span = _month_span(question, month)
        value = reads.number(BY_KEY["on_time"], totals)
        cells = [(totals.get(kind, 0), _url(span, (kind,))) for kind in MONTHLY]
        lines.append({"month": f"{month // 12}-{month % 12 + 1:02d}", "cells": cells, "percent": value.percent,
                      "median": medians.get(month)})  # fmt: skip
    context = {
        "question": question,
        "lines": lines,
        "matrix": _matrix(question),
        "members": members(question.by),
    }
    return render(request, "figures/months.html", context)


def _matrix(question: Asked) -> dict[str, Any]:
    """Return the last twelve months × members, registered and answered, each cell opening to its rows."""
    names = {k: v for k, v in members(question.by).items() if not question.member or k == question.member}
    cut = reads.Cut(question.until, None, question.by, tuple(names))
    last = question.until.year * 12 + question.until.month - 1
    shown = list(range(last - 11, last + 1))
    cells: dict[tuple[str, int], dict[str, int]] = {}
    for month, member, kind, total in reads.by_month_and_member(cut, ("registered", "answered")):
        cells.setdefault((member, month), {})[kind] = total
    rows = []
    for key, name in names.items():
        line = [
            _cell(cells.get((key, month), {}), Asked(question.until, None, question.by, key), month)
            for month in shown
        ]
        if any(cell["registered"] or cell["answered"] for cell in line):
            rows.append({"name": _(name), "cells": line})
    return {"months": [f"{m // 12}-{m % 12 + 1:02d}" for m in shown], "rows": rows}


def _cell(totals: dict[str, int], question: Asked, month: int) -> dict[str, Any]:
    span = _month_span(question, month)
    return {
        "registered": totals.get("registered", 0), "answered": totals.get("answered", 0),
        "registered_url": _url(span, ("registered",)), "answered_url": _url(span, ("answered",)),
    }  # fmt: skip


@needs(Permission.READ_FIGURES)
@require_GET
def opened(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the rows behind a number, newest first; what the reader may not see is counted, not shown."""
    kinds = tuple(kind.split("+"))
    if not all(_known(one) for one in kinds):
        raise Http404
    question = _question(request)
    try:
        page = reads.rows(
            asking(request), kinds, question.span(), law=law(), after=request.GET.get("after", "")
        )
    except (ValueError, StopIteration) as error:
        raise Http404 from error
    more = f"{request.path}?{question.query(after=page.next)}" if page.next else ""
    context = {
        "question": question, "title": _title(kinds), "page": page, "total": _total(kinds, question), "more": more,
        "member": members(question.by).get(question.member, ""), "back": f"{reverse('figures:home')}?{question.query(since=None)}",
    }  # fmt: skip
    return render(request, "figures/rows.html", context)


def _known(kind: str) -> bool:
    prefix, _sep, name = kind.partition(":")
    if prefix in {"due", "kept", "late"}:
        return name in KINDS
    if prefix == "word":
        return name in SATISFACTION
    if prefix in {"rule_due", "rule_kept", "rule_late"}:
        return any(term.id == name for term in law().rulebook.measuring("answer", _today()))
    return kind in MILESTONES


def _total(kinds: tuple[str, ...], question: Asked) -> int:
    """Return the number that was opened, from the same sums as the page it was opened from."""
    cut = question.cut()
    totals: dict[str, int] = reads.sums(cut)
    if question.since is not None:
        wanted = [k for kind in kinds for k in _parts(kind)]
        months_ = reads.by_month(cut, wanted)
        totals = {}
        for found in months_.values():
            for name, count in found.items():
                totals[name] = totals.get(name, 0) + count
    return sum(
        totals.get(_parts(kind)[0], 0) - sum(totals.get(k, 0) for k in _parts(kind)[1:]) for kind in kinds
    )


def _parts(kind: str) -> list[str]:
    """A late one is a due one that was not kept."""
    prefix, _sep, name = kind.partition(":")
    if prefix.endswith("late"):
        return [f"{prefix.removesuffix('late')}due:{name}", f"{prefix.removesuffix('late')}kept:{name}"]
    return [kind]


def _title(kinds: tuple[str, ...]) -> str:
    names = []
    for kind in kinds:
        prefix, _sep, name = kind.partition(":")
        if prefix == "word":
            names.append(_(SATISFACTION[name]))
        elif prefix.startswith("rule_"):
            rule = next(t for t in law().rulebook.measuring("answer", _today()) if t.id == name)
            names.append(
                f"{rule.name_en if _english() else rule.name} · {_verdict(prefix.removeprefix('rule_'))}"
            )
        elif prefix in {"due", "kept", "late"}:
            names.append(f"{_(KINDS[name])} · {_verdict(prefix)}")
        else:
            names.append(_(MILESTONES[kind.removeprefix(UNDONE)]))
    return _("、").join(names)


def _verdict(word: str) -> str:
    return {
        "due": pgettext("figures", "到期"),
        "kept": pgettext("figures", "按期"),
        "late": pgettext("figures", "没有按期"),
    }[word]


@needs(Permission.READ_FIGURES)
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Explain every figure: what is counted, over what, up to when, on what ground."""
    english = _english()
    rows = [
        {
            "name": f.name_en if english else f.name,
            "words": f.words_en if english else f.words,
            "source": f.source,
        }
        for f in FIGURES
    ]
    return render(request, "figures/words.html", {"figures": rows})
