"""Which page needs which permission: one decorator, readable by the test that walks every URL."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from zhuoluo.org.models import User
from zhuoluo.org.rules import Actor, Permission

View = Callable[..., HttpResponseBase]


def asking(request: HttpRequest) -> Actor:
    """Return who is asking."""
    by: Actor = request.actor  # type: ignore[attr-defined]  # set by org.middleware.Staff
    return by


def account(request: HttpRequest) -> User:
    """Return the account of whoever is signed in."""
    return User.objects.get(pk=str(request.user.pk))


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Let in staff who have any of the permissions (none named: every signed-in member of staff).

    Strangers are sent to sign in; others get 403. The rights on the single matter are checked by reads and actions.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if permissions and not any(asking(request).can(p) for p in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = permissions  # type: ignore[attr-defined]  # read by the access table test
        return guarded

    return decorate


def public(view: View) -> View:
    """Mark a page as open to everybody, so that the access table can tell it from a forgotten guard."""
    view.needs = None  # type: ignore[attr-defined]  # read by the access table test
    return view
