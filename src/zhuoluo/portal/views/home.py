"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhuoluo.org.access import public
from zhuoluo.portal.reads.drafts import held
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.views.holder import holder


@public
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Two doors, what this is, when and where one can come in person, and forms left unfinished here."""
    mine = holder(request)
    unfinished, filed = held(mine, timezone.now()) if mine else ([], [])
    return render(request, "portal/home.html", {"front": front(), "unfinished": unfinished, "filed": filed})


@public
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """What one may expect, and who may see what one tells."""
    return render(request, "portal/rights.html", {"front": front()})
