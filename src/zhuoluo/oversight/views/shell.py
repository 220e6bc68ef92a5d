"""What the pages of oversight share: the tabs, the reader, a form done or shown again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.org.access import asking
from zhuoluo.org.rules import Forbidden, Permission

_P = Permission
# name of the page → its words, who opens it
TABS: dict[str, tuple[str, tuple[Permission, ...]]] = {
    "mine": ("我的包案", (_P.LEAD,)),
    "home": ("积案", (_P.LEAD, _P.SUPERVISE, _P.RULE, _P.CERTIFY)),
    "meetings": ("联席会议", (_P.LEAD, _P.SUPERVISE, _P.RULE)),
    "supervised": ("督办", (_P.SUPERVISE, _P.RULE)),
    "samples": ("抽查", (_P.SUPERVISE, _P.CERTIFY)),
    "doubts": ("存疑办结", (_P.SUPERVISE,)),
}
BOARD = TABS["home"][1]
MEETERS = TABS["meetings"][1]


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs that the reader's posts open."""
    by = asking(request)
    return [
        {"url": reverse(f"oversight:{name}"), "label": _(words), "current": name == current, "count": ""}
        for name, (words, permissions) in TABS.items()
        if any(by.can(permission) for permission in permissions)
    ]


def done_or_again(
    request: HttpRequest, form: Form, deed: Callable[[], Any], said: Any, onward: Callable[[Any], str], template: str,
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Do what a sent form asks and go on, or show it again with what was typed and why not."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = deed()
            except (Refused, Stale, Forbidden) as error:
                form.add_error(None, spoken(error))
                status = 403 if isinstance(error, Forbidden) else 409
            else:
                messages.success(request, said)
                return redirect(onward(made))
    return render(request, template, {**context, "form": form}, status=status)
