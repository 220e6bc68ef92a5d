"""Forms of on-site days: series, the plan, the agenda, what was raised on the spot, decisions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.enterprise.models import Chain
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import HourField, offer_offices, offer_people, offer_places
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.matters.reads import Line
from zhuoluo.matters.rules import Refused as NumberRefused
from zhuoluo.matters.rules import read_number
from zhuoluo.onsite.actions import DayContent, Decided
from zhuoluo.onsite.models import Day, Series
from zhuoluo.onsite.rules.lists import kinds
from zhuoluo.org.models import Post
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.residents.actions import Contact

UNITS = 4  # units one form has room for
MOST = 50


class SeriesForm(forms.Form):
    """A series and the lists it gives."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("叫什么"),
        max_length=60,
        help_text=_("例如：企业家日、现场办公会。"),
        error_messages={"required": _("请写名称")},
    )
    lists = forms.ChoiceField(
        label=_("出哪几张清单"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择出哪几张清单")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "lists", [(k.key, k.name) for k in kinds().values()])


class DayForm(Keyed):
    """A day as it is to be."""

    series = forms.ChoiceField(label=_("哪个系列"), error_messages={"required": _("请选择系列")})
    number = forms.IntegerField(
        label=_("第几次"), min_value=1, max_value=9999, required=False, help_text=_("空着就接着上一次。")
    )
    title = forms.CharField(label=_("主题"), max_length=120, required=False)
    day = DayField(label=_("哪一天"))
    starts = HourField(label=_("几点开始"))
    ends = HourField(label=_("几点结束"))
    area = PickField(label=_("在哪个乡镇、村"), required=False)
    place = forms.CharField(label=_("具体地点"), max_length=120, error_messages={"required": _("请写地点")})
    chain = forms.ChoiceField(label=_("哪条产业链"), required=False)
    chair = PickField(label=_("谁主持"), error_messages={"required": _("请写谁主持")})
    unit = PickField(label=_("哪个单位组织"), error_messages={"required": _("请写组织单位")})
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        series: Sequence[Series],
        chains: Sequence[Chain],
        posts: Sequence[Post],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "series", [(str(s.pk), s.name) for s in series])
        choose_from(self, "chain", [("", _("不分产业链")), *((str(c.pk), c.name) for c in chains)])
        offer_places(self.fields["area"])
        offer_people(self.fields["chair"], posts)
        offer_offices(self.fields["unit"], today)

    def content(self) -> DayContent:
        """Return what the action keeps."""
        data = self.cleaned_data
        return DayContent(
            starts_at=datetime.combine(data["day"], data["starts"], SHANGHAI),
            ends_at=datetime.combine(data["day"], data["ends"], SHANGHAI), place=data["place"], chair_id=UUID(data["chair"]),
            unit_id=UUID(data["unit"]), title=data["title"], area=data["area"] or None,
            chain_id=UUID(data["chain"]) if data["chain"] else None,
        )  # fmt: skip


def day_initial(row: Day) -> dict[str, Any]:
    """Return a kept day as the form shows it."""
    return {
        "series": str(row.series_id), "number": row.number, "title": row.title, "day": row.day,
        "starts": row.starts_at.astimezone(SHANGHAI).time(), "ends": row.ends_at.astimezone(SHANGHAI).time(),
        "area": f"={row.area_id}" if row.area_id else "", "place": row.place, "chain": str(row.chain_id or ""),
        "chair": f"={row.chair_id}", "unit": f"={row.unit_id}", "version": row.version,
    }  # fmt: skip


class ReasonForm(forms.Form):
    """Why a day is cancelled."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么取消"), max_length=200, error_messages={"required": _("请写明为什么取消")}
    )


class AgendaForm(forms.Form):
    """Matters for the agenda: those offered, and others by their numbers."""

    use_required_attribute = False
    offered = forms.MultipleChoiceField(
        label=_("这个地方、这条产业链还在办的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    numbers = forms.CharField(
        label=_("别的事项，写编号"),
        required=False,
        max_length=5000,
        widget=box(3),
        help_text=_("一行一个，整列粘贴也行。"),
    )

    def __init__(self, *args: Any, offered: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "offered", [(str(o.id), f"{o.title}（{o.number} {o.unit} {o.place}）") for o in offered]
        )
        if not offered:
            del self.fields["offered"]

    def clean_numbers(self) -> list[str]:
        """Return the numbers in their written form; say which line has none."""
        found, wrong = [], []
        for line in self.cleaned_data["numbers"].splitlines():
            if line.strip():
                try:
                    found.append(read_number(line.split()[0]))
                except NumberRefused:
                    wrong.append(line.strip()[:20])
        if wrong:
            raise forms.ValidationError(
                gettext("这些不是事项编号：%(lines)s") % {"lines": "、".join(wrong[:8])}
            )
        return found[:MOST]


class SpotForm(Keyed):
    """What somebody raised on the spot."""

    text = Words(
        label=_("什么事"), max_length=20_000, widget=box(4), error_messages={"required": _("请写下是什么事")}
    )
    who = forms.CharField(
        label=_("谁提的（企业、村或者本人）"), max_length=60, error_messages={"required": _("请写谁提的")}
    )
    phone = forms.CharField(
        label=_("电话"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("请写电话，好把结果告诉他")},
    )  # fmt: skip
    address = forms.CharField(label=_("地址"), max_length=300, error_messages={"required": _("请写地址")})
    unit = PickField(label=_("先交给哪个单位"), error_messages={"required": _("请写单位")})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_offices(self.fields["unit"], today)

    def contact(self) -> Contact:
        """Return who raised it."""
        data = self.cleaned_data
        return Contact(kind="enterprise", name=data["who"], phone=data["phone"], address=data["address"])


class DecideForm(forms.Form):
    """What was decided: up to four units, each with what, who, by when, and who agreed for it."""

    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, UNITS + 1):
            first = n == 1
            self.fields[f"unit{n}"] = PickField(
                label=gettext("哪个单位"), required=first, error_messages={"required": gettext("请写单位")}
            )
            self.fields[f"what{n}"] = forms.CharField(
                label=gettext("做什么"), required=first, max_length=2000, widget=box(2),
                error_messages={"required": gettext("请写做什么")},
            )  # fmt: skip
            self.fields[f"person{n}"] = forms.CharField(
                label=gettext("责任人"),
                required=first,
                max_length=60,
                error_messages={"required": gettext("请写责任人")},
            )
            self.fields[f"until{n}"] = DayField(label=gettext("哪天前"), required=first)
            self.fields[f"agreed{n}"] = forms.CharField(
                label=gettext("单位谁当场认领的"), required=first, max_length=60,
                error_messages={"required": gettext("请写谁当场认领的")},
            )  # fmt: skip
            offer_offices(self.fields[f"unit{n}"], today)

    def lines(self) -> list[list[Any]]:
        """Return the fields, one unit a line."""
        names = ("unit", "what", "person", "until", "agreed")
        return [[self[f"{name}{n}"] for name in names] for n in range(1, UNITS + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for the rest of a line that was begun."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(2, UNITS + 1):
            parts = {name: data.get(f"{name}{n}") for name in ("unit", "what", "person", "until", "agreed")}
            if any(parts.values()):
                for name, value in parts.items():
                    if not value and f"{name}{n}" not in self.errors:
                        self.add_error(f"{name}{n}", gettext("请写全这一行"))
        return data

    def decided(self) -> list[Decided]:
        """Return what each unit took on."""
        data = self.cleaned_data
        return [
            Decided(
                UUID(data[f"unit{n}"]),
                data[f"what{n}"],
                data[f"person{n}"],
                data[f"until{n}"],
                data[f"agreed{n}"],
            )
            for n in range(1, UNITS + 1)
            if data.get(f"unit{n}")
        ]
