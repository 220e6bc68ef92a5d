"""The daily dispatch page: one morning's, today's or an earlier one, and its message to be copied."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhuoluo.kit.asked import asked_day, asked_id
from zhuoluo.onsite import reads
from zhuoluo.onsite.templatetags.onsite_words import named
from zhuoluo.onsite.views.shown import READS
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import law, today


@needs(*READS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show a morning's dispatch; an earlier morning shows what it showed then."""
    on = min(asked_day(request.GET.get("day")) or today(), today())
    day_id = asked_id(request.GET.get("of"))
    found = reads.morning(asking(request), on, now=timezone.now(), law=law(), day_id=day_id)
    context = {
        "morning": found, "found": found.found, "on": on, "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today() else None, "of": day_id, "names": [(d, named(d)) for d in found.days],
        "due": [(job, found.lines[job.id]) for job in found.found.due],
        "overdue": [(job, found.lines[job.id]) for job in found.found.overdue],
        "stuck": [(job, n, found.lines[job.id]) for job, n in found.found.stuck],
        "finished": [(job, found.lines[job.id]) for job in found.found.done_yesterday],
    }  # fmt: skip
    return render(request, "onsite/dispatch.html", context)
