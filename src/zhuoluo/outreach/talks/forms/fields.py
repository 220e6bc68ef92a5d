"""Lecturers to be typed, for the forms of this room."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.outreach.talks.models import Lecturer


def offer_lecturers(field: forms.Field, everybody: Iterable[Lecturer], likely: Sequence[Lecturer]) -> None:
    """Offer those who teach by name; first those who teach this lesson."""
    if isinstance(field, PickField):
        field.widget.all_words = _("看全部讲师")
        field.offer([_option(one) for one in everybody], [_option(one) for one in likely])


def _option(one: Lecturer) -> Option:
    unit = one.unit.short_name if one.unit else ""
    return Option(str(one.pk), one.name, " ".join(word for word in (unit, one.title) if word), one.subjects)
