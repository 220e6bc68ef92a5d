"""Somebody's own orders: number and code open them; take one back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.kit.opened import Opened
from zhuoluo.org.access import public
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.order import LookForm
from zhuoluo.outreach.talks.views.shown import tried

_opened = Opened("orders")
remember = _opened.remember


@public
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; every wrong pair gets the same words."""
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "talks/look.html", {"form": form})
    given = form.cleaned_data
    try:
        found = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        form.add_error(None, _("试的次数太多了，请一小时后再试。"))
        return render(request, "talks/look.html", {"form": form}, status=429)
    if found is None:
        form.add_error(None, _("点单编号和查询码对不上，请再核对一遍。"))
        return render(request, "talks/look.html", {"form": form})
    request.session.cycle_key()
    remember(request, found.pk)
    return redirect("talks:mine")


@public
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what was ordered here: where it stands, when and where it is, number and code."""
    rows = reads.opened_by(_opened.ids(request))
    if not rows:
        return redirect("talks:look")
    shown = [{"row": row, "code": actions.code_of(row), "talk": reads.talk_of(row)} for row in rows]
    return render(request, "talks/mine.html", {"rows": shown})


@public
@require_POST
def withdraw(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Take an order back."""
    if order_id not in _opened.ids(request):
        raise Http404
    tried(request, lambda: actions.withdraw(order_id=order_id, at=timezone.now()), _("撤回了。"))
    return redirect("talks:mine")
