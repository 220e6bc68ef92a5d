"""What may be asked of the figures: a cut-off day, a dimension and one member of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from zhuoluo.figures.reads import Cut
from zhuoluo.kit.asked import DayField
from zhuoluo.matters.reads.counted import Span
from zhuoluo.matters.rules import KLASSES
from zhuoluo.org.reads import SHANGHAI, areas, units

DIMENSIONS = [
    ("klass", gettext_lazy("类别")),
    ("area", gettext_lazy("乡镇街道")),
    ("unit", gettext_lazy("单位")),
]


class CutForm(forms.Form):
    """The cut-off and the place or unit looked at; everything is optional."""

    as_of = DayField(label=gettext_lazy("截至"), required=False)
    since = DayField(required=False, widget=forms.HiddenInput)
    by = forms.ChoiceField(label=gettext_lazy("分组"), choices=DIMENSIONS, required=False)
    member = forms.CharField(required=False, max_length=36)


@dataclass(frozen=True)
class Asked:
    """A valid question to the figures."""

    until: date
    since: date | None = None
    by: str = "klass"
    member: str = ""

    def cut(self) -> Cut:
        """Return the part of the sums asked for."""
        return Cut(self.until, self.since, self.by, (self.member,) if self.member else None)

    def span(self) -> Span:
        """Return the instants and the place asked for, as the rows are read."""
        area = self.member if self.by == "area" else ""
        unit = UUID(self.member) if self.by == "unit" and self.member else None
        since = _midnight(self.since) if self.since else None
        klass = self.member if self.by == "klass" else ""
        return Span(_midnight(self.until + timedelta(days=1)), since, area, unit, klass)

    def query(self, **changes: Any) -> str:
        """Return the query string of this question with changes."""
        values = {"as_of": self.until, "since": self.since, "by": self.by, "member": self.member} | changes
        return urlencode({k: v for k, v in values.items() if v not in (None, "")})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def asked(data: Any, today: date) -> Asked:
    """Return the question in a query string; what makes no sense falls back to today and the whole county."""
    form = CutForm(data)
    form.is_valid()
    found = form.cleaned_data
    by = found.get("by") or "klass"
    member = found.get("member") or ""
    if member and member not in members(by):
        member = ""
    return Asked(found.get("as_of") or today, found.get("since"), by, member)


def members(by: str) -> dict[str, str]:
    """Return the members of a dimension with their names, in the order shown."""
    if by == "area":
        return {
            code: area.name for code, area in areas().items() if code[6:] != "000000" and code[9:] == "000"
        }
    if by == "unit":
        return {str(key): unit.short_name for key, unit in units().items() if unit.kind != "leadership"}
    return dict(KLASSES)
