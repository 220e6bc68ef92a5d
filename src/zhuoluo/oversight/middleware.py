"""Which browser on which network staff use, as a keyed digest: a rating from the handler's own desk is thereby noticed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhuoluo.kit.address import address_of, network
from zhuoluo.org.access import asking
from zhuoluo.oversight.actions import trace

AGAIN_SECONDS = 1800


class Traces:
    """Leave a trace of a member of staff's browser, every half hour at most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        if "_auth_user_id" in request.session and request.method in {"GET", "POST"}:
            now = timezone.now()
            if now.timestamp() - float(request.session.get("traced", 0)) > AGAIN_SECONDS:
                request.session["traced"] = now.timestamp()
                trace(network=where(request), browser=browser(request), at=now, by=asking(request))
        return response


def where(request: HttpRequest) -> str:
    """Return the network a request comes from, not the machine."""
    return network(address_of(request))


def browser(request: HttpRequest) -> str:
    """Return what the browser says it is."""
    return str(request.META.get("HTTP_USER_AGENT", ""))[:300]
