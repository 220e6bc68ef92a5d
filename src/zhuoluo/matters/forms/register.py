"""The one-page form for a walk-in, a call or a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.actions import Filing
from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.matters.rules import KLASSES
from zhuoluo.org.models import Area
from zhuoluo.org.reads import SHANGHAI, areas, units
from zhuoluo.org.rules import Actor
from zhuoluo.residents.actions import Contact

DOORS = [("walk_in", _("来访")), ("phone", _("电话")), ("letter", _("来信"))]
KEPT_SECONDS = 24 * 3600
RAISERS = [
    ("person", _("个人")), ("household", _("家庭")), ("group", _("多人")), ("enterprise", _("企业或组织")), ("anonymous", _("匿名")),
]  # fmt: skip


class Files(forms.FileField):
    """Several files in one field."""

    widget = type(
        "ManyFiles", (forms.ClearableFileInput,), {"allow_multiple_selected": True, "__doc__": "Many."}
    )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every file as the single field would."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given]


def places(actor: Actor) -> list[tuple[str, Any]]:
    """Return the areas as choices, grouped by township; the actor's own township stands first."""
    known = areas()
    own = _own_town(actor)
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in sorted(known.values(), key=lambda a: (_town(a) != own, a.code)):
        groups.setdefault(_town(area), []).append((area.code, area.name))
    return [
        ("", gettext("请选择")),
        *((known[t].name if t in known else t, rows) for t, rows in groups.items()),
    ]


def _town(area: Area) -> str:
    return area.code[:9].ljust(12, "0")


def _own_town(actor: Actor) -> str:
    unit = units().get(actor.unit_id) if actor.unit_id else None
    return _town(unit.area) if unit is not None and unit.area is not None else ""


def _area_options(actor: Actor) -> list[Option]:
    """Return the areas to be typed, those of the actor's own township first."""
    known, own = areas(), _own_town(actor)
    made_of, options = _offered.get(own, ({}, []))
    if made_of is not known:
        order = sorted(known.values(), key=lambda a: (_town(a) != own, a.code))
        options = [_area_option(area, known) for area in order if not area.code.endswith("00000000")]
        _offered[own] = known, options
    return options


# The options of each township's clerks, and the areas they were made of: made anew as soon as those are read anew.
_offered: dict[str, tuple[dict[str, Area], list[Option]]] = {}


def _area_option(area: Area, known: dict[str, Area]) -> Option:
    town = known.get(_town(area))
    outer = town.name if town is not None and town.code != area.code else ""
    return Place(area.code, area.name, f"{outer}{area.name}" if outer else "", outer or area.name)


@dataclass(frozen=True)
class Place(Option):
    """An area to be typed: found by its name, or by township and name together."""

    @property
    def line(self) -> str:
        """Return the township, which tells two villages of one name apart."""
        return self.group if self.more else ""


class LawField(forms.CharField):
    """Needed for some classes and not for others: the rules say which (信访工作条例 art. 19), so nothing is checked here."""

    def validate(self, value: Any) -> None:
        """Let the action decide."""


