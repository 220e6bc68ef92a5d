"""Forms of what came of a talk: that it was held, what was asked and suggested; deliveries; sheets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import translated, unit_choices
from zhuoluo.org.models import Unit
from zhuoluo.outreach.talks.rules.words import COUNTED, DELIVERIES, RATINGS
from zhuoluo.residents.actions import Contact


class HoldForm(forms.Form):
    """That it was held, and how many came: counted, estimated and how, or not known."""

    use_required_attribute = False
    counting = forms.ChoiceField(
        label=_("到场人数怎么来的"), widget=forms.RadioSelect, error_messages={"required": _("请选择人数是清点的、估计的，还是没有清点")}
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("到场多少人"), min_value=0, max_value=1_000_000, required=False, help_text=_("没有清点就空着，不要估一个数当清点。")
    )  # fmt: skip
    how = forms.CharField(
        label=_("怎么估的"),
        max_length=120,
        required=False,
        help_text=_("只有估计时写，例如：三排凳子，每排约十人。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "counting", translated(COUNTED))


class AnswerForm(forms.Form):
    """A question answered on the spot, with the clause."""

    use_required_attribute = False
    text = Words(
        label=_("问的什么"), max_length=500, widget=box(2), error_messages={"required": _("请写问的什么")}
    )
    answer = Words(
        label=_("当场怎么答的"),
        max_length=5000,
        widget=box(4),
        error_messages={"required": _("请写当场怎么答的")},
    )
    clause = forms.ChoiceField(label=_("依据哪一条"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, clauses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clauses:
            choose_from(self, "clause", [("", _("不引条款")), *clauses])
        else:
            del self.fields["clause"]

    def clause_id(self) -> UUID | None:
        """Return the clause chosen."""
        chosen = self.cleaned_data.get("clause")
        return UUID(chosen) if chosen else None


class RaiseForm(Keyed):
    """A question nobody could answer, or a suggestion: it becomes a matter, with whoever said it."""

    text = Words(
        label=_("说的什么"),
        max_length=5000,
        widget=box(4),
        error_messages={"required": _("请写下说的是什么")},
    )
    name = forms.CharField(
        label=_("谁提的"), max_length=60, error_messages={"required": _("请写姓名，好把结果告诉本人")}
    )
    phone = forms.CharField(
        label=_("电话"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("请写电话，好把结果告诉本人")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("住在哪里"), max_length=300, error_messages={"required": _("请写住在哪里，例如：石桥村3组")}
    )
    unit = forms.ChoiceField(
        label=_("交给哪个单位"), required=False, help_text=_("拿不准就不选，由信访局交办。")
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", unit_choices(units, _("先不选")))

    def contact(self) -> Contact:
        """Return who said it."""
        data = self.cleaned_data
        return Contact(name=data["name"], phone=data["phone"], address=data["address"])

    def unit_id(self) -> UUID | None:
        """Return the unit it goes to, if one was chosen."""
        return UUID(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None


class DeliverForm(Keyed):
    """Teaching or material brought to homes."""

    kind = forms.ChoiceField(
        label=_("哪一种"), widget=forms.RadioSelect, error_messages={"required": _("请选择是哪一种")}
    )
    day = DayField(label=_("哪一天"))
    unit = forms.ChoiceField(label=_("哪个单位"))
    group = forms.CharField(
        label=_("送给哪些人"), max_length=120, help_text=_("不写姓名，例如：柳塘村行动不便的老党员。"),
        error_messages={"required": _("请写送给哪些人（不写姓名）")},
    )  # fmt: skip
    what = forms.CharField(label=_("送了什么"), max_length=200, required=False)
    count = forms.IntegerField(
        label=_("多少次（份）"),
        min_value=1,
        max_value=100_000,
        initial=1,
        help_text=_("一批一起记的，写这一批的数。"),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", translated(DELIVERIES))
        choose_from(self, "unit", unit_choices(units))


class RateForm(Keyed):
    """What one phone thought of a talk."""

    value = forms.ChoiceField(
        label=_("这一场讲得怎么样？"), widget=forms.RadioSelect, error_messages={"required": _("请选择一项")}
    )
    words = forms.CharField(
        label=_("还想说什么（可以不写）"), max_length=200, required=False, widget=box(3),
        help_text=_("请不要写姓名和电话。要办的事请用“我要反映”。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "value", translated({str(k): w for k, w in RATINGS.items()}))
