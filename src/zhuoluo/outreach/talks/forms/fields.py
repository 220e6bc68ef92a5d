"""Fields and choices that several forms of this room share."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import areas
from zhuoluo.outreach.talks.models import Lecturer

Choices = list[tuple[str, str]]


class HourField(forms.TimeField):
    """A time of the day, in the phone's own control."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"required": _("请选择时间"), "invalid": _("请写成 19:30 这样的时间")},
            **kwargs,
        )


def offer_places(field: forms.Field) -> None:
    """Offer townships and villages to be typed, each with its township."""
    known, found = areas(), []
    for one in known.values():
        if one.code.endswith("00000000") or not one.parent_id:
            continue
        town = known.get(one.code[:9].ljust(12, "0"))
        outer = town.name if town is not None and town.code != one.code else ""
        found.append(Option(one.code, one.name, f"{outer}{one.name}" if outer else "", outer))
    if isinstance(field, PickField):
        field.widget.all_words = _("按乡镇看全部村、社区")
        field.offer(found)


def offer_lecturers(field: forms.Field, everybody: Iterable[Lecturer], likely: Sequence[Lecturer]) -> None:
    """Offer those who teach by name; first those who teach this lesson."""
    if isinstance(field, PickField):
        field.widget.all_words = _("看全部讲师")
        field.offer([_option(one) for one in everybody], [_option(one) for one in likely])


def _option(one: Lecturer) -> Option:
    unit = one.unit.short_name if one.unit else ""
    return Option(str(one.pk), one.name, " ".join(word for word in (unit, one.title) if word), one.subjects)


def translated(words: dict[str, str]) -> Choices:
    """Return choices in the reader's language."""
    return [(key, gettext(word)) for key, word in words.items()]


def unit_choices(units: Sequence[Unit], none: Any = None) -> Choices:
    """Return units to choose from, under a first line."""
    return [("", str(none or _("请选择"))), *((str(u.pk), u.name) for u in units)]


def asked_ids(texts: Iterable[str]) -> list[UUID]:
    """Return the ids among some texts, each once."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
