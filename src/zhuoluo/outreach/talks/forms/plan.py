"""Forms around the plan of a talk: planning, moving, stepping in, calling off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed
from zhuoluo.matters.forms.choose import HourField, offer_places, translated, unit_choices
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.outreach.talks.actions import Plan
from zhuoluo.outreach.talks.forms.fields import offer_lecturers
from zhuoluo.outreach.talks.models import Lecturer, TalkLecturer, Team
from zhuoluo.outreach.talks.rules.words import KINDS

HALF_DAY = 12 * 60


class WhenForm(forms.Form):
    """A day, an hour, how long."""

    use_required_attribute = False
    day = DayField(label=_("哪一天"))
    starts = HourField(label=_("几点开始"))
    minutes = forms.IntegerField(
        label=_("讲多少分钟"), min_value=5, max_value=HALF_DAY, initial=60, error_messages={"required": _("请写讲多少分钟")}
    )  # fmt: skip

    def hours(self) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        data = self.cleaned_data
        starts = datetime.combine(data["day"], data["starts"], SHANGHAI)
        return starts, starts + timedelta(minutes=data["minutes"])


class PlanForm(Keyed, WhenForm):
    """A talk as it is to be."""

    title = forms.CharField(label=_("讲什么"), max_length=200, error_messages={"required": _("请写宣讲主题")})
    kind = forms.ChoiceField(label=_("宣讲形式"))
    unit = forms.ChoiceField(label=_("哪个单位办"))
    area = PickField(
        label=_("在哪个村、社区"), required=False, help_text=_("写几个字就行。不在村里的不用写。")
    )
    place = forms.CharField(
        label=_("具体地点"), max_length=120, help_text=_("例如：石桥村大樟树下"), error_messages={"required": _("请写地点")}
    )  # fmt: skip
    lecturer = PickField(
        label=_("谁讲"), required=False, help_text=_("写姓名。名单里没有的，先到“讲师和小分队”里登记。")
    )
    second = PickField(label=_("还有谁讲"), required=False)
    team = forms.ChoiceField(label=_("小分队"), required=False)
    field_order = (
        "title",
        "kind",
        "unit",
        "day",
        "starts",
        "minutes",
        "area",
        "place",
        "lecturer",
        "second",
        "team",
    )

    def __init__(
        self, *args: Any, units: Sequence[Unit], lecturers: Sequence[Lecturer], teams: Sequence[Team],
        likely: Sequence[Lecturer] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", translated(KINDS))
        choose_from(self, "unit", unit_choices(units))
        choose_from(self, "team", [("", _("没有小分队")), *((str(t.pk), t.name) for t in teams)])
        offer_places(self.fields["area"])
        offer_lecturers(self.fields["lecturer"], lecturers, likely)
        offer_lecturers(self.fields["second"], lecturers, ())

    def content(self, lesson_id: UUID | None) -> Plan:
        """Return the talk as the action takes it."""
        data = self.cleaned_data
        starts, ends = self.hours()
        teach = tuple(UUID(data[name]) for name in ("lecturer", "second") if data[name])
        return Plan(
            kind=data["kind"], title=data["title"], unit_id=UUID(data["unit"]), place=data["place"], starts_at=starts,
            ends_at=ends, area=data["area"] or None, lesson_id=lesson_id, team_id=UUID(data["team"]) if data["team"] else None,
            lecturers=tuple(dict.fromkeys(teach)),
        )  # fmt: skip


class VersionForm(forms.Form):
    """Why a talk is changed, and which version of it the page showed."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么"), max_length=200, help_text=_("点单的人会看到。"), error_messages={"required": _("请写明为什么，点单的人会看到")}
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(VersionForm, WhenForm):
    """Another time or place."""

    place = forms.CharField(label=_("具体地点"), max_length=120, error_messages={"required": _("请写地点")})
    field_order = ("day", "starts", "minutes", "place", "reason")


class SubstituteForm(VersionForm):
    """Who cannot come, and who comes instead."""

    away = forms.ChoiceField(label=_("谁来不了"), error_messages={"required": _("请选择谁来不了")})
    instead = PickField(label=_("换谁讲"), error_messages={"required": _("请写换谁讲")})
    field_order = ("away", "instead", "reason")

    def __init__(
        self, *args: Any, teaching: Sequence[TalkLecturer], lecturers: Sequence[Lecturer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "away", [(str(t.lecturer_id), t.lecturer.name) for t in teaching])
        taken = {t.lecturer_id for t in teaching}
        offer_lecturers(self.fields["instead"], [one for one in lecturers if one.pk not in taken], ())
