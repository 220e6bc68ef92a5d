"""One form a screen. What the law does not ask is never required."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoluo.kit.spoken import spoken
from zhuoluo.kit.typed import Words
from zhuoluo.matters.rules import KLASSES, Refused, check_filing, read_number
from zhuoluo.portal.rules.steps import MAX_NAMED, MAX_TEXT, NEEDS_NAME, Answers

FORM_KEY = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class KindForm(forms.Form):
    """Which of the five classes, or "unsure"."""

    klass = forms.ChoiceField(
        choices=[(name, name) for name in (*KLASSES, "accusation", "unsure")],
        error_messages={
            "required": gettext_lazy("请选一个最接近的"),
            "invalid_choice": gettext_lazy("请选一个最接近的"),
        },
    )


class SortForm(forms.Form):
    """The follow-up question for those who are unsure."""

    klass = forms.ChoiceField(
        choices=[("claim", "claim"), ("inquiry", "inquiry"), ("suggestion", "suggestion")],
        error_messages={
            "required": gettext_lazy("请选一个最接近的"),
            "invalid_choice": gettext_lazy("请选一个最接近的"),
        },
    )


class WhatForm(forms.Form):
    """What happened, in the raiser's own words."""

    text = Words(
        label=gettext_lazy("发生了什么事？"),
        help_text=gettext_lazy(
            "什么时候、在哪里、怎么回事、您希望怎么办。想到什么写什么，不会写的字用拼音也行。"
        ),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": gettext_lazy("请写下发生了什么事"),
            "max_length": gettext_lazy("写得太长了，最多 2 万字。更多的内容，提交以后可以再补充"),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("给这件事起个短标题"),
        help_text=gettext_lazy("不起也行，我们取第一句话。"),
        max_length=60,
        required=False,
        error_messages={"max_length": gettext_lazy("标题请不要超过 60 个字")},
    )


class AboutForm(forms.Form):
    """Whom it is about: a name to look up, and what was pressed."""

    query = forms.CharField(
        label=gettext_lazy("单位名称，或者姓名"),
        help_text=gettext_lazy("查人请写全名。"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "data-autosave-skip": True}),
    )


class WhereForm(forms.Form):
    """Which area was tapped, or that none is chosen."""

    area = forms.CharField(required=False, max_length=12)
    place = forms.CharField(
        label=gettext_lazy("具体在哪里"),
        help_text=gettext_lazy("例如：村小学门口、人民路 12 号。"),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("请不要超过 200 个字")},
    )


class VillageForm(forms.Form):
    """Which village of the chosen town, and the place in words."""

    area = forms.ChoiceField(
        label=gettext_lazy("哪个村、哪个社区？"), widget=forms.RadioSelect, required=False
    )
    place = WhereForm.base_fields["place"]

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = list(choices)


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files chosen, none when none was."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]


PHOTO_ATTRS = {"accept": "image/jpeg,image/png,image/webp,image/heic,application/pdf", "multiple": True}


class PhotosForm(forms.Form):
    """Photos, never demanded."""

    photos = FilesField(
        label=gettext_lazy("选照片"),
        help_text=gettext_lazy("最多 6 张，也可以是 PDF。照片里藏着的位置等信息会自动去掉。"),
        required=False,
        widget=ManyFiles(attrs=PHOTO_ATTRS),
    )


class Asked(forms.CharField):
    """A field that the screen calls needed; the form itself says in its own words when something is missing."""

    def validate(self, value: Any) -> None:
        """Leave emptiness to the form, which knows class and kind."""


class AskedCount(forms.IntegerField):
    """The same for a number."""

    def validate(self, value: Any) -> None:
        """Leave emptiness to the form, which knows class and kind."""


