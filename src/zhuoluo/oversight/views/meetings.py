"""Joint meetings: the list, one meeting with its decisions, its minutes on paper, the tasks of all units."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.matters.reads import NotFound
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, law, units
from zhuoluo.oversight import actions, reads
from zhuoluo.oversight.forms.checks import DecideForm, MeetingForm
from zhuoluo.oversight.views.shell import MEETERS, done_or_again, tabs
from zhuoluo.oversight.views.shown import task_rows

asked = require_http_methods(["GET", "POST"])


@needs(*MEETERS)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Show the meetings, newest first."""
    page = reads.meetings(after=request.GET.get("after", ""))
    context = {"tabs": tabs(request, "meetings"), "rows": page.rows, "next": page.next}
    return render(request, "oversight/meetings.html", context)


@needs(*MEETERS)
@asked
def new(request: HttpRequest) -> HttpResponse:
    """Record a meeting."""
    by, now = asking(request), timezone.now()
    today = now.astimezone(SHANGHAI).date()
    form = MeetingForm(today, request.POST or None, initial={"day": today})

    def deed() -> object:
        given = form.cleaned_data
        return actions.hold_meeting(
            held_at=datetime.combine(given["day"], given["hour"], SHANGHAI), place=given["place"], topic=given["topic"],
            chair=given["chair"], unit_ids=[UUID(one) for one in given["units"]], minutes=given["minutes"],
            key=given["key"], by=by, at=now,
        )  # fmt: skip

    return done_or_again(
        request, form, deed, _("会议已记录，请逐件写下决定。"),
        lambda made: reverse("oversight:meeting", args=[made.id]), "oversight/form.html",
        {"title": _("记录联席会议"), "submit": _("保存"), "back": reverse("oversight:meetings")},
    )  # fmt: skip


def _file(request: HttpRequest, meeting_id: UUID) -> reads.MeetingFile:
    try:
        return reads.meeting_file(asking(request), meeting_id, now=timezone.now())
    except NotFound as error:
        raise Http404 from error


@needs(*MEETERS)
@asked
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting, and write down its decisions."""
    by, now, found = asking(request), timezone.now(), _file(request, meeting_id)
    form = DecideForm(by, [(str(one.id), one.short_name) for one in found.units], request.POST or None)

    def deed() -> object:
        given = form.cleaned_data
        return actions.decide(
            meeting_id=meeting_id, matter_id=given["number"], unit_ids=[UUID(one) for one in given["units"]],
            what=given["what"], until=given["until"], by=by, at=now, law=law(),
        )  # fmt: skip

    context = {"tabs": tabs(request, "meetings"), "file": found, "rows": task_rows(found.tasks, now)}
    return done_or_again(
        request, form, deed, _("决定已交办，每个单位各有期限。"),
        lambda _made: reverse("oversight:meeting", args=[meeting_id]), "oversight/meeting.html", context,
    )  # fmt: skip


@needs(*MEETERS)
@require_GET
def printed(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show the minutes for printing."""
    found = _file(request, meeting_id)
    context = {"file": found, "rows": task_rows(found.tasks, timezone.now())}
    return render(request, "oversight/meeting_print.html", context)


@needs(*MEETERS)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the tasks of all meetings, of all units or of one."""
    by, now = asking(request), timezone.now()
    code = request.GET.get("unit", "")
    unit = next((one for one in units().values() if one.code == code), None) if code else None
    page = reads.tasks(by, now=now, unit=unit.id if unit else None, after=request.GET.get("after", ""))
    choices = [(one.code, one.short_name) for one in units().values() if one.kind not in {"village", "inner"}]
    context = {
        "tabs": tabs(request, "meetings"), "rows": task_rows(page.rows, now), "next": page.next, "unit": unit,
        "units": choices,
    }  # fmt: skip
    return render(request, "oversight/tasks.html", context)
