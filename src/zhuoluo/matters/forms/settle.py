"""Forms of mediation, settlement, tasks of a joint meeting, first responses, the written answer to a supervision, and the phone."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.forms.act import ActForm, Choice, Part, day, one_of, says, upload, words
from zhuoluo.matters.models import Obligation
from zhuoluo.matters.reads.settled import joint_rows, live_settlements, open_obligations, responses
from zhuoluo.matters.rules import KINDS, MEDIATION_RESULTS, SETTLEMENTS

LINES = 4  # things owed that one form has room for
SHORT = 30


class MediateForm(ActForm):
    """Record a mediation."""

    consent_of_both = forms.BooleanField(
        label=_("双方都同意调解"), error_messages={"required": _("调解须经双方同意（信访工作条例第33条）")}
    )
    mediator = forms.CharField(
        label=_("谁主持调解"), max_length=120, help_text=_("例如：石桥村明白人、镇司法所。"),
        error_messages={"required": _("请写明由谁主持调解")},
    )  # fmt: skip
    result = one_of(_("结果"), missing=_("请选择调解结果"))
    account = says(_("调解的经过"), _("诉求人看得到。"), missing=_("请写明调解的经过"))

    def prepare(self) -> None:
        """Offer the results."""
        choose_from(self, "result", words(MEDIATION_RESULTS))

    def explain(self) -> list[str]:
        """Say that nothing stops for it."""
        return [gettext("调解不停任何期限。达成一致的，再记录签订的协议。")]


class SettleForm(ActForm):
    """Keep a signed settlement."""

    uploads: ClassVar[dict[str, str]] = {"sheet": "other"}
    kind = one_of(_("哪一种协议"), missing=_("请选择协议种类"))
    text = says(
        _("协议全文"), _("照签字的文本写。"), rows=8, missing=_("请写下协议全文（信访工作条例第33条）")
    )
    signed_on = day(_("哪天签的"), missing=_("请选择签订日期"))
    free_will = says(
        _("怎样确认当事人是自愿的"), _("谁在场、怎样念给他听、他怎么说。"), rows=3,
        missing=_("请写明怎样确认当事人自愿签订、了解内容（信访工作条例第33条）"),
    )  # fmt: skip
    mediator = Part(label=_("谁主持的"), max_length=120)
    nothing_owed = forms.BooleanField(label=_("双方都没有要履行的事"), required=False)
    sheet = upload(_("签字的协议（照片或扫描件）"))

    def prepare(self) -> None:
        """Offer the kinds; make room for what each side owes."""
        choose_from(self, "kind", words(SETTLEMENTS))
        sides = [("", "—"), *((key, gettext(word)) for key, word in Obligation.SIDES)]
        for n in range(1, LINES + 1):
            self.fields[f"side{n}"] = Choice(label=_("谁"), choices=sides)
            self.fields[f"what{n}"] = Part(label=_("要做什么"), max_length=300)
            self.fields[f"until{n}"] = DayField(label=_("哪天前"), required=False)

    @property
    def owed(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Return the fields of what is owed, one line each."""
        return [(self[f"side{n}"], self[f"what{n}"], self[f"until{n}"]) for n in range(1, LINES + 1)]

    def explain(self) -> list[str]:
        """Say what a signature is not."""
        return [
            gettext("签了协议不等于化解，也不结束这件事；诉求人仍然可以评价、申请复查、提起诉讼。"),
            gettext("单位一方要做的事，各自有一个期限，没有履行会亮灯。"),
        ]

    def clean(self) -> dict[str, Any]:
        """A line that is begun must be whole."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(1, LINES + 1):
            begun = [bool(data.get(f"{name}{n}")) for name in ("side", "what", "until")]
            if any(begun) and not all(begun):
                self.add_error(f"what{n}", _("请写明谁、要做什么、到哪一天"))
        return data

    def asked(self) -> dict[str, Any]:
        """Return the settlement as the action takes it."""
        given = super().asked()
        lines = [
            tuple(given.pop(f"{name}{n}") for name in ("side", "what", "until")) for n in range(1, LINES + 1)
        ]
        owed: list[tuple[str, str, date]] = [(side, what, until) for side, what, until in lines if side]
        return given | {"obligations": owed}


class PerformForm(ActForm):
    """Record that something promised was done."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    obligation = one_of(_("履行了哪一项"), missing=_("请选择履行了哪一项"))
    account = says(_("怎样履行的"), _("诉求人看得到。"), missing=_("请写明怎样履行的"))
    after = upload(_("照片、凭证"))

    def prepare(self) -> None:
        """Offer what is not done yet."""
        sides = dict(Obligation.SIDES)
        rows = open_obligations(self.case)
        choices = [(str(r.id), f"{gettext(sides[r.side])}：{r.what[:SHORT]}") for r in rows]
        choose_from(self, "obligation", choices)
        if len(choices) == 1:
            self.initial.setdefault("obligation", choices[0][0])

    def asked(self) -> dict[str, Any]:
        """Name the obligation as the action does."""
        given = super().asked()
        given["obligation_id"] = UUID(given.pop("obligation"))
        return given


