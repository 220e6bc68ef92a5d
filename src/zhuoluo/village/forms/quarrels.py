"""Forms of the room. A mediator's have at most four fields."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import offer_places, translated
from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.matters.rules import MEDIATION_RESULTS, read_number
from zhuoluo.matters.rules import Refused as NumberRefused
from zhuoluo.org.models import Post
from zhuoluo.residents.actions import Contact
from zhuoluo.village.models import Mediator


class ListForm(forms.Form):
    """A mediator put on the list."""

    use_required_attribute = False
    user = PickField(
        label=_("谁"), help_text=_("要先有“湾村明白人”的账号。"), error_messages={"required": _("请写姓名")}
    )
    area = PickField(label=_("哪个村、社区"), error_messages={"required": _("请写哪个村")})
    consented_on = DayField(label=_("本人哪天同意公布的"))
    good_at = forms.CharField(
        label=_("擅长调解什么"), max_length=120, required=False, help_text=_("例如：邻里、宅基地、婚姻。")
    )
    phone = forms.CharField(
        label=_("公布的电话"), max_length=20, required=False, help_text=_("本人同意公布才写，谁都看得到。"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("本人同意列入名单"), error_messages={"required": _("没有本人同意，不能列名")}
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        if isinstance(field, PickField):
            field.offer(Option(str(p.user_id), p.user.name, p.unit.short_name) for p in posts)
        offer_places(self.fields["area"])


class GiveForm(forms.Form):
    """A quarrel given to a mediator."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("哪件事项（编号）"), max_length=40, error_messages={"required": _("请写事项编号")}
    )
    mediator = PickField(
        label=_("交给哪位明白人"),
        help_text=_("写姓名或者村名。"),
        error_messages={"required": _("请选择明白人")},
    )
    told = Words(
        label=_("告诉他什么"), max_length=5000, widget=box(4),
        help_text=_("他只看得到这几句，看不到事项和别人的电话。写哪两家、为什么事、到哪里找。"),
        error_messages={"required": _("请写告诉他什么")},
    )  # fmt: skip

    def __init__(self, *args: Any, mediators: Sequence[Mediator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mediator"]
        if isinstance(field, PickField):
            field.offer(
                Option(str(m.pk), m.user.name, f"{m.area.name} {m.good_at}".strip(), m.area.name)
                for m in mediators
            )

    def clean_number(self) -> str:
        """Return the number in its written form."""
        try:
            return read_number(self.cleaned_data["number"])
        except NumberRefused as error:
            raise forms.ValidationError(_("编号不对，请照着抄，例如 QX260302-0001-1")) from error

    def mediator_id(self) -> UUID:
        """Return who was chosen."""
        return UUID(self.cleaned_data["mediator"])


class BeginForm(Keyed):
    """A quarrel that came to the mediator first: four fields."""

    text = Words(
        label=_("什么事"), max_length=5000, widget=box(3), error_messages={"required": _("请写什么事")}
    )
    name = forms.CharField(label=_("谁来说的"), max_length=60, error_messages={"required": _("请写姓名")})
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, error_messages={"required": _("请写住在哪里")}
    )

    def contact(self) -> Contact:
        """Return who came."""
        data = self.cleaned_data
        return Contact(name=data["name"], phone=data["phone"], address=data["address"])


class RecordForm(Keyed):
    """One round of talking: four fields, or a voice note for the words."""

    result = forms.ChoiceField(
        label=_("谈得怎么样"), widget=forms.RadioSelect, error_messages={"required": _("请选谈得怎么样")}
    )
    present = forms.CharField(label=_("谁在场"), max_length=120, required=False)
    said = Words(label=_("说了什么"), max_length=5000, required=False, widget=box(3))
    voice = forms.FileField(
        label=_("不想打字，录一段话"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "result", translated(MEDIATION_RESULTS))

    def clean(self) -> dict[str, Any]:
        """Ask for words or a voice."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("said") and not data.get("voice") and "voice" not in self.errors:
            self.add_error("said", _("请写几句，或者录一段话"))
        return data


class BackForm(forms.Form):
    """Why a quarrel is given back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么"),
        max_length=200,
        help_text=_("一句话就行，例如：是我家亲戚。"),
        error_messages={"required": _("请写一句为什么")},
    )
