"""What every page's skeleton shows: place, language, theme, who is signed in, and the staff navigation."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhuoluo.demo import reads as demo
from zhuoluo.desk.reads import nav
from zhuoluo.org.access import asking
from zhuoluo.org.models import Jurisdiction
from zhuoluo.org.reads import jurisdiction
from zhuoluo.org.rules import Actor


def screen(request: HttpRequest) -> dict[str, Any]:
    """Template context: `ui` (language, theme, type, place, me), `nav` (staff navigation; empty for residents).

    On a demo site also `demo`: its accounts, their password, a matter to follow; asked for on the sign-in page only.
    """
    ui = getattr(request, "ui", None)
    words: dict[str, Any] = asdict(ui) if ui is not None else {}
    words["place"] = _place(words.get("lang") == "en")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not request.path.startswith(("/desk/", "/staff/")):
        return {"ui": words, "nav": [], "demo": demo if settings.DEMO else None}
    by = asking(request)
    words["me"] = {"name": by.name, "post": by.post, "unit": by.unit_name, "stands_in": by.standing_in_for}
    words["account"] = [
        {"label": _("更改密码"), "url": reverse("org:password")},
        {"label": _("动态码登录"), "url": reverse("org:second-factor")},
    ]
    words["sign_out"] = reverse("org:sign-out")
    # Read only where a page draws it: a fragment asks the database nothing for it.
    return {"ui": words, "nav": SimpleLazyObject(lambda: _nav(by, request.path, str(words.get("lang"))))}


def _nav(by: Actor, path: str, lang: str) -> list[dict[str, Any]]:
    """Return the navigation; its counts are kept for a few seconds, which on a busy desk saves a third of a page."""
    if not settings.NAV_SECONDS:
        return nav(by, path, now=timezone.now())
    section = "/".join(path.split("/")[:3])
    key = f"nav:{settings.DATABASES['default']['NAME']}:{by.id}:{lang}:{section}"
    kept: list[dict[str, Any]] | None = cache.get(key)
    if kept is None:
        kept = nav(by, path, now=timezone.now())
        cache.set(key, kept, settings.NAV_SECONDS)
    return kept


def _place(english: bool) -> str:
    try:
        here = jurisdiction()
    except Jurisdiction.DoesNotExist:
        return ""
    return here.name_en if english and here.name_en else here.name
