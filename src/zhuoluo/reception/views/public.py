"""What residents see: who receives when and where, their own calendar of it, and booking a time without an account."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.opened import Opened
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import public
from zhuoluo.org.reads import jurisdiction
from zhuoluo.org.rules import RESIDENT
from zhuoluo.reception import actions, reads
from zhuoluo.reception.forms.visit import BookForm, LookForm
from zhuoluo.reception.models import Booking
from zhuoluo.reception.reads import DayRow
from zhuoluo.reception.rules.slots import open_for_phones
from zhuoluo.reception.views.desk import slots_of
from zhuoluo.reception.views.shown import WHY, today

OPENED = Opened("bookings")
ICAL = "text/calendar; charset=utf-8"


def _day(session_id: UUID) -> DayRow:
    try:
        return reads.public_day(session_id)
    except reads.NotFound as error:
        raise Http404 from error


@public
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show who receives, when, where, in which form; printable."""
    now = timezone.now()
    rows = [
        {
            "row": row,
            "books": row.session.state == "published" and open_for_phones(row.session.starts_at, now),
        }
        for row in reads.public_days(today())
    ]
    return render(request, "reception/roster.html", {"rows": rows, "today": today()})


@public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Return the published days as a calendar to subscribe to."""
    name = _("%(place)s领导接访安排") % {"place": jurisdiction().name}
    return HttpResponse(calendar(map(_entry, reads.public_days(today())), name), content_type=ICAL)


@public
@require_GET
def event(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Return one day for one's own calendar."""
    row = _day(session_id)
    response = HttpResponse(calendar([_entry(row)], _("领导接访")), content_type=ICAL)
    response["Content-Disposition"] = f'attachment; filename="reception-{row.session.day:%Y%m%d}.ics"'
    return response


def _entry(row: DayRow) -> Entry:
    session = row.session
    who = _("、").join(f"{s.name} {s.post}".strip() for s in row.seated)
    told = [row.form, *[_("分管：%(what)s") % {"what": s.portfolio} for s in row.seated if s.portfolio]]
    if session.state == "cancelled":
        told.append(_("已取消：%(why)s") % {"why": session.cancel_reason})
    changed = session.cancelled_at or session.published_at or session.starts_at
    return Entry(
        str(session.pk), session.starts_at, session.ends_at, _("领导接访：%(who)s") % {"who": who}, session.place,
        "\n".join(told), changed, session.version, session.state == "cancelled",
    )  # fmt: skip


@public
@never_cache
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Book a time: no account, name and phone, what about, how many."""
    row = _day(session_id)
    form = BookForm(request.POST if request.method == "POST" else None, slots=slots_of(session_id))
    now = timezone.now()
    closed = row.session.state != "published" or not open_for_phones(row.session.starts_at, now)
    if request.method == "GET" or not form.is_valid():
        return render(request, "reception/book.html", {"row": row, "form": form, "closed": closed})
    try:
        made = actions.book(
            session_id=session_id, by=RESIDENT, at=now, address=address_of(request), **form.given()
        )
    except actions.TooMany:
        form.add_error(None, _("预约的次数太多了，请一小时后再试，或者打电话。"))
        return render(
            request, "reception/book.html", {"row": row, "form": form, "closed": closed}, status=429
        )
    except WHY as error:
        form.add_error(None, spoken(error))
        return render(request, "reception/book.html", {"row": row, "form": form, "closed": closed})
    OPENED.remember(request, made.booking.pk)
    return redirect("reception:booked")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; every wrong pair gets the same words."""
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "reception/look.html", {"form": form})
    given = form.cleaned_data
    try:
        booking = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        form.add_error(None, _("试的次数太多了，请一小时后再试。"))
        return render(request, "reception/look.html", {"form": form}, status=429)
    if booking is None:
        form.add_error(None, _("预约号和查询码对不上，请再核对一遍。"))
        return render(request, "reception/look.html", {"form": form})
    request.session.cycle_key()
    OPENED.remember(request, booking.pk)
    return redirect("reception:booked")


def _opened(request: HttpRequest) -> list[Booking]:
    """Return the bookings this browser made or opened within the half hour."""
    return list(
        Booking.objects.filter(pk__in=OPENED.ids(request)).select_related("session").order_by("slot_at")
    )


@public
@never_cache
@require_GET
def booked(request: HttpRequest) -> HttpResponse:
    """Show what was booked here: when, where, with whom, number and code; cancelled days with their reason."""
    mine = _opened(request)
    if not mine:
        return redirect("reception:look")
    days = {row.session.pk: row for row in reads.rows_of({b.session_id: b.session for b in mine}.values())}
    now: datetime = timezone.now()
    rows = [
        {
            "booking": b, "row": days[b.session_id], "code": actions.code_of(b),
            "open": b.state == "booked" and b.session.state == "published" and b.slot_at > now,
        }
        for b in mine
    ]  # fmt: skip
    return render(request, "reception/booked.html", {"rows": rows})


@public
@never_cache
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Give a time back."""
    wanted = next((b for b in _opened(request) if str(b.pk) == request.POST.get("booking", "")), None)
    if wanted is None:
        return redirect("reception:look")
    try:
        actions.cancel_booking(booking_id=wanted.pk, at=timezone.now())
        messages.success(request, _("预约取消了，这个时间可以给别人。"))
    except WHY as error:
        messages.error(request, spoken(error))
    return redirect("reception:booked")
