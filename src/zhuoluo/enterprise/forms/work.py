"""Forms of the work with enterprises: visits, needs, projects and their steps."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.enterprise.rules.steps import plans
from zhuoluo.enterprise.rules.words import VISITS
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import offer_offices, translated
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.residents.actions import Contact

WANTS = [("claim", _("要解决")), ("inquiry", _("要问清")), ("suggestion", _("提建议"))]


class VisitForm(Keyed):
    """A visit."""

    kind = forms.ChoiceField(
        label=_("怎么见的"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择是上门、座谈还是电话")},
    )
    day = DayField(label=_("哪一天"))
    heard = Words(
        label=_("听到、看到什么"), max_length=20_000, widget=box(5),
        help_text=_("企业要办的事，记完走访再逐件提；一件事一个编号。"), error_messages={"required": _("请写听到了什么、看到了什么")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", translated(VISITS))


class Reached(forms.Form):
    """Who answers for the firm in this; empty: the one in the register."""

    person = forms.CharField(label=_("企业联系人"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("联系人电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("空着就用名录里登记的。结果按这个电话告诉企业。"),
    )  # fmt: skip

    def who(self) -> Contact | None:
        """Return the person given, if one was."""
        data = self.cleaned_data
        return Contact(name=data["person"], phone=data["phone"]) if data["phone"] else None


class NeedForm(Keyed, Reached):
    """What a firm needs."""

    klass = forms.ChoiceField(
        label=_("企业要什么"), choices=WANTS, widget=forms.RadioSelect, initial="claim",
        error_messages={"required": _("请选择是要解决、要问，还是提建议")},
    )  # fmt: skip
    text = Words(
        label=_("什么事"), max_length=20_000, widget=box(4), help_text=_("一件事一张。照企业的原话写。"),
        error_messages={"required": _("请写下是什么事")},
    )  # fmt: skip
    unit = PickField(
        label=_("哪个单位办"), help_text=_("写几个字就行。它两个工作日内要联系企业。"), error_messages={"required": _("请写哪个单位办")}
    )  # fmt: skip
    visit = forms.CharField(required=False, widget=forms.HiddenInput)  # on which it was heard
    field_order = ("klass", "text", "unit", "person", "phone")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_offices(self.fields["unit"], today)

    def unit_id(self) -> UUID:
        """Return the unit chosen."""
        return UUID(self.cleaned_data["unit"])


class ProjectForm(Keyed, Reached):
    """A project begun."""

    name = forms.CharField(
        label=_("项目名称"),
        max_length=100,
        help_text=_("例如：金山家苑。"),
        error_messages={"required": _("请写项目名称")},
    )
    plan = forms.ChoiceField(label=_("哪一类项目"), widget=forms.RadioSelect)
    first_day = DayField(label=_("从哪一天算起"), help_text=_("例如：签土地出让合同那天。这天算第一天。"))
    aim = forms.IntegerField(
        label=_("目标几天办成"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("自然日。空着就按这一类项目的。"),
    )
    unit = PickField(label=_("牵头单位"), error_messages={"required": _("请写牵头单位")})
    field_order = ("name", "plan", "first_day", "aim", "unit", "person", "phone")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "plan", [(p.key, p.name) for p in plans().values()])
        offer_offices(self.fields["unit"], today)

    def days(self) -> int:
        """Return the aim: as typed, else that of the kind."""
        typed: int | None = self.cleaned_data["aim"]
        return typed or plans()[self.cleaned_data["plan"]].aim


class StepForm(forms.Form):
    """The next step begins."""

    use_required_attribute = False
    place = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("办什么"), max_length=60, error_messages={"required": _("请写这一步办什么")}
    )
    unit = PickField(
        label=_("在哪个单位办"), required=False, help_text=_("在企业自己手里的（备图纸、施工）空着。")
    )
    workdays = forms.IntegerField(
        label=_("承诺几个工作日办好"), min_value=1, max_value=250, required=False, help_text=_("在单位办的要写。从下一个工作日数起。")
    )  # fmt: skip
    since = DayField(label=_("哪一天交过去的"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_offices(self.fields["unit"], today)

    def unit_id(self) -> UUID | None:
        """Return the unit chosen."""
        return UUID(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None

    def count_on(self, place: int) -> None:
        """Let the form, shown again, be the step that is next by now: somebody else may have begun one meanwhile."""
        self.data = {key: self.data[key] for key in self.data} | {"place": str(place)}


class EndStepForm(forms.Form):
    """A step is done."""

    use_required_attribute = False
    until = DayField(label=_("哪一天办好的"))
    account = forms.CharField(
        label=_("办好了什么"), max_length=300, widget=box(3), error_messages={"required": _("请写办好了什么")}
    )


class FinishForm(forms.Form):
    """The project reached its end."""

    use_required_attribute = False
    last_day = DayField(label=_("哪一天办成的"), help_text=_("这天也算一天。"))
