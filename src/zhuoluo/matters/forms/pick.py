"""Choosing one of many by typing: units, areas, matters. Works without JavaScript; nothing forbidden is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.reads.case import Case
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import units

FEW = 12  # so many candidates are shown as buttons; more ask for more letters


@dataclass(frozen=True)
class Option:
    """Something to choose: its key, the name typed and shown, more words it is found by, its group."""

    key: str
    name: str
    more: str = ""
    group: str = ""

    @property
    def line(self) -> str:
        """Return what stands beside the name in the list of suggestions."""
        return " ".join(word for word in (self.group, self.more) if word and word != self.name)


class Picker(forms.TextInput):
    """A text box with suggestions; below it likely ones as radio buttons; the whole list on demand."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": 60, **(attrs or {})})
        self.options: Sequence[Option] = ()
        self.likely: Sequence[Option] = ()
        self.everything = False
        self.all_words: Any = _("按类别看全部单位")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was typed, else the radio button pressed."""
        typed = (data.get(name) or "").strip()
        chosen = data.get(f"{name}_pick")
        return typed or (f"={chosen}" if chosen else "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the text box, its suggestions and the radio buttons."""
        typed, chosen = (
            ("", value[1:]) if isinstance(value, str) and value.startswith("=") else (value or "", "")
        )
        shown = [o for o in self.options if o.key == chosen and o not in self.likely]
        groups: dict[str, list[Option]] = {}
        for option in self.options if self.everything else ():
            groups.setdefault(option.group, []).append(option)
        box = super().render(name, typed, {**(attrs or {}), "list": f"{name}-list"}, renderer)
        context = {
            "box": box, "name": name, "options": self.options, "likely": [*shown, *self.likely], "chosen": chosen,
            "groups": groups.items(), "everything": self.everything, "all_words": self.all_words,
        }  # fmt: skip
        return render_to_string("matters/parts/picker.html", context)


class PickField(forms.CharField):
    """One of `options`, by its name or part of it. The clean value is the option's key."""

    widget = Picker

    def offer(
        self, options: Iterable[Option], likely: Sequence[Option] = (), *, everything: bool = False
    ) -> None:
        """Say what can be chosen, and what will most often be."""
        self.options = list(options)
        self.widget.options, self.widget.likely, self.widget.everything = self.options, likely, everything

    def clean(self, value: Any) -> Any:
        """Return the key of the option meant. Several candidates come back as radio buttons."""
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        found = self._meant(text)
        if len(found) == 1:
            return found[0].key
        self.widget.likely = found[:FEW]
        if not found:
            raise forms.ValidationError(
                gettext("没有找到“%(text)s”，请换几个字试试") % {"text": text.lstrip("=")}
            )
        if len(found) > FEW:
            raise forms.ValidationError(gettext("名称里有“%(text)s”的太多，请多写几个字") % {"text": text})
        raise forms.ValidationError(
            gettext("名称里有“%(text)s”的有 %(n)d 个，请在下面选一个") % {"text": text, "n": len(found)}
        )

    def _meant(self, text: str) -> list[Option]:
        if text.startswith("="):
            return [o for o in self.options if o.key == text[1:]]
        exact = [o for o in self.options if text in (o.name, o.more)]
        return exact if len(exact) == 1 else [o for o in self.options if text in o.name or text in o.more]


class UnitField(PickField):
    """A unit by name, short name or place. The clean value is its id, or None."""

    def clean(self, value: Any) -> UUID | None:
        """Return the id of the unit meant."""
        key = super().clean(value)
        return UUID(key) if key else None


def unit_field(label: Any = None, hint: Any = None) -> UnitField:
    """Return the field with its usual words."""
    return UnitField(
        label=label or _("交给哪个单位"), help_text=hint or _("写单位名称、简称或者所在地，写几个字就行。"),
        error_messages={"required": _("请选择单位")},
    )  # fmt: skip


def offer_units(
    field: UnitField, case: Case, today: date, *, but: Iterable[UUID | None] = (), everything: bool = False
) -> None:
    """Offer every unit that exists today, except the one complained of and all under it, and those in `but`."""
    barred = case.accused | set(but)
    open_units = [
        u for u in units().values() if u.id not in barred and (u.until_date is None or u.until_date >= today)
    ]
    field.offer(
        [_unit(u) for u in open_units],
        [_unit(u) for u in open_units if u.id in _near(case)],
        everything=everything,
    )


def _near(case: Case) -> set[UUID]:
    """The units the matter was with before, and those of its place."""
    area = case.matter.area_id or ""
    town = area[:9].ljust(12, "0") if area else ""
    local = {u.id for u in units().values() if u.area_id and u.area_id in {town, area}}
    return local | {p.unit_id for p in case.page.parties}


def _unit(unit: Unit) -> Option:
    place = unit.area.name if unit.area else ""
    more = " ".join(word for word in (unit.name if unit.name != unit.short_name else "", place) if word)
    return Option(str(unit.id), unit.short_name, more, gettext(unit.get_kind_display()))
