"""The lists: what I owe, what waits for the head, calls to make, exceptions, and all matters I may read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuoluo.kit.asked import asked_day
from zhuoluo.matters import reads
from zhuoluo.matters.reads import EXCEPTIONS, Sought, Wanted, Where
from zhuoluo.matters.rules import CHANNELS, KINDS, KLASSES
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.matters.views.shown import Shown, language, options, reader, shown
from zhuoluo.org.access import needs
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, areas, units
from zhuoluo.org.rules import Actor, Permission

LIGHTS = {"red": "超期", "yellow": "临期", "green": "按期"}
WAITING = {"drafts": "待签发", "extensions": "延期申请", "objections": "退回异议"}
CALLS = {"callbacks": "待回访", "rechecks": "不满意复核"}


@needs()
@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Show what the reader owes, soonest first; or what the reader's units owe."""
    by, now, asked = reader(request), timezone.now(), request.GET
    kinds = reads.duties(by)
    wanted = Wanted(
        kinds=tuple({asked.get("kind", "")} & kinds), mine=asked.get("of") != "unit",
        light=asked["light"] if asked.get("light") in LIGHTS else "",
        klass=asked["klass"] if asked.get("klass") in KLASSES else "",
    )  # fmt: skip
    page = reads.owed(by, wanted, now=now, after=asked.get("after", ""))
    context = {
        "rows": _shown(page.rows, now), "next": page.next, "wanted": wanted, "kind": asked.get("kind", ""),
        "tabs": _tabs("of", {"mine": _("我的"), "unit": _("本单位的")}, "mine" if wanted.mine else "unit"),
        "kinds": options(KINDS, sorted(kinds, key=list(KINDS).index)), "lights": options(LIGHTS),
        "klasses": options(KLASSES),
    }  # fmt: skip
    return render(request, "matters/owed.html", context)


@needs()
@require_GET
def why(request: HttpRequest, commitment: UUID) -> HttpResponse:
    """Show how a date was reckoned: the fragment a list fetches when its date is opened, or a page."""
    due = reads.why(reader(request), commitment)
    if due is None:
        raise Http404
    context = {"lines": due.explanation(language()).splitlines()}
    part = "HX-Request" in request.headers
    return render(request, "matters/owed_why_part.html" if part else "matters/owed_why.html", context)


@needs(Permission.ISSUE, Permission.RULE, Permission.TRIAGE)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision of the head or of the sender: drafts, extensions, objections."""
    by, now = reader(request), timezone.now()
    offered = {k: w for k, w in WAITING.items() if by.can(Permission.ISSUE) or k == "objections"}
    what = _one_of(request, "what", offered)
    read = {"drafts": reads.drafts, "extensions": reads.extensions, "objections": reads.objections}[what]
    page = read(by, now=now, after=request.GET.get("after", ""))
    context = {
        "rows": _waiting(page.rows, now), "next": page.next, "what": what,
        "tabs": _tabs("what", {key: _(word) for key, word in offered.items()}, what),
    }  # fmt: skip
    return render(request, "matters/list_waiting.html", context)


def _waiting(rows: Iterable[reads.Waiting], now: datetime) -> list[Shown[reads.Waiting]]:
    return [shown(row, row.owed.due, row.owed.light, now) for row in rows]


@needs(Permission.CALL_BACK, Permission.CERTIFY, Permission.RULE)
@require_GET
def callbacks(request: HttpRequest) -> HttpResponse:
    """Show whom to call back, and the answers to re-check; never what the reader's own unit handled."""
    by, now = reader(request), timezone.now()
    offered = {k: w for k, w in CALLS.items() if k == "rechecks" or by.can(Permission.CALL_BACK)}
    what = _one_of(request, "what", offered)
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"what": what}
    if what == "callbacks":
        calls = reads.callbacks(by, now=now, after=after)
        rows: list[Any] = [shown(row, row.owed.due, row.owed.light, now) for row in calls.rows]
        context |= {"rows": rows, "next": calls.next}
    else:
        found = reads.rechecks(by, now=now, after=after)
        context |= {"rows": _waiting(found.rows, now), "next": found.next}
    context["tabs"] = _tabs("what", {key: _(word) for key, word in offered.items()}, what)
    return render(request, "matters/list_callbacks.html", context)


