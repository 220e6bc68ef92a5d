"""How rows of lists are shown: lights, days left, words of the reader's language. Used by every list page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.clock import Light
from zhuoluo.matters.templatetags.lamps import Lamp, lamp, language
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor

R = TypeVar("R")
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Shown(Generic[R]):
    """A row with what is derived from its date: the light, the last day, the days left in words."""

    row: R
    lamp: Lamp | None
    day: date | None
    left: str


def reader(request: HttpRequest) -> Actor:
    """Return who is asking."""
    by: Actor = request.actor  # type: ignore[attr-defined]  # set by org.middleware.Staff
    return by


def last_day(due: datetime) -> date:
    """Return the last day on which an act is in time; a date ends at 24:00, so `due` itself is the day after."""
    return (due - _INSTANT).astimezone(SHANGHAI).date()


def left(due: datetime, now: datetime) -> str:
    """Return how long there is, or how long it has been over, in days on the calendar of Shanghai."""
    days = (last_day(due) - now.astimezone(SHANGHAI).date()).days
    if due <= now:
        return ngettext("超期 %(n)d 天", "超期 %(n)d 天", -days) % {"n": -days} if days else _("刚超期")
    if days == 0:
        return _("今天到期")
    return ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", days) % {"n": days}


def shown(row: R, due: datetime | None, state: Light | None, now: datetime) -> Shown[R]:
    """Return a row with its light and its days."""
    if due is None or state is None:
        return Shown(row, None, None, "")
    return Shown(row, lamp(state), last_day(due), left(due, now))


def options(words: dict[str, str], keys: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return choices of a filter in the reader's language, all of them or those named."""
    return [(key, _(words[key])) for key in (keys or words)]


__all__ = ["Lamp", "Shown", "lamp", "language", "last_day", "left", "options", "reader", "shown"]
