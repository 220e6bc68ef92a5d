"""Forms of the roster: rules, who is on duty by hand, swaps, reasons."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.duty.actions import RuleContent
from zhuoluo.duty.models import NightRule
from zhuoluo.duty.reads import Row
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.forms.choose import ids, offices, translated
from zhuoluo.org.models import Post
from zhuoluo.rosters.rules.days import read_numbers
from zhuoluo.rosters.rules.words import NIGHT_ON_REST, NIGHT_PATTERNS


def people(posts: Sequence[Post]) -> list[tuple[str, str]]:
    """Return people as choices: name and post, each once."""
    found: dict[str, str] = {}
    for post in posts:
        found.setdefault(str(post.user_id), f"{post.user.name}（{post.unit.short_name} {post.title}）")
    return list(found.items())


class RuleForm(forms.Form):
    """A rule of the roster."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("规则名称"),
        max_length=60,
        help_text=_("例如：石桥镇，市领导夜宿。"),
        error_messages={"required": _("请写规则名称")},
    )
    unit = forms.ChoiceField(label=_("在哪个乡镇"), error_messages={"required": _("请选择乡镇")})
    place = forms.CharField(
        label=_("住在哪里"), max_length=120, error_messages={"required": _("请写住在哪里")}
    )
    phone = forms.CharField(
        label=_("值班电话"), max_length=20, required=False, help_text=_("会公布，群众晚上打得通。")
    )
    people = forms.MultipleChoiceField(
        label=_("谁轮流"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请选择轮流值班的人")},
        help_text=_("按次数轮：谁值得少谁先来，一样多的，隔得久的先来。"),
    )  # fmt: skip
    seats = forms.IntegerField(label=_("一晚几个人"), min_value=1, max_value=5, initial=1)
    pattern = forms.ChoiceField(label=_("哪些天"), widget=forms.RadioSelect)
    numbers = forms.CharField(
        label=_("具体是"),
        max_length=60,
        required=False,
        help_text=_("每周的几天：周一写 1。每月的几号：写 1,15 这样。每天的不用写。"),
    )
    on_rest = forms.ChoiceField(label=_("碰上放假"), widget=forms.RadioSelect)
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, posts: Sequence[Post], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = [(str(u.pk), u.name) for u in offices(today) if u.kind == "township"]
        choose_from(self, "unit", [("", _("请选择")), *towns])
        choose_from(self, "people", people(posts))
        choose_from(self, "pattern", translated(NIGHT_PATTERNS))
        choose_from(self, "on_rest", translated(NIGHT_ON_REST))

    def clean(self) -> dict[str, Any]:
        """Check the numbers beside their field."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("pattern"):
            try:
                read_numbers(data["pattern"], data.get("numbers", ""))
            except Sentence as error:
                self.add_error("numbers", spoken(error))
        return data

    def content(self) -> RuleContent:
        """Return what the action keeps."""
        data = self.cleaned_data
        return RuleContent(
            name=data["name"], unit_id=UUID(data["unit"]), place=data["place"], people=tuple(ids(data["people"])),
            pattern=data["pattern"], numbers=data["numbers"], on_rest=data["on_rest"], seats=data["seats"],
            phone=data["phone"], active=data["active"],
        )  # fmt: skip


def rule_initial(row: NightRule, named: Sequence[UUID]) -> dict[str, Any]:
    """Return a kept rule as the form shows it."""
    names = ("name", "place", "phone", "seats", "pattern", "numbers", "on_rest", "active")
    return {
        **{name: getattr(row, name) for name in names}, "unit": str(row.unit_id), "people": [str(one) for one in named],
    }  # fmt: skip


class PeopleForm(forms.Form):
    """Who is on duty instead, and why."""

    use_required_attribute = False
    people = forms.MultipleChoiceField(
        label=_("谁值班"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择值班的人")},
    )
    reason = forms.CharField(
        label=_("为什么换"), max_length=200, error_messages={"required": _("请写明为什么换人")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "people", people(posts))


class ReasonForm(forms.Form):
    """Why a night is cancelled."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么取消"), max_length=200, error_messages={"required": _("请写明为什么取消")}
    )


class SwapForm(forms.Form):
    """Which of one's nights for which of somebody else's."""

    use_required_attribute = False
    mine = forms.ChoiceField(label=_("我的哪一晚"), error_messages={"required": _("请选择自己的夜晚")})
    theirs = forms.ChoiceField(label=_("换哪一晚"), error_messages={"required": _("请选择要换的夜晚")})

    def __init__(
        self, *args: Any, own: Sequence[Row], others: Sequence[Row], user: UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "mine",
            [(str(s.seat_id), f"{r.night.day:%m-%d} {r.unit}") for r in own for s in r.seated if s.user_id == user],
        )  # fmt: skip
        choose_from(
            self,
            "theirs",
            [(str(s.seat_id), f"{r.night.day:%m-%d} {r.unit} {s.name}") for r in others for s in r.seated],
        )
