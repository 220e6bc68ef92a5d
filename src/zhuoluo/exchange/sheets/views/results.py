"""What became of a file: the counts, the rows behind each, the copy to be mended and sent in again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import actions, reads
from zhuoluo.exchange.sheets.copying import returned
from zhuoluo.exchange.sheets.forms import StartForm
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.exchange.sheets.views.shown import (
    ROW_WORDS,
    fault_words,
    found,
    language,
    problem,
    refusal,
    shown_row,
    skipped,
    steps,
)
from zhuoluo.kit.asked import asked_number
from zhuoluo.matters.reads import by_ids
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def result(request: HttpRequest, one: ImportRun) -> HttpResponse:
    """Show a run that has ended."""
    context = {
        "run": one, "steps": steps(), "skipped": skipped(one), "why": fault_words(one),
        "common": [(problem(kind), count) for _cell, kind, count in reads.common_problems(one)],
        "again": one.state == "failed" and one.swept_at is None and one.sheet is not None,
        "form": StartForm(initial={"mode": "good"}),
    }  # fmt: skip
    return render(request, "sheets/result.html", context)


@needs(Permission.IMPORT)
@require_GET
def rows(request: HttpRequest, run_id: UUID, state: str) -> HttpResponse:
    """Show the rows behind a count, or those with something to look at."""
    one = found(request, run_id)
    if state not in ROW_WORDS:
        raise Http404
    after = asked_number(request.GET.get("after")) or 0
    page = reads.rows(one, "" if state == "flagged" else state, flagged=state == "flagged", after=after)
    ids = [row.matter_id for row in page.rows if row.matter_id]
    lines = {line.id: line for line in by_ids(asking(request), ids, now=timezone.now())} if ids else {}
    context = {
        "run": one, "rows": [shown_row(row, lines) for row in page.rows], "next": page.next, "after": after,
        "title": _(ROW_WORDS[state]), "state": state,
    }  # fmt: skip
    return render(request, "sheets/rows.html", context)


@needs(Permission.IMPORT)
@require_POST
def copy(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Hand out the sheet as it came, with two columns more: what became of each row, and why."""
    one = found(request, run_id)
    try:
        content = returned(one, language())
    except Unreadable as error:
        messages.warning(request, refusal(error))
        return redirect("sheets:run", one.id)
    actions.hand_out(run_id=one.id, by=asking(request), at=timezone.now())
    return sheet_response(content, f"{one.name.rpartition('.')[0] or one.name}-{_('导入结果')}.xlsx")


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download that no browser opens by itself and no shared computer keeps."""
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
