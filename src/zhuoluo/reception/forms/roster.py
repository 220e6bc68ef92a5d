"""Forms of the office: rules, leaders, a day made or changed by hand."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.reads import SHANGHAI, areas
from zhuoluo.reception.actions import RuleContent
from zhuoluo.reception.actions.days import When
from zhuoluo.reception.models import RosterRule, Session
from zhuoluo.reception.reads import DayRow, Sitter
from zhuoluo.reception.rules.words import FORMS, WHO
from zhuoluo.rosters.rules.days import read_numbers
from zhuoluo.rosters.rules.words import ON_REST, PATTERNS


def words(table: dict[str, str]) -> list[tuple[str, str]]:
    """Return a table of the rules as choices in the reader's language."""
    return [(key, gettext(word)) for key, word in table.items()]


def people(sitters: Sequence[Sitter]) -> list[tuple[str, str]]:
    """Return people as choices: name and post."""
    return [(str(s.user_id), f"{s.name}（{s.post}）") for s in sitters]


class HourField(forms.TimeField):
    """An hour of the day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, error_messages={"invalid": _("请写成 09:00 这样的时间")}, **kwargs)


class Timed(forms.Form):
    """What rules and days share."""

    use_required_attribute = False
    form = forms.ChoiceField(label=_("形式"))
    place = forms.CharField(label=_("接访地点"), max_length=120)
    area = forms.ChoiceField(label=_("所在乡镇"), required=False)
    starts = HourField(label=_("开始"))
    ends = HourField(label=_("结束"))

    def __init__(self, *args: Any, sitters: Sequence[Sitter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitters = sitters
        self.offer("form", words(FORMS))
        towns = [(a.code, a.name) for a in areas().values() if a.code.endswith("000") and a.parent_id]
        self.offer("area", [("", gettext("不限")), *towns])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        choose_from(self, name, choices)


class RuleForm(Timed):
    """A rule of the roster."""

    name = forms.CharField(label=_("规则名称"), max_length=60, help_text=_("例如：每个工作日一位县领导接访"))
    who = forms.ChoiceField(label=_("谁接访"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("指定哪几位"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("只有“指定的领导”才要选。"),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("几位一起坐"), min_value=1, max_value=10, initial=1, help_text=_("联合接访写两位以上。")
    )
    pattern = forms.ChoiceField(label=_("哪些天"), widget=forms.RadioSelect)
    numbers = forms.CharField(
        label=_("具体是"), max_length=60, required=False,
        help_text=_("每周的几天：写 1 到 7，周一是 1。每月的几号：写 1,15 这样。每个工作日不用写。"),
    )  # fmt: skip
    on_rest = forms.ChoiceField(label=_("碰上放假"), widget=forms.RadioSelect, initial="next")
    publish_days = forms.IntegerField(label=_("提前几天公布"), min_value=0, max_value=60, initial=2)
    slot_minutes = forms.IntegerField(label=_("预约每段几分钟"), min_value=5, max_value=240, initial=30)
    per_slot = forms.IntegerField(label=_("每段最多约几批"), min_value=1, max_value=50, initial=2)
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)
    field_order = (
        "name", "form", "who", "people", "seats", "pattern", "numbers", "on_rest", "starts", "ends", "place", "area",
        "publish_days", "slot_minutes", "per_slot", "active",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (("who", WHO), ("pattern", PATTERNS), ("on_rest", ON_REST)):
            self.offer(name, words(table))
        self.offer("people", people(self.sitters))

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
        data = dict(self.cleaned_data)
        data["people"] = tuple(UUID(one) for one in data["people"])
        data["area"] = data["area"] or None
        return RuleContent(**data)


def rule_initial(rule: RosterRule, named: Sequence[UUID]) -> dict[str, Any]:
    """Return a kept rule as the form shows it."""
    names = [name for name in RuleForm.base_fields if name not in {"people", "area"}]
    return {
        **{name: getattr(rule, name) for name in names}, "area": rule.area_id or "", "people": [str(u) for u in named],
    }  # fmt: skip


class LeadersForm(forms.Form):
    """Everybody who can receive, a line each: listed or not, first of the county, order, portfolio."""

    use_required_attribute = False

    def __init__(self, *args: Any, sitters: Sequence[Sitter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitters = sitters
        for place, one in enumerate(sitters):
            self.fields[f"listed_{place}"] = forms.BooleanField(
                label=gettext("参加接访"), required=False, initial=one.listed
            )
            self.fields[f"principal_{place}"] = forms.BooleanField(
                label=gettext("主要领导"), required=False, initial=one.principal
            )
            self.fields[f"order_{place}"] = forms.IntegerField(
                label=gettext("排序"), min_value=0, max_value=999, initial=one.order
            )
            self.fields[f"portfolio_{place}"] = forms.CharField(
                label=gettext("分管"), max_length=200, required=False, initial=one.portfolio
            )

    def lines(self) -> Iterator[tuple[Sitter, dict[str, Any]]]:
        """Yield each person with their fields."""
        for place, one in enumerate(self.sitters):
            parts = ("listed", "principal", "order", "portfolio")
            yield one, {part: self[f"{part}_{place}"] for part in parts}

    def rows(self) -> list[Sitter]:
        """Return what the action keeps."""
        data = self.cleaned_data
        return [
            Sitter(
                one.user_id, one.name, one.post, data[f"portfolio_{n}"], data[f"principal_{n}"], data[f"order_{n}"],
                data[f"listed_{n}"],
            )
            for n, one in enumerate(self.sitters)
        ]  # fmt: skip


class DayForm(Timed):
    """A day made by hand, or changed: when, where, who sits on each seat, and why."""

    day = DayField(label=_("哪一天"))
    reason = forms.CharField(label=_("原因"), max_length=200, error_messages={"required": _("请写明原因")})

    def __init__(self, *args: Any, seats: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        choices = people(self.sitters)
        for place in range(seats + 1):
            required = place < seats
            label = gettext("接访领导") if place == 0 else gettext("第 %(n)d 位领导") % {"n": place + 1}
            field = forms.ChoiceField(
                label=label, required=required, choices=[("", gettext("请选择")), *choices]
            )
            self.fields[f"person_{place}"] = field
        order = ["day", "starts", "ends", "form", "place", "area", *self.seat_names, "reason"]
        self.order_fields(order)

    @property
    def seat_names(self) -> list[str]:
        """Return the names of the fields in which people are chosen."""
        return [f"person_{place}" for place in range(self.seats + 1)]

    def when(self) -> When:
        """Return when and where."""
        data = self.cleaned_data
        return When(
            data["day"], data["starts"], data["ends"], data["form"], data["place"], data["area"] or None
        )

    def chosen(self) -> list[UUID]:
        """Return who sits, seat by seat."""
        return [UUID(self.cleaned_data[name]) for name in self.seat_names if self.cleaned_data.get(name)]


def day_initial(row: DayRow) -> dict[str, Any]:
    """Return a day as the form shows it."""
    session: Session = row.session
    starts, ends = (at.astimezone(SHANGHAI).time() for at in (session.starts_at, session.ends_at))
    found = {
        "day": session.day, "starts": starts, "ends": ends, "form": session.form, "place": session.place,
        "area": session.area_id or "",
    }  # fmt: skip
    return found | {f"person_{n}": str(s.user_id) for n, s in enumerate(row.seated)}


class ReasonForm(forms.Form):
    """Why a day is cancelled."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("取消的原因"), max_length=200, help_text=_("预约的人在自己的预约页上会看到。"),
        error_messages={"required": _("请写明取消的原因，预约的人会看到")},
    )  # fmt: skip


def month_of(text: str, today: date) -> date:
    """Return the first day of the month asked for ("2026-12"), of this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2000 <= first.year < 2200 else today.replace(day=1)
