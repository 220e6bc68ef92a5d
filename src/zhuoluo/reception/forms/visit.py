"""Forms of the leader and of those who book."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.clock import Calendar
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.forms.pick import Option, UnitField
from zhuoluo.matters.forms.register import LawField
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.reception.rules.presets import presets
from zhuoluo.reception.rules.slots import Slot
from zhuoluo.reception.rules.words import DECISIONS
from zhuoluo.residents.actions import Contact


class OwnerField(UnitField):
    """The unit responsible: needed for some decisions and not for others; the action says which."""

    def validate(self, value: Any) -> None:
        """Let the action decide."""


class DecideForm(forms.Form):
    """What the leader says, who does it, until when. The button pressed says what was decided."""

    use_required_attribute = False
    said = LawField(
        label=_("当面怎么说的"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("当场答复、当场调解要写清楚，来访人看得到。交办的可以不写。"),
    )  # fmt: skip
    unit = OwnerField(label=_("责任单位"), help_text=_("没有列出的，写单位名称。"))
    day = forms.ChoiceField(label=_("什么时候前办好"), widget=forms.RadioSelect, initial="7")
    other_day = DayField(label=_("或者另定一天"), required=False)
    decision = forms.ChoiceField(choices=list(DECISIONS.items()))

    def __init__(
        self, *args: Any, units: Sequence[Unit], likely: Sequence[Unit], calendar: Calendar, today: date, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.days = {p.key: p.day for p in presets(calendar, today)}
        choose_from(self, "day", [(key, _day_words(key, day)) for key, day in self.days.items()])
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.offer(
                [_option(u) for u in units], [_option(u) for u in likely], everything="_all" in self.data
            )
        if likely:
            self.initial.setdefault("unit", f"={likely[0].id}")

    @property
    def until(self) -> date | None:
        """Return the day set."""
        other: date | None = self.cleaned_data.get("other_day")
        return other or self.days.get(self.cleaned_data.get("day", ""))


def _option(unit: Unit) -> Option:
    return Option(
        str(unit.id),
        unit.short_name,
        unit.name if unit.name != unit.short_name else "",
        gettext(unit.get_kind_display()),
    )


def _day_words(key: str, day: date) -> str:
    shown = date_format(day, gettext("n月j日"))
    if key == "festival":
        return gettext("春节前（%(day)s）") % {"day": shown}
    return gettext("%(n)s 天内（%(day)s）") % {"n": key, "day": shown}


class BookForm(forms.Form):
    """Booking a time: when, who, what about, how many."""

    use_required_attribute = False
    slot = forms.ChoiceField(
        label=_("什么时间来"), widget=forms.RadioSelect, error_messages={"required": _("请选一个时间")}
    )
    name = forms.CharField(label=_("姓名"), max_length=60, error_messages={"required": _("请写姓名")})
    phone = forms.CharField(
        label=_("电话"), max_length=20, help_text=_("有变动好告诉您。"), widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("请写能打通的电话，有变动好告诉您")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, required=False, help_text=_("例如：石桥镇石桥村3组")
    )
    about = forms.CharField(
        label=_("想说什么事"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写几句就行，领导会提前看。"), error_messages={"required": _("请写几句要反映什么事，领导好提前了解")},
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("来几个人"),
        min_value=1,
        max_value=500,
        initial=1,
        help_text=_("多人来，请推选不超过 5 位代表。"),
    )
    against = forms.BooleanField(
        label=_("说的就是这位领导本人"),
        required=False,
        help_text=_("选了，这位领导看不到您的预约，由信访工作机构另行安排。"),
    )
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid7()))
        choose_from(self, "slot", [(s.key, _slot_words(s)) for s in slots if s.left])
        self.full = not any(s.left for s in slots)

    @property
    def at(self) -> datetime:
        """Return the time chosen."""
        return datetime.fromisoformat(self.cleaned_data["slot"])

    def contact(self) -> Contact:
        """Return the person as the action takes them."""
        data = self.cleaned_data
        return Contact(name=data["name"], phone=data["phone"], address=data["address"])

    def given(self) -> dict[str, Any]:
        """Return what the action takes beside the day."""
        data = self.cleaned_data
        return {
            "slot_at": self.at, "contact": self.contact(), "about": data["about"], "people": data["people"],
            "against": data["against"], "key": data["key"],
        }  # fmt: skip


def _slot_words(slot: Slot) -> str:
    return gettext("%(time)s（还能约 %(n)d 批）") % {
        "time": f"{slot.at.astimezone(SHANGHAI):%H:%M}",
        "n": slot.left,
    }


class LookForm(forms.Form):
    """Number and code of a booking."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("预约号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写预约号")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写查询码")},
    )  # fmt: skip


class ExportForm(forms.Form):
    """The register as a sheet: with names and addresses only for a reason."""

    use_required_attribute = False
    identity = forms.BooleanField(label=_("带姓名和住址"), required=False)
    why = forms.CharField(label=_("理由"), max_length=200, required=False)