class VoidSettlementForm(ActForm):
    """Note that a settlement no longer holds."""

    versioned = False
    settlement = one_of(_("哪一份协议"), missing=_("请选择协议"))
    reason = says(_("为什么不再有效"), _("诉求人看得到。"), missing=_("请写明协议为什么不再有效"))

    def prepare(self) -> None:
        """Offer the settlements that hold."""
        choices = [
            (str(r.id), f"{gettext(SETTLEMENTS[r.kind])}（{date_format(r.signed_on, gettext('Y年n月j日'))}）")
            for r in live_settlements(self.case)
        ]
        choose_from(self, "settlement", choices)
        if len(choices) == 1:
            self.initial.setdefault("settlement", choices[0][0])

    def explain(self) -> list[str]:
        """Say what stays."""
        return [gettext("签过的协议仍然看得到；还没有履行的，不再计算期限。")]

    def asked(self) -> dict[str, Any]:
        """Name the settlement as the action does."""
        given = super().asked()
        given["settlement_id"] = UUID(given.pop("settlement"))
        return given


class JointDoneForm(ActForm):
    """Tell what the unit did of its task of a joint meeting."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    task = one_of(_("完成了哪一项"), missing=_("请选择任务"))
    account = says(_("做了什么"), rows=5, missing=_("请写明做了什么"))
    after = upload(_("照片、凭证"))

    def prepare(self) -> None:
        """Offer the unit's open tasks, by their dates."""
        choices = [
            (str(row.subject), gettext("%(day)s 前") % {"day": date_format(row.target, gettext("Y年n月j日"))})
            for row in joint_rows(self.case)
        ]
        choose_from(self, "task", choices)
        if len(choices) == 1:
            self.initial.setdefault("task", choices[0][0])

    def asked(self) -> dict[str, Any]:
        """Name the task as the action does."""
        given = super().asked()
        given["task_id"] = UUID(given.pop("task"))
        return given


class RespondForm(ActForm):
    """Tell the first response that was promised: the same evening, or within two working days."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    kind = one_of(_("回应的是哪一项"), missing=_("请选择回应的是哪一项"))
    words = says(
        _("怎么回应的"), _("写谁去办、哪天办、先做什么。诉求人看得到。"), missing=_("请写明怎么回应的")
    )
    after = upload(_("照片"))

    def prepare(self) -> None:
        """Offer what the reader's units still owe."""
        choices = [(row.kind, gettext(KINDS[row.kind])) for row in responses(self.case)]
        choose_from(self, "kind", choices)
        if len(choices) == 1:
            self.initial.setdefault("kind", choices[0][0])

    def explain(self) -> list[str]:
        """Say what a response is not."""
        return [gettext("这是先给的回应，不是办结；答复和其他期限照常计算。")]


class AnswerSupervisionForm(ActForm):
    """Answer a supervision in writing."""

    text = says(
        _("书面答复"), _("采纳了什么、办到哪一步、什么时候办好；不采纳的，写明理由。"), rows=6,
        missing=_("请书面说明采纳情况和办理进展（信访工作条例第40条）"),
    )  # fmt: skip

    def explain(self) -> list[str]:
        """Say who ends the supervision."""
        return [gettext("答复以后仍在督办，由督办的单位查看以后解除（信访工作条例第40条）。")]


class CorrectContactForm(ActForm):
    """Correct the raiser's phone."""

    phone = forms.CharField(
        label=_("正确的电话"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("请写电话号码")},
    )  # fmt: skip
    reason = says(_("怎么知道的、向谁核实的"), rows=3, missing=_("请写明怎么知道电话有误、向谁核实的"))

    def explain(self) -> list[str]:
        """Say that the change is seen."""
        return [gettext("原来的号码会保留。答复送达以后再改电话的，回访的人会看到提醒。")]
