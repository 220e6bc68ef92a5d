"""Who is asking, and for how long an idle session lives."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from zhuoluo.org.models import User
from zhuoluo.org.reads import actor
from zhuoluo.org.rules import RESIDENT, Actor

RENEW_SECONDS = 60  # the idle clock is written at most once a minute, so reading costs no write


class Staff:
    """Sets `request.actor` (lazily) and ends idle sessions. Accounts that must act first are sent to do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]  # no slot for it
        if "_auth_user_id" in request.session:
            if self._idle(request):
                logout(request)
                return redirect(f"{reverse('org:sign-in')}?idle=1")
            step = self._first_step(request)
            if step is not None and request.path != step and not request.path.startswith("/staff/"):
                return redirect(step)
        response = self.get_response(request)
        if "_auth_user_id" in request.session:
            # Offices share computers: no page of a signed-in person stays in a browser's store.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _idle(self, request: HttpRequest) -> bool:
        now = int(time.time())
        seen = request.session.get("seen", now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return True
        if now - seen > RENEW_SECONDS or "seen" not in request.session:
            request.session["seen"] = now
        return False

    def _first_step(self, request: HttpRequest) -> str | None:
        user = request.user
        if not isinstance(user, User) and not user.is_authenticated:
            return None
        if getattr(user, "must_change_password", False):
            return reverse("org:password")
        if settings.REQUIRE_SECOND_FACTOR and not user.is_verified():  # type: ignore[attr-defined]  # django_otp's
            return reverse("org:second-factor")
        return None


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return RESIDENT
    return actor(User.objects.get(pk=user.pk) if not isinstance(user, User) else user, timezone.now())
