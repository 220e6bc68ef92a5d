"""Forms of a dispute over competence, and of standing back (信访工作条例 arts. 24, 28)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.forms.act import ActForm, one_of, says
from zhuoluo.matters.forms.pick import UnitField, offer_units, unit_field
from zhuoluo.matters.forms.route import ends
from zhuoluo.matters.rules import Refused, accept_term
from zhuoluo.org.reads import below, people
from zhuoluo.org.rules import Permission


class AskDesignationForm(ActForm):
    """Bring the dispute to the common superior."""

    reason = says(
        _("争议在哪里、协商过什么"), _("写明各单位的职权依据和意见。"), rows=6,
        missing=_("请写明争议在哪里、协商过什么（信访工作条例第24条）"),
    )  # fmt: skip

    def explain(self) -> list[str]:
        """Say by when, and that no clock stops."""
        return [
            gettext("由共同的上级机关指定，应在 %(day)s 前作出；等待期间所有期限照常计算。")
            % ends(self.case, "house.designate")
        ]


class DesignateForm(ActForm):
    """Name the unit that handles the matter."""

    versioned = False
    unit = unit_field(_("指定哪个单位承办"))
    ruling = says(_("指定的理由"), _("各单位都看得到，一直保留。"), missing=_("请写明指定的理由"))

    def prepare(self) -> None:
        """Offer every unit but the one complained of."""
        everything = "_all" in self.data or bool(self.initial.get("_all"))
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            offer_units(field, self.case, self.today, everything=everything)

    def explain(self) -> list[str]:
        """Say that it is final, what the dispute is, and what the unit owes."""
        row = self.case.page.open_designation
        lines = [
            gettext("指定以后该单位不能再退回，应在 %(day)s 前告知诉求人是否受理（%(article)s）。")
            % ends(self.case, accept_term(self.case.matter.klass))
        ]
        return [gettext("争议：%(reason)s") % {"reason": row.reason}, *lines] if row is not None else lines

    def asked(self) -> dict[str, Any]:
        """Name the dispute that waits."""
        row = self.case.page.open_designation
        if row is None:
            raise Refused("已经指定")
        given = super().asked()
        return {"designation_id": row.id, "unit_id": given["unit"], "ruling": given["ruling"]}


class RecuseForm(ActForm):
    """Let somebody with an interest stand back: oneself, or somebody one is over."""

    person = one_of(_("谁回避"), missing=_("请选择谁回避"))
    reason = says(
        _("有什么直接利害关系"), _("只有工作人员看得到。"), rows=3,
        missing=_("请写明有什么直接利害关系（信访工作条例第28条）"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer oneself; to those who can order it, everybody of the units that take part."""
        case = self.case
        choices = {str(case.actor.id): gettext("%(name)s（我自己）") % {"name": case.actor.name}}
        if any(case.actor.can(p) for p in (Permission.ISSUE, Permission.RULE, Permission.SUPERVISE)):
            gone = {r.person_id for r in case.page.recusals}
            for post in people(self.today, below(case.units)):
                if post.user_id not in gone:
                    name = f"{post.user.name}（{post.unit.short_name} {post.title}）"
                    choices.setdefault(str(post.user_id), name)
        choose_from(self, "person", list(choices.items()))

    def explain(self) -> list[str]:
        """Say what goes with it."""
        return [
            gettext("回避以后不能再办理这件事项，欠着的事由单位另派人办，期限不变（信访工作条例第28条）。")
        ]

    def asked(self) -> dict[str, Any]:
        """Name the person as the action does."""
        given = super().asked()
        given["person_id"] = UUID(given.pop("person"))
        return given
