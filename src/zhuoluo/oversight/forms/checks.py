"""Forms of meetings, samples and findings."""

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.reads import NotFound, by_number
from zhuoluo.matters.rules import KLASSES
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor
from zhuoluo.oversight.forms.cases import Plain, says
from zhuoluo.oversight.rules import FINDINGS


def unit_choices(today: date) -> list[tuple[str, str]]:
    """Return the units of today but villages and inner offices."""
    return [
        (str(unit.id), unit.short_name)
        for unit in units().values()
        if unit.kind not in {"village", "inner"} and (unit.until_date is None or unit.until_date >= today)
    ]


class MeetingForm(Plain):
    """Record a joint meeting."""

    day = DayField(label=_("哪天开的"), error_messages={"required": _("请选择日期")})
    hour = forms.TimeField(label=_("几点"), widget=forms.TimeInput(attrs={"type": "time"}), initial="09:00")
    topic = forms.CharField(label=_("议题"), max_length=120, error_messages={"required": _("请写议题")})
    chair = forms.CharField(
        label=_("谁主持（写职务）"), max_length=60, error_messages={"required": _("请写主持人的职务")}
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    units = forms.MultipleChoiceField(
        label=_("参加单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择参加单位")},
    )
    minutes = says(_("会议记录"), rows=6, required=False)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "units", unit_choices(today))
        self.initial.setdefault("key", secrets.token_urlsafe(16))


class DecideForm(Plain):
    """Write down a decision: the matter, the units, what, by when."""

    number = forms.CharField(
        label=_("哪一件（事项编号）"), max_length=40, error_messages={"required": _("请写事项编号")}
    )
    units = forms.MultipleChoiceField(
        label=_("哪些单位办"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择承担任务的单位")},
    )  # fmt: skip
    what = says(_("要办什么"), _("写一次，每个单位各有一项责任和期限。"), rows=3)
    until = DayField(label=_("哪天前"), error_messages={"required": _("请选择日期")})

    def __init__(self, by: Actor, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        choose_from(self, "units", choices)

    def clean_number(self) -> UUID:
        """Return the id of the matter meant."""
        try:
            return by_number(self.by, self.cleaned_data["number"]).id
        except NotFound as error:
            raise forms.ValidationError(_("没有找到这件事项，或者您没有查看权限")) from error


class SampleForm(Plain):
    """Draw a sample."""

    seed = forms.CharField(
        label=_("抽样种子"), max_length=80,
        help_text=_("当众定下的一串字，例如当天的彩票号码。写下以后不能改，谁都能照它重抽一遍。"),
        error_messages={"required": _("请写抽样种子")},
    )  # fmt: skip
    since = DayField(label=_("答复送达从哪天"), error_messages={"required": _("请选择日期")})
    until = DayField(label=_("到哪天"), error_messages={"required": _("请选择日期")})
    unit = forms.ChoiceField(label=_("只抽哪个单位"), required=False)
    klass = forms.ChoiceField(label=_("只抽哪一类"), required=False)
    size = forms.IntegerField(
        label=_("抽多少件"), min_value=1, max_value=500, initial=20,
        error_messages={"required": _("请写抽多少件")},
    )  # fmt: skip

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", [("", gettext("全部单位")), *unit_choices(today)])
        kinds = [(key, gettext(word)) for key, word in KLASSES.items()]
        choose_from(self, "klass", [("", gettext("全部类别")), *kinds])


class FindingForm(Plain):
    """What was found when looking again."""

    finding = forms.ChoiceField(
        label=_("核查结果"), widget=forms.RadioSelect, error_messages={"required": _("请选择核查结果")}
    )
    words = says(
        _("怎么核查的、看到了什么"),
        _("结果是“不实”的，事项会退回重新办理，这段话诉求人和承办单位都看得到。"),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "finding", [(key, gettext(word)) for key, word in FINDINGS.items()])
