"""The list of imports, a new upload, stopping and going on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.exchange.sheets import actions, reads
from zhuoluo.exchange.sheets.exporting import COLUMNS
from zhuoluo.exchange.sheets.forms import UploadForm, field_label
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.exchange.sheets.views.shown import RUN_WORDS, TONES, found, refusal
from zhuoluo.kit.asked import asked_number
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Forbidden, Permission

PAGE = 30


@needs(Permission.IMPORT)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the form for a new file and the imports so far."""
    return _home(request, UploadForm())


def _home(request: HttpRequest, form: UploadForm) -> HttpResponse:
    start = asked_number(request.GET.get("from")) or 0
    rows = list(reads.runs(asking(request))[start : start + PAGE + 1])
    context = {
        "form": form,
        "runs": [{"run": run, "word": _(RUN_WORDS[run.state]), "tone": TONES.get(run.state, "")} for run in rows[:PAGE]],
        "next": start + PAGE if len(rows) > PAGE else 0,
        "columns": [field_label(field) for field in COLUMNS],
        "may_export": asking(request).can(Permission.EXPORT),
    }  # fmt: skip
    return render(request, "sheets/home.html", context, status=422 if form.errors else 200)


@needs(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and go on to its table, or say why it cannot be read."""
    if request.method != "POST":
        return redirect("sheets:runs")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form)
    file = form.cleaned_data["file"]
    try:
        run = actions.upload(data=file.read(), name=file.name, by=asking(request), at=timezone.now())
    except Unreadable as error:
        form.add_error("file", refusal(error))
        return _home(request, form)
    return redirect("sheets:columns" if run.sheet is not None else "sheets:table", run.id)


@needs(Permission.IMPORT)
@require_POST
def cancel(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Stop a run."""
    return _act(request, run_id, actions.cancel)


@needs(Permission.IMPORT)
@require_POST
def resume(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Go on with a stopped run."""
    return _act(request, run_id, actions.resume)


def _act(request: HttpRequest, run_id: UUID, action: Callable[..., Any]) -> HttpResponse:
    run = found(request, run_id)
    try:
        action(run_id=run.id, by=asking(request), at=timezone.now())
    except (Refused, Forbidden) as error:
        messages.warning(request, spoken(error))
    return redirect("sheets:run", run.id)
