"""Forms of the register: an enterprise, its liaison, chains."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.enterprise.actions import FirmContent
from zhuoluo.enterprise.models import Chain, Firm
from zhuoluo.enterprise.rules.codes import read_code
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.words import SIZES
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.forms.choose import offer_people, offer_places, translated
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.org.models import Post


class FirmForm(forms.Form):
    """One enterprise of the register."""

    use_required_attribute = False
    firm = forms.CharField(
        label=_("企业名称"), max_length=120, error_messages={"required": _("请写企业名称")}
    )
    code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("营业执照上的 18 位。抄错一位会说错在哪里。"),
        error_messages={"required": _("请写统一社会信用代码")},
    )  # fmt: skip
    size = forms.ChoiceField(label=_("规模"))
    area = PickField(label=_("在哪个乡镇、村"), required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    makes = forms.CharField(label=_("主要做什么"), max_length=200, required=False)
    name = forms.CharField(label=_("企业联系人"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("联系人电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("平时遮住显示；看全号要写理由。改别的内容时空着，原来的不动。"),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, chains: Sequence[Chain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "size", translated(SIZES))
        choose_from(self, "chain", [("", _("不在产业链上")), *((str(c.pk), c.name) for c in chains)])
        offer_places(self.fields["area"])

    def clean_code(self) -> str:
        """Say beside the field what is wrong with the code."""
        try:
            return read_code(self.cleaned_data["code"])
        except Refused as error:
            raise forms.ValidationError(spoken(error)) from error

    def content(self) -> FirmContent:
        """Return what the action keeps."""
        data = self.cleaned_data
        return FirmContent(
            code=data["code"], firm=data["firm"], size=data["size"], area=data["area"] or None, address=data["address"],
            chain_id=UUID(data["chain"]) if data["chain"] else None, makes=data["makes"], name=data["name"],
            phone=data["phone"],
        )  # fmt: skip


def firm_initial(row: Firm) -> dict[str, Any]:
    """Return a kept enterprise as the form shows it."""
    return {
        "firm": row.name, "code": row.code, "size": row.size, "area": f"={row.area_id}" if row.area_id else "",
        "address": row.address, "chain": str(row.chain_id or ""), "makes": row.makes, "version": row.version,
    }  # fmt: skip


class PersonForm(forms.Form):
    """One member of staff."""

    use_required_attribute = False
    user = PickField(
        label=_("谁"), help_text=_("写姓名，写几个字就行。"), error_messages={"required": _("请写姓名")}
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["user"], posts)

    def user_id(self) -> UUID:
        """Return who was chosen."""
        return UUID(self.cleaned_data["user"])


class ChainForm(forms.Form):
    """A chain and who heads it."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("产业链"), max_length=60, help_text=_("例如：新能源材料产业链。"), error_messages={"required": _("请写产业链的名称")}
    )  # fmt: skip
    head = PickField(label=_("链长"), required=False, help_text=_("写姓名，写几个字就行。"))

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["head"], posts)

    def head_id(self) -> UUID | None:
        """Return the leader chosen."""
        return UUID(self.cleaned_data["head"]) if self.cleaned_data["head"] else None
