"""What any staff may do: hand in what they were told or sent, pass on a matter that is one. Neither can be read back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.spoken import spoken
from zhuoluo.matters import reads as matters
from zhuoluo.matters.rules import Refused as MatterRefused
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import law
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.sealed import actions
from zhuoluo.sealed.forms import HandInForm, TakeOverForm
from zhuoluo.sealed.rules import Refused

SLIP = "letter-slip"  # in the session, for one page: number and code, to be given to whoever brought it


@needs(Permission.REGISTER)
@never_cache
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take in an accusation for somebody who came, called or wrote."""
    form = HandInForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accusation = actions.Accusation(
                **{name: given[name] for name in ("what", "whom", "when", "where", "reach")},
                accused_units=form.chosen(), files=actions.read_uploads(given["papers"]),
            )  # fmt: skip
            received = actions.hand_in(
                accusation=accusation, by=asking(request), at=timezone.now(), law=law(), channel=given["channel"],
                form_key=given["form_key"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, spoken(refusal))
        else:
            return _slip(request, received)
    status = 400 if form.is_bound else 200
    return render(request, "sealed/hand_in.html", {"form": form}, status=status)


def _sent(request: HttpRequest) -> "tuple[Any, Any]":
    """Return what was sent, for a form; nothing for a page that is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _slip(request: HttpRequest, received: actions.Received) -> HttpResponse:
    request.session[SLIP] = [received.case.number, received.code]
    return redirect("sealed:handed-in")


@needs(Permission.REGISTER, Permission.TRIAGE)
@never_cache
@require_GET
def handed_in(request: HttpRequest) -> HttpResponse:
    """Show number and code once, to be written down for whoever brought it."""
    slip = request.session.pop(SLIP, None)
    return render(request, "sealed/handed_in.html", {"slip": slip})


@needs(Permission.TRIAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once more, then pass the matter on as an accusation."""
    by = asking(request)
    try:
        matter = matters.by_number(by, number)
    except matters.NotFound as error:
        raise Http404 from error
    form = TakeOverForm(
        request.POST if request.method == "POST" else None, initial={"version": matter.version}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.take_over(
                number=number, by=by, at=timezone.now(), law=law(), whom=given["whom"],
                accused_units=form.chosen(), version=given["version"],
            )  # fmt: skip
        except (MatterRefused, Refused) as refusal:
            form.add_error(None, spoken(refusal))
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("sealed:handed-in")
    status = 400 if form.is_bound else 200
    return render(request, "sealed/take_over.html", {"form": form, "matter": matter}, status=status)
