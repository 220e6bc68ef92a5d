"""Forms of whoever orders a lesson: order, look it up; and of the office: decline."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import offer_places, translated
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.outreach.talks.actions import Wish
from zhuoluo.outreach.talks.rules.words import ORDERERS
from zhuoluo.residents.actions import Contact


class OrderForm(Keyed):
    """One page: who orders, where, on which days, whom to call."""

    orderer = forms.ChoiceField(
        label=_("谁来点"), widget=forms.RadioSelect, error_messages={"required": _("请选择谁来点")}
    )
    organisation = forms.CharField(
        label=_("名称"), max_length=120, help_text=_("例如：石桥村村委会、清江机械厂。"),
        error_messages={"required": _("请写点单的村、支部或者企业的名称")}
    )  # fmt: skip
    area = PickField(label=_("在哪个村、社区"), required=False, help_text=_("写几个字就行，可以不写。"))
    place = forms.CharField(
        label=_("在哪里讲"), max_length=120, help_text=_("例如：村部会议室。"), error_messages={"required": _("请写在哪里讲")}
    )  # fmt: skip
    from_day = DayField(label=_("最早哪一天"))
    until_day = DayField(label=_("最晚哪一天"))
    people = forms.IntegerField(
        label=_("大约多少人听"), min_value=1, max_value=10_000, required=False, help_text=_("不知道就不写。")
    )
    name = forms.CharField(label=_("联系人"), max_length=60, error_messages={"required": _("请写联系人")})
    phone = forms.CharField(
        label=_("电话"), max_length=20, help_text=_("安排好了告诉您，不公开。"), widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("请写能打通的电话，安排好了告诉您")},
    )  # fmt: skip
    note = Words(
        label=_("特别想听什么"), max_length=500, required=False, widget=box(3), help_text=_("可以不写。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "orderer", translated(ORDERERS))
        offer_places(self.fields["area"])

    def wish(self, lesson_id: UUID) -> Wish:
        """Return what is ordered, as the action takes it."""
        data = self.cleaned_data
        return Wish(
            lesson_id=lesson_id, orderer=data["orderer"], organisation=data["organisation"], place=data["place"],
            from_day=data["from_day"], until_day=data["until_day"], area=data["area"] or None, people=data["people"],
            note=data["note"],
        )  # fmt: skip

    def contact(self) -> Contact:
        """Return whom to call."""
        return Contact(name=self.cleaned_data["name"], phone=self.cleaned_data["phone"])


class LookForm(forms.Form):
    """Number and code of an order."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("点单编号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写点单编号")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写查询码")},
    )  # fmt: skip


class DeclineForm(forms.Form):
    """Why an order cannot be met."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么安排不了"), max_length=200, widget=box(2), help_text=_("点单的人会看到。"),
        error_messages={"required": _("请写明为什么安排不了，点单的人会看到")},
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why somebody looks at a contact."""

    use_required_attribute = False
    why = forms.CharField(
        label=_("为什么要看"), max_length=200, help_text=_("例如：电话商量时间。理由会留在查看记录里。"),
        error_messages={"required": _("请写为什么要看")},
    )  # fmt: skip