class WhoForm(forms.Form):
    """Who raises it and how to be reached; which fields are asked and needed depends on the class and the kind."""

    name = Asked(
        label=gettext_lazy("姓名"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    people = AskedCount(
        label=gettext_lazy("一共多少人"),
        min_value=2,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "min_value": gettext_lazy("多人反映至少两个人"),
            "invalid": gettext_lazy("请写一个数"),
        },
    )
    address = Asked(
        label=gettext_lazy("住址"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = Asked(
        label=gettext_lazy("电话"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, answers: Answers, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers, self.kind = answers, kind
        self.formal = answers.klass in NEEDS_NAME
        _ask(self)

    def clean(self) -> dict[str, Any]:
        """Ask for what the law asks (信访工作条例 art. 19), each error at its own field."""
        given = self.cleaned_data
        if self.kind == "anonymous":
            return given
        if self.kind == "group":
            given["name"] = self._representatives(given.get("name", ""))
        for name, words in self._needed().items():
            if not str(given.get(name) or "").strip() and name not in self.errors:
                self.add_error(name, words)
        if not self.errors:
            self._as_the_law_says(given)
        return given

    def _representatives(self, text: str) -> str:
        names = [
            n
            for n in text.replace("\n", "、").replace("，", "、").replace(",", "、").split("、")
            if n.strip()
        ]
        if len(names) > MAX_NAMED:
            self.add_error("name", _("代表最多 5 人（信访工作条例第20条）"))
        return "、".join(name.strip() for name in names)

    def _needed(self) -> dict[str, str]:
        needed: dict[str, str] = {}
        if self.formal or self.kind == "enterprise":
            needed["name"] = (
                _("请写名称") if self.kind == "enterprise" else _("请写姓名（信访工作条例第19条）")
            )
        if self.formal:
            needed["address"] = _("请写地址（信访工作条例第19条）")
        if self.kind == "group":
            needed |= {"name": _("请写代表的姓名"), "people": _("请写一共多少人")}
        return needed

    def _as_the_law_says(self, given: dict[str, Any]) -> None:
        try:
            check_filing(
                self.answers.klass, self.kind, given["name"], given.get("address", ""), given["phone"], "x",
                required=True,
            )  # fmt: skip
        except Refused as refusal:
            self.add_error("phone", spoken(refusal))


def _ask(form: WhoForm) -> None:
    """Leave only the fields this kind is asked, with the words that fit it."""
    fields = form.fields
    if form.kind == "anonymous":
        fields.clear()
        return
    if form.kind != "group":
        del fields["people"]
    if form.kind == "group":
        fields["name"].label = _("代表的姓名（最多 5 人）")
        fields["name"].help_text = _("每行写一个人。")
        fields["name"].widget = forms.Textarea(attrs={"rows": 3})
    if form.kind == "enterprise":
        fields["name"].label, fields["address"].label = _("企业或组织的名称"), _("地址")
        fields["name"].widget.attrs["autocomplete"] = "organization"
    if not form.formal and form.kind == "person":
        del fields["address"]
        fields["name"].label = _("怎么称呼您")
    fields["name"].required = form.formal or form.kind != "person"
    fields["phone"].required = not form.formal
    if "address" in fields:
        fields["address"].required = form.formal
    fields["phone"].help_text = _phone_hint(form)
    if not form.formal:
        form.order_fields(["phone"])  # an inquiry or suggestion asks for the way to answer first


def _phone_hint(form: WhoForm) -> str:
    if form.formal:
        return _("可以不留。留了，办的人能找您核实，结果能当面告诉您。")
    return _("只用来答复您。不方便留电话的，下面写个称呼，凭编号自己来查。")


class FollowForm(forms.Form):
    """Number and query code, read forgivingly."""

    number = forms.CharField(
        label=gettext_lazy("编号"),
        help_text=gettext_lazy("在回执上，例如 QX261122-0042-7。横杠写不写都行。"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("请填编号")},
    )
    code = forms.CharField(
        label=gettext_lazy("查询码"),
        help_text=gettext_lazy("8 位，大小写都行。"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-autosave-skip": True,
            }
        ),
        error_messages={"required": gettext_lazy("请填查询码")},
    )

    def clean_number(self) -> str:
        """Return the number in its one written form; a slip is caught by its check digit before any look-up."""
        try:
            return read_number(self.cleaned_data["number"])
        except Refused as refusal:
            raise forms.ValidationError(spoken(refusal)) from refusal


class RateForm(forms.Form):
    """The raiser's own word: solved or not, and how satisfied; the two are different questions."""

    solved = forms.ChoiceField(
        label=gettext_lazy("您的问题解决了吗？"),
        choices=[
            ("yes", gettext_lazy("解决了")),
            ("partly", gettext_lazy("解决了一部分")),
            ("no", gettext_lazy("没有解决")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个：解决了没有")},
    )
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("您对办理满意吗？"),
        choices=[
            ("satisfied", gettext_lazy("满意")),
            ("fairly", gettext_lazy("基本满意")),
            ("dissatisfied", gettext_lazy("不满意")),
            ("not_rated", gettext_lazy("不评价")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个，不想说就选“不评价”")},
    )
    note = Words(
        label=gettext_lazy("想说的话"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = FORM_KEY


class AddForm(forms.Form):
    """Words and photos added later."""

    text = Words(
        label=gettext_lazy("要补充什么？"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": gettext_lazy("写得太长了，最多 2 万字，请分几次补充")},
    )
    photos = PhotosForm.base_fields["photos"]
    form_key = FORM_KEY

    def clean(self) -> dict[str, Any]:
        """Ask for words or at least one photo."""
        given = self.cleaned_data
        if not self.errors and not given.get("text", "").strip() and not given.get("photos"):
            self.add_error("text", _("请写下要补充的内容，或者选照片"))
        return given


class WithdrawForm(forms.Form):
    """The last question before taking a matter back."""

    reason = Words(
        label=gettext_lazy("为什么撤回"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_key = FORM_KEY


class AskReviewForm(forms.Form):
    """What is asked for in a review, in one's own words; pressed once to check and once to send."""

    text = Words(
        label=gettext_lazy("您要求什么，为什么不服？"),
        help_text=gettext_lazy("用自己的话写：哪里不对，您希望怎么办。"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("请写下您要求什么，为什么不服"),
            "max_length": gettext_lazy("写得太长了，最多 2 万字"),
        },
    )
    form_key = FORM_KEY


class WithdrawReviewForm(forms.Form):
    """The last question before taking a request for review back."""

    reason = Words(
        label=gettext_lazy("为什么撤回"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_key = FORM_KEY
