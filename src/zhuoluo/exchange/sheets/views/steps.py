"""From an upload to a running import: the table, the columns, the check, the progress."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import actions, reads
from zhuoluo.exchange.sheets.checking import check
from zhuoluo.exchange.sheets.forms import ColumnsForm, StartForm, TableForm
from zhuoluo.exchange.sheets.loading import reading_once, table_of
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.exchange.sheets.views.results import result
from zhuoluo.exchange.sheets.views.shown import (
    columns as shown_columns,
)
from zhuoluo.exchange.sheets.views.shown import (
    doing,
    found,
    language,
    problem,
    refusal,
    shown_row,
    skipped,
    steps,
)  # fmt: skip
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import law
from zhuoluo.org.rules import Forbidden, Permission

WHILE_WAITING = 10_000  # rows that are checked while the reader waits; more are checked by the worker


@needs(Permission.IMPORT)
@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show a run where it stands."""
    one = found(request, run_id)
    if one.state == "uploaded":
        return redirect("sheets:columns" if one.sheet is not None else "sheets:table", one.id)
    if one.state in {"checking", "running"}:
        context = {
            "run": one,
            "doing": _doing(one),
            "steps": steps(),
            "at": 5 if one.state == "running" else 4,
        }
        return render(request, "sheets/progress.html", context)
    return preview(request, one) if one.state == "previewed" else result(request, one)


def _doing(one: ImportRun) -> Any:
    return doing(one, (timezone.now() - one.moved_at).total_seconds())


@needs(Permission.IMPORT)
@require_GET
def progress(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Return the progress of a run, as the page asks for it every second; when it is over, the page is loaded anew."""
    one = found(request, run_id)
    if one.state in {"checking", "running"}:
        return render(request, "sheets/progress_part.html", {"run": one, "doing": _doing(one)})
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("sheets:run", one.id)


@needs(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Choose the table of the file."""
    one = found(request, run_id)
    if one.state not in actions.OPEN:
        return redirect("sheets:run", one.id)
    form = TableForm(request.POST if request.method == "POST" else None, run=one)
    if request.method == "POST" and form.is_valid():
        sheet, place = form.chosen
        try:
            actions.choose(
                run_id=one.id, sheet=sheet, table=place if form.header_rows is None else 0, header=form.header_rows,
                by=asking(request), at=timezone.now(),
            )  # fmt: skip
        except Unreadable as error:
            form.add_error(None, refusal(error))
        except (Refused, Forbidden) as error:
            form.add_error(None, spoken(error))
        else:
            return redirect("sheets:columns", one.id)
    context = {"run": one, "form": form, "steps": steps()}
    return render(request, "sheets/table.html", context, status=422 if form.errors else 200)


@needs(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show what each column was taken for, and take what it really means; then every row is checked."""
    one = found(request, run_id)
    if one.state not in actions.OPEN or one.swept_at is not None:
        return redirect("sheets:run", one.id)
    if one.sheet is None:
        return redirect("sheets:table", one.id)
    now = timezone.now()
    form = ColumnsForm(
        request.POST if request.method == "POST" else None, run=one, by=asking(request), now=now
    )
    if request.method == "POST" and form.is_valid():
        with reading_once():
            mapped = _mapped(request, one, form)
            if mapped and one.rows <= WHILE_WAITING:
                check(run_id=one.id, now=now, law=law())
        if mapped:
            return redirect("sheets:run", one.id)
    return _columns(request, one, form)


def _mapped(request: HttpRequest, one: ImportRun, form: ColumnsForm) -> bool:
    try:
        actions.map_columns(
            run_id=one.id, targets=form.targets, defaults=form.defaults, by=asking(request), at=timezone.now()
        )
    except Unreadable as error:
        form.add_error(None, refusal(error))
    except (Refused, Forbidden) as error:
        form.add_error(None, spoken(error))
    else:
        return True
    return False


def _columns(request: HttpRequest, one: ImportRun, form: ColumnsForm) -> HttpResponse:
    try:
        found_table = table_of(one)
    except Unreadable as error:
        messages.warning(request, refusal(error))
        return redirect("sheets:runs")
    told = [(column, form[column.name]) for column in shown_columns(found_table, form.mapping)]
    saved = reads.saved(one.signature)
    context = {
        "run": one, "form": form, "columns": told, "steps": steps(), "saved": saved, "sheet": found_table.sheet.name,
        "notes": [note.sentence(language()) for note in found_table.sheet.notes], "several": len(one.tables) > 1,
    }  # fmt: skip
    return render(request, "sheets/columns.html", context, status=422 if form.errors else 200)


def preview(request: HttpRequest, one: ImportRun, form: StartForm | None = None) -> HttpResponse:
    """Show what will become of the rows, before anything is registered."""
    entries = reads.numbered_rows(one, [int(said["number"]) for said in one.sample])
    sample = [
        shown_row(entries[int(said["number"])], said=said)
        for said in one.sample
        if int(said["number"]) in entries
    ]
    context = {
        "run": one, "steps": steps(), "sample": sample, "form": form or StartForm(initial={"mode": one.mode}),
        "common": [(problem(kind), count) for _cell, kind, count in reads.common_problems(one)],
        "skipped": skipped(one), "several": len(one.tables) > 1,
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "sheets/preview.html", context, status=status)


@needs(Permission.IMPORT)
@require_POST
def start(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Start the import; the worker does it."""
    one = found(request, run_id)
    form = StartForm(request.POST)
    if not form.is_valid():
        return preview(request, one, form) if one.state == "previewed" else redirect("sheets:run", one.id)
    try:
        actions.start(run_id=one.id, mode=form.cleaned_data["mode"], by=asking(request), at=timezone.now())
    except (Refused, Forbidden) as error:
        if one.state == "previewed":
            form.add_error(None, spoken(error))
            return preview(request, one, form)
        messages.warning(request, spoken(error))
    return redirect("sheets:run", one.id)
