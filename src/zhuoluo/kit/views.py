"""The display switches (always there) and the living style page (only where DEBUG or DEMO is set)."""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zhuoluo.kit import samples
from zhuoluo.kit.forms import CHOICES, DisplayForm, QuestionForm, SampleForm

YEAR = 365 * 24 * 3600
PAGES = {
    "list": _("我的事项"),
    "matter": _("一件事项"),
    "figures": _("数字"),
    "wall": _("大屏"),
    "home": _("群众首页"),
    "question": _("一页一问"),
    "check": _("核对"),
    "done": _("收到了"),
    "track": _("办到哪了"),
}


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page as open to everybody, as org.access.public does on the floors above."""
    view.needs = None  # type: ignore[attr-defined]  # read by the access table test
    return view


@_public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep each wish of the reader (see DisplayForm) in a cookie of its own and go back to the page."""
    form = DisplayForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    back = form.cleaned_data["next"]
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else "/")
    for name in CHOICES:
        if value := form.cleaned_data[name]:
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@_public
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Show every component, each with real words."""
    form = (
        SampleForm({"what": samples.content()["rows"][0].title}) if "errors" in request.GET else SampleForm()
    )
    return _show(request, "components", {"form": form})


@_public
@require_GET
def style_page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one whole page as the product would."""
    if page not in PAGES:
        raise Http404
    kind = QuestionForm if page == "question" else SampleForm
    form = kind({}) if "errors" in request.GET else kind()
    return _show(request, page, {"form": form})


def _show(request: HttpRequest, page: str, more: dict[str, Any]) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    skeleton = {"ui": _sample_ui(request), "nav": samples.navigation(page), "pages": list(PAGES.items())}
    context = {**samples.content(), **skeleton, **more}
    return render(request, f"kit/style/{page}.html", context)


def _sample_ui(request: HttpRequest) -> SimpleNamespace:
    ui = getattr(request, "ui", None)
    wishes = asdict(ui) if is_dataclass(ui) and not isinstance(ui, type) else {}
    return SimpleNamespace(**{**wishes, **samples.reader()})
