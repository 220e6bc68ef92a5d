"""Whose form it is: a cookie of its own, apart from staff sessions, that survives a killed browser for two days."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhuoluo.portal.reads.drafts import holder_digest
from zhuoluo.portal.rules.steps import KEPT_UNFILED

COOKIE = "zl_holder"


def holder(request: HttpRequest) -> str:
    """Return the digest of the reader's cookie, empty without one."""
    value = request.COOKIES.get(COOKIE, "")
    return holder_digest(value) if 20 <= len(value) <= 100 else ""


def own_or_new(request: HttpRequest) -> str:
    """Return the value of the reader's cookie, or one to give them."""
    return request.COOKIES.get(COOKIE, "") if holder(request) else secrets.token_urlsafe(32)


def keep_holder(request: HttpRequest, response: HttpResponse, value: str = "") -> HttpResponse:
    """Give the reader a cookie (of `value`, where a form was opened for it already), or prolong the one they have."""
    value = value or own_or_new(request)
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(KEPT_UNFILED.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )
    return response
