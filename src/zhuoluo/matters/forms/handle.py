"""Forms of handling: who does it, who objects, who helps, the evidence, the one extension."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.forms.act import ActForm, Part, day, language, one_of, says, upload
from zhuoluo.matters.forms.pick import UnitField, offer_units, unit_field
from zhuoluo.matters.forms.route import ends
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import SHANGHAI, below, people


class HandOverForm(ActForm):
    """Hand a matter to somebody inside the handling unit."""

    person = one_of(_("交给谁经办"), missing=_("请选择经办人"))
    note = says(_("给同事的话"), required=False, rows=3)

    def prepare(self) -> None:
        """Offer those in post in the unit today, never the one complained of."""
        matter = self.case.matter
        team = below(frozenset({matter.lead_unit_id})) if matter.lead_unit_id else frozenset()
        barred = {a.person_id for a in self.case.page.about} | {matter.lead_person_id}
        barred |= {r.person_id for r in self.case.page.recusals}
        posts = {
            p.user_id: p for p in people(self.today, team & self.case.actor.units) if p.user_id not in barred
        }
        choices = [(str(key), f"{p.user.name}（{p.unit.short_name} {p.title}）") for key, p in posts.items()]
        choose_from(self, "person", choices)

    def explain(self) -> list[str]:
        """Say what goes with it."""
        return [gettext("本单位欠着的事一起交过去，期限不变。")]

    def asked(self) -> dict[str, Any]:
        """Name the person as the action does."""
        given = super().asked()
        given["person_id"] = UUID(given.pop("person"))
        return given


class ObjectForm(ActForm):
    """Object to a wrong assignment."""

    reason = says(
        _("为什么不归本单位管，应由谁办"), _("写明职权依据。转出单位裁定，理由和裁定都会保留。"), rows=6,
        missing=_("请详细写明不属于本单位职权的理由和应由谁办理（信访工作条例第23条）"),
    )  # fmt: skip

    def explain(self) -> list[str]:
        """Say the last day for it, why that day, and that no clock stops."""
        window = self.case.window()
        lines = [gettext("提出异议不停任何期限。转出单位同意后才能退回。")]
        if window is None:
            return lines
        last = date_format(window.legal_day, gettext("Y年n月j日"))
        lines.insert(0, gettext("最迟 %(day)s 提出（信访工作条例第23条，5 个工作日）。") % {"day": last})
        return lines + window.explanation(language()).splitlines()


class RuleForm(ActForm):
    """Rule on an objection."""

    versioned = False
    uphold = one_of(
        _("裁定"),
        [("yes", _("异议成立：退回重新转交")), ("no", _("异议不成立：由该单位办理"))],
        missing=_("请选择异议是否成立"),
    )  # fmt: skip
    ruling = says(_("裁定理由"), _("双方都看得到，一直保留。"), missing=_("请写明裁定理由"))

    def explain(self) -> list[str]:
        """Say what follows from both outcomes."""
        return [
            gettext("异议成立：事项回到您这里重新甄别，退回次数加一，转交期限仍从登记那天算。"),
            gettext("异议不成立：该单位必须受理，原来的期限照算。"),
        ]

    def asked(self) -> dict[str, Any]:
        """Name the objection that waits."""
        if self.case.objection is None:
            raise Refused("没有等待裁定的异议")
        given = super().asked()
        return {
            "objection_id": self.case.objection.id,
            "uphold": given["uphold"] == "yes",
            "ruling": given["ruling"],
        }


class InviteForm(ActForm):
    """Ask another unit to help."""

    unit = unit_field(_("请哪个单位协办"))
    task = says(
        _("请对方做什么"), _("写具体：看什么、提供什么、到什么程度。"), missing=_("请写明需要对方做什么")
    )
    until = day(_("请在哪天前反馈"), required=False)

    def prepare(self) -> None:
        """Offer every unit but the lead, those already helping and the one complained of."""
        helping = [p.row.unit_id for p in self.case.page.open if p.row.kind == "cohandle"]
        everything = "_all" in self.data or bool(self.initial.get("_all"))
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            but = [self.case.matter.lead_unit_id, *helping]
            offer_units(field, self.case, self.today, but=but, everything=everything)

    def explain(self) -> list[str]:
        """Say who stays responsible and until when without a date."""
        return [
            gettext("主办单位始终负责，答复期限不变。不写日期的，对方应在 %(day)s 前反馈。")
            % ends(self.case, "house.cohandle")
        ]

    def asked(self) -> dict[str, Any]:
        """Name the unit as the action does."""
        given = super().asked()
        given["unit_id"] = given.pop("unit")
        return given


class ReportBackForm(ActForm):
    """Tell the lead what a helping unit did."""

    report = says(_("协办情况"), _("做了什么、看到什么、结论。"), rows=6, missing=_("请写明协办情况"))


class EvidenceForm(ActForm):
    """Add files, each kind in its place, with one caption a kind."""

    uploads: ClassVar[dict[str, str]] = {
        "before": "before",
        "after": "after",
        "proof": "proof",
        "other": "other",
    }
    before = upload(_("办理前的照片"))
    before_caption = Part(label=_("办理前：说明"), max_length=120)
    after = upload(_("办理后的照片"), _("尽量在同一个位置拍。"))
    after_caption = Part(label=_("办理后：说明"), max_length=120)
    proof = upload(_("凭证"), _("例如签收单、回执。"))
    proof_caption = Part(label=_("凭证：说明"), max_length=120)
    other = upload(_("其他材料"))
    other_caption = Part(label=_("其他材料：说明"), max_length=120)
    note = says(_("补充说明"), required=False, rows=3)
    to_raiser = forms.BooleanField(label=_("诉求人也能看到这些材料"), required=False)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Return each field for files with the one for its caption."""
        return [(self[name], self[f"{name}_caption"]) for name in self.uploads]

    def explain(self) -> list[str]:
        """Say what happens to photos, and that none is demanded."""
        return [gettext("照片里的拍摄位置等信息会自动去掉。没有照片也可以办理。")]


