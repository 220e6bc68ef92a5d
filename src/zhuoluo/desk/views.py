"""Today, and the search across everything the reader may see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuoluo.desk import reads
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Hit, NotFound, Wanted
from zhuoluo.matters.views.shown import Shown, reader, shown
from zhuoluo.org.access import needs
from zhuoluo.org.reads import SHANGHAI, areas, law, today
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.search import reads as search_reads
from zhuoluo.search.reads import Cursor

FIRST = 8  # rows of the most urgent work on the first page
PAGE = 20
SHORTEST = 2  # characters asked for in the registers
AROUND = 40  # characters shown before and after the first word found


@needs()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show today: numbers that open to their rows, then the most urgent work, soonest first."""
    by, now = reader(request), timezone.now()
    day = now.astimezone(SHANGHAI).date()
    works = bool(matters.duties(by))
    rows = matters.owed(by, Wanted(mine=True), now=now, limit=FIRST).rows if works else []
    context = {
        "today": day, "day": _day(day), "actor": by, "tiles": reads.tiles(by, matters.counts(by, now=now)),
        "exceptions": reads.exceptions(by, now=now), "rows": [shown(row, row.due, row.light, now) for row in rows],
        "registers": by.can(Permission.REGISTER), "works": works, "reviews": by.can(Permission.REVIEW),
        "administers": by.can(Permission.ADMINISTER), "figures": by.can(Permission.READ_FIGURES),
    }  # fmt: skip
    return render(request, "desk/home.html", context)


def _day(today: date) -> str:
    """Say what kind of day it is when it is not an ordinary working day: a weekend, a festival, a make-up day."""
    name = law().calendar.name(today)
    return _(name) if name else ""


@dataclass(frozen=True)
class Result:
    """One matter found: its row, and its words around those asked for."""

    shown: Shown[matters.Line]
    title: SafeString
    words: SafeString


@needs(Permission.READ_UNIT, Permission.READ_ALL)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find matters by their words and numbers; a whole number opens its matter at once."""
    by, now, asked = reader(request), timezone.now(), request.GET
    query, place = asked.get("q", "").strip()[:200], asked.get("place", "")
    if query and not asked.get("after") and (number := _number(by, query)):
        return redirect("matters:page", number)
    place = place if place in areas() else ""
    readers, hidden_from = matters.reader_tokens(by)
    found = search_reads.find(
        query, readers=readers, hidden_from=hidden_from, place=place or None, kind="matter", limit=PAGE,
        after=_cursor(asked.get("after", "")),
    )  # fmt: skip
    hits = matters.hits(by, found.ids, now=now)
    context = {
        "q": query, "place": place, "areas": _towns(), "rows": [_result(hit, found.terms, now) for hit in hits],
        "places": [] if asked.get("after") or len(query) < SHORTEST else reads.elsewhere(by, query, today=today()),
        "next": str(found.after) if found.after else "", "terms": found.terms, "too_short": found.too_short,
    }  # fmt: skip
    return render(request, "desk/search.html", context)


def _number(by: Actor, query: str) -> str:
    """Return the number of the matter that `query` names in full, if the reader may see it."""
    try:
        return matters.by_number(by, query).number
    except NotFound:
        return ""


def _cursor(text: str) -> Cursor | None:
    try:
        return Cursor.read(text) if text else None
    except ValueError:
        return None


def _towns() -> list[tuple[str, str]]:
    return [
        (a.code, a.name) for a in areas().values() if a.code.endswith("000") and not a.code.endswith("000000")
    ]


def _result(hit: Hit, terms: Sequence[str], now: datetime) -> Result:
    row = shown(hit.line, hit.line.due, hit.line.light, now)
    return Result(row, marked(hit.line.title, terms), marked(_around(hit.text, terms), terms))


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    found = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    return re.compile(found, re.IGNORECASE) if found else None


def _around(text: str, terms: Sequence[str]) -> str:
    """Return the part of a text around the first word found, or its beginning."""
    pattern = _pattern(terms)
    match = pattern.search(text) if pattern else None
    start = max(match.start() - AROUND, 0) if match else 0
    end = (match.end() if match else 0) + 2 * AROUND
    return f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"


def marked(text: str, terms: Sequence[str]) -> SafeString:
    """Return a text with the words asked for marked; everything in it is escaped."""
    pattern = _pattern(terms)
    if pattern is None:
        return format_html("{}", text)
    parts = re.split(f"({pattern.pattern})", text, flags=re.IGNORECASE)
    # re.split puts what matched at the odd places.
    told = (format_html("<mark>{}</mark>", part) if at % 2 else part for at, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in told))
