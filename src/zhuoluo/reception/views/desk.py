"""The reception day itself: its page, the registration desk, the screen beside the door, receipts and sheets."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.spoken import spoken
from zhuoluo.matters import actions as matter_actions
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import NotFound
from zhuoluo.matters.views.papers import download, mark_of
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.papers import reads as papers
from zhuoluo.papers.models import Paper
from zhuoluo.papers.rules import Content
from zhuoluo.papers.rules import Refused as PaperRefused
from zhuoluo.reception import actions, reads
from zhuoluo.reception.forms.desk import DeskForm
from zhuoluo.reception.forms.visit import BookForm
from zhuoluo.reception.models import Batch, Booking, Request
from zhuoluo.reception.reads import DayPage
from zhuoluo.reception.reads.day import batch_rows
from zhuoluo.reception.rules.slots import Slot, slots
from zhuoluo.reception.views.shown import WHY, day_or_404, tried
from zhuoluo.residents.actions import record_listed


def page_of(request: HttpRequest, session_id: UUID) -> DayPage:
    """Return a day with all that hangs on it, as the reader may see it; that its matters were shown is recorded."""
    by, now = asking(request), timezone.now()
    try:
        found = reads.day_page(by, session_id, now=now)
    except reads.NotFound as error:
        raise Http404 from error
    shown = {r.line.id for b in found.batches for r in b.requests if r.line is not None}
    if shown:
        record_listed(subject_ids=sorted(shown), by=by, at=now)
    return found


@needs(Permission.RECEIVE, Permission.PLAN)
@require_GET
def day(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show one day: who sits, who booked, who came, what is missing."""
    found, by, now = page_of(request, session_id), asking(request), timezone.now()
    here = now.astimezone(SHANGHAI).date()
    session = found.session
    open_now = session.state in {"planned", "published"}
    context = {
        "page": found, "row": found.row, "session": session, "today": here, "is_today": session.day == here,
        "receives": by.can(Permission.RECEIVE) and open_now, "plans": by.can(Permission.PLAN) and open_now,
        "sits": by.id in found.row.who, "can_close": open_now and now >= session.starts_at,
        "briefs": reads.briefs(by, [b for b, _p in found.bookings if b.state == "booked"], now=now)
        if by.can(Permission.RECEIVE)
        else [],
    }  # fmt: skip
    return render(request, "reception/day.html", context)


@needs(Permission.RECEIVE)
@never_cache
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Register a batch."""
    row = day_or_404(session_id)
    booking = _booking(request, session_id)
    posted = request.POST if request.method == "POST" else None
    today = timezone.now().astimezone(SHANGHAI).date()
    form = DeskForm(posted, today=today, booked=booking is not None)
    if posted is not None and not form.asks_for_more and form.is_valid():
        try:
            received = actions.receive(
                session_id=session_id, booking_id=booking.pk if booking else None, by=asking(request), at=timezone.now(),
                law=law(), **form.given(),
            )  # fmt: skip
        except WHY as error:
            form.batch.add_error(None, spoken(error))
        else:
            if not received.fresh:
                messages.info(request, _("这份表刚才已经登记过，没有再登记一次。"))
            return redirect("reception:batch", received.batch.pk)
    return _desk(request, row.session.pk, form, booking)


def _desk(request: HttpRequest, session_id: UUID, form: DeskForm, booking: Booking | None) -> HttpResponse:
    found = page_of(request, session_id)
    person = next((p for b, p in found.bookings if booking is not None and b.pk == booking.pk), None)
    waiting = [(b, p) for b, p in found.bookings if b.state == "booked"]
    context = {
        "page": found, "row": found.row, "session": found.session, "form": form, "booking": booking, "person": person,
        "waiting": waiting, "earlier": _earlier(request, form, booking), "chosen": form.earlier,
    }  # fmt: skip
    return render(request, "reception/desk.html", context)


def _booking(request: HttpRequest, session_id: UUID | None = None) -> Booking | None:
    """Return the booking that the address names, if it is one of this day."""
    said = request.GET.get("for", "")
    try:
        found = Booking.objects.filter(pk=UUID(said)).first() if said else None
    except ValueError:
        return None
    return found if found is not None and session_id in {None, found.session_id} else None


def _earlier(request: HttpRequest, form: DeskForm, booking: Booking | None) -> list[Any]:
    """Return earlier matters of those written down so far; what the reader may not see is not hinted at."""
    by, now = asking(request), timezone.now()
    found: dict[UUID, Any] = {}
    for speaker in form.speakers:
        said = {name: str(speaker[name].value() or "") for name in ("phone", "name")}
        for one in matters.similar_matters(by, now=now, **said) if any(said.values()) else ():
            found.setdefault(one.line.id, one.line)
    if booking is not None:
        for visitor in reads.briefs(by, [booking], now=now):
            for raised in visitor.matters:
                found.setdefault(raised.line.id, raised.line)
    return list(found.values())[:8]


@needs(Permission.RECEIVE)
@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """Return earlier matters of the visitors typed so far. Posted, so that no name stands in an address."""
    form = DeskForm(request.POST, today=timezone.now().astimezone(SHANGHAI).date())
    context = {"earlier": _earlier(request, form, _booking(request)), "chosen": form.earlier}
    return render(request, "reception/desk_earlier.html", context)


@needs(Permission.RECEIVE)
@never_cache
@require_GET
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the receipts of a batch on one page: number and code of each matter, to whoever registered it."""
    found = get_object_or_404(Batch.objects.select_related("session"), pk=batch_id)
    slips = []
    for request_row in Request.objects.filter(batch=found).order_by("place"):
        slips.append(_slip(request, request_row))
    context = {
        "batch": found, "row": day_or_404(found.session_id), "slips": [s for s in slips if s], "place": jurisdiction(),
        "hidden": sum(1 for s in slips if s is None),
    }  # fmt: skip
    return render(request, "reception/receipts.html", context)