class NoteForm(ActForm):
    """Write an internal note."""

    text = says(_("备注"), _("只有工作人员看得到，会留在经过里。"), missing=_("请写下内容"))


class AskExtensionForm(ActForm):
    """Ask for the one extension."""

    days = forms.IntegerField(
        label=_("延期多少日"), min_value=1, max_value=30,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 30}),
        error_messages={"required": _("请写延期多少日")},
    )  # fmt: skip
    reason = says(
        _("为什么需要延期"),
        _("批准以后会原样告知诉求人。"),
        missing=_("请写明延期理由，理由会告知诉求人（信访工作条例第34条）"),
    )

    def explain(self) -> list[str]:
        """Say the law's limits and the date that runs now."""
        answer = self.case.owed("answer")
        lines = [gettext("只能延期一次，最多 30 日，到期以前由本单位负责人批准（信访工作条例第34条）。")]
        if answer is not None:
            last = date_format(answer.due.astimezone(SHANGHAI), gettext("Y年n月j日 H:i"))
            lines.append(gettext("现在的答复期限：%(day)s。没有批准以前不变。") % {"day": last})
        return lines


class DecideExtensionForm(ActForm):
    """Grant or refuse an extension."""

    versioned = False
    grant = one_of(
        _("是否批准"), [("yes", _("批准延期")), ("no", _("不同意延期"))], missing=_("请选择是否批准")
    )
    remark = says(_("意见"), required=False, rows=3)

    def explain(self) -> list[str]:
        """Say what the raiser will read."""
        return [gettext("批准后，诉求人会看到新的期限和申请里写的理由（信访工作条例第34条）。")]

    def asked(self) -> dict[str, Any]:
        """Name the request that waits."""
        if self.case.extension is None:
            raise Refused("没有等待审批的延期申请")
        given = super().asked()
        return {
            "extension_id": self.case.extension.id,
            "grant": given["grant"] == "yes",
            "remark": given["remark"],
        }
