"""What every page's skeleton shows: place, language, theme, and the staff navigation."""

from typing import Any

from django.http import HttpRequest


def screen(request: HttpRequest) -> dict[str, Any]:
    """Template context: `ui` (language, theme, type) and `nav` (staff navigation; empty for residents)."""
    return {"ui": getattr(request, "ui", None), "nav": []}
