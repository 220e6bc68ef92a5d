"""Forms of triage: where a matter goes, and every lawful way of not taking it."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.actions.change import due_by_term
from zhuoluo.matters.forms.act import ActForm, Kept, day, language, one_of, says, upload, words
from zhuoluo.matters.forms.pick import UnitField, offer_units, unit_field
from zhuoluo.matters.forms.register import places
from zhuoluo.matters.models import Link, Matter
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.reads.categories import categories
from zhuoluo.matters.reads.visible import NotFound, by_number
from zhuoluo.matters.rules import (
    DECLINE_GROUNDS,
    KLASSES,
    OUTCOMES,
    REDIRECTS,
    SUGGESTION_OUTCOMES,
    Refused,
    accept_term,
    answer_term,
)  # fmt: skip


def ends(case: Case, term: str) -> dict[str, Any]:
    """Return the last day of a term that starts now, and its article, for the sentences above a form."""
    due = due_by_term(case.law, term, case.now)
    rule = case.law.rulebook.term(term, due.first_day)
    article = rule.article if language() == "zh" else rule.article_en
    return {"day": date_format(due.legal_day, gettext("Y年n月j日")), "article": article}


class BeginForm(ActForm):
    """Accept here, or take what was sent: the answer's clock starts."""

    note = says(_("告诉诉求人的话"), _("会显示给诉求人，例如由谁办理、怎么联系。"), required=False, rows=3)

    def explain(self) -> list[str]:
        """Say by when the answer is owed from now on."""
        values = ends(self.case, answer_term(self.case.matter.klass))
        return [gettext("受理后开始计算答复期限：到 %(day)s（%(article)s）。诉求人会看到已经受理。") % values]


class ForwardForm(ActForm):
    """Send to the competent unit."""

    unit = unit_field()
    note = says(_("给对方的话"), _("只有工作人员看得到。"), required=False, rows=3)

    def prepare(self) -> None:
        """Offer the units; a matter registered in one's own unit is accepted there, not sent."""
        own = (
            self.case.actor.unit_id if self.case.matter.registered_by_id == self.case.actor.unit_id else None
        )
        everything = "_all" in self.data or bool(self.initial.get("_all"))
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            offer_units(field, self.case, self.today, but=[own], everything=everything)

    def explain(self) -> list[str]:
        """Say what the receiving unit owes, and who is not offered."""
        values = ends(self.case, accept_term(self.case.matter.klass))
        lines = [
            gettext("对方应在 %(day)s 前告知诉求人是否受理（%(article)s）；5 个工作日内可以提出异议。")
            % values
        ]
        if self.case.accused:
            lines.append(gettext("被反映的单位不在名单里（信访工作条例第30条、第46条）。"))
        return lines

    def asked(self) -> dict[str, Any]:
        """Name the unit as the action does."""
        given = super().asked()
        given["unit_id"] = given.pop("unit")
        return given


class AssignForm(ForwardForm):
    """Send with a date for the report of completion."""

    report_by = day(_("办结报告在哪天前报来"), missing=_("请选择报送办结报告的日期"))
    field_order = ("unit", "report_by", "note")


class AnswerNowForm(ActForm):
    """Answer an inquiry or suggestion on the spot."""

    outcome = one_of(_("处理结果"), missing=_("请选择处理结果"))
    opinion = says(_("答复内容"), _("会原样显示给诉求人。"), rows=6, missing=_("请写答复内容"))
    basis = says(_("依据"), required=False, rows=2)

    def prepare(self) -> None:
        """Put the usual outcome first."""
        table = SUGGESTION_OUTCOMES | {"explained": OUTCOMES["explained"]}
        offered = words(table if self.case.matter.klass == "suggestion" else OUTCOMES)
        choose_from(self, "outcome", offered)
        self.initial.setdefault("outcome", "explained")

    def explain(self) -> list[str]:
        """Say what one act does."""
        return [gettext("一次完成受理、答复和送达。之后由信访工作机构回访，不由您回访。")]


