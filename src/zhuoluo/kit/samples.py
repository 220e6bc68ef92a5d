"""What the style page shows: samples.json as objects. Never used by the product's own pages."""

import json
import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from zhuoluo.kit.svgchart import Bar

DATES = {"at", "due", "raised"}


def content() -> dict[str, Any]:
    """Return rows, timeline entries, months and the rest, with dates read."""
    read = _read()
    months = [
        Bar(label, whole, part, f"#month-{at}") for at, (label, whole, part) in enumerate(read["months"])
    ]
    kept = {name: value for name, value in read.items() if name not in {"months", "navigation", "reader"}}
    return {name: _objects(value) for name, value in kept.items()} | {"months": months, "icons": icons()}


def icons() -> list[str]:
    """Return the names in icons.svg, without the filled shapes."""
    sprite = files("zhuoluo.kit").joinpath("static/kit/icons.svg").read_text(encoding="utf-8")
    return [name for name in re.findall(r'symbol id="([^"]+)"', sprite) if not name.startswith("shape-")]


def reader() -> dict[str, Any]:
    """Return who is looking and where: the part of `ui` that settings and sign-in would give."""
    return {name: _objects(value) for name, value in _read()["reader"].items()}


def navigation(page: str) -> list[dict[str, Any]]:
    """Return the staff navigation with `page` marked as the current one."""
    page = "list" if page == "matter" else page
    return [
        {**item, "current": item["page"] == page, "url": _address(item["page"])}
        for item in _read()["navigation"]
    ]


def _address(page: str) -> str:
    return (
        reverse("kit:style")
        if page in {"components", "sheets", "triage"}
        else reverse("kit:style-page", args=[page])
    )


@cache
def _read() -> dict[str, Any]:
    text = files("zhuoluo.kit").joinpath("samples.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _objects(value: Any) -> Any:
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _dated(name, part) for name, part in value.items()})
    return [_objects(part) for part in value] if isinstance(value, list) else value


def _dated(name: str, value: Any) -> Any:
    if name not in DATES or not isinstance(value, str):
        return _objects(value)
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
