"""Forms of the library: a file taken in, what it says of itself, one clause, an amendment, an end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.outreach.policy.actions import DocumentContent, Row, Upload
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.rules.reading import LARGEST
from zhuoluo.outreach.policy.rules.words import AUDIENCES, KINDS, LONGEST_CLAUSE, tagged


def _choices(table: dict[str, str]) -> list[tuple[str, Any]]:
    return [(key, _(word)) for key, word in table.items()]


class TakeForm(forms.Form):
    """A file or pasted text."""

    file = forms.FileField(
        label=_("政策文件"), required=False, help_text=_("Word（docx）或者 PDF，不超过 10 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("或者粘贴正文"), required=False, max_length=400_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("没有电子文件时，把整份正文贴在这里，一段一行。"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("文件的种类"), choices=_choices(KINDS), initial="measure")
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Take one of the two, not none and not both."""
        given = super().clean() or {}
        if bool(given.get("file")) == bool(given.get("text", "").strip()) and "file" not in self.errors:
            both = bool(given.get("file"))
            self.add_error("file", _("文件和正文只要一样") if both else _("请选择文件，或者在下面粘贴正文"))
        return given

    def upload(self) -> Upload | None:
        """Return the file, read no further than it may be large."""
        given = self.cleaned_data.get("file")
        return (
            Upload(given.read(LARGEST + 1) if given.size <= LARGEST else b"\0" * given.size, given.name)
            if given
            else None
        )


class AboutForm(forms.Form):
    """What a document says of itself, and its days."""

    title = forms.CharField(label=_("文件名称"), max_length=200)
    number = forms.CharField(
        label=_("文号"), max_length=80, required=False, help_text=_("例如：清政发〔2026〕8号。没有就不填。")
    )
    issuer = forms.CharField(label=_("发文机关"), max_length=120)
    kind = forms.ChoiceField(label=_("文件的种类"), choices=_choices(KINDS))
    issued_on = DayField(label=_("发文日期"), required=False)
    from_day = DayField(label=_("从哪天起施行"), help_text=_("这一天以前，条文查不到也引用不了。"))
    until_day = DayField(
        label=_("到哪天为止"), required=False, help_text=_("写明有效期的才填；这一天还有效。")
    )
    audiences = forms.MultipleChoiceField(
        label=_("跟谁有关"), choices=_choices(AUDIENCES), required=False, widget=forms.CheckboxSelectMultiple
    )

    def content(self) -> DocumentContent:
        """Return what was written."""
        given = self.cleaned_data
        return DocumentContent(
            title=given["title"], issuer=given["issuer"], kind=given["kind"], issued_on=given["issued_on"],
            from_day=given["from_day"], until_day=given["until_day"], number=given["number"],
            audiences=tuple(given["audiences"]),
        )  # fmt: skip


def about(row: Document) -> dict[str, Any]:
    """Return what the form shows of a document."""
    names = ("title", "number", "issuer", "kind", "issued_on", "from_day", "until_day")
    return {name: getattr(row, name) for name in names} | {"audiences": tagged(row.audiences)}


class ClauseForm(forms.Form):
    """One clause of a draft."""

    label = forms.CharField(
        label=_("编号"), max_length=40, required=False, help_text=_("照文件写：第十七条、17、（三）。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    heading = forms.CharField(label=_("在哪个标题下"), max_length=120, required=False)
    text = forms.CharField(
        label=_("条文"), max_length=LONGEST_CLAUSE, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("要拆成几条，就在拆开的地方空一行，再点“拆开”。"),
    )  # fmt: skip
    plain = forms.CharField(
        label=_("通俗的说法"), max_length=LONGEST_CLAUSE, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用老百姓的话说一遍，群众先看到这一段。不改条文的意思。"),
    )  # fmt: skip
    audiences = forms.MultipleChoiceField(
        label=_("只跟这些人有关"), choices=_choices(AUDIENCES), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就和整份文件一样。"),
    )  # fmt: skip

    def row(self) -> Row:
        """Return the clause as written."""
        given = self.cleaned_data
        return Row(given["label"], given["text"], given["heading"], given["plain"], tuple(given["audiences"]))


def clause(row: Proposed) -> dict[str, Any]:
    """Return what the form shows of a proposed clause."""
    return {
        "label": row.label, "heading": row.heading, "text": row.text, "plain": row.plain, "audiences": tagged(row.audiences),
    }  # fmt: skip


class AmendForm(forms.Form):
    """New words of a clause from a day on."""

    from_day = DayField(
        label=_("新的条文从哪天起生效"), help_text=_("这一天以前，查到和引用的还是原来的条文。")
    )
    text = forms.CharField(
        label=_("新的条文"), max_length=LONGEST_CLAUSE, widget=forms.Textarea(attrs={"rows": 8})
    )
    plain = forms.CharField(
        label=_("通俗的说法"),
        max_length=LONGEST_CLAUSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = forms.CharField(
        label=_("根据什么修订"), max_length=200, required=False, help_text=_("例如：清政发〔2026〕8号。")
    )


class PlainForm(forms.Form):
    """The plain words of a clause."""

    plain = forms.CharField(
        label=_("通俗的说法"), max_length=LONGEST_CLAUSE, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("用老百姓的话说一遍，群众先看到这一段。不改条文的意思。"),
    )  # fmt: skip


class EndForm(forms.Form):
    """The end of a document."""

    until_day = DayField(label=_("最后有效的一天"), help_text=_("从第二天起失效。以前的日子还能查到、引用。"))
    reason = forms.CharField(
        label=_("为什么失效"), max_length=200, help_text=_("例如：被清政发〔2026〕8号代替。")
    )
    replaced_by = forms.ChoiceField(label=_("由哪份文件代替"), required=False)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "replaced_by", [("", _("没有，或者不在库里")), *others])


class TakeDownForm(forms.Form):
    """Why a document is taken down."""

    reason = forms.CharField(
        label=_("为什么撤下"), max_length=200, min_length=5, help_text=_("只有发错了才撤下；文件失效了，请写明失效日期。"),
    )  # fmt: skip
