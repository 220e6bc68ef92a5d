"""Forms of applicants: apply, look, add, object."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.outreach.programmes.actions import Asked
from zhuoluo.outreach.programmes.forms.fields import FilesField, Yuan
from zhuoluo.outreach.programmes.models import Item
from zhuoluo.outreach.programmes.rules.words import APPLICANTS
from zhuoluo.residents.actions import Contact


class ApplyForm(Keyed):
    """One page: who, what for, a few words, files."""

    kind = forms.ChoiceField(
        label=_("谁来申请"), widget=forms.RadioSelect, error_messages={"required": _("请选择谁来申请")}
    )
    name = forms.CharField(
        label=_("姓名，或者单位全称"),
        max_length=120,
        error_messages={"required": _("请写姓名，或者单位全称")},
    )
    code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("企业和组织要写，在营业执照上，18 位。个人不用写。")
    )  # fmt: skip
    phone = forms.CharField(
        label=_("电话"), max_length=20, help_text=_("有结果、要补材料，好告诉您。"), widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("请写能打通的电话，有变动好告诉您")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("住在哪里，或者单位地址"), max_length=300, required=False, help_text=_("可以不写。")
    )
    person = forms.CharField(
        label=_("单位联系人"), max_length=60, required=False, help_text=_("单位申请时写。")
    )
    words = Words(
        label=_("您的情况"), max_length=3000, widget=box(5), help_text=_("在哪里工作、做了什么、为什么符合条件。写几句就行。"),
        error_messages={"required": _("请写几句您的情况，例如在哪里工作、做了什么")},
    )  # fmt: skip
    papers = FilesField(label=_("材料"), help_text=_("照片或者 PDF，最多 10 个。现在没有，以后也可以补。"))

    def __init__(self, *args: Any, items: Sequence[Item], audience: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(key, _(word)) for key, word in APPLICANTS.items() if audience in (key, "both")]
        choose_from(self, "kind", kinds)
        if len(kinds) == 1:
            self.initial.setdefault("kind", kinds[0][0])
        if audience == "person":
            del self.fields["code"], self.fields["person"]
        self.items = list(items)
        for item in self.items:
            self._offer(item)

    def _offer(self, item: Item) -> None:
        place = f"i{item.place}"
        only = len(self.items) == 1
        self.fields[place] = forms.BooleanField(label=item.title, required=False, initial=only)
        if item.rule == "share":
            self.fields[f"{place}-base"] = Yuan(
                label=item.base, required=False, help_text=_("元，按发票或者合同。")
            )
        if item.rule == "grades":
            grades = [("", _("请选择")), *((name, name) for name, _fen in item.grades)]
            self.fields[f"{place}-grade"] = forms.ChoiceField(label=_("等级"), choices=grades, required=False)

    def offered(self) -> list[tuple[Item, Any, Any]]:
        """Return each item with its box and what it further asks, for the page."""
        rows = []
        for item in self.items:
            place = f"i{item.place}"
            more = next((self[n] for n in (f"{place}-base", f"{place}-grade") if n in self.fields), None)
            rows.append((item, self[place], more))
        return rows

    def given(self) -> dict[str, Any]:
        """Return what the action takes beside the programme."""
        data = self.cleaned_data
        asks = [
            Asked(item.pk, data.get(f"i{item.place}-base", 0), data.get(f"i{item.place}-grade", ""))
            for item in self.items
            if data.get(f"i{item.place}")
        ]
        contact = Contact(
            name=data["name"],
            phone=data["phone"],
            id_number=data.get("code", ""),
            more=data.get("person", ""),
            address=data["address"],
        )
        return {
            "kind": data["kind"], "contact": contact, "asks": asks, "words": data["words"], "uploads": data["papers"],
            "key": data["key"],
        }  # fmt: skip


class LookForm(forms.Form):
    """Number and code of an application."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("申请编号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写申请编号")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写查询码")},
    )  # fmt: skip


class MoreForm(forms.Form):
    """What was missing."""

    use_required_attribute = False
    words = Words(label=_("要说明的"), max_length=2000, required=False, widget=box(4))
    papers = FilesField(label=_("补的材料"), help_text=_("照片或者 PDF。"))


class AppealForm(Keyed):
    """An applicant's word against a decision."""

    text = Words(
        label=_("您不同意什么，为什么"), max_length=3000, widget=box(6), error_messages={"required": _("请写您不同意什么，为什么")}
    )  # fmt: skip
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, required=False, help_text=_("登记事项按规定要写。申请时写过的不用再写。")
    )  # fmt: skip


class ObjectForm(AppealForm):
    """An objection to a published award, by anybody who gives a name and a phone."""

    name = forms.CharField(label=_("您的姓名"), max_length=60, error_messages={"required": _("请写姓名")})
    phone = forms.CharField(
        label=_("电话"), max_length=20, help_text=_("核实情况、告诉您结果用；被提异议的人看不到。"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}), error_messages={"required": _("请写能打通的电话")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, help_text=_("例如：石桥镇石桥村3组"), error_messages={"required": _("请写住在哪里")}
    )  # fmt: skip
    field_order = ("text", "name", "phone", "address")

    def contact(self) -> Contact:
        """Return who objects."""
        data = self.cleaned_data
        return Contact(name=data["name"], phone=data["phone"], address=data["address"])
