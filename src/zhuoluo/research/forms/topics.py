"""Forms of topics, visits and notes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.enterprise.models import Chain, Firm
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import offer_offices, offer_people, offer_places, translated
from zhuoluo.matters.forms.pick import Option, PickField
from zhuoluo.org.models import Post
from zhuoluo.research.actions import TopicContent
from zhuoluo.research.models import Topic
from zhuoluo.research.rules.words import VISITS
from zhuoluo.residents.actions import Contact

MET = 4  # people one form has room for


class TopicForm(Keyed):
    """A topic."""

    title = forms.CharField(
        label=_("课题"), max_length=120, help_text=_("例如：以产业链思维推动先进制造业发展。"), error_messages={"required": _("请写课题")}
    )  # fmt: skip
    lead = PickField(label=_("牵头领导"), error_messages={"required": _("请写牵头领导")})
    unit = PickField(label=_("组织单位"), error_messages={"required": _("请写组织单位")})
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    from_day = DayField(label=_("从哪天"))
    until_day = DayField(label=_("到哪天"))
    plan = Words(
        label=_("打算怎么调研"),
        max_length=20_000,
        required=False,
        widget=box(5),
        help_text=_("去哪里、见谁、弄清什么。"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, posts: Sequence[Post], chains: Sequence[Chain], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["lead"], posts)
        offer_offices(self.fields["unit"], today)
        choose_from(self, "chain", [("", _("不在产业链上")), *((str(c.pk), c.name) for c in chains)])

    def content(self) -> TopicContent:
        """Return what the action keeps."""
        data = self.cleaned_data
        return TopicContent(
            title=data["title"], lead_id=UUID(data["lead"]), unit_id=UUID(data["unit"]), from_day=data["from_day"],
            until_day=data["until_day"], plan=data["plan"], chain_id=UUID(data["chain"]) if data["chain"] else None,
        )  # fmt: skip


def topic_initial(row: Topic) -> dict[str, Any]:
    """Return a kept topic as the form shows it."""
    return {
        "title": row.title, "lead": f"={row.lead_id}", "unit": f"={row.unit_id}", "chain": str(row.chain_id or ""),
        "from_day": row.from_day, "until_day": row.until_day, "plan": row.plan, "version": row.version,
    }  # fmt: skip


def offer_firms(field: forms.Field, firms: Sequence[Firm]) -> None:
    """Offer enterprises to be typed by name or code."""
    if isinstance(field, PickField):
        field.widget.all_words = _("看全部企业")
        field.offer(Option(str(f.pk), f.name, f.code) for f in firms)


class VisitForm(Keyed):
    """A visit with up to four people met and the first note."""

    kind = forms.ChoiceField(
        label=_("怎么调研的"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择是走访、座谈、访谈还是问卷")},
    )
    day = DayField(label=_("哪一天"))
    who = forms.CharField(label=_("谁去的"), max_length=200, error_messages={"required": _("请写谁去的")})
    area = PickField(label=_("在哪个村、社区"), required=False)
    place = forms.CharField(
        label=_("具体在哪里"), max_length=120, help_text=_("例如：江头村老年活动中心。"), error_messages={"required": _("请写在哪里")}
    )  # fmt: skip
    firm = PickField(label=_("哪家企业"), required=False, help_text=_("去企业的才写。写名称里的几个字。"))
    note = Words(
        label=_("记了什么"), max_length=20_000, required=False, widget=box(6),
        help_text=_("一段一条记录，空一行就是另一条。每条有编号，问题和报告都指回它。不写姓名电话。"),
    )  # fmt: skip

    def __init__(self, *args: Any, firms: Sequence[Firm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", translated(VISITS))
        offer_places(self.fields["area"])
        offer_firms(self.fields["firm"], firms)
        for n in range(1, MET + 1):
            part, name, phone = (f"{what}{n}" for what in ("part", "name", "phone"))
            self.fields[part] = forms.CharField(
                label=gettext("见了谁（身份）"),
                max_length=60,
                required=False,
                help_text=gettext("例如：村民代表。"),
            )
            self.fields[name] = forms.CharField(label=gettext("姓名"), max_length=60, required=False)
            self.fields[phone] = forms.CharField(label=gettext("电话"), max_length=20, required=False)

    def people(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield the fields of everybody met, one line each."""
        for n in range(1, MET + 1):
            yield self[f"part{n}"], self[f"name{n}"], self[f"phone{n}"]

    def met(self) -> list[tuple[Contact, str]]:
        """Return who was met."""
        data = self.cleaned_data
        place = data["place"]
        return [
            (Contact(name=data[f"name{n}"], phone=data[f"phone{n}"], address=place), data[f"part{n}"])
            for n in range(1, MET + 1)
            if data[f"name{n}"] or data[f"part{n}"]
        ]

    def notes(self) -> list[str]:
        """Return the notes: one a paragraph."""
        return [part for part in self.cleaned_data["note"].split("\n\n") if part.strip()]


class NoteForm(forms.Form):
    """One more note."""

    use_required_attribute = False
    text = Words(
        label=_("再记一条"), max_length=20_000, widget=box(4), help_text=_("不写姓名电话。记下以后不改，只能再记。"),
        error_messages={"required": _("请写记了什么")},
    )  # fmt: skip
