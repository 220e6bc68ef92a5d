"""What is asked of whoever hands in an accusation (one thing, the rest if they like), and of the office."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.ids import uuid7
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused as NoNumber
from zhuoluo.matters.rules import read_number
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import units
from zhuoluo.sealed.reads import Line
from zhuoluo.sealed.rules import CHANNELS, MAX_TEXT, SUPERIOR, Rule, offered

# Nothing of it stays on the device: no saved draft, no words the browser offers again.
QUIET = {"data-autosave-skip": True, "autocomplete": "off"}


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files chosen, none when none was."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(one, initial) for one in several if one]


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **QUIET})


def _line(**more: Any) -> forms.TextInput:
    return forms.TextInput(attrs=QUIET | more)


def _key() -> forms.CharField:
    return forms.CharField(max_length=80, required=False, widget=forms.HiddenInput(attrs=QUIET))


class AboutForm(forms.Form):
    """Whom it accuses: in words, and the unit from the list."""

    whom = forms.CharField(
        label=_("举报谁"), help_text=_("姓名、职务、单位，写得出多少写多少。写清楚了，才好不让他们看到。"), max_length=500,
        required=False, widget=_words(2),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("他在哪个单位"), required=False, widget=forms.Select(attrs=QUIET))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = [(str(u.id), u.name) for u in units().values() if u.until_date is None]
        choose_from(self, "unit", [("", gettext("不在下面，或者说不清")), *live])

    def chosen(self) -> tuple[UUID, ...]:
        """Return the unit chosen, if one was."""
        unit = self.cleaned_data.get("unit")
        return (UUID(unit),) if unit else ()


class LetterForm(AboutForm):
    """An accusation. Only what happened is needed."""

    what = forms.CharField(
        label=_("发生了什么事？"), help_text=_("谁做了什么、怎么做的。知道多少写多少，不会写的字用拼音也行。"),
        max_length=MAX_TEXT, widget=_words(9),
        error_messages={
            "required": _("请写下发生了什么事"),
            "max_length": _("写得太长了，最多 2 万字。更多的内容，交上去以后可以再补充"),
        },
    )  # fmt: skip
    when = forms.CharField(label=_("什么时候的事"), max_length=200, required=False, widget=_line())
    where = forms.CharField(label=_("在什么地方"), max_length=200, required=False, widget=_line())
    papers = Files(
        label=_("证据"), help_text=_("照片、文件、录音都行，最多 6 个。照片里藏着的位置等信息会自动去掉。"), required=False,
        widget=ManyFiles(attrs={"multiple": True, **QUIET}),
    )  # fmt: skip
    reach = forms.CharField(
        label=_("怎么联系您"),
        help_text=_("不写也收，写了才能找您核实。"),
        max_length=300,
        required=False,
        widget=_words(2),
    )
    form_key = _key()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_key", str(uuid7()))


class HandInForm(LetterForm):
    """The same, handed in by staff for somebody who came, called or wrote."""

    channel = forms.ChoiceField(label=_("怎么收到的"), widget=forms.RadioSelect)
    field_order = ("channel",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(key, gettext(word)) for key, word in CHANNELS.items() if offered(key)]
        choose_from(self, "channel", ways)
        self.fields["what"].help_text = gettext("照原话、原信写，不要概括。")
        self.fields["reach"].label = gettext("怎么联系来件人")
        self.fields["reach"].help_text = gettext("对方愿意留才写。")


class TakeOverForm(AboutForm):
    """The last question before a matter is passed on as an accusation."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("我看过了，这件事是检举控告，转走以后我也不能再看"))


class FollowForm(forms.Form):
    """Number and code, read forgivingly."""

    number = forms.CharField(
        label=_("编号"), max_length=60, widget=_line(autocapitalize="characters", spellcheck="false"),
        error_messages={"required": _("请填编号")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), help_text=_("8 位，大小写都行。"), max_length=40,
        widget=_line(autocapitalize="characters", spellcheck="false"), error_messages={"required": _("请填查询码")},
    )  # fmt: skip

    def clean_number(self) -> str:
        """Return the number in its one written form."""
        try:
            return read_number(self.cleaned_data["number"])
        except NoNumber as refusal:
            raise forms.ValidationError(spoken(refusal)) from refusal


class AddForm(forms.Form):
    """Words and files added later."""

    text = forms.CharField(
        label=_("要补充什么？"), max_length=MAX_TEXT, required=False, widget=_words(6),
        error_messages={"max_length": _("写得太长了，最多 2 万字，请分几次补充")},
    )  # fmt: skip
    papers = LetterForm.base_fields["papers"]
    form_key = _key()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_key", str(uuid7()))


class ActForm(forms.Form):
    """What every act of the office carries: the version it was made on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(ActForm):
    """Nothing is asked."""


class WordsForm(ActForm):
    """A note, or a message."""

    text = forms.CharField(label=_("内容"), max_length=MAX_TEXT, widget=_words(5))


class ForwardForm(ActForm):
    """To whom, and on what ground."""

    to = forms.ChoiceField(label=_("移送给谁"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("依据和说明"),
        max_length=2000,
        widget=_words(3),
        help_text=_("例如：按管理权限，属于上级机关受理。"),
    )
    informed = forms.BooleanField(label=_("涉及干部的，已经告知组织部门"), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "to", [(key, gettext(word)) for key, word in choices])


class ConcludeForm(ActForm):
    """The result for the file, and what is told."""

    result = forms.CharField(label=_("办理结果（存档）"), max_length=MAX_TEXT, widget=_words(5))
    text = forms.CharField(
        label=_("告诉来件人的话"),
        max_length=MAX_TEXT,
        required=False,
        widget=_words(4),
        help_text=_("不要写别人的信息。"),
    )


class RulesForm(forms.Form):
    """To whom accusations go, one line for each kind of unit accused."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(Unit.KINDS)
        organs = [(kind, gettext(words[kind])) for kind in ("discipline", "leadership", "supervision")]
        organs.append((SUPERIOR, gettext("上级机关")))
        self.kinds = [line.kind for line in lines]
        for line in lines:
            name = line.kind or "none"
            self.fields[f"organ_{name}"] = forms.ChoiceField(
                label=gettext(line.word), choices=organs, initial=line.rule.organ
            )
            self.fields[f"inform_{name}"] = forms.BooleanField(
                label=gettext("告知组织部门"), initial=line.rule.inform, required=False
            )

    def wanted(self) -> dict[str, Rule]:
        """Return the rules as sent."""
        given = self.cleaned_data
        return {
            kind: Rule(given[f"organ_{kind or 'none'}"], given[f"inform_{kind or 'none'}"])
            for kind in self.kinds
        }

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each line."""
        return [(self[f"organ_{kind or 'none'}"], self[f"inform_{kind or 'none'}"]) for kind in self.kinds]
