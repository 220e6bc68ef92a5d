"""Lights as pages draw them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from zhuoluo.clock import Light

KEYS = {Light.GREEN: "green", Light.YELLOW: "amber", Light.RED: "red", Light.DONE_ONTIME: "done"}


@dataclass(frozen=True)
class Lamp:
    """A light as the page draws it: the key of its shape and colour, and its word."""

    key: str
    word: str


def language() -> str:
    """Return "zh" or "en", as the clock wants it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def lamp(state: Light) -> Lamp:
    """Return a light for the page."""
    return Lamp(KEYS.get(state, "plain"), state.word(language()))