class RegisterForm(forms.Form):
    """What a clerk writes down for somebody else. Asks only what the law asks (信访工作条例 art. 19)."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("怎么来的"), choices=DOORS, widget=forms.RadioSelect, initial="walk_in"
    )
    text = forms.CharField(
        label=_("反映什么事"),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "maxlength": 20000}),
        max_length=20000,
        error_messages={"required": _("请写明反映的事情")},
    )
    klass = forms.ChoiceField(
        label=_("类别"), widget=forms.RadioSelect, error_messages={"required": _("请选择事项类别")}
    )
    area = PickField(label=_("哪个村、社区"), required=False)
    place = forms.CharField(label=_("具体位置"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("谁反映的"), choices=RAISERS, initial="person")
    name = LawField(label=_("姓名"), max_length=120)
    phone = LawField(label=_("电话"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    address = LawField(label=_("住址"), max_length=300)
    others = forms.IntegerField(label=_("另外还有几人"), required=False, min_value=0, max_value=100_000)
    id_number = forms.CharField(
        label=_("证件号码"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"data-autosave-skip": True}),
    )
    about_words = forms.CharField(
        label=_("反映的是哪个单位或干部"), required=False, max_length=100,
        help_text=_("写名字，再勾选。被反映的单位和人看不到这件事，也不会分到它。"),
    )  # fmt: skip
    title = forms.CharField(
        label=_("标题"), required=False, max_length=200, help_text=_("不填就用第一句话。")
    )
    received = DayField(
        label=_("收到日期"), required=False, help_text=_("来信填收到那天；今天收到的不用填。")
    )
    papers = Files(label=_("材料"), required=False, help_text=_("照片、文件，可以选多个。不是必须的。"))
    key = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"hidden": True, "tabindex": "-1"}))
    same = forms.RegexField(r"^((link|merge):[0-9a-f-]{36})?$", required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.today = today
        choose_from(self, "klass", [(key, gettext(word)) for key, word in KLASSES.items()])
        area = self.fields["area"]
        if isinstance(area, PickField):
            area.widget.all_words = _("按乡镇看全部村、社区")
            area.offer(_area_options(actor), everything="_all" in self.data)
        self.initial.setdefault("key", str(uuid7()))

    def clean_received(self) -> date | None:
        """Refuse a day that has not come yet."""
        day: date | None = self.cleaned_data["received"]
        if day is not None and day > self.today:
            raise forms.ValidationError(gettext("收到日期不能晚于今天"))
        return day

    @property
    def about(self) -> list[str]:
        """Return the keys ticked under "about": "u:" or "p:" and an id."""
        ticked = self.data.getlist("about") if hasattr(self.data, "getlist") else []
        return [key for key in ticked if _id(key) is not None][:20]

    @property
    def seen(self) -> set[str]:
        """Return the ids of the earlier matters the clerk was shown."""
        return set(self.data.getlist("seen")) if hasattr(self.data, "getlist") else set()

    @property
    def wish(self) -> tuple[str, UUID] | None:
        """Return what to do with an earlier matter: ("link" or "merge", its id), or None: register anew."""
        verb, _sep, matter = self.cleaned_data.get("same", "").partition(":")
        return (verb, UUID(matter)) if matter else None

    def place_code(self) -> str:
        """Return the code of the area typed, or "" while it is not clear which one is meant."""
        try:
            code: str = self.fields["area"].clean(self["area"].value())
        except forms.ValidationError:
            return ""
        return code

    def kept_files(self) -> list[UUID]:
        """Return the files kept at an earlier press of the button. Only the one who sent them can name them."""
        try:
            ids = signing.loads(self["kept"].value() or "", salt=self._salt, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            return []
        return [UUID(one) for one in ids]

    def remember(self, ids: Sequence[UUID]) -> None:
        """Let the hidden field name the files already kept, so that nobody sends them twice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["kept"] = signing.dumps([str(one) for one in ids], salt=self._salt) if ids else ""
        self.data = data

    @property
    def _salt(self) -> str:
        return f"matters.register:{self.actor.id}"

    def filing(self, files: Sequence[UUID] = ()) -> Filing:
        """Return the cleaned form as the action wants it."""
        data = self.cleaned_data
        contact = Contact(
            kind=data["kind"], name=data["name"], phone=data["phone"], address=data["address"],
            id_number=data["id_number"], others=data["others"] or 0,
        )  # fmt: skip
        return Filing(
            klass=data["klass"], text=data["text"], contact=contact, channel=data["channel"], title=data["title"],
            area=data["area"] or None, place=data["place"], raised_at=_raised(data["received"], self.today),
            about_units=tuple(i for k in self.about if k[0] == "u" and (i := _id(k))),
            about_people=tuple(i for k in self.about if k[0] == "p" and (i := _id(k))), files=tuple(files),
        )  # fmt: skip


def _id(key: str) -> UUID | None:
    kind, _sep, text = key.partition(":")
    try:
        return UUID(text) if kind in {"u", "p"} else None
    except ValueError:
        return None


def _raised(day: date | None, today: date) -> datetime | None:
    """A letter was raised on the day it came in; what comes in today is raised now."""
    return datetime.combine(day, time.min, SHANGHAI) if day is not None and day < today else None