@needs(Permission.SUPERVISE, Permission.RULE)
@require_GET
def exceptions(request: HttpRequest) -> HttpResponse:
    """Show exceptions first, each kind with its count, by unit and township."""
    by, now = reader(request), timezone.now()
    what = _one_of(request, "what", EXCEPTIONS)
    unit = chosen_unit(request)
    where = Where(unit.id if unit else None, _area(request))
    counts = reads.exception_counts(by, where, now=now)
    tabs = _tabs("what", {key: _(word) for key, word in EXCEPTIONS.items()}, what, request, "unit", "area")
    for tab in tabs:
        tab["count"] = _count(counts.get(tab["key"]))
    context = {
        "what": what, "tabs": tabs, "unit": unit, "area": where.area, "units": filter_units(now), "areas": _towns(),
        "cap": reads.CAP, "newest": reads.NEWEST, "enough": reads.ENOUGH,
        **_found(request, by, what, where, unit, now),
    }  # fmt: skip
    return render(request, "matters/list_exceptions.html", context)


def _found(
    request: HttpRequest, by: Actor, what: str, where: Where, unit: Unit | None, now: datetime
) -> dict[str, Any]:
    after = request.GET.get("after", "")
    if what in {"overdue", "supervised"}:
        dated = reads.dated(by, what, where, now=now, after=after)
        return {"owed": _shown(dated.rows, now), "next": dated.next}
    if what == "perfect":
        drawn = reads.sample(by, unit.id, now.astimezone(SHANGHAI).date(), now=now) if unit else []
        return {
            "perfect": reads.perfect(by, now=now),
            "sample": [shown(d, d.due, d.light, now) for d in drawn],
        }
    page = (
        reads.bounced(by, where, now=now, after=after)
        if what == "bounced"
        else reads.facts(by, what, where, now=now, after=after)
    )
    return {"findings": [shown(f, f.line.due, f.line.light, now) for f in page.rows], "next": page.next}


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{reads.CAP}+" if number > reads.CAP else str(number)


@needs(Permission.READ_UNIT, Permission.READ_ALL)
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """Show every matter the reader may see, newest first, by the filters chosen."""
    by, now, asked = reader(request), timezone.now(), request.GET
    unit = chosen_unit(request)
    sought = Sought(
        klass=_known(asked.get("klass"), KLASSES), stage=_known(asked.get("stage"), STAGE_WORDS),
        channel=_known(asked.get("channel"), CHANNELS), area=_area(request), unit=unit.id if unit else None,
        since=asked_day(asked.get("since")), until=asked_day(asked.get("until")),
    )  # fmt: skip
    page = reads.matters(by, sought, now=now, after=asked.get("after", ""))
    context = {
        "rows": [shown(row, row.due, row.light, now) for row in page.rows], "next": page.next, "sought": sought,
        "klasses": options(KLASSES), "stages": options(STAGE_WORDS), "channels": options(CHANNELS), "unit": unit,
        "units": filter_units(now), "areas": _towns(), "whole": by.can(Permission.READ_ALL),
    }  # fmt: skip
    return render(request, "matters/list.html", context)


def _shown(rows: Iterable[reads.Owed], now: datetime) -> list[Shown[reads.Owed]]:
    return [shown(row, row.due, row.light, now) for row in rows]


def _tabs(
    name: str, words: dict[str, str], current: str, request: HttpRequest | None = None, *kept: str
) -> list[dict[str, Any]]:
    """Return tabs that are links; the filters named stay as they are."""
    tail = "".join(
        f"&{k}={request.GET[k]}" for k in kept if request is not None and _plain(request.GET.get(k))
    )
    return [
        {"key": key, "url": f"?{name}={key}{tail}", "label": word, "current": key == current, "count": ""}
        for key, word in words.items()
    ]


def _plain(value: str | None) -> bool:
    return bool(value) and str(value).isascii() and str(value).replace("-", "").isalnum()


def _one_of(request: HttpRequest, name: str, offered: dict[str, str]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in offered else next(iter(offered))


def _known(value: str | None, words: dict[str, str]) -> str:
    return value if value in words else ""


def chosen_unit(request: HttpRequest) -> Unit | None:
    """Return the unit a filter names, if there is one."""
    code = request.GET.get("unit", "")
    return next((u for u in units().values() if u.code == code), None) if code else None


def _area(request: HttpRequest) -> str:
    code = request.GET.get("area", "")
    return code if code in areas() else ""


def _towns() -> list[tuple[str, str]]:
    """Return the townships as choices; villages would make the page heavy, links give them by their code."""
    return [
        (a.code, a.name) for a in areas().values() if a.code.endswith("000") and not a.code.endswith("000000")
    ]


def filter_units(now: datetime) -> list[tuple[str, str]]:
    """Return the units as choices of a filter: their codes and short names."""
    return [
        (u.code, u.short_name)
        for u in reads.live_units(now.astimezone(SHANGHAI).date())
        if u.kind != "village"
    ]
