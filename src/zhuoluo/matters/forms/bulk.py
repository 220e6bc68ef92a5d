"""The form behind "accept, forward, assign", for one matter or for several at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.forms.act import day, says
from zhuoluo.matters.forms.pick import Option, UnitField, unit_field
from zhuoluo.org.models import Unit

MANY = 100  # matters in one go
VERBS: dict[str, tuple[Any, Any]] = {
    "accept": (_("受理"), _("自己办：答复期限从现在起算，会告知诉求人。")),
    "forward": (_("转送"), _("转给有权处理的单位，由它在期限内告知诉求人是否受理。")),
    "assign": (_("交办"), _("转给有权处理的单位，并要求在指定日期前报送办结报告。")),
}


class BulkForm(forms.Form):
    """Where to, by when, and a note. What the verb does not need is not asked."""

    unit = unit_field()
    report_by = day(_("哪天前报送办结报告"))
    note = says(_("说明"), required=False, rows=3)

    def __init__(self, *args: Any, verb: str, units: Sequence[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["unit"]
        if verb == "accept":
            del self.fields["unit"]
        elif isinstance(field, UnitField):
            field.offer([option(unit) for unit in units], everything="_all" in self.data)
        if verb != "assign":
            del self.fields["report_by"]

    def clean_report_by(self) -> date:
        """Refuse a day that has passed."""
        chosen: date = self.cleaned_data["report_by"]
        if chosen < self.today:
            raise forms.ValidationError(gettext("期限不能早于今天"))
        return chosen

    def given(self) -> dict[str, Any]:
        """Return what the action takes besides the matter."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "unit"}
        return data | ({"unit_id": self.cleaned_data["unit"]} if "unit" in self.cleaned_data else {})


def option(unit: Unit) -> Option:
    """Return a unit as something to be typed: found by its short name, its name and its place."""
    more = " ".join(
        word for word in (unit.name, unit.area.name if unit.area else "") if word != unit.short_name
    )
    return Option(str(unit.id), unit.short_name, more.strip(), gettext(unit.get_kind_display()))
