"""Calculators for everybody and at the desk. What is typed goes in by POST, is reckoned with, and is nowhere kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.org.access import needs, public
from zhuoluo.outreach.policy import reads
from zhuoluo.outreach.policy.forms.calculators import CalculatorForm
from zhuoluo.outreach.policy.views.shown import or_404, today


@public
@require_GET
def everybodys(request: HttpRequest) -> HttpResponse:
    """List the calculators."""
    return render(request, "policy/calculators.html", {"calculators": reads.calculators(today())})


@needs()
@require_GET
def desks(request: HttpRequest) -> HttpResponse:
    """List the calculators at the desk."""
    return render(request, "policy/desk_calculators.html", {"calculators": reads.calculators(today())})


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def everybody(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, reckon, show each step."""
    return render(request, "policy/calculator.html", _reckoned(request, slug))


@needs()
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Do the same at the desk, for somebody who asks there or by phone."""
    return render(request, "policy/desk_calculator.html", _reckoned(request, slug))


def _reckoned(request: HttpRequest, slug: str) -> dict[str, Any]:
    chosen = or_404(lambda: reads.calculator(slug))
    form = CalculatorForm(
        request.POST if request.method == "POST" else None, calculator=chosen, today=today()
    )
    made = None
    if request.method == "POST" and form.is_valid():
        made = form.reckoned(lambda given, on: reads.calculate(slug, given, on=on))
    return {"calculator": chosen, "form": form, "made": made}
