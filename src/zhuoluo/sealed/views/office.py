"""The entitled office: its list, one case, what can be done with it, who looked, the rules, and the count."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Permission
from zhuoluo.sealed import actions, reads
from zhuoluo.sealed.forms import AcceptForm, ActForm, ConcludeForm, ForwardForm, RulesForm, WordsForm
from zhuoluo.sealed.models import SealedCase, SealedFile
from zhuoluo.sealed.rules import SUPERIOR, Refused
from zhuoluo.sealed.states import STATE_WORDS, after

ACTS: dict[str, tuple[type[ActForm], Callable[..., SealedCase], str]] = {
    "accept": (AcceptForm, actions.accept, "受理"),
    "forward": (ForwardForm, actions.forward, "移送"),
    "note": (WordsForm, actions.note, "记一笔"),
    "message": (WordsForm, actions.message, "给来件人写话"),
    "conclude": (ConcludeForm, actions.conclude, "办结"),
}


def _watermark(request: HttpRequest) -> dict[str, Any]:
    """What stands on every page of a case: who reads it, and when."""
    by = asking(request)
    return {"reader": f"{by.name} {by.unit_name} {by.post}", "read_at": timezone.now()}


def _last_day(row: SealedCase) -> date:
    """Return the last day of the term: its end is exclusive."""
    return timezone.localtime(row.forward_due - timedelta(seconds=1)).date()


@needs(Permission.READ_SEALED)
@never_cache
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases this office keeps, newest first; not a word of any of them."""
    state = request.GET.get("state", "")
    state = state if state in STATE_WORDS else ""
    page = reads.cases(asking(request), state=state, after=request.GET.get("after", ""))
    now = timezone.now()
    rows = [
        (row, row.state in {"received", "accepted"} and row.forward_due <= now, _last_day(row))
        for row in page.rows
    ]
    context = {
        "rows": rows, "next": page.next, "state": state, "states": [(k, _(w)) for k, w in STATE_WORDS.items()],
        "after": request.GET.get("after", ""),
    }  # fmt: skip
    return render(request, "sealed/list.html", context | _watermark(request))


@needs(Permission.READ_SEALED)
@never_cache
@require_GET
def case(request: HttpRequest, sealed_number: str) -> HttpResponse:
    """Show a case whole; the look is recorded first."""
    found = _found(lambda: actions.look(number=sealed_number, by=asking(request), at=timezone.now()))
    open_acts = [
        (name, _(words)) for name, (_form, _act, words) in ACTS.items() if after(name, found.row.state)
    ]
    context = {
        "case": found, "row": found.row, "acts": open_acts, "rule": _rule(found),
        "given": found.of("given", "taken", "added"), "files": found.of("file"),
        "told": found.of("forward", "conclude", "note", "message"),
        "last_day": _last_day(found.row),
        "late": found.row.state in {"received", "accepted"} and found.row.forward_due <= timezone.now(),
    }  # fmt: skip
    return render(request, "sealed/case.html", context | _watermark(request))


def _found(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (reads.NotFound, SealedFile.DoesNotExist) as error:
        raise Http404 from error


def _rule(found: reads.Case) -> Any:
    refs = [ref for piece in found.of("accused") for ref in piece.fields["refs"]]
    return reads.rule_for([UUID(ref.removeprefix("unit:")) for ref in refs if ref.startswith("unit:")])


@needs(Permission.READ_SEALED)
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, sealed_number: str, sealed_act: str) -> HttpResponse:
    """Ask for what an act needs, and do it."""
    if sealed_act not in ACTS:
        raise Http404
    by, (form_class, deed, words) = asking(request), ACTS[sealed_act]
    row = _found(lambda: reads.by_number(by, sealed_number))
    rule = None
    more: dict[str, Any] = {}
    if sealed_act == "forward":
        rule = _rule(_found(lambda: actions.look(number=sealed_number, by=by, at=timezone.now())))
        more["choices"] = reads.forward_choices(row, rule)
    form = form_class(
        request.POST if request.method == "POST" else None, initial={"version": row.version}, **more
    )
    if request.method == "POST" and form.is_valid():
        try:
            deed(number=sealed_number, by=by, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, spoken(refusal))
        else:
            messages.success(request, _("已经记下：%(act)s") % {"act": _(words)})
            return redirect("sealed:case", row.number)
    context = {"form": form, "row": row, "words": _(words), "rule": rule, "superior": SUPERIOR}
    status = 400 if form.is_bound else 200
    return render(request, "sealed/act.html", context | _watermark(request), status=status)


@needs(Permission.READ_SEALED)
@never_cache
@require_GET
def file(request: HttpRequest, sealed_number: str, sealed_file: UUID) -> HttpResponse:
    """Hand out one file of a case; the look is recorded first. It goes out as what no browser runs."""
    by, now = asking(request), timezone.now()
    found = _found(lambda: actions.look_at_file(number=sealed_number, file_id=sealed_file, by=by, at=now))
    told = json.loads(reads.open_text(found.label))
    response = HttpResponse(reads.open_file(found), content_type=told["type"])
    shown = content_disposition_header(not told["type"].startswith("image/"), told["name"])
    response.headers["Content-Disposition"] = shown or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@needs(Permission.READ_SEALED)
@never_cache
@require_GET
def looks(request: HttpRequest, sealed_number: str) -> HttpResponse:
    """Show every look at a case; this one is recorded too."""
    row = _found(lambda: actions.look_at_looks(number=sealed_number, by=asking(request), at=timezone.now()))
    page = reads.looks(row, after=request.GET.get("after", ""))
    context = {"row": row, "rows": page.rows, "next": page.next, "after": request.GET.get("after", "")}
    return render(request, "sealed/looks.html", context | _watermark(request))


@needs(Permission.READ_SEALED)
@never_cache
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change to whom accusations go."""
    form = RulesForm(request.POST if request.method == "POST" else None, lines=reads.rule_lines())
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rules(wanted=form.wanted(), by=asking(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, spoken(refusal))
        else:
            messages.success(request, _("移送规则已经保存。"))
            return redirect("sealed:rules")
    status = 400 if form.is_bound else 200
    return render(request, "sealed/rules.html", {"form": form}, status=status)


@needs(Permission.COUNT_SEALED)
@never_cache
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """Show how many there were in each year, and nothing else of them."""
    by = asking(request)
    context = {"rows": reads.yearly(by), "entitled": by.can(Permission.READ_SEALED)}
    return render(request, "sealed/count.html", context)
