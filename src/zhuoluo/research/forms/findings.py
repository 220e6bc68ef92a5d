"""Forms of findings, spot checks, classes, places and reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.enterprise.models import Chain
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.matters.forms.choose import ids, offer_offices, offer_people, offer_places, translated
from zhuoluo.matters.forms.pick import PickField
from zhuoluo.org.models import Post, Unit
from zhuoluo.research.actions import FindingContent
from zhuoluo.research.models import Finding, Met, Note
from zhuoluo.research.rules.words import KLASSES, PACES
from zhuoluo.residents.reads import Masked

SHORT = 60


def note_choices(notes: Sequence[Note]) -> list[tuple[str, str]]:
    """Return notes as choices: number, day and the first words."""
    return [(str(n.pk), f"记{n.number} · {n.visit.day:%m-%d} · {n.text[:SHORT]}") for n in notes]


class MeasureForm(Keyed):
    """What stands beside a problem: measure, who leads, who does it."""

    measure = Words(
        label=_("措施"), max_length=5000, widget=box(3), help_text=_("打算怎么解决。"), error_messages={"required": _("请写措施")}
    )  # fmt: skip
    lead = PickField(label=_("分管领导"), error_messages={"required": _("请写分管领导")})
    person = forms.CharField(label=_("责任人"), max_length=60, error_messages={"required": _("请写责任人")})
    pace = forms.ChoiceField(label=_("立行立改，还是持续推进"), widget=forms.RadioSelect, initial="now")
    chain = forms.ChoiceField(label=_("产业链"), required=False)

    def __init__(self, *args: Any, posts: Sequence[Post], chains: Sequence[Chain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["lead"], posts)
        choose_from(self, "pace", translated(PACES))
        choose_from(self, "chain", [("", _("不在产业链上")), *((str(c.pk), c.name) for c in chains)])

    def chain_id(self) -> UUID | None:
        """Return the chain chosen."""
        return UUID(self.cleaned_data["chain"]) if self.cleaned_data["chain"] else None


class FindingForm(MeasureForm):
    """A finding that becomes a problem."""

    klass = forms.ChoiceField(label=_("是什么"), widget=forms.RadioSelect, initial="claim")
    text = Words(
        label=_("问题"), max_length=20_000, widget=box(4), error_messages={"required": _("请写问题")}
    )
    proposer = forms.ChoiceField(
        label=_("谁提的"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("办完以后，由别人问他解决没有。"),
    )
    notes = forms.MultipleChoiceField(
        label=_("依据哪几条记录"), required=False, widget=forms.CheckboxSelectMultiple
    )
    area = PickField(label=_("发生在哪里"), required=False)
    unit = PickField(label=_("责任单位"), error_messages={"required": _("请写责任单位")})
    until = DayField(label=_("完成时限"))
    visit = forms.CharField(required=False, widget=forms.HiddenInput)
    external_id = forms.CharField(
        label=_("省系统编号"),
        max_length=60,
        required=False,
        help_text=_("省里的清单上有编号的写，导出时带着，不用再录。"),
    )
    field_order = (
        "klass", "text", "proposer", "notes", "area", "measure", "lead", "unit", "person", "until", "pace", "chain", "external_id",
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: date, notes: Sequence[Note], met: Sequence[tuple[Met, Masked]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "klass", translated(KLASSES))
        people = [(str(m.pk), f"{m.part} {who.name}".strip()) for m, who in met]
        choose_from(self, "proposer", [("", gettext("调研组自己发现的，或者这家企业")), *people])
        if not people:
            del self.fields["proposer"]
        choose_from(self, "notes", note_choices(notes))
        if not notes:
            del self.fields["notes"]
        offer_places(self.fields["area"])
        offer_offices(self.fields["unit"], today)

    def content(self, visit_id: UUID | None, firm_id: UUID | None) -> FindingContent:
        """Return what the action keeps."""
        data = self.cleaned_data
        return FindingContent(
            text=data["text"], measure=data["measure"], lead_id=UUID(data["lead"]), unit_id=UUID(data["unit"]),
            person=data["person"], until=data["until"], klass=data["klass"], pace=data["pace"], area=data["area"] or None,
            chain_id=self.chain_id(), firm_id=firm_id, met_id=UUID(data["proposer"]) if data.get("proposer") else None,
            visit_id=visit_id, notes=tuple(ids(data.get("notes") or ())), external_id=data["external_id"].strip(),
        )  # fmt: skip


def measure_initial(row: Finding) -> dict[str, Any]:
    """Return a kept problem as the form shows it."""
    return {
        "measure": row.measure, "lead": f"={row.lead_id}", "person": row.person, "pace": row.pace, "chain": str(row.chain_id or ""),
    }  # fmt: skip


class CheckForm(forms.Form):
    """A spot check."""

    use_required_attribute = False
    day = DayField(label=_("哪天去看的"))
    holds = forms.ChoiceField(
        label=_("问题还在不在"), widget=forms.RadioSelect, choices=[("yes", _("解决了，没有反弹")), ("no", _("又出现了，要重新办"))],
        error_messages={"required": _("请选一项")},
    )  # fmt: skip
    found = Words(
        label=_("看到了什么"),
        max_length=5000,
        widget=box(3),
        error_messages={"required": _("请写看到了什么")},
    )


class DissectForm(forms.Form):
    """One problem dissected for its class."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("哪一类问题"), max_length=120, help_text=_("例如：农村老人没人照料。"), error_messages={"required": _("请写是哪一类问题")}
    )  # fmt: skip
    cause = Words(
        label=_("为什么到处都有"), max_length=5000, widget=box(3), error_messages={"required": _("请写原因")}
    )
    remedy = Words(
        label=_("一个管长远的办法"),
        max_length=5000,
        widget=box(3),
        error_messages={"required": _("请写办法")},
    )
    unit = PickField(label=_("哪个单位负责"), error_messages={"required": _("请写责任单位")})
    until = DayField(label=_("哪天前做成"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_offices(self.fields["unit"], today)


class GatherForm(forms.Form):
    """Other problems of the same class."""

    use_required_attribute = False
    findings = forms.MultipleChoiceField(
        label=_("哪些也是这一类"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选问题")},
    )

    def __init__(self, *args: Any, found: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "findings",
            [(str(f.pk), f"{f.matter.title}（{f.topic.title} 问{f.number}）") for f in found],
        )


class RollOutForm(forms.Form):
    """How many places each township opens, and by when."""

    use_required_attribute = False
    until = DayField(label=_("哪天前都办成"))

    def __init__(self, *args: Any, towns: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = towns
        for unit in towns:
            self.fields[f"n_{unit.pk.hex}"] = forms.IntegerField(
                label=unit.short_name, min_value=0, max_value=500, required=False, initial=0
            )

    def shares(self) -> list[tuple[UUID, int]]:
        """Return the townships with more than none."""
        return [
            (unit.pk, self.cleaned_data[f"n_{unit.pk.hex}"])
            for unit in self.towns
            if self.cleaned_data.get(f"n_{unit.pk.hex}")
        ]


class SiteForm(forms.Form):
    """One place where the fix works."""

    use_required_attribute = False
    area = PickField(label=_("在哪个村、社区"), error_messages={"required": _("请写在哪个村")})
    name = forms.CharField(label=_("叫什么"), max_length=60, error_messages={"required": _("请写名称")})
    day = DayField(label=_("哪天办成的"))
    serves = forms.IntegerField(
        label=_("覆盖多少人"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("没有数过就空着。"),
    )
    photo = forms.FileField(
        label=_("照片"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self.fields["area"])


class StatementForm(forms.Form):
    """One statement of the report with what it rests on."""

    use_required_attribute = False
    heading = forms.CharField(
        label=_("小标题"),
        max_length=60,
        help_text=_("和上一段同一个小标题的，照写就行。"),
        error_messages={"required": _("请写小标题")},
    )
    text = Words(
        label=_("正文"), max_length=20_000, widget=box(6), error_messages={"required": _("请写正文")}
    )
    sources = forms.MultipleChoiceField(
        label=_("依据"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("每一段都要有依据，请选记录或者问题")},
    )

    def __init__(self, *args: Any, notes: Sequence[Note], findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(f.pk), f"问{f.number} · {f.matter.title}") for f in findings]
        choose_from(self, "sources", [*note_choices(notes), *rows])