def _slip(request: HttpRequest, asked: Request) -> dict[str, Any] | None:
    by, now = asking(request), timezone.now()
    try:
        matter = matters.by_id(by, asked.matter_id)
    except NotFound:
        return None
    code = ""
    if asked.fresh:
        try:
            code = matter_actions.code_of(matters.just_registered(by, matter.number, now=now).matter)
        except NotFound:
            code = ""
    return {"matter": matter, "code": code, "fresh": asked.fresh, "place": asked.place}


@needs(Permission.RECEIVE)
@require_GET
def sheet(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the reception sheet of a batch (接访登记表), to be printed and signed."""
    found = get_object_or_404(Batch, pk=batch_id)
    by, now = asking(request), timezone.now()
    [row] = batch_rows(by, [found], now=now)
    shown = sorted(r.line.id for r in row.requests if r.line is not None)
    record_listed(subject_ids=shown, by=by, at=now)
    context = {
        "batch": row,
        "row": day_or_404(found.session_id),
        "place": jurisdiction(),
        "by": by,
        "now": now,
        "makes": by.can(Permission.UNMASK) and all(r.line is not None for r in row.requests),
    }
    return render(request, "reception/sheet.html", context)


@needs(Permission.UNMASK)
@require_POST
def sheet_paper(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Make the reception sheet as an official paper and hand out a copy, marked with the reader and the time."""
    found, by, now = get_object_or_404(Batch, pk=batch_id), asking(request), timezone.now()
    try:
        made = actions.make_sheet(batch_id=found.pk, by=by, at=now)
        data, kind = _copy(made, mark_of(by, now), now, word=request.POST.get("form") == "docx")
    except Forbidden as error:
        raise PermissionDenied(spoken(error)) from error
    except PaperRefused as error:
        messages.error(request, spoken(error))
        return redirect("reception:sheet", batch_id)
    return download(
        data, f"{_('接访登记表')}{found.arrived_at.astimezone(SHANGHAI):%Y%m%d}-{found.sequence}.{kind}"
    )


def _copy(made: Paper | Content, mark: str, now: datetime, *, word: bool) -> tuple[bytes, str]:
    """The frozen paper, or a draft that says so across the page."""
    if word:
        whole = (
            papers.write_docx(made, draft=True, mark=mark)
            if isinstance(made, Content)
            else papers.copy_docx(made, mark=mark)
        )
        return whole, "docx"
    if isinstance(made, Content):
        return papers.write_pdf(made, draft=True, at=now, mark=mark), "pdf"
    return papers.copy_pdf(made, mark=mark, at=now), "pdf"


@needs(Permission.RECEIVE)
@require_POST
def call(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Call a batch in."""
    found = get_object_or_404(Batch, pk=batch_id)
    why = tried(lambda: actions.call(batch_id=batch_id, by=asking(request), at=timezone.now()))
    if why:
        messages.error(request, why)
    back = "reception:hear" if request.POST.get("back") == "hear" else "reception:day"
    return redirect(back, found.session_id)


@needs(Permission.RECEIVE)
@never_cache
@require_GET
def screen(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show the side display: which batch is being received, in big letters, and nothing else; blank at once on wish."""
    row = day_or_404(session_id)
    blank = "blank" in request.GET
    now_on = None if blank else reads.on_screen(session_id)
    return render(request, "reception/screen.html", {"row": row, "batch": now_on, "blank": blank})


def slots_of(session_id: UUID) -> list[Slot]:
    """Return the times of a day with what is left of each."""
    row = day_or_404(session_id).session
    taken = Booking.objects.filter(session=row).exclude(state="cancelled").values_list("slot_at", flat=True)
    return slots(row.starts_at, row.ends_at, row.slot_minutes, row.per_slot, taken)


@needs(Permission.RECEIVE)
@never_cache
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Book a time for somebody who phones or came to the window."""
    row = day_or_404(session_id)
    form = BookForm(request.POST if request.method == "POST" else None, slots=slots_of(session_id))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.book(session_id=session_id, by=asking(request), at=timezone.now(), **form.given())
        except (*WHY, actions.TooMany) as error:
            form.add_error(None, spoken(error))
        else:
            context = {"row": row, "booking": made.booking, "code": made.code}
            return render(request, "reception/booked_for.html", context)
    return render(request, "reception/book_for.html", {"form": form, "row": row})
