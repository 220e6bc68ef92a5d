"""The leader's pages, made for a phone: one's days, the visitors with their briefs, a decision in three touches."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.matters import reads as matters
from zhuoluo.org.access import asking, needs
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.reception import actions, reads
from zhuoluo.reception.forms.visit import DecideForm
from zhuoluo.reception.models import Representative, Request
from zhuoluo.reception.reads import NotFound
from zhuoluo.reception.views.desk import page_of
from zhuoluo.reception.views.shown import done, today
from zhuoluo.residents.actions import record_listed, record_view
from zhuoluo.residents.reads import same_people

BACK, AHEAD = timedelta(days=14), timedelta(days=45)
LIKELY = 4


@needs(Permission.RECEIVE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own reception days; today's opens at once from here."""
    by = asking(request)
    rows = reads.mine(by.id, today() - BACK, today() + AHEAD) if by.id else []
    context = {
        "rows": [r for r in rows if r.session.day >= today()],
        "past": [r for r in reversed(rows) if r.session.day < today()], "today": today(),
    }  # fmt: skip
    return render(request, "reception/mine.html", context)


@needs(Permission.RECEIVE)
@never_cache
@require_GET
def hear(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show the day as the leader needs it: who waits, what each asks, and a brief of everybody who booked."""
    found = page_of(request, session_id)
    by, now = asking(request), timezone.now()
    booked = [b for b, _person in found.bookings if b.state == "booked"]
    visitors = reads.briefs(by, booked, now=now)
    shown = sorted({raised.line.id for v in visitors for raised in v.matters})
    if shown:
        record_listed(subject_ids=shown, by=by, at=now)
    context = {"page": found, "row": found.row, "session": found.session, "visitors": visitors}
    return render(request, "reception/hear.html", context)


@needs(Permission.RECEIVE)
@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Decide one request: the words, the unit, the day, and the button that says what it is."""
    asked = Request.objects.select_related("batch").filter(pk=request_id).first()
    if asked is None:
        raise Http404
    by, now = asking(request), timezone.now()
    try:
        matter = matters.by_id(by, asked.matter_id)
        row = reads.find(asked.batch.session_id)
    except (matters.NotFound, NotFound) as error:
        raise Http404 from error
    units, likely = _units(by, asked, matter)
    here = now.astimezone(SHANGHAI).date()
    posted = request.POST if request.method == "POST" else None
    form = DecideForm(posted, units=units, likely=likely, calendar=law().calendar, today=here)
    if posted is not None and "_all" not in posted and form.is_valid():
        data = form.cleaned_data
        saved = done(
            form,
            lambda: actions.decide(
                request_id=request_id, decision=data["decision"], said=data["said"], unit_id=data["unit"],
                until=form.until, by=by, at=now, law=law(),
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("已记下，写进这件事项。"))
            return redirect("reception:hear", asked.batch.session_id)
    if posted is not None and "_all" in posted:
        form.errors.clear()
    record_view(subject_id=matter.id, kind="opened", by=by, at=now)
    speakers = list(Representative.objects.filter(batch=asked.batch).values_list("raiser_id", flat=True))
    same = same_people(speakers)
    everybody = {other for rows in same.values() for other, name_only in rows.items() if not name_only}
    together = set(Request.objects.filter(batch=asked.batch).values_list("matter_id", flat=True))
    earlier = [r for r in matters.raised_by(by, everybody, now=now) if r.line.id not in together][:5]
    context = {
        "asked": asked,
        "matter": matter,
        "row": row,
        "form": form,
        "earlier": earlier,
        "batch": asked.batch,
    }
    return render(request, "reception/decide.html", context)


def _units(by: Actor, asked: Request, matter: Any) -> tuple[list[Unit], list[Unit]]:
    """Return the units the request can go to, and the likely ones: whoever holds it, then those of its place."""
    able = matters.receivers(by, [asked.matter_id], today())
    known = {unit.id: unit for unit in able}
    town = (matter.area_id or "")[:9].ljust(12, "0")
    holding = [u for u in (matter.lead_unit_id, matter.registered_by_id) if u in known]
    local = [u.id for u in able if u.area_id and u.area_id in {town, matter.area_id}]
    used = Request.objects.filter(batch__session=asked.batch.session_id, unit_id__isnull=False)
    recent = [u for u in used.order_by("-decided_at").values_list("unit_id", flat=True)[:6] if u in known]
    likely = [known[u] for u in dict.fromkeys([*local, *holding, *recent]) if u in known]
    return able, likely[:LIKELY]
