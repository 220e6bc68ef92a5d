"""Forms of the live room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.live.rules.words import REASONS


class AskForm(forms.Form):
    """A question and, if the asker wants an answer later, a phone number."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("您想问什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("最多 300 个字。请不要写别人的名字和电话。"), error_messages={"required": _("请写清楚想问什么")},
    )  # fmt: skip
    phone = forms.CharField(
        label=_("电话（可以不填）"), max_length=20, required=False, help_text=_("当场没有答复的，按这个电话找您。不会公开。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid7()))


class FindForm(forms.Form):
    """Number and code of a question."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("问题编号"), max_length=40, error_messages={"required": _("请写问题编号")}
    )
    code = forms.CharField(label=_("查询码"), max_length=20, error_messages={"required": _("请写查询码")})


class HideForm(forms.Form):
    """Why a question does not go on the wall."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("为什么不上墙"),
        choices=[(key, _(word)) for key, word in REASONS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("选“其他”时写明"), max_length=200, required=False)


class AnswerForm(forms.Form):
    """The answer and the clauses it rests on."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": _("请写出答复")}
    )  # fmt: skip
    find = forms.CharField(
        label=_("找条款"), max_length=60, required=False, help_text=_("写几个字，找现行有效的条款")
    )
    calculator = forms.ChoiceField(
        label=_("算一算"),
        required=False,
        help_text=_("要算数的问题，选一个，填好数，步骤和依据跟着答复一起发。"),
    )

    def __init__(self, *args: Any, calculators: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "calculator", [("", _("不用算")), *calculators])


class StreamForm(forms.Form):
    """Where the picture comes from."""

    use_required_attribute = False
    hls = forms.CharField(
        label=_("播放地址（HLS）"), max_length=500, required=False,
        help_text=_("以 http:// 或 https:// 开头，以 .m3u8 结尾；没有画面就空着")
    )  # fmt: skip
