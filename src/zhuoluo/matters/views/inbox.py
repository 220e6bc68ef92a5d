"""Triage: what waits to be taken, sent on or ruled on; one at a time beside the list, or several in one go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.asked import asked_number
from zhuoluo.matters import actions, reads
from zhuoluo.matters.forms.bulk import MANY, VERBS, BulkForm
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads import Wanted
from zhuoluo.matters.reads.case import Case, offered
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.matters.views.open import look, open_case
from zhuoluo.matters.views.shown import lamp, language, last_day, left, reader, shown
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org.access import needs
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Actor, Forbidden, Permission

KEPT = 5  # outcomes of so many bulk acts stay readable in the session
# The keys of triage, by act; those of HERE have a form of their own, for one or for several.
KEYS = {
    "rule": "u", "take": "a", "accept": "a", "forward": "f", "assign": "s", "answer_now": "w", "object": "o",
    "hand_over": "h", "decline": "d", "redirect": "r", "merge": "m", "ask_more": "q",
}  # fmt: skip
HERE = {"take": "accept", "accept": "accept", "forward": "forward", "assign": "assign"}


@dataclass(frozen=True)
class Deed:
    """A button of the reading pane, and the address of its form."""

    words: Any
    key: str
    icon: str
    url: str


@needs(Permission.TRIAGE, Permission.HANDLE, Permission.RULE)
@require_GET
def inbox(request: HttpRequest, number: str = "") -> HttpResponse:
    """Show the list, with the matter `number` opened beside it. htmx asks for the pane alone."""
    by, now = reader(request), timezone.now()
    pane = _pane(request, number) if number else {}
    if number and request.headers.get("HX-Target") == "pane":
        return render(request, "matters/inbox_pane.html", pane)
    wanted = Wanted(kinds=tuple(reads.duties(by).intersection(reads.INBOX)))
    page = reads.owed(by, wanted, now=now, after=request.GET.get("after", ""))
    context = {
        "rows": [shown(row, row.due, row.light, now) for row in page.rows], "next": page.next,
        "first": "after" in request.GET, "focus": "done" in request.GET, "opened": number,
        "verbs": [(verb, VERBS[verb][0], key, icon) for verb, key, icon in _bulk_verbs(by)],
    }  # fmt: skip
    answer = render(request, "matters/inbox.html", context | pane)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _bulk_verbs(by: Actor) -> list[tuple[str, str, str]]:
    found = [("accept", "a", "check")]
    if by.can(Permission.TRIAGE):
        found += [("forward", "f", "forward"), ("assign", "s", "flag")]
    return found


def _pane(request: HttpRequest, number: str) -> dict[str, Any]:
    """Read one matter for the pane. Reading it is opening it, so it is recorded like any other opening."""
    case = open_case(request, number, entries=50)
    look(case)
    page, matter, now = case.page, case.matter, case.now
    told = [entry for entry in page.story if entry.verb in {Verb.FORWARD, Verb.ASSIGN} and entry.texts]
    return {
        "matter": matter, "page": page, "place": reads.place_words(matter.area_id, ""), "deeds": _deeds(case),
        "sent_with": told[-1] if told else None, "objection": case.objection,
        "owes": [_promise(p, now) for p in page.open],
    }  # fmt: skip


def _promise(promise: reads.Promise, now: datetime) -> dict[str, Any]:
    due = promise.row.due
    return {
        "kind": promise.row.kind, "unit": promise.unit, "lamp": lamp(promise.light), "day": last_day(due),
        "left": left(due, now), "why": promise.why(language()), "provisional": promise.row.provisional,
    }  # fmt: skip


def _deeds(case: Case) -> list[Deed]:
    """Return the buttons of triage that are open to the reader now, in the order of KEYS."""
    open_now = set(offered(case))
    return [
        Deed(ACTS[name].words, key, ACTS[name].icon, _address(case.matter, name))
        for name, key in KEYS.items()
        if name in open_now
    ]


def _address(matter: Matter, name: str) -> str:
    if name not in HERE:
        back = urlencode({"next": f"{reverse('matters:inbox')}?done=1"})
        return f"{reverse('matters:act', args=[matter.number, name])}?{back}"
    return f"{reverse('matters:bulk', args=[HERE[name]])}?m={matter.number}:{matter.version}"


@needs(Permission.TRIAGE, Permission.HANDLE)
@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """Ask where to and by when for the chosen matters, then do each of them in an act of its own."""
    if verb not in VERBS:
        raise Http404
    by, now = reader(request), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    chosen = dict(one.partition(":")[::2] for one in asked.getlist("m")[:MANY] if one.isprintable())
    found = _chosen(by, chosen, now)
    if not found:
        return redirect("matters:inbox")
    today = now.astimezone(SHANGHAI).date()
    units = [] if verb == "accept" else reads.receivers(by, [line.id for line in found], today)
    form = BulkForm(request.POST if request.method == "POST" else None, verb=verb, units=units, today=today)
    if "_all" in request.POST:  # the whole list of units is asked for; nothing is done
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        outcomes = [_do(by, verb, line, chosen[line.number], form.given(), now) for line in found]
        if len(outcomes) > 1:
            return redirect("matters:bulk-done", _keep(request, verb, outcomes))
        if not outcomes[0]["why"]:
            said = {"verb": VERBS[verb][0], "number": outcomes[0]["number"]}
            messages.success(request, _("%(number)s 已%(verb)s。") % said)
            return redirect(f"{reverse('matters:inbox')}?done=1")
        form.add_error(None, _(outcomes[0]["why"]))
    rows = [{"row": line, "version": chosen[line.number]} for line in found]
    context = {"form": form, "verb": verb, "words": VERBS[verb], "rows": rows}
    part = request.headers.get("HX-Target") == "pane"
    return render(request, "matters/inbox_bulk_form.html" if part else "matters/inbox_bulk.html", context)


def _chosen(by: Actor, chosen: dict[str, str], now: datetime) -> list[reads.Line]:
    """Return the chosen matters that the reader may see, each with its version as it stood when chosen."""
    rows = reads.visible(by).filter(number__in=list(chosen)).values_list("number", "id", "version")
    ids = {}
    for number, matter_id, version in rows:
        ids[number] = matter_id
        chosen[number] = str(asked_number(chosen[number]) or version)
    return reads.by_ids(by, [ids[number] for number in chosen if number in ids], now=now)


def _do(
    by: Actor, verb: str, line: reads.Line, version: str, given: dict[str, Any], now: datetime
) -> dict[str, str]:
    """Do one of several, and say how it went."""
    act = actions.take if verb == "accept" and line.stage == Stage.ROUTED else getattr(actions, verb)
    try:
        act(matter_id=line.id, by=by, at=now, law=law(), version=int(version), **given)
    except (Refused, Forbidden, Stale) as error:
        return {"number": line.number, "why": str(error)}
    return {"number": line.number, "why": ""}


def _keep(request: HttpRequest, verb: str, rows: list[dict[str, str]]) -> str:
    """Keep the outcome in the session (numbers and reasons, no words of a matter) and return where."""
    token = uuid4().hex[:12]
    kept = dict(list(request.session.get("outcomes", {}).items())[1 - KEPT :])
    request.session["outcomes"] = kept | {token: {"verb": verb, "rows": rows}}
    return token


@needs(Permission.TRIAGE, Permission.HANDLE)
@require_GET
def bulk_done(request: HttpRequest, token: str) -> HttpResponse:
    """List every chosen matter with what became of it: done, or refused and why."""
    kept = request.session.get("outcomes", {}).get(token)
    if kept is None:
        return redirect("matters:inbox")
    seen = reads.visible(reader(request)).filter(number__in=[row["number"] for row in kept["rows"]])
    titles = dict(seen.values_list("number", "title"))
    rows = [
        row | {"title": titles.get(row["number"], ""), "why": _(row["why"]) if row["why"] else ""}
        for row in kept["rows"]
    ]
    context = {
        "refused": [row for row in rows if row["why"]], "done": [row for row in rows if not row["why"]],
        "words": VERBS[kept["verb"]],
    }  # fmt: skip
    return render(request, "matters/inbox_bulk_done.html", context)