class RedirectForm(ActForm):
    """Tell the lawful way, and where to go."""

    door = one_of(_("依法应走的途径"), missing=_("请选择依法应走的途径"))
    where = says(
        _("去哪里、怎样提出"),
        _("会显示给诉求人：写明机关名称、地址、电话。"),
        missing=_("请写明向哪个机关、怎样提出，会告知诉求人"),
    )

    def prepare(self) -> None:
        """Offer the doors of article 31, each with its clause."""
        choices = [
            (key, f"{gettext(text)}（{gettext(article)}）") for key, (text, article) in REDIRECTS.items()
        ]
        choose_from(self, "door", choices)

    def explain(self) -> list[str]:
        """Say what this is and is not."""
        return [gettext("这是告知，不是拒绝。告错了可以恢复登记，期限照原来的算。")]


class AskMoreForm(ActForm):
    """Ask the raiser for what is missing."""

    question = says(_("请诉求人补充什么"), _("会显示给诉求人。一次问清楚。"), missing=_("请写明需要补充什么"))

    def explain(self) -> list[str]:
        """Say that no clock stops."""
        return [gettext("等诉求人补充的时候，所有期限照常计算。")]


class SupplementForm(ActForm):
    """Write down what the raiser added by phone or in person."""

    versioned = False
    uploads: ClassVar[dict[str, str]] = {"given": "raised"}
    text = says(_("诉求人补充了什么"), _("照原话写。诉求人看得到。"), required=False)
    given = upload(_("诉求人给的材料"))

    def with_files(self, kept: Sequence[Kept]) -> dict[str, Any]:
        """What the raiser gave needs no role."""
        return {"files": [one for one, _role, _caption in kept]}


class CorrectForm(ActForm):
    """Correct how a matter is filed; its text is never changed."""

    title = forms.CharField(label=_("标题"), max_length=200, error_messages={"required": _("标题不能空着")})
    klass = forms.ChoiceField(label=_("类别"))
    area = forms.ChoiceField(label=_("地点"), required=False)
    place = forms.CharField(label=_("位置说明"), max_length=200, required=False)
    category = forms.ChoiceField(label=_("分类"), required=False)

    def prepare(self) -> None:
        """Start from what is filed now."""
        matter = self.case.matter
        for name, choices in (("klass", words(KLASSES)), ("area", places(self.case.actor))):
            choose_from(self, name, choices)
        tree = categories()
        choose_from(self, "category", [("", gettext("请选择")), *tree])
        if not tree:
            del self.fields["category"]
        filed = {
            "title": matter.title, "klass": matter.klass, "area": matter.area_id or "", "place": matter.place,
            "category": matter.category_id or "",
        }  # fmt: skip
        self.filed = filed
        for name, value in filed.items():
            self.initial.setdefault(name, value)

    def explain(self) -> list[str]:
        """Say what stays."""
        return [gettext("诉求人的原话不能改。改了类别，新开始的期限按新类别算，正在计算的期限不变。")]

    def asked(self) -> dict[str, Any]:
        """Name only what differs from what is filed."""
        given = super().asked()
        version = given.pop("version")
        changes = {name: value or None for name, value in given.items() if value != self.filed[name]}
        if "place" in changes:
            changes["place"] = given["place"]
        if not changes:
            raise Refused("没有改动")
        return {"changes": changes, "version": version}


