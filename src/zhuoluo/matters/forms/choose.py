"""What forms of several rooms let one choose: places, people of the house, units, words of a table."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.org.models import Post, Unit
from zhuoluo.org.reads import areas, units

Choices = list[tuple[str, str]]
NOT_OFFICES = ("village", "inner")


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


def offer_people(field: forms.Field, posts: Iterable[Post], likely: Collection[UUID] = ()) -> None:
    """Offer members of staff by name, each with their post; first the likely ones."""
    found: dict[UUID, Option] = {}
    for post in posts:
        found.setdefault(
            post.user_id, Option(str(post.user_id), post.user.name, f"{post.unit.short_name} {post.title}")
        )
    if isinstance(field, PickField):
        field.widget.all_words = _("看全部人员")
        field.offer(found.values(), [found[one] for one in likely if one in found])


def offices(on: date) -> list[Unit]:
    """Return the units that exist on a day and can be given something to do; villages and inner offices cannot."""
    return [
        u for u in units().values() if u.kind not in NOT_OFFICES and (u.until_date is None or u.until_date >= on)
    ]  # fmt: skip


def offer_offices(field: forms.Field, on: date, likely: Collection[UUID] = ()) -> None:
    """Offer units to be typed; first the likely ones."""
    found = {
        u.id: Option(str(u.id), u.short_name, u.name if u.name != u.short_name else "", gettext(u.get_kind_display()))
        for u in offices(on)
    }  # fmt: skip
    if isinstance(field, PickField):
        field.offer(found.values(), [found[one] for one in likely if one in found])


def translated(words: dict[str, str], *, first: Any = None) -> Choices:
    """Return choices in the reader's language, under a first line if one is given."""
    return [
        *([("", str(first))] if first is not None else []),
        *((key, gettext(word)) for key, word in words.items()),
    ]


def unit_choices(found: Sequence[Unit], none: Any = None) -> Choices:
    """Return units to choose from, under a first line."""
    return [("", str(none or _("请选择"))), *((str(u.pk), u.name) for u in found)]


def ids(texts: Iterable[str]) -> list[UUID]:
    """Return the ids among some texts, each once."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
