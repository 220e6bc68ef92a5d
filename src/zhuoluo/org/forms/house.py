"""The administrator's forms: people, posts, units, areas, the year's holiday notice."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhuoluo.clock import NoticeError, YearNotice, read_notice_csv
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.tables import read_pairs
from zhuoluo.org.models import Area, Unit, User
from zhuoluo.org.rules import ROLE_NAMES

ROLES = [(key, gettext_lazy(word)) for key, word in ROLE_NAMES.items()]


class OneLine(forms.CharField):
    """Words for one line of a list, a letter or the ledger: breaks sent by hand become blanks."""

    def to_python(self, value: Any) -> str:
        """Return the words with single blanks between them."""
        return " ".join(str(super().to_python(value)).split())


class PersonForm(forms.Form):
    """A new account with its first post."""

    name = OneLine(label=gettext_lazy("姓名"), max_length=60)
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]+$", label=gettext_lazy("账号"), max_length=60,
        help_text=gettext_lazy("字母、数字、点、横线；登录用，不能改"),
    )  # fmt: skip
    phone = OneLine(label=gettext_lazy("工作电话"), max_length=20, required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("单位"))
    title = OneLine(label=gettext_lazy("岗位"), max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=ROLES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(until_date__isnull=True).order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_username(self) -> str:
        """Refuse an account name already taken."""
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("这个账号已经有人用了，请换一个"))
        return name


class PostForm(forms.Form):
    """One more post for a person."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("单位"))
    title = OneLine(label=gettext_lazy("岗位"), max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=ROLES)
    from_date = DayField(label=gettext_lazy("从哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(until_date__isnull=True).order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField


class UntilForm(forms.Form):
    """The last day of a post or a unit."""

    until_date = DayField(label=gettext_lazy("到哪天止（含当天）"))
    successor = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=gettext_lazy("职权由哪个单位接续"), required=False
    )


class SubstituteForm(forms.Form):
    """Who stands in for somebody, and from when to when."""

    substitute = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("username"), label=gettext_lazy("由谁代理")
    )
    from_date = DayField(label=gettext_lazy("从哪天起"))
    until_date = DayField(label=gettext_lazy("到哪天止（含当天）"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = self.cleaned_data
        if data.get("from_date") and data.get("until_date") and data["until_date"] < data["from_date"]:
            self.add_error("until_date", _("不能早于开始的那天"))
        return data


class UnitForm(forms.Form):
    """A new unit."""

    name = OneLine(label=gettext_lazy("单位名称"), max_length=120)
    short_name = OneLine(label=gettext_lazy("简称"), max_length=40)
    code = forms.RegexField(
        r"^[A-Za-z0-9_-]+$",
        label=gettext_lazy("代码"),
        max_length=30,
        help_text=gettext_lazy("用过的代码不再分给别的单位"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"), choices=[(k, gettext_lazy(w)) for k, w in Unit.KINDS]
    )
    parent = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=gettext_lazy("上级单位"), required=False
    )
    area = forms.ModelChoiceField(
        Area.objects.filter(active=True).order_by("code"),
        label=gettext_lazy("所在区划（乡镇、村必填）"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].label_from_instance = lambda area: area.full_name  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """A township or village needs its area, or nothing raised there finds it; a code is never reused."""
        data = self.cleaned_data
        if data.get("kind") in {"township", "village"} and not data.get("area"):
            self.add_error("area", _("请选择所在区划，群众反映的事才能转到这里"))
        if data.get("code") and Unit.objects.filter(code=data["code"]).exists():
            self.add_error("code", _("这个代码已经用过，请换一个"))
        return data


class ReviewOrgansForm(forms.Form):
    """Which organ decides second reviews."""

    second_here = forms.ChoiceField(
        label=gettext_lazy("复核由谁作出"), widget=forms.RadioSelect,
        choices=[("no", gettext_lazy("上一级机关")), ("yes", gettext_lazy("本级的复查复核机构"))],
        error_messages={"required": gettext_lazy("请选一项")},
    )  # fmt: skip
    superior = OneLine(
        label=gettext_lazy("上一级机关的全称"), max_length=120, required=False,
        help_text=gettext_lazy("例如：某某市人民政府信访事项复查复核办公室。会写在页面和文书里；不填就写“上一级人民政府信访事项复查复核机构”。"),
    )  # fmt: skip


class AreasForm(forms.Form):
    """Areas as lines of code and name."""

    lines = forms.CharField(
        label=gettext_lazy("区划代码和名称，一行一个"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("例如：431281101 石桥镇。上级区划写在前面，或者已经添加过。"),
    )

    def clean_lines(self) -> list[dict[str, str]]:
        """Return the rows, or say which line is wrong."""
        try:
            return [
                {"code": code, "name": name} for code, name in read_pairs(str(self.cleaned_data["lines"]))
            ]
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class NoticeForm(forms.Form):
    """The State Council's holiday notice of a year, as a small table."""

    table = forms.CharField(
        label=gettext_lazy("放假和调休日期"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("第一行是 date,kind,name；kind 写 holiday（放假）或 workday（调休上班）。"),
    )

    def clean_table(self) -> YearNotice:
        """Return the notice, or say which line is wrong and how to mend it."""
        try:
            return read_notice_csv(str(self.cleaned_data["table"]))
        except NoticeError as error:
            raise forms.ValidationError(error.english if get_language() == "en" else str(error)) from error
