"""Forms of the written answer: drafted, issued, served, carried out."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.actions import DraftConflict, Drafted
from zhuoluo.matters.forms.act import (
    ActForm,
    Choice,
    Kept,
    day,
    minute,
    not_before,
    one_of,
    part,
    says,
    upload,
    words,
)
from zhuoluo.matters.forms.route import ends
from zhuoluo.matters.models import Answer
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.rules import ANSWERS, OUTCOMES, SERVICE_METHODS, SUGGESTION_OUTCOMES

PARTS = {
    "outcome": _("处理结果"), "request": _("投诉请求"), "facts": _("事实和理由"), "opinion": _("处理意见"),
    "basis": _("法律法规依据"), "execute_by": _("落实期限"),
}  # fmt: skip


def outcomes(case: Case) -> list[tuple[str, str]]:
    """Return the outcomes an answer to the matter can have."""
    if case.matter.klass == "suggestion":
        return words(SUGGESTION_OUTCOMES | {"explained": OUTCOMES["explained"]})
    return words(OUTCOMES)


class DraftForm(ActForm):
    """The four required contents of an answer (信访工作条例 art. 32). A draft may be incomplete."""

    versioned = False
    outcome = Choice(label=PARTS["outcome"], widget=forms.RadioSelect)
    request = part(PARTS["request"], _("诉求人要求什么，逐项写。"))
    facts = part(PARTS["facts"], _("查明了什么，怎么查明的。"), rows=6)
    opinion = part(PARTS["opinion"], _("逐项答复：怎么办、谁来办、什么时候。"), rows=6)
    basis = part(PARTS["basis"], _("法律、法规、文件的名称和条款。"), rows=3)
    execute_by = day(PARTS["execute_by"], _("支持的，什么时候落实。不填按内部期限。"), required=False)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def prepare(self) -> None:
        """Start from the draft that is kept. A suggestion is adopted or not, a claim supported or not (arts. 29, 32)."""
        choose_from(self, "outcome", outcomes(self.case))
        kept = self.case.page.draft
        if kept is None:
            return
        for name in (*PARTS, "version"):
            self.initial.setdefault("draft_version" if name == "version" else name, getattr(kept, name))
        self.initial["draft_version"] = kept.version

    def explain(self) -> list[str]:
        """Say what the law wants in it and who signs."""
        if self.case.matter.klass == "claim":
            return [
                gettext(
                    "处理意见书应写明投诉请求、事实和理由、处理意见、法律法规依据（信访工作条例第32条）。负责人签发后才生效。"
                )
            ]
        return [gettext("写清楚结果和理由。负责人签发后才生效。")]

    def asked(self) -> dict[str, Any]:
        """Return the draft as the action wants it."""
        given = super().asked()
        return {"draft_version": given.pop("draft_version") or 0, "content": Drafted(**given)}


def differences(conflict: DraftConflict) -> list[dict[str, Any]]:
    """Return the parts in which the kept draft and the second one differ, side by side, in the reader's language."""
    mine, theirs = conflict.mine, conflict.theirs
    rows = []
    for name, label in PARTS.items():
        left, right = getattr(theirs, name), getattr(mine, name)
        if (left or "") != (right or ""):
            rows.append(
                {"name": name, "label": label, "theirs": _said(name, left), "mine": _said(name, right)}
            )
    return rows


def _said(name: str, value: Any) -> str:
    if name == "outcome" and value:
        return gettext(ANSWERS[value])
    return str(value or gettext("（空）"))


def kept_version(theirs: Answer) -> int:
    """Return the version to go on from: none when there is no draft any more."""
    return 0 if theirs._state.adding else theirs.version


class IssueForm(ActForm):
    """Issue the draft as it was read."""

    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        """Remember which draft stands on the page."""
        draft = self.case.page.draft
        self.initial.setdefault("draft_version", draft.version if draft else 0)

    def explain(self) -> list[str]:
        """Say what the signature does."""
        values = ends(self.case, "house.serve")
        return [
            gettext("签发后内容不能再改。下面就是送达给诉求人的全文；签发后应在 %(day)s 前送达。") % values
        ]

    def asked(self) -> dict[str, Any]:
        """Return the version of the draft as a number."""
        given = super().asked()
        return {**given, "draft_version": given["draft_version"] or 0}


class ServeForm(ActForm):
    """Record the service of the answer."""

    uploads: ClassVar[dict[str, str]] = {"proof": "proof"}
    method = one_of(_("送达方式"), missing=_("请选择送达方式"))
    served_at = minute(_("送达时间"), _("不填就是现在。应在签发以后，不能晚于现在。"), required=False)
    proof = forms.FileField(label=_("送达凭证"), required=False, help_text=_("签收单、邮寄回执等。"))
    note = says(_("说明"), required=False, rows=2)

    def prepare(self) -> None:
        """Offer the lawful methods."""
        choose_from(self, "method", words(SERVICE_METHODS))

    def with_files(self, kept: Sequence[Kept]) -> dict[str, Any]:
        """One proof: the last one given."""
        return {"proof": kept[-1][0] if kept else None}

    def explain(self) -> list[str]:
        """Say what service means and does not mean."""
        return [gettext("送达就是办结，不等于解决。之后由其他人员回访。")]

    def asked(self) -> dict[str, Any]:
        """Leave the time away when it was left empty; a whole minute means up to its end."""
        given = super().asked()
        answer = self.case.page.current_answer
        given["served_at"] = not_before(given["served_at"], answer.issued_at if answer else None)
        return given


class ReportDoneForm(ActForm):
    """File the report of completion."""

    report = says(
        _("办结报告"), _("办理过程、结果、答复和送达情况。"), rows=8, missing=_("请写明办理过程和结果")
    )


class ExecuteForm(ActForm):
    """Record that a supporting answer was carried out."""

    uploads: ClassVar[dict[str, str]] = {"after": "after"}
    account = says(_("怎样落实的"), _("会显示给诉求人。"), missing=_("请写明怎样落实的"))
    after = upload(_("办理后的照片、凭证"))

    def explain(self) -> list[str]:
        """Keep the facts apart."""
        return [gettext("落实是一件事，化解是另一件：化解由其他人员根据证据认定。")]
