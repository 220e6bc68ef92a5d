"""Forms of the menu and of those who teach."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Words, box
from zhuoluo.matters.forms.choose import ids, translated, unit_choices
from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.org.models import Post, Unit
from zhuoluo.outreach.talks.actions import LessonContent
from zhuoluo.outreach.talks.models import Lecturer, Lesson, Team
from zhuoluo.outreach.talks.rules.words import KINDS


def _names(lecturers: Sequence[Lecturer]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{one.name}　{one.title or (one.unit.short_name if one.unit else '')}".strip())
        for one in lecturers
    ]


class LessonForm(forms.Form):
    """One dish of the menu."""

    use_required_attribute = False
    title = forms.CharField(label=_("课题"), max_length=120, error_messages={"required": _("请写课题")})
    summary = Words(
        label=_("讲什么"), max_length=500, widget=box(3), error_messages={"required": _("请写几句讲什么")}
    )
    audience = forms.CharField(
        label=_("讲给谁听"), max_length=120, help_text=_("例如：种粮大户、返乡务工的人。"), error_messages={"required": _("请写讲给谁听")}
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("大约多少分钟"),
        min_value=5,
        max_value=480,
        initial=40,
        error_messages={"required": _("请写大约多少分钟")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("可以怎么讲"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请选择可以用的宣讲形式")}
    )  # fmt: skip
    season = forms.CharField(
        label=_("什么时候讲最好"),
        max_length=60,
        required=False,
        help_text=_("例如：春耕前、春节返乡时。没有就不写。"),
    )
    unit = forms.ChoiceField(label=_("哪个单位的课"))
    team = forms.ChoiceField(label=_("小分队"), required=False)
    lecturers = forms.MultipleChoiceField(
        label=_("谁能讲"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, units: Sequence[Unit], lecturers: Sequence[Lecturer], teams: Sequence[Team], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choose_from(self, "kinds", translated(KINDS))
        choose_from(self, "unit", unit_choices(units))
        choose_from(self, "team", [("", _("没有小分队")), *((str(t.pk), t.name) for t in teams)])
        choose_from(self, "lecturers", _names(lecturers))
        if not lecturers:
            del self.fields["lecturers"]

    @staticmethod
    def of(row: Lesson, lecturers: Sequence[Lecturer]) -> dict[str, Any]:
        """Return a lesson as the form shows it."""
        return {
            "title": row.title, "summary": row.summary, "audience": row.audience, "minutes": row.minutes, "kinds": row.kinds,
            "season": row.season, "unit": str(row.unit_id), "team": str(row.team_id or ""),
            "lecturers": [str(one.pk) for one in lecturers],
        }  # fmt: skip

    def content(self, clauses: Sequence[UUID]) -> LessonContent:
        """Return the lesson as the action takes it."""
        data = self.cleaned_data
        return LessonContent(
            title=data["title"], summary=data["summary"], audience=data["audience"], minutes=data["minutes"],
            kinds=tuple(data["kinds"]), unit_id=UUID(data["unit"]), season=data["season"],
            team_id=UUID(data["team"]) if data["team"] else None, lecturers=tuple(ids(data.get("lecturers", ()))),
            clauses=tuple(clauses),
        )  # fmt: skip


class LecturerForm(forms.Form):
    """Somebody who teaches: a member of staff, or a named person from outside who agreed to be listed."""

    use_required_attribute = False
    who = PickField(label=_("本县的同志"), required=False, help_text=_("写姓名。外请的空着，写下面的姓名。"))
    name = forms.CharField(label=_("外请讲师的姓名"), max_length=40, required=False)
    agreed_on = DayField(label=_("本人哪天同意公布姓名"), required=False)
    title = forms.CharField(
        label=_("身份"), max_length=60, required=False, help_text=_("例如：市委党校副教授、种植大户。")
    )
    subjects = forms.CharField(label=_("会讲什么"), max_length=200, required=False)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {p.user_id: Option(str(p.user_id), p.user.name, p.unit.short_name) for p in posts}
        field = self.fields["who"]
        if isinstance(field, PickField):
            field.offer(list(offered.values()))


class TeamForm(forms.Form):
    """A team that goes out together."""

    use_required_attribute = False
    team = forms.CharField(
        label=_("小分队的名称"), max_length=60, help_text=_("写已有的名称，就是改它的成员。"),
        error_messages={"required": _("请写小分队的名称")}
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("哪个单位的"))
    members = forms.MultipleChoiceField(label=_("成员"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, units: Sequence[Unit], lecturers: Sequence[Lecturer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", unit_choices(units))
        choose_from(self, "members", _names(lecturers))
