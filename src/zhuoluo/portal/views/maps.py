"""The map as a picture. It is pressed like a button, so it works without a line of script."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhuoluo.org.access import public
from zhuoluo.portal.reads.drafts import answers_of, draft_of
from zhuoluo.portal.reads.places import SIZES, drawing
from zhuoluo.portal.views.holder import holder


@public
@never_cache
@require_GET
def picture(request: HttpRequest, token: str, code: str, size: str) -> HttpResponse:
    """Draw an area with the form's chosen point; the point is read from the form and never stands in an address."""
    draft = draft_of(token, holder(request), timezone.now())
    drawn = drawing(code, size, answers_of(draft)) if size in SIZES else None
    if drawn is None:
        raise Http404
    return render(request, "portal/map.svg", {"map": drawn}, content_type="image/svg+xml")
