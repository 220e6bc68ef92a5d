"""Forms of cases: the list by numbers, taking, visits, the four boxes, certification, the end."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.actions import leaders
from zhuoluo.matters.reads import NotFound, by_number, ids_of
from zhuoluo.matters.rules import Refused, read_number
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.oversight.rules import BOXES, SOURCES, Box

MOST = 500  # numbers in one paste
SHOWN = 8  # of those that were not found


def says(label: Any, hint: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """Return a field for words of several lines."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 20_000})
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=20_000, widget=widget,
        error_messages={"required": _("请写在这里")},
    )  # fmt: skip


class Plain(forms.Form):
    """What the forms share: words say what is missing, not the browser."""

    use_required_attribute = False


class ListForm(Plain):
    """Long-standing cases by their numbers, pasted or typed, one a line."""

    source = forms.CharField(
        label=_("哪一份清单"), max_length=60, help_text=_("例如：2026 年信访积案清单。"),
        error_messages={"required": _("请写明是哪一份积案清单")},
    )  # fmt: skip
    numbers = says(_("事项编号"), _("从表格里整列粘贴过来就行，一行一个；其他列的文字会跳过。"), rows=10)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_numbers(self) -> list[UUID]:
        """Return the ids of the matters meant; say which lines name none."""
        lines = [line.strip() for line in self.cleaned_data["numbers"].splitlines() if line.strip()]
        read = [(line, _number_in(line)) for line in lines]
        written = [number for _line, number in read if number]
        if len(written) > MOST:
            raise forms.ValidationError(gettext("一次最多 %(n)d 件") % {"n": MOST})
        known = ids_of(self.by, written)
        lost = [line for line, number in read if number not in known]
        if lost:
            shown = gettext("、").join(line[:40] for line in lost[:SHOWN])
            raise forms.ValidationError(
                ngettext(
                    "有 %(n)d 行没有找到对应的事项：%(lines)s",
                    "有 %(n)d 行没有找到对应的事项：%(lines)s",
                    len(lost),
                )
                % {"n": len(lost), "lines": shown}
            )
        return [known[number] for number in dict.fromkeys(written)]


def _number_in(line: str) -> str:
    """Return the first word of a line that is a matter's number in its written form, or ""."""
    for word in line.replace(",", " ").replace("，", " ").split():
        try:
            return read_number(word)
        except Refused:
            continue
    return ""


class TakeForm(Plain):
    """A leader takes a case."""

    number = forms.CharField(
        label=_("哪一件（事项编号）"), max_length=40, error_messages={"required": _("请写事项编号")}
    )
    leader = forms.ChoiceField(
        label=_("哪位领导包"), widget=forms.RadioSelect, error_messages={"required": _("请选择领导")}
    )
    source = forms.ChoiceField(label=_("来源"), widget=forms.RadioSelect)
    plan = says(_("包案计划"), _("包掌握情况、包思想教育、包解决化解、包息诉息访，各怎么做。"), rows=6)
    until = DayField(label=_("计划哪天前办好"), error_messages={"required": _("请选择日期")})

    def __init__(self, by: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        posts = {post.user_id: post for post in leaders(today)}
        if by.can(Permission.LEAD) and by.id in posts:
            self.initial.setdefault("leader", str(by.id))
        choose_from(
            self, "leader", [(str(key), f"{post.user.name}（{post.title}）") for key, post in posts.items()]
        )
        choose_from(self, "source", [(key, gettext(word)) for key, word in SOURCES.items()])
        self.initial.setdefault("source", "list")

    def clean_number(self) -> UUID:
        """Return the id of the matter meant."""
        try:
            return by_number(self.by, self.cleaned_data["number"]).id
        except NotFound as error:
            raise forms.ValidationError(_("没有找到这件事项，或者您没有查看权限")) from error


class VisitForm(Plain):
    """A leader's visit."""

    day = DayField(label=_("哪天去的"), error_messages={"required": _("请选择日期")})
    met = forms.CharField(
        label=_("见了谁"), max_length=120, help_text=_("写身份，不写姓名。例如：诉求人、村干部、施工方。"),
        error_messages={"required": _("请写明见了谁")},
    )  # fmt: skip
    found = says(_("看到了什么"), rows=4)
    then = says(_("下一步"), rows=3, required=False)


class BoxesForm(Plain):
    """The four boxes of 三到位一处理; a box may be left for later."""

    def __init__(self, filled: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in BOXES:
            box = filled.get(key)
            self.fields[f"{key}_applies"] = forms.ChoiceField(
                label=_("适用吗"), required=False, widget=forms.RadioSelect,
                choices=[("yes", _("适用，已经到位")), ("no", _("不适用"))],
            )  # fmt: skip
            self.fields[f"{key}_words"] = says(_("做了什么；不适用的，为什么"), rows=3, required=False)
            self.fields[f"{key}_evidence"] = says(_("凭什么说到位了"), rows=2, required=False)
            if box is not None:
                self.initial.update(
                    {f"{key}_applies": "yes" if box.applies else "no", f"{key}_words": box.words,
                     f"{key}_evidence": box.evidence}
                )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, Any, Any, Any]]:
        """Return the fields box by box, each under its heading."""
        return [
            (gettext(word), self[f"{key}_applies"], self[f"{key}_words"], self[f"{key}_evidence"])
            for key, word in BOXES.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A box in which something is written must say whether it applies."""
        data: dict[str, Any] = super().clean() or {}
        for key in BOXES:
            said = data.get(f"{key}_words") or data.get(f"{key}_evidence")
            if said and not data.get(f"{key}_applies"):
                self.add_error(f"{key}_applies", _("请选择是否适用"))
        return data

    def boxes(self) -> Sequence[Box]:
        """Return the boxes that were filled."""
        data = self.cleaned_data
        return [
            Box(key, data[f"{key}_applies"] == "yes", data[f"{key}_words"], data[f"{key}_evidence"])
            for key in BOXES
            if data[f"{key}_applies"]
        ]


class CertifyForm(Plain):
    """Certify a case that was put forward."""

    evidence = says(_("凭什么认定化解"), _("看到了什么、谁确认的、什么时候。"), rows=5)


class ReasonForm(Plain):
    """Why a case ends, or leaves the list."""

    reason = says(_("理由"), rows=3)
