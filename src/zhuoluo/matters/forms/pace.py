"""Forms of the simplified way, of a stage done, of finality, and of help afterwards."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.forms.act import ActForm, day, one_of, says, upload, words
from zhuoluo.matters.reads.beside import final_grounds
from zhuoluo.matters.rules import FINAL_GROUNDS, SIMPLE_GROUNDS


class SimplifyForm(ActForm):
    """Handle a matter the simplified way."""

    ground = one_of(_("属于哪一种情形"), missing=_("请选择适用简易办理的情形（国信办发〔2022〕17号）"))
    support = one_of(
        _("初步看，结果会怎样"), [("yes", _("可以支持，或者能解释清楚")), ("no", _("可能不予支持"))],
        missing=_("请选择：可能不予支持的，不适用简易办理"),
    )  # fmt: skip
    major = forms.BooleanField(label=_("属于重大、复杂、疑难事项"), required=False)

    def prepare(self) -> None:
        """Offer the grounds of the rule."""
        choose_from(self, "ground", words(SIMPLE_GROUNDS))

    def explain(self) -> list[str]:
        """Say what it shortens and whom it is closed to."""
        return [
            gettext("答复期限改为受理起 10 个工作日。"),
            gettext(
                "只用于初次信访；上级交办、多个责任主体、集体联名、重大复杂疑难、可能不予支持的不适用（国信办发〔2022〕17号）。"
            ),
        ]

    def asked(self) -> dict[str, Any]:
        """Return the judgement as the action takes it."""
        given = super().asked()
        given["likely_supported"] = given.pop("support") == "yes"
        return given


class ToOrdinaryForm(ActForm):
    """Go back to the ordinary way."""

    reason = says(
        _("为什么转为普通程序"), _("会告知诉求人。"), missing=_("请写明转为普通程序的理由，会告知诉求人")
    )

    def explain(self) -> list[str]:
        """Say how the term runs."""
        return [gettext("答复期限仍从受理那天算起，按普通程序的期限。")]


class PartlyForm(ActForm):
    """Note a stage that is done, with the day of the next one."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    account = says(
        _("这一阶段办成了什么、还剩什么"),
        _("会显示给诉求人。"),
        missing=_("请写明这一阶段办成了什么、还剩什么"),
    )
    next_day = day(_("下一阶段到哪天"), missing=_("请选择下一阶段的日期"))
    after = upload(_("办理后的照片、凭证"))

    def explain(self) -> list[str]:
        """Keep it apart from everything else."""
        return [gettext("阶段办结单独计数，不算办结，也不算化解。答复期限照算。")]


class FinalizeForm(ActForm):
    """Note that a matter is final."""

    ground = one_of(_("终结的理由"), missing=_("请选择终结的理由"))
    note = says(_("说明"), required=False, rows=3)

    def prepare(self) -> None:
        """Offer the grounds that hold now."""
        held = final_grounds(self.case)
        table = {key: word for key, word in FINAL_GROUNDS.items() if key in held}
        choose_from(self, "ground", words(table or FINAL_GROUNDS))

    def explain(self) -> list[str]:
        """Say what finality leaves open."""
        return [
            gettext("终结不影响帮扶、疏导，不影响以新的事实和理由另行反映（信访工作条例第36条、第37条）。")
        ]


class HelpForm(ActForm):
    """Record help and counsel that go on."""

    text = says(_("帮了什么、谁去的"), rows=5, missing=_("请写明帮了什么、谁去的"))
    to_raiser = forms.BooleanField(label=_("诉求人也能看到"), required=False)

    def explain(self) -> list[str]:
        """Say what it changes: nothing."""
        return [
            gettext(
                "疏导教育、矛盾化解、帮扶救助在终结以后也继续（信访工作条例第37条）。不改变任何期限和结果。"
            )
        ]