class OtherMatterForm(ActForm):
    """What merging and linking share: another matter, found by its number, shown before anything happens."""

    other = forms.CharField(
        label=_("另一件事项的编号"), max_length=40, help_text=_("粘贴编号；不知道编号，就写几个字来找。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": _("请写另一件事项的编号")},
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    needed = True  # False: the act can do without another matter

    def prepare(self) -> None:
        """Show the other matter at once when its number came with the address."""
        self.found: Matter | None = None
        self.sought = ""  # words that are no number of a matter the reader may see
        if not self.is_bound and self.initial.get("other"):
            self.found = self._find(str(self.initial["other"]))

    def clean_other(self) -> UUID | None:
        """Return the id of the matter; what the reader may not see is not there."""
        if not self.cleaned_data["other"]:
            return None
        self.found = self._find(self.cleaned_data["other"])
        if self.found is None:
            self.sought = self.cleaned_data["other"]
            raise forms.ValidationError(gettext("没有找到这件事项，或者您没有查看权限"))
        if self.found.id == self.case.matter.id:
            self.found = None
            raise forms.ValidationError(gettext("这就是现在这一件，请写另一件的编号"))
        return self.found.id

    def _find(self, number: str) -> Matter | None:
        try:
            return by_number(self.case.actor, number)
        except NotFound:
            return None

    def clean(self) -> dict[str, Any]:
        """Stop once, so that both matters are seen side by side before the act."""
        data: dict[str, Any] = super().clean() or {}
        if self.found is not None and data.get("seen") != self.found.number:
            self.add_error(None, gettext("请对照下面两件事项，确认后再点一次"))
        return data


class MergeForm(OtherMatterForm):
    """Merge into an earlier matter."""

    note = says(_("说明"), _("为什么是同一件事。"), required=False, rows=3)

    def explain(self) -> list[str]:
        """Say what becomes of both."""
        return [
            gettext(
                "这一件并入您选的那一件，两件都还看得到；诉求人通过那一件得到答复。并错了可以撤销，期限照登记时算。"
            )
        ]

    def asked(self) -> dict[str, Any]:
        """Name the target as the action does."""
        given = super().asked()
        return {"into_id": given["other"], "note": given["note"], "version": given["version"]}


class LinkForm(OtherMatterForm):
    """Link another matter that belongs with this one."""

    kind = one_of(_("那一件和这一件是什么关系"), missing=_("请选择关系"))

    def prepare(self) -> None:
        """Offer the kinds of links."""
        super().prepare()
        choose_from(self, "kind", words(dict(Link.KINDS)))
        self.initial.setdefault("kind", "related")

    def asked(self) -> dict[str, Any]:
        """Name the other matter as the action does."""
        given = super().asked()
        return {"other_id": given["other"], "kind": given["kind"], "version": given["version"]}


class DeclineForm(OtherMatterForm):
    """Decline on a lawful ground only, resting on the earlier matter where there is one."""

    needed = False
    ground = one_of(
        _("不予受理的法定理由"), missing=_("请选择法定的不予受理理由；不属于本单位职权的，请“告知途径”")
    )
    reason = says(
        _("具体情况"), _("会显示给诉求人，连同条文。"), missing=_("请写明不予受理的具体情况，会告知诉求人")
    )
    field_order = ("ground", "other", "reason")

    def prepare(self) -> None:
        """Offer the grounds of the law, each with its article, and no other."""
        super().prepare()
        choices = [
            (key, f"{gettext(text)}（{gettext(article)}）")
            for key, (text, article) in DECLINE_GROUNDS.items()
        ]
        choose_from(self, "ground", choices)
        other = self.fields["other"]
        other.required, other.label = False, gettext("已经受理或者已经复核的那一件")
        other.help_text = gettext(
            "已经复核的必须选，系统会核对是不是同一诉求人、复核意见送达没有。粘贴编号，或者写几个字来找。"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the earlier matter where nothing else is a ground (art. 36)."""
        data = super().clean()
        if (
            data.get("ground") == "after_second_review"
            and not data.get("other")
            and "other" not in self.errors
        ):
            self.add_error(
                "other", gettext("不再受理要有已经复核并送达的同一事项，请选择那一件（信访工作条例第36条）")
            )
        return data

    def explain(self) -> list[str]:
        """Say what is not a ground, and what new facts are."""
        return [
            gettext("只有下面两种情况可以不予受理。不归本单位管不是理由，请用“告知途径”或者转送。"),
            gettext("有新的事实和理由的，不能按“不再受理”处理。"),
        ]

    def asked(self) -> dict[str, Any]:
        """Name the earlier matter as the action does."""
        given = super().asked()
        given["earlier"] = given.pop("other") or None
        given.pop("seen")
        return given


class UnmergeForm(ActForm):
    """Undo a merge."""

    reason = says(_("撤销并案的理由"), missing=_("请写明撤销并案的理由"))

    def explain(self) -> list[str]:
        """Say what comes back."""
        return [gettext("恢复成单独一件，回到甄别；转交期限从登记那天算起，一直没有停。")]


class RecallForm(ActForm):
    """Take back a wrong sending."""

    reason = says(_("收回的理由"), missing=_("请写明收回的理由"))

    def explain(self) -> list[str]:
        """Say what the clock does."""
        return [gettext("收回后重新甄别；转交期限从登记那天算起，没有停过。")]


class ReinstateForm(ActForm):
    """Undo a declining or redirecting."""

    reason = says(_("恢复登记的理由"), missing=_("请写明恢复登记的理由"))
