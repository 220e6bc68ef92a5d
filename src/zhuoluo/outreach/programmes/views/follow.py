"""An applicant's own application: number and code open it; add, withdraw, disagree."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.apply import AppealForm, LookForm, MoreForm
from zhuoluo.outreach.programmes.models import Application
from zhuoluo.outreach.programmes.reads.applications import opened_by, whole
from zhuoluo.outreach.programmes.states import APPLICATION
from zhuoluo.outreach.programmes.views.public import OPENED, told
from zhuoluo.outreach.programmes.views.shown import done, tried


@public
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; every wrong pair gets the same words."""
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "programmes/look.html", {"form": form})
    given = form.cleaned_data
    try:
        found = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        form.add_error(None, _("试的次数太多了，请一小时后再试。"))
        return render(request, "programmes/look.html", {"form": form}, status=429)
    if found is None:
        form.add_error(None, _("申请编号和查询码对不上，请再核对一遍。"))
        return render(request, "programmes/look.html", {"form": form})
    request.session.cycle_key()
    OPENED.remember(request, found.pk)
    return redirect("programmes:mine")


def _opened(request: HttpRequest) -> list[Application]:
    return opened_by(OPENED.ids(request))


def _own(request: HttpRequest, application_id: UUID) -> Application:
    for row in _opened(request):
        if row.pk == application_id:
            return row
    raise Http404


@public
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what was applied for here: where it stands, what was awarded and paid, number and code."""
    rows = _opened(request)
    if not rows:
        return redirect("programmes:look")
    shown = [
        {
            "whole": whole(row), "row": row, "code": actions.code_of(row),
            "withdraws": row.state in APPLICATION["withdraw"][0],
        }
        for row in rows
    ]  # fmt: skip
    return render(request, "programmes/mine.html", {"rows": shown})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Add what is missing."""
    row = _own(request, application_id)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MoreForm(*bound)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.complete(
                application_id=row.pk, words=data["words"], uploads=data["papers"], at=timezone.now()
            )

        if done(form, deed):
            told(request, "", _("补上了，会接着看您的材料。"))
            return redirect("programmes:mine")
    return render(request, "programmes/complete.html", {"row": row, "form": form})


@public
@require_POST
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take an application back."""
    row = _own(request, application_id)
    why = tried(lambda: actions.withdraw(application_id=row.pk, at=timezone.now()))
    told(request, why, _("申请撤回了。"))
    return redirect("programmes:mine")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Disagree with a decision: it becomes a matter, nothing typed twice."""
    row = _own(request, application_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data, made = form.cleaned_data, list[Any]()

        def deed() -> None:
            made.append(
                actions.appeal(
                    application_id=row.pk,
                    text=data["text"],
                    key=data["key"],
                    at=timezone.now(),
                    law=law(),
                    address=data["address"],
                )
            )

        if done(form, deed):
            return render(request, "programmes/raised.html", {"made": made[0]})
    return render(request, "programmes/appeal.html", {"row": row, "form": form})
