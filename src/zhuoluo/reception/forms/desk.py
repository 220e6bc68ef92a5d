"""The registration desk's form: a batch, who speaks for it, what it asks."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters import reads as matters
from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.matters.forms.register import LawField
from zhuoluo.matters.rules import KLASSES
from zhuoluo.org.reads import areas
from zhuoluo.reception.actions import NewRequest
from zhuoluo.reception.rules.words import MOST_REPRESENTATIVES
from zhuoluo.residents.actions import Contact

MOST_REQUESTS = 8


def places() -> list[Option]:
    """Return villages and townships to be typed, each with its township."""
    known = areas()
    found = []
    for area in known.values():
        if area.code.endswith("00000000") or not area.parent_id:
            continue
        town = known.get(area.code[:9].ljust(12, "0"))
        outer = town.name if town is not None and town.code != area.code else ""
        found.append(Option(area.code, area.name, f"{outer}{area.name}" if outer else "", outer))
    return found


class SpeakerForm(forms.Form):
    """One who speaks for the batch. What is needed of them the law says (信访工作条例 art. 19)."""

    use_required_attribute = False
    name = LawField(label=_("姓名"), max_length=120)
    phone = LawField(label=_("电话"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    address = LawField(label=_("单位和住址"), max_length=300)
    id_number = forms.CharField(
        label=_("证件号码"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"data-autosave-skip": True}),
    )  # fmt: skip

    @property
    def empty(self) -> bool:
        """Say whether nothing was written."""
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def contact(self) -> Contact:
        """Return the person as the action takes them."""
        return Contact(**self.cleaned_data)


class AskForm(forms.Form):
    """One request of a batch."""

    use_required_attribute = False
    text = LawField(
        label=_("反映的主要问题"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 20_000}),
    )  # fmt: skip
    klass = forms.ChoiceField(label=_("类别"), widget=forms.RadioSelect, initial="claim")
    area = PickField(label=_("发生在哪个村、社区"), required=False)
    place = forms.CharField(label=_("具体位置"), max_length=200, required=False)
    wish = forms.CharField(
        label=_("诉求及理由"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    cause = forms.CharField(label=_("产生原因"), max_length=300, required=False)
    about = forms.CharField(
        label=_("反映的是哪个单位或干部"), max_length=60, required=False,
        help_text=_("写全名。被反映的单位和人看不到这件事，也不会分到它。"),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choose_from(self, "klass", [(key, gettext(word)) for key, word in KLASSES.items()])
        area = self.fields["area"]
        if isinstance(area, PickField):
            area.widget.all_words = _("按乡镇看全部村、社区")
            area.offer(options, everything="_all" in self.data)

    @property
    def empty(self) -> bool:
        """Say whether nothing was written."""
        return not any(str(self[name].value() or "").strip() for name in ("text", "wish", "cause", "about"))

    def clean_about(self) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
        """Return the units and people meant; one name must mean one of them."""
        said = str(self.cleaned_data["about"]).strip()
        if not said:
            return (), ()
        found = matters.named(said, (), self.today)
        exact = [one for one in found if one.name == said] or found
        if not exact:
            raise forms.ValidationError(gettext("没有找到这个名字，写在反映的问题里就行"))
        if len(exact) > 1:
            raise forms.ValidationError(
                gettext("有 %(n)d 个名字相近：%(names)s。请写全名")
                % {"n": len(exact), "names": "、".join(f"{one.name} {one.post}".strip() for one in exact)}
            )
        kind, _sep, key = exact[0].key.partition(":")
        return ((UUID(key),), ()) if kind == "u" else ((), (UUID(key),))

    def request(self) -> NewRequest:
        """Return the request as the action takes it."""
        data = self.cleaned_data
        about_units, about_people = data["about"]
        return NewRequest(
            klass=data["klass"], text=data["text"], area=data["area"] or None, place=data["place"], wish=data["wish"],
            cause=data["cause"], about_units=about_units, about_people=about_people,
        )  # fmt: skip


class BatchForm(forms.Form):
    """How many came, and the key under which the form counts once."""

    use_required_attribute = False
    people = forms.IntegerField(
        label=_("来了几个人"), min_value=1, max_value=5000, initial=1,
        help_text=_("连代表在内。代表最多登记 5 位，其他人只计人数。"), error_messages={"required": _("请写来了几个人")},
    )  # fmt: skip
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)


class DeskForm:
    """The whole of the desk's form: the batch, up to five who speak for it, up to eight requests, earlier matters."""

    def __init__(self, data: Any, *, today: date, booked: bool = False) -> None:
        self.data, self.booked = data, booked
        self.batch = BatchForm(data, initial={"key": str(uuid7())})
        options = places()
        told, shown = self._lines("speakers", MOST_REPRESENTATIVES)
        # A line just asked for starts with its first values, as on an empty form.
        self.speakers = [SpeakerForm(data if n < told else None, prefix=f"s{n}") for n in range(shown)]
        told, shown = self._lines("asks", MOST_REQUESTS)
        self.asks = [
            AskForm(data if n < told else None, prefix=f"r{n}", today=today, options=options)
            for n in range(shown)
        ]
        self.earlier = [one for one in (data.getlist("earlier") if data is not None else []) if _uuid(one)]

    def _lines(self, name: str, most: int) -> tuple[int, int]:
        """Return how many lines were sent, and how many are shown: one more when it was asked for."""
        said = (self.data or {}).get(name, "")
        told = min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 3 else 1
        return max(told, 1), min(max(told, 1) + (f"more_{name}" in (self.data or {})), most)

    @property
    def asks_for_more(self) -> bool:
        """Say whether only another line was wanted; nothing is judged then."""
        return any(name in (self.data or {}) for name in ("more_speakers", "more_asks", "_all", "check"))

    @property
    def room_for(self) -> dict[str, bool]:
        """Return whether one more can be added."""
        return {
            "speakers": len(self.speakers) < MOST_REPRESENTATIVES, "asks": len(self.asks) < MOST_REQUESTS,
        }  # fmt: skip

    def is_valid(self) -> bool:
        """Check every part, so that everything wrong is shown at once."""
        parts = [self.batch, *self.filled_speakers, *self.filled_asks]
        judged = [part.is_valid() for part in parts]
        return all(judged)

    @property
    def filled_speakers(self) -> list[SpeakerForm]:
        """Return those of whom something was written."""
        return [form for form in self.speakers if not form.empty]

    @property
    def filled_asks(self) -> list[AskForm]:
        """Return the requests that were written down."""
        return [form for form in self.asks if not form.empty]

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "people": self.batch.cleaned_data["people"], "key": self.batch.cleaned_data["key"],
            "representatives": [form.contact() for form in self.filled_speakers],
            "requests": [form.request() for form in self.filled_asks], "earlier": [UUID(one) for one in self.earlier],
        }  # fmt: skip


def _uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
