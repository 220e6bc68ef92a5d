"""Forms of the night's log: a household, what was raised, the response, the hand-over. Short: they are filled on a phone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.duty.reads import HouseLine
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import offer_places
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.residents.actions import Contact

WANTS = [("claim", _("要解决")), ("inquiry", _("要问清")), ("suggestion", _("提建议"))]


class HouseForm(Keyed):
    """A household visited."""

    name = forms.CharField(label=_("户主姓名"), max_length=60, required=False)
    area = PickField(label=_("哪个村、社区"), required=False)
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, error_messages={"required": _("请写住在哪里，例如：石桥村3组")}
    )
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    heard = Words(
        label=_("聊了什么"),
        max_length=5000,
        required=False,
        widget=box(3),
        help_text=_("要办的事，记完这一户再提。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self.fields["area"])

    def contact(self) -> Contact:
        """Return who lives there."""
        data = self.cleaned_data
        return Contact(kind="household", name=data["name"], phone=data["phone"], address=data["address"])


class RaiseForm(Keyed):
    """Something raised that night."""

    klass = forms.ChoiceField(
        label=_("要什么"),
        choices=WANTS,
        widget=forms.RadioSelect,
        initial="claim",
        error_messages={"required": _("请选一项")},
    )
    text = Words(
        label=_("什么事"), max_length=20_000, widget=box(4), error_messages={"required": _("请写下是什么事")}
    )
    household = forms.ChoiceField(label=_("哪一户提的"), required=False)
    name = forms.CharField(
        label=_("谁提的"), max_length=60, required=False, help_text=_("选了上面的户就不用写。")
    )
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    address = forms.CharField(label=_("住在哪里"), max_length=300, required=False)
    place = forms.CharField(
        label=_("事情在哪里"), max_length=200, required=False, help_text=_("例如：文化中心门口。")
    )

    def __init__(self, *args: Any, houses: Sequence[HouseLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(h.row.pk), f"{h.who.name} {h.who.address}".strip()) for h in houses]
        choose_from(self, "household", [("", _("不是走访的户")), *rows])

    def clean(self) -> dict[str, Any]:
        """Ask for whoever raised it."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("household") and not (data.get("name") and data.get("address")):
            self.add_error("name", _("请选一户，或者写姓名和住在哪里"))
        return data

    def household_id(self) -> UUID | None:
        """Return the household chosen."""
        return UUID(self.cleaned_data["household"]) if self.cleaned_data["household"] else None

    def contact(self) -> Contact | None:
        """Return who raised it, where no household was chosen."""
        data = self.cleaned_data
        if data["household"]:
            return None
        return Contact(name=data["name"], phone=data["phone"], address=data["address"])


class RespondForm(forms.Form):
    """The same-night response."""

    use_required_attribute = False
    words = Words(
        label=_("今晚怎么回应的"), max_length=5000, widget=box(3),
        help_text=_("写谁去办、哪天办、先做什么。当晚定的是办法，不是当晚办结。提的人看得到。"),
        error_messages={"required": _("请写怎么回应的")},
    )  # fmt: skip


class HandOverForm(forms.Form):
    """The hand-over to the day."""

    use_required_attribute = False
    taken_by = forms.CharField(
        label=_("谁接的班"), max_length=60, error_messages={"required": _("请写谁接的班")}
    )
    words = Words(label=_("要交代的"), max_length=5000, required=False, widget=box(4))
