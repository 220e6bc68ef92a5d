"""What everybody sees: programmes, published awards, payments; applying on a phone without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.address import address_of
from zhuoluo.kit.asked import asked_year
from zhuoluo.kit.opened import Opened
from zhuoluo.org.access import public
from zhuoluo.org.reads import law, today
from zhuoluo.org.rules import RESIDENT
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.apply import ApplyForm, ObjectForm
from zhuoluo.outreach.programmes.models import Programme
from zhuoluo.outreach.programmes.reads import applications, payments, programmes
from zhuoluo.outreach.programmes.views.shown import done, or_404

OPENED = Opened("programmes")


@public
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show the programmes that take applications, the soonest to end first, and the latest ended ones."""
    taking, over = programmes.open_ones(today())
    return render(request, "programmes/roster.html", {"taking": taking, "over": over, "today": today()})


@public
@require_GET
def page(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show one programme: what it gives, under which clauses, to whom, until when; its published awards."""
    row = or_404(lambda: programmes.public(programme_id))
    context = {
        "row": row, "shown": programmes.row_of(row), "items": programmes.items(row, programmes.day_of_rules(row, today())),
        "notices": applications.notices(today(), programme_id), "open": _open(row), "today": today(),
    }  # fmt: skip
    return render(request, "programmes/public_page.html", context)


def _open(row: Programme) -> bool:
    return row.state == "announced" and row.opens <= today() <= row.closes


@public
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Apply: no account, one page."""
    row = or_404(lambda: programmes.public(programme_id))
    items = programmes.items(row, programmes.day_of_rules(row, today()))
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ApplyForm(*bound, items=[i.item for i in items], audience=row.audience)
    status = 200
    if request.method == "POST" and form.is_valid():
        made: list[actions.Applied] = []
        try:
            if done(form, lambda: made.append(_apply(request, programme_id, form))):
                OPENED.remember(request, made[0].application.pk)
                return redirect("programmes:mine")
        except actions.TooMany:
            form.add_error(None, _("申请的次数太多了，请一小时后再试，或者打电话。"))
            status = 429
    context = {
        "row": row,
        "form": form,
        "open": _open(row),
        "offered": zip(form.offered(), items, strict=True),
    }
    return render(request, "programmes/apply.html", context, status=status)


def _apply(request: HttpRequest, programme_id: UUID, form: ApplyForm) -> actions.Applied:
    return actions.apply(
        programme_id=programme_id, by=RESIDENT, at=timezone.now(), address=address_of(request), **form.given()
    )


@public
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show every published list that is open to objections."""
    return render(request, "programmes/notices.html", {"notices": applications.notices(today())})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Object to a published award: it becomes a matter, with number and code."""
    found = or_404(lambda: applications.published(application_id, today()))
    form = ObjectForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        data, now, made = form.cleaned_data, timezone.now(), []
        try:
            if done(
                form,
                lambda: made.append(
                    actions.object_to(
                        application_id=application_id, contact=form.contact(), text=data["text"], key=data["key"], at=now,
                        law=law(), address=address_of(request),
                    )
                ),
            ):  # fmt: skip
                return render(request, "programmes/raised.html", {"made": made[0]})
        except actions.TooMany:
            form.add_error(None, _("提的次数太多了，请一小时后再试，或者打电话。"))
            status = 429
    return render(request, "programmes/object.html", {"found": found, "form": form}, status=status)


@public
@require_GET
def paid(request: HttpRequest) -> HttpResponse:
    """Show what was paid in a year: persons masked, enterprises in full; with the sum of all of it."""
    year = asked_year(request.GET.get("year")) or today().year
    rows, following = payments.public(year, after=request.GET.get("after", ""))
    count, total = payments.public_total(year)
    context = {
        "rows": rows,
        "next": following,
        "year": year,
        "count": count,
        "total": total,
        "before": year - 1,
    }
    return render(
        request, "programmes/paid.html", context | {"after_year": year + 1 if year < today().year else None}
    )


def told(request: HttpRequest, why: str, good: str) -> None:
    """Tell how an act ended."""
    if why:
        messages.error(request, why)
    else:
        messages.success(request, good)
