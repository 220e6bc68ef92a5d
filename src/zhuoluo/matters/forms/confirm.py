"""Forms of what comes after the answer: the raiser's own word, the re-check, certification, supervision, the code."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.actions.confirm import MAX_CALLS
from zhuoluo.matters.forms.act import ActForm, Choice, day, one_of, says, upload, words
from zhuoluo.matters.reads.visible import NotFound, by_number
from zhuoluo.matters.rules import SATISFACTION, SOLVED


class CallBackForm(ActForm):
    """Record a call-back: reached or not, and the raiser's own word."""

    reached = one_of(
        _("联系上了吗"), [("yes", _("联系上了")), ("no", _("没有联系上"))], missing=_("请选择有没有联系上")
    )
    solved = Choice(
        label=_("诉求人说：解决了吗"), help_text=_("没有联系上的，不用选。"), widget=forms.RadioSelect
    )
    satisfaction = Choice(
        label=_("诉求人说：满意吗"), help_text=_("没有联系上的，不用选。"), widget=forms.RadioSelect
    )
    note = says(_("诉求人的原话"), _("照原话记，不要概括。"), required=False)

    def prepare(self) -> None:
        """Offer the words; "not reached" is not among what a raiser can say."""
        choose_from(self, "solved", words(SOLVED))
        choose_from(self, "satisfaction", words(SATISFACTION, but=["not_reached"]))

    def explain(self) -> list[str]:
        """Say what silence counts as, and which try this is."""
        tries = self.tries
        lines = [gettext("没有联系上，不算满意；%(n)d 次都没有联系上，记为“未联系上”。") % {"n": MAX_CALLS}]
        if tries:
            lines.append(
                ngettext("已经打过 %(n)d 次没有联系上。", "已经打过 %(n)d 次没有联系上。", tries)
                % {"n": tries}
            )
        lines.append(gettext("说没有解决的，由其他人员复核，不会悄悄结束。"))
        return lines

    @property
    def tries(self) -> int:
        """Return how many calls since the service reached nobody."""
        answer = self.case.page.current_answer
        since = answer.served_at if answer else None
        calls = [
            w for w in self.case.page.words if w.source == "callback" and w.satisfaction == "not_reached"
        ]
        return len([w for w in calls if since is None or w.at >= since])

    def clean(self) -> dict[str, Any]:
        """Ask for the two words when somebody was reached."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("reached") == "yes":
            for name, missing in (
                ("solved", _("请按原话选择是否解决")),
                ("satisfaction", _("请按原话选择是否满意，没说就选“未评价”")),
            ):
                if not data.get(name):
                    self.add_error(name, missing)
        return data

    def asked(self) -> dict[str, Any]:
        """Leave the words away when nobody was reached."""
        given = super().asked()
        reached = given["reached"] == "yes"
        said = {"solved": given["solved"], "satisfaction": given["satisfaction"]} if reached else {}
        return {"reached": reached, "note": given["note"], "version": given["version"], **said}


class KeepAnswerForm(ActForm):
    """Keep the answer after a re-check."""

    reason = says(
        _("复核了什么，为什么维持"),
        _("会显示给诉求人。"),
        rows=6,
        missing=_("请写明复核了什么、为什么维持，会告知诉求人"),
    )

    def explain(self) -> list[str]:
        """Say that the dissent stays counted."""
        return [gettext("维持答复以后，诉求人的不同意见仍然保留，照样统计。")]


class ReopenForm(ActForm):
    """Send an answered matter back to its unit."""

    reason = says(_("为什么重新办理"), _("会显示给诉求人和承办单位。"), missing=_("请写明重新办理的理由"))
    repeat = forms.CharField(
        label=_("重复反映的那件编号"), required=False, max_length=40,
        help_text=_("同一个人后来又反映了同一件事的，写后来那件的编号，两件会关联起来。"),
    )  # fmt: skip

    def explain(self) -> list[str]:
        """Say what stays countable."""
        return [gettext("回到主办单位重新办理，重新计算答复期限。第一次的答复和日期一直保留，照样统计。")]

    def clean_repeat(self) -> UUID | None:
        """Return the id of the later matter, which the reader must be able to read."""
        typed = self.cleaned_data.get("repeat") or ""
        if not typed:
            return None
        try:
            return by_number(self.case.actor, typed).id
        except NotFound as error:
            raise forms.ValidationError(_("没有找到这件事项，或者您没有查看权限")) from error

    def asked(self) -> dict[str, Any]:
        """Name the later matter as the action does."""
        given = super().asked()
        given["repeat_id"] = given.pop("repeat")
        return given


class CertifyForm(ActForm):
    """Certify a matter as resolved, on evidence."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    evidence = says(
        _("凭什么认定化解"), _("看到了什么、谁确认的、什么时候。"), rows=5,
        missing=_("请写明认定化解的依据：看到了什么、谁确认的"),
    )  # fmt: skip
    after = upload(_("照片、凭证"))

    def explain(self) -> list[str]:
        """Say who may do it."""
        return [gettext("由没有办理、也没有回访这件事的人认定。认定错了可以撤销，记录都会保留。")]


class UncertifyForm(ActForm):
    """Take back a certification."""

    reason = says(_("撤销认定的理由"), missing=_("请写明撤销认定的理由"))


class SuperviseForm(ActForm):
    """Flag a matter with a date."""

    until = day(_("要求哪天前办好"), missing=_("请选择督办期限"))
    reason = says(_("督办理由和要求"), _("承办单位看得到。"), missing=_("请写明督办理由和要求"))

    def explain(self) -> list[str]:
        """Say what supervision is beside the path."""
        return [gettext("督办不改变法定期限，另外加一个期限，由现在承办的单位负责（信访工作条例第40条）。")]


class LiftForm(ActForm):
    """End a supervision."""

    reason = says(_("解除督办的依据"), _("查看了什么，结果怎样。"), missing=_("请写明解除督办的依据"))


class NewCodeForm(ActForm):
    """Give a new query code."""

    reason = says(
        _("更换的理由"),
        _("例如：诉求人本人到窗口，说查询码丢了。"),
        rows=3,
        missing=_("请写明更换查询码的理由"),
    )

    def explain(self) -> list[str]:
        """Say what happens to the old code."""
        return [gettext("先核对是诉求人本人。新查询码只显示一次，旧的马上作废。")]


class UnmaskForm(forms.Form):
    """Why the identity is looked at."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("为什么要看"), widget=forms.RadioSelect, error_messages={"required": _("请写明查看身份信息的理由")},
        choices=[
            ("contact", _("联系诉求人核实情况")), ("serve", _("送达文书")), ("callback", _("回访")), ("visit", _("上门查看")),
            ("other", _("其他")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("具体说明"), required=False, max_length=150, help_text=_("选“其他”时必须写。")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason, in words where none of the usual ones fits."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == "other" and len((data.get("words") or "").strip()) < 2:
            self.add_error("words", _("请写明查看身份信息的理由"))
        return data

    def why(self) -> str:
        """Return the reason as it is recorded, in Chinese whatever the screen speaks."""
        usual = {
            "contact": "联系诉求人核实情况",
            "serve": "送达文书",
            "callback": "回访",
            "visit": "上门查看",
        }
        return "：".join(
            w for w in (usual.get(self.cleaned_data["reason"], ""), self.cleaned_data["words"].strip()) if w
        )
