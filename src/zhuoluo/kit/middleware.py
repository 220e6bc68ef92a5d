"""How the screen speaks and looks: language, theme and type size, each kept in a cookie of its own; and what no address
holds."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True)
class Ui:
    """What the page skeleton needs to know of the reader's wishes."""

    lang: str = "zh"
    theme: str = "auto"
    type: str = "normal"
    keys: str = "on"  # single-key shortcuts (WCAG 2.1.4: they can be switched off)


class Screen:
    """Sets `request.ui` and the language. Chinese unless the reader chose English: no guessing from headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        lang = "en" if request.COOKIES.get("lang") == "en" else "zh"
        theme = request.COOKIES.get("theme", "auto")
        size = request.COOKIES.get("type", "normal")
        request.ui = Ui(  # type: ignore[attr-defined]  # HttpRequest has no slot for it
            lang=lang,
            theme=theme if theme in {"auto", "light", "dark"} else "auto",
            type="large" if size == "large" else "normal",
            keys="off" if request.COOKIES.get("keys") == "off" else "on",
        )
        with translation.override(LANGUAGES.get(lang, settings.LANGUAGE_CODE)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if lang == "en" else "zh-CN")
        return response


class NoNul:
    """Finds nothing at addresses with a NUL character: nobody types one, and PostgreSQL can compare it with nothing. Forms refuse
    it in their fields by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request. Raises Http404."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)
