"""Taking matters out as a sheet, and the empty sheet to be filled in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.exchange.models import ExportRun
from zhuoluo.exchange.sheets import exporting, reads, shelf
from zhuoluo.exchange.sheets.forms import ExportForm
from zhuoluo.exchange.sheets.views.results import XLSX, sheet_response
from zhuoluo.exchange.sheets.views.shown import EXPORT_WORDS
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Forbidden, Permission

SHOWN = 20
TONES = {"ready": "good", "failed": "bad", "waiting": "info"}


@needs(Permission.IMPORT, Permission.EXPORT)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the empty sheet."""
    return sheet_response(exporting.template(), f"{_('台账模板')}.xlsx")


@needs(Permission.EXPORT)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Choose what to take out; a small sheet comes at once, a large one when the worker has made it."""
    by, now = asking(request), timezone.now()
    if request.method != "POST":
        return _show(request, ExportForm(by=by, now=now, initial=request.GET.dict()))
    form = ExportForm(request.POST, by=by, now=now)
    if not form.is_valid():
        return _show(request, form)
    data = form.cleaned_data
    try:
        run = exporting.ask(
            sought=form.sought,
            identity=data.get("identity", False),
            why=data.get("reason", ""),
            by=by,
            at=now,
        )
    except (Refused, Forbidden) as error:
        form.add_error(None, spoken(error))
        return _show(request, form)
    if run.state == "ready":
        return _download(run)
    messages.info(request, _("件数较多，正在后台制作，做好后在下面下载。"))
    return redirect("sheets:export")


def _show(request: HttpRequest, form: ExportForm) -> HttpResponse:
    made: list[dict[str, Any]] = [
        {"run": run, "word": _(EXPORT_WORDS[run.state]), "tone": TONES.get(run.state, "")}
        for run in reads.exports(asking(request))[:SHOWN]
    ]
    waiting = any(one["run"].state == "waiting" for one in made)
    page = "sheets/export_made.html" if "HX-Request" in request.headers else "sheets/export.html"
    context = {"form": form, "made": made, "waiting": waiting}
    return render(request, page, context, status=422 if form.errors else 200)


@needs(Permission.EXPORT)
@require_GET
def download(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """Hand out a sheet that was made, to whoever asked for it."""
    try:
        run = reads.export(asking(request), run_id)
    except reads.NotFound as error:
        raise Http404 from error
    if run.state != "ready" or (run.identity and not asking(request).can(Permission.EXPORT_IDENTITY)):
        raise Http404
    return _download(run)


def _download(run: ExportRun) -> FileResponse:
    made = run.made_at.astimezone(SHANGHAI)
    answer = FileResponse(
        shelf.place(run.id).open("rb"), as_attachment=True, content_type=XLSX,
        filename=f"{_('台账')}-{made:%Y%m%d-%H%M}.xlsx",
    )  # fmt: skip
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
