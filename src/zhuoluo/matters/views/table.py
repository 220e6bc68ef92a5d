"""Every act a member of staff can do to a matter: its form, its action, its words. One view works them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoluo.matters import actions
from zhuoluo.matters.forms import answer, confirm, designate, handle, hearing, pace, review, route, settle
from zhuoluo.matters.forms.act import ActForm


@dataclass(frozen=True)
class Act:
    """One row: how the act is called on buttons, what asks for it, what does it, what is said afterwards."""

    name: str
    words: Any
    form: type[ActForm]
    action: Callable[..., Any]
    done: Any
    key: str = ""
    icon: str = "check"
    kind: str = "primary"  # of the button that does it
    template: str = "matters/act.html"
    submit: Any = ""  # the button's own words, where they differ
    to_matter: bool = True  # the action takes matter_id (ruling and extension take the row they decide)


def _act(name: str, words: Any, form: type[ActForm], done: Any, **more: Any) -> tuple[str, Act]:
    action = more.pop("action", None) or getattr(actions, name)
    return name, Act(name, words, form, action, done, **more)


ACTS: dict[str, Act] = dict([
    _act("accept", pgettext_lazy("act", "受理"), route.BeginForm, _("已受理，答复期限开始计算。"), key="a", icon="check"),
    _act("take", pgettext_lazy("act", "受理"), route.BeginForm, _("已受理，答复期限开始计算。"), key="a", icon="check"),
    _act("forward", pgettext_lazy("act", "转送"), route.ForwardForm, _("已转送。"), key="f", icon="forward"),
    _act("assign", pgettext_lazy("act", "交办"), route.AssignForm, _("已交办。"), key="s", icon="forward"),
    _act("answer_now", _("当场答复"), route.AnswerNowForm, _("已答复并送达。"), key="w", icon="message"),
    _act("rule", _("裁定异议"), handle.RuleForm, _("已裁定。"), key="u", icon="seal", action=actions.rule_on,
         template="matters/act_rule.html", to_matter=False),
    _act("object", _("提出异议"), handle.ObjectForm, _("已提出异议，等转出单位裁定。"), key="o", icon="return",
         action=actions.object_to),
    _act("draft", _("写答复"), answer.DraftForm, _("草稿已保存。"), key="a", icon="edit", submit=_("保存草稿"),
         template="matters/act_draft.html"),
    _act("issue", _("签发答复"), answer.IssueForm, _("已签发，请送达。"), key="s", icon="seal",
         template="matters/act_issue.html"),
    _act("serve", _("送达答复"), answer.ServeForm, _("已送达。"), key="s", icon="message"),
    _act("execute", _("记录落实"), answer.ExecuteForm, _("已记录落实。"), key="w", icon="check"),
    _act("report_back", _("反馈协办情况"), handle.ReportBackForm, _("已反馈。"), key="p", icon="file"),
    _act("report_done", _("报送办结报告"), answer.ReportDoneForm, _("办结报告已报送。"), key="p", icon="file"),
    _act("call_back", _("回访"), confirm.CallBackForm, _("回访已记录。"), key="a", icon="phone",
         template="matters/act_call_back.html", submit=_("记录回访")),
    _act("reopen", pgettext_lazy("act", "重新办理"), confirm.ReopenForm, _("已退回重新办理。"), key="r", icon="refresh"),
    _act("keep_answer", _("维持答复"), confirm.KeepAnswerForm, _("已维持答复，诉求人会看到理由。"), key="w", icon="check"),
    _act("certify", _("认定化解"), confirm.CertifyForm, _("已认定化解。"), key="y", icon="shield"),
    _act("decide_extension", _("审批延期"), handle.DecideExtensionForm, _("已审批。"), key="y", icon="clock",
         template="matters/act_extension.html", to_matter=False),
    _act("hand_over", _("交给同事"), handle.HandOverForm, _("已交给同事。"), key="h", icon="users"),
    _act("add_evidence", _("加材料"), handle.EvidenceForm, _("材料已添加。"), key="v", icon="paperclip",
         template="matters/act_evidence.html"),
    _act("ask_extension", _("申请延期"), handle.AskExtensionForm, _("已申请，等负责人审批。"), key="y", icon="clock"),
    _act("invite", _("请单位协办"), handle.InviteForm, _("已请对方协办。"), key="i", icon="users"),
    _act("recall", _("收回"), route.RecallForm, _("已收回，请重新甄别。"), key="b", icon="return"),
    _act("ask_more", _("请诉求人补充"), route.AskMoreForm, _("诉求人会看到您的问题。"), key="q", icon="message"),
    _act("supplement", _("记录补充"), route.SupplementForm, _("已记录。"), icon="message"),
    _act("merge", pgettext_lazy("act", "并案"), route.MergeForm, _("已并案。"), key="m", icon="merge", template="matters/act_other.html"),
    _act("redirect", pgettext_lazy("act", "告知途径"), route.RedirectForm, _("已告知途径。"), key="r", icon="exit"),
    _act("decline", pgettext_lazy("act", "不予受理"), route.DeclineForm, _("已作出不予受理决定。"), key="d", icon="x", kind="danger",
         template="matters/act_other.html"),
    _act("reinstate", _("恢复登记"), route.ReinstateForm, _("已恢复登记。"), key="u", icon="refresh"),
    _act("unmerge", _("撤销并案"), route.UnmergeForm, _("已撤销并案。"), key="u", icon="refresh"),
    _act("supervise", pgettext_lazy("act", "督办"), confirm.SuperviseForm, _("已列入督办。"), key="b", icon="flag"),
    _act("lift", _("解除督办"), confirm.LiftForm, _("已解除督办。"), icon="flag", action=actions.lift_supervision),
    _act("uncertify", _("撤销化解认定"), confirm.UncertifyForm, _("已撤销。"), icon="x", kind="danger"),
    _act("note", _("写备注"), handle.NoteForm, _("备注已保存。"), key="z", icon="edit"),
    _act("link", _("关联"), route.LinkForm, _("已关联。"), key="l", icon="link", template="matters/act_other.html"),
    _act("correct", _("更正登记"), route.CorrectForm, _("已更正。"), key="e", icon="edit"),
    _act("new_code", _("更换查询码"), confirm.NewCodeForm, _("查询码已更换。"), icon="lock"),
    _act("request_review", _("登记复查复核申请"), review.RequestReviewForm, _("申请已登记，上级机关应在三十日内作出意见。"),
         icon="return"),
    _act("admit_review", _("受理申请"), review.AdmitReviewForm, _("已受理，申请人会看到。"), key="a", icon="check",
         template="matters/act_review.html", to_matter=False),
    _act("refuse_review", _("不予受理申请"), review.RefuseReviewForm, _("已告知不予受理。"), icon="x", kind="danger",
         template="matters/act_review.html", to_matter=False),
    _act("decide_review", _("作出复查复核意见"), review.DecideReviewForm, _("意见已作出，请送达。"), key="s", icon="seal",
         template="matters/act_review.html", to_matter=False),
    _act("serve_review", _("送达意见"), review.ServeReviewForm, _("已送达。"), key="s", icon="message", to_matter=False),
    _act("withdraw_review", _("申请人撤回申请"), review.WithdrawReviewForm, _("申请已撤回。"), icon="exit", to_matter=False),
    _act("plan_hearing", _("决定听证"), hearing.PlanHearingForm, _("已决定听证，诉求人会看到时间和地点。"), icon="users"),
    _act("close_hearing", _("结束听证"), hearing.CloseHearingForm, _("听证笔录已保存。"), icon="check", to_matter=False),
    _act("cancel_hearing", _("取消听证"), hearing.CancelHearingForm, _("听证已取消，诉求人会看到理由。"), icon="x",
         to_matter=False),
    _act("simplify", _("适用简易办理"), pace.SimplifyForm, _("已适用简易办理，期限已重新计算。"), icon="forward"),
    _act("to_ordinary", _("转为普通程序"), pace.ToOrdinaryForm, _("已转为普通程序，期限已重新计算。"), icon="return"),
    _act("partly_done", _("阶段办结"), pace.PartlyForm, _("已记录阶段办结。"), icon="clock"),
    _act("ask_designation", _("请上级指定"), designate.AskDesignationForm, _("已请共同的上级指定承办单位。"), icon="seal"),
    _act("designate", _("指定承办单位"), designate.DesignateForm, _("已指定承办单位。"), key="a", icon="seal", to_matter=False),
    _act("recuse", _("回避"), designate.RecuseForm, _("已记录回避。"), icon="users"),
    _act("finalize", pgettext_lazy("act", "终结"), pace.FinalizeForm, _("已终结，帮扶和新的事实不受影响。"), icon="seal"),
    _act("help", _("记录帮扶疏导"), pace.HelpForm, _("已记录。"), icon="message", action=actions.give_help),
    _act("perform", _("记录履行"), settle.PerformForm, _("已记录。"), key="w", icon="check", to_matter=False),
    _act("joint_done", _("完成任务"), settle.JointDoneForm, _("已报送。"), key="t", icon="check"),
    _act("respond", _("记录回应"), settle.RespondForm, _("已记录，诉求人看得到。"), key="n", icon="phone"),
    _act("answer_supervision", _("答复督办"), settle.AnswerSupervisionForm, _("已书面答复。"), key="g", icon="message"),
    _act("mediate", _("记录调解"), settle.MediateForm, _("调解已记录。"), icon="users"),
    _act("settle", _("记录协议"), settle.SettleForm, _("协议已记录，事项照常办理。"), icon="seal",
         template="matters/act_settle.html"),
    _act("void_settlement", _("协议不再有效"), settle.VoidSettlementForm, _("已记录。"), icon="x", kind="danger",
         to_matter=False),
    _act("correct_contact", _("更正电话"), settle.CorrectContactForm, _("电话已更正。"), icon="phone"),
])  # fmt: skip
# The verbs of the transition table that share a form.
ALIASES = {
    "uphold_objection": "rule", "reject_objection": "rule", "grant_extension": "decide_extension",
    "refuse_extension": "decide_extension", "lift_supervision": "lift", "annul": "decide_review",
}  # fmt: skip
