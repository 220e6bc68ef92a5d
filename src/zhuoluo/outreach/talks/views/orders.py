"""Orders on the desk: the list, one order with its contact masked, declining it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.order import DeclineForm, OrderForm, WhyForm
from zhuoluo.outreach.talks.rules.words import ORDER_STATES
from zhuoluo.outreach.talks.views.shown import done, or_404
from zhuoluo.residents.actions import record_view, unmask
from zhuoluo.residents.reads import masked_by_id


@needs(Permission.HOLD_TALKS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the orders in one state, the newest first."""
    state = request.GET.get("state", "")
    state = state if state in ORDER_STATES else "new"
    page = reads.orders(state=state, after=request.GET.get("after", ""))
    context = {"rows": page.rows, "next": page.next, "state": state, "states": ORDER_STATES.items()}
    return render(request, "talks/orders.html", context)


@needs(Permission.HOLD_TALKS)
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Show one order, whom to call masked; decline it with a reason. The look is recorded."""
    by, row = asking(request), or_404(lambda: reads.order(order_id))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def deed() -> object:
            reason = form.cleaned_data["reason"]
            return actions.decline(order_id=order_id, reason=reason, by=by, at=timezone.now())

        if done(form, deed):
            messages.success(request, _("记下了，点单的人看得到原因。"))
            return redirect("talks:orders")
    record_view(subject_id=row.pk, kind="opened", by=by, at=timezone.now())
    serves = actions.may_serve(by, row)
    context = {
        "row": row, "form": form, "who": masked_by_id([row.raiser_id])[row.raiser_id], "serves": serves,
        "unmasks": serves and by.can(Permission.UNMASK),
        "talk": reads.talk_of(row),
    }  # fmt: skip
    return render(request, "talks/order.html", context)


@needs(Permission.HOLD_TALKS)
@never_cache
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Ask why, record it, and show once whom to call."""
    by, row = asking(request), or_404(lambda: reads.order(order_id))
    if not actions.may_serve(by, row):
        raise PermissionDenied
    form = WhyForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "row": row}
    if request.method == "POST" and form.is_valid():
        try:
            context["raiser"] = unmask(
                raiser_id=row.raiser_id, subject_id=row.pk, reason=form.cleaned_data["why"], by=by, at=timezone.now()
            )  # fmt: skip
        except Forbidden as error:
            form.add_error(None, spoken(error))
    answer = render(request, "talks/identity.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Write down an order that somebody gave by phone or in person."""
    row = or_404(lambda: reads.lesson(lesson_id, open_only=True))
    form = OrderForm(request.POST if request.method == "POST" else None)
    made: list[actions.Ordered] = []
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            made.append(
                actions.order(
                    wish=form.wish(lesson_id), contact=form.contact(), key=form.cleaned_data["key"], at=timezone.now(),
                    by=asking(request),
                )
            )  # fmt: skip

        if done(form, deed):
            return render(request, "talks/taken.html", {"made": made[0], "row": row})
    return render(request, "talks/take.html", {"form": form, "row": row})
