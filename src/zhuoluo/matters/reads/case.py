"""A matter as one member of staff meets it: what they may do now, and why not the rest.

The rights and conditions repeat what the actions refuse, so that no button leads to a refusal; the actions decide.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from zhuoluo.clock import Due, reckon
from zhuoluo.kit.spoken import spoken
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import Commitment, Extension, Matter, Objection
from zhuoluo.matters.reads.page import Page, page
from zhuoluo.matters.reads.visible import not_about, opened_by
from zhuoluo.matters.states import HANDLED, Verb, against, allowed
from zhuoluo.org.reads import SHANGHAI, Law, below, units
from zhuoluo.org.rules import Actor, Permission, may


@dataclass(frozen=True)
class Case:
    """A matter, who looks at it, and the moment and law under which they do."""

    page: Page
    actor: Actor
    now: datetime
    law: Law

    @property
    def matter(self) -> Matter:
        """Return the matter itself."""
        return self.page.matter

    @cached_property
    def units(self) -> frozenset[UUID]:
        """Return the units that take part today."""
        return frozenset(p.unit_id for p in self.page.parties if p.until_at is None)

    @cached_property
    def accused(self) -> frozenset[UUID]:
        """Return the units complained of and everything under them: never offered anywhere."""
        return below(frozenset(a.unit_id for a in self.page.about if a.unit_id))

    @property
    def leads(self) -> bool:
        """Say whether the reader belongs to the handling unit."""
        return self.matter.lead_unit_id in self.actor.units

    @property
    def objection(self) -> Objection | None:
        """Return the objection that waits for its ruling."""
        return next((o for o in self.page.objections if o.ruled_at is None), None)

    @property
    def extension(self) -> Extension | None:
        """Return the request for an extension that waits for the head."""
        return next((e for e in self.page.extensions if e.decided_at is None), None)

    def owed(self, kind: str) -> Commitment | None:
        """Return the open commitment of a kind."""
        return next((p.row for p in self.page.open if p.row.kind == kind), None)

    def window(self) -> Due | None:
        """Return the 5 working days for an objection (信访工作条例 art. 23) to the sending that stands now."""
        accept = self.owed("accept")
        if accept is None:
            return None
        term = self.law.rulebook.term("xf.object", accept.opened_at.astimezone(SHANGHAI).date())
        return reckon(term, accept.opened_at, self.law.calendar)


def case(
    actor: Actor, number: str, *, now: datetime, law: Law, entries: int = 500, before: int | None = None
) -> Case:
    """Return a matter by its number as `actor` meets it now. Raises NotFound."""
    found = opened_by(actor, number)
    whole = page(found.matter, now=now, entries=entries, before=before, opened=found)
    return Case(_unaccused(whole, actor) if whole.related else whole, actor, now, law)


def _unaccused(whole: Page, actor: Actor) -> Page:
    """Leave out that matters about the reader were linked or merged here: not even their numbers are theirs to know
    (信访工作条例 art. 30, 46)."""
    numbers = [other.number for other in whole.related]
    may_know = set(
        Matter.objects.filter(not_about(actor, "pk"), number__in=numbers).values_list("number", flat=True)
    )
    if may_know.issuperset(numbers):
        return whole
    return replace(
        whole,
        related=[other for other in whole.related if other.number in may_know],
        story=[told for told in whole.story if told.payload.get("other_number", "") in may_know | {""}],
    )


Condition = Callable[[Case], str | None]  # what stands against it, or None


@dataclass(frozen=True)
class Right:
    """Who may do an act. Of `permissions` the first held counts.

    `reach`: "unit" (only on matters their unit takes part in), "any", or "readers" (any for those who read all).
    """

    verbs: tuple[Verb, ...]
    permissions: tuple[Permission, ...]
    reach: str = "unit"
    conditions: tuple[Condition, ...] = ()


def why_not(case: Case, name: str) -> str | None:
    """Return why the reader cannot do the act now, as a sentence, or None when they can."""
    right = RIGHTS[name]
    if not any(allowed(verb, case.matter.stage) for verb in right.verbs):
        return spoken(against(right.verbs[0], case.matter.stage))
    if not _may(case, right):
        return _("您的岗位不能对这件事项这样办理")
    return next((objection for condition in right.conditions if (objection := condition(case))), None)


def permitted(case: Case, name: str) -> bool:
    """Say whether the reader's posts let them do the act on this matter at all, whatever state it is in."""
    return _may(case, RIGHTS[name])


def offered(case: Case) -> list[str]:
    """Return the names of the acts open to the reader now, in the order of the table."""
    return [name for name in RIGHTS if why_not(case, name) is None]


def _may(case: Case, right: Right) -> bool:
    actor = case.actor
    permission = next((p for p in right.permissions if actor.can(p)), None)
    if permission is None:
        return False
    anywhere = right.reach == "any" or (right.reach == "readers" and actor.can(Permission.READ_ALL))
    return may(actor, permission, units=None if anywhere else case.units)


# --- conditions ---


def _lead(case: Case) -> str | None:
    return None if case.leads else _("只有主办单位可以这样办理")


def _calm(case: Case) -> str | None:
    return _("退回异议还没有裁定") if case.objection else None


def _ours(case: Case) -> str | None:
    if case.matter.klass == "litigation":
        return _("涉法涉诉事项请告知途径，移送有权机关（信访工作条例第22条）")
    return None


def _simple(case: Case) -> str | None:
    if case.matter.klass in {"inquiry", "suggestion"}:
        return None
    return _("只有咨询求助、建议意见可以当场答复；申诉求决要出具处理意见书（信访工作条例第32条）")


def _sender(case: Case) -> str | None:
    return None if case.matter.sender_id in case.actor.units else _("只有转出单位可以这样办理")


def _in_window(case: Case) -> str | None:
    accept, window = case.owed("accept"), case.window()
    if accept is None or window is None or any(o.commitment_id == accept.id for o in case.page.objections):
        return _("对这次转交已经提出过异议")
    if not window.in_time(case.now):
        return _("提出异议应在收到之日起 5 个工作日内（信访工作条例第23条），期限已过，请依法受理")
    return None


def _objected(case: Case) -> str | None:
    return None if case.objection else _("没有等待裁定的异议")


def _helps(case: Case) -> str | None:
    mine = (p for p in case.page.open if p.row.kind == "cohandle" and p.row.unit_id in case.actor.units)
    return None if any(mine) else _("您的单位没有待反馈的协办事项")


def _extendable(case: Case) -> str | None:
    answer = case.owed("answer")
    if answer is None:
        return _("没有正在计算的答复期限")
    if case.extension:
        return _("已有一份延期申请等待审批")
    if answer.extension:
        return _("只能延期一次（信访工作条例第34条）")
    return _("办理期限已经届满，不能再延期（信访工作条例第34条）") if case.now >= answer.due else None


def _asked_extension(case: Case) -> str | None:
    return None if case.extension else _("没有等待审批的延期申请")


def _drafted(case: Case) -> str | None:
    return None if case.page.draft else _("还没有起草答复")


def _owes(kind: str, otherwise: Callable[[], str]) -> Condition:
    def check(case: Case) -> str | None:
        return None if case.owed(kind) else otherwise()

    return check


def _apart(*verbs: Verb) -> Condition:
    def check(case: Case) -> str | None:
        if _handled(case, HANDLED | set(verbs)):
            return _("承办人和承办单位不能回访、评价或者认定化解自己办理的事项，请由其他人员办理")
        return None

    return check


def _handled(case: Case, verbs: frozenset[Verb]) -> bool:
    actor = case.actor
    if any(p.role in {"lead", "co"} and p.unit_id in actor.units for p in case.page.parties):
        return True
    if actor.id is None or actor.id == case.matter.lead_person_id:
        return True
    if any(told.actor_id == actor.id and told.verb in verbs for told in case.page.story):
        return True
    entries = ledger.about([case.matter.id])
    return not case.page.whole and entries.filter(actor_id=actor.id, verb__in=verbs).exists()


def _not_denied(case: Case) -> str | None:
    word = case.page.word
    if word is not None and word.solved == "no":
        return _("诉求人表示没有解决，请先复核，不能认定化解")
    return _("已经认定化解") if case.page.reached("resolved") else None


def _resolved(case: Case) -> str | None:
    return None if case.page.reached("resolved") else _("还没有认定化解")


_P, _V = Permission, Verb
_OVERSEER = (_P.CERTIFY, _P.SUPERVISE, _P.RULE)
RIGHTS: dict[str, Right] = {
    "rule": Right((_V.UPHOLD, _V.REJECT), (_P.RULE, _P.TRIAGE), conditions=(_objected, _sender)),
    "decide_extension": Right(
        (_V.GRANT_EXTENSION, _V.REFUSE_EXTENSION), (_P.ISSUE,), conditions=(_lead, _asked_extension)
    ),
    "accept": Right((_V.ACCEPT,), (_P.TRIAGE,), conditions=(_ours,)),
    "take": Right((_V.TAKE,), (_P.HANDLE,), conditions=(_lead, _calm, _ours)),
    "forward": Right((_V.FORWARD,), (_P.TRIAGE,)),
    "assign": Right((_V.ASSIGN,), (_P.TRIAGE,)),
    "answer_now": Right((_V.ANSWER_NOW,), (_P.TRIAGE,), conditions=(_simple,)),
    "object": Right((_V.OBJECT,), (_P.HANDLE,), conditions=(_lead, _in_window)),
    "issue": Right((_V.ISSUE,), (_P.ISSUE,), conditions=(_lead, _drafted)),
    "draft": Right((_V.DRAFT,), (_P.HANDLE,), conditions=(_lead,)),
    "serve": Right((_V.SERVE,), (_P.HANDLE,), conditions=(_lead,)),
    "execute": Right(
        (_V.EXECUTE,), (_P.HANDLE,), conditions=(_lead, _owes("execute", lambda: _("没有待落实的事项")))
    ),
    "report_back": Right((_V.REPORT_BACK,), (_P.HANDLE,), conditions=(_helps,)),
    "report_done": Right(
        (_V.REPORT_DONE,), (_P.HANDLE,), conditions=(_lead, _owes("report", lambda: _("这件事项没有要求报送办结报告"))),
    ),
    "call_back": Right((_V.CALL_BACK,), (_P.CALL_BACK,), "any", (_apart(),)),
    "reopen": Right((_V.REOPEN,), _OVERSEER, "any", (_apart(),)),
    "keep_answer": Right(
        (_V.KEEP_ANSWER,), _OVERSEER, "any", (_owes("recheck", lambda: _("没有待复核的不满意意见")), _apart())
    ),
    "certify": Right((_V.CERTIFY,), (_P.CERTIFY,), "any", (_not_denied, _apart(_V.CALL_BACK))),
    "hand_over": Right((_V.HAND_OVER,), (_P.HANDLE,), conditions=(_lead,)),
    "ask_extension": Right((_V.ASK_EXTENSION,), (_P.HANDLE,), conditions=(_lead, _extendable)),
    "redirect": Right((_V.REDIRECT,), (_P.TRIAGE,)),
    "recall": Right((_V.RECALL,), (_P.TRIAGE,), conditions=(_sender, _calm)),
    "add_evidence": Right((_V.ADD_EVIDENCE,), (_P.HANDLE, _P.CALL_BACK, _P.REGISTER), "readers"),
    "ask_more": Right((_V.ASK_MORE,), (_P.REGISTER,)),
    "merge": Right((_V.MERGE,), (_P.TRIAGE,)),
    "invite": Right((_V.INVITE,), (_P.HANDLE,), conditions=(_lead,)),
    "supplement": Right((_V.SUPPLEMENT,), (_P.REGISTER,)),
    "decline": Right((_V.DECLINE,), (_P.TRIAGE,)),
    "reinstate": Right((_V.REINSTATE,), (_P.TRIAGE,)),
    "unmerge": Right((_V.UNMERGE,), (_P.TRIAGE,)),
    "supervise": Right((_V.SUPERVISE,), (_P.SUPERVISE,), "any"),
    "lift": Right(
        (_V.LIFT,), (_P.SUPERVISE,), "any", (_owes("supervise", lambda: _("这件事项没有在督办")),)
    ),
    "uncertify": Right((_V.UNCERTIFY,), _OVERSEER, "any", (_resolved,)),
    "note": Right((_V.NOTE,), (_P.REGISTER,), "readers"),
    "link": Right((_V.LINK,), (_P.REGISTER,)),
    "correct": Right((_V.CORRECT,), (_P.TRIAGE,)),
    "new_code": Right((_V.NEW_CODE,), (_P.REGISTER,), "readers", (_apart(),)),
}  # fmt: skip


def likely(case: Case, names: list[str]) -> str | None:
    """Return the act that fulfils what the reader owes soonest, if one of `names` does."""
    if "decide_extension" in names:
        return "decide_extension"
    for promise in case.page.open:
        if promise.row.unit_id in case.actor.units:
            for name in _fulfils(case, promise.row.kind):
                if name in names:
                    return name
    return None


def _fulfils(case: Case, kind: str) -> tuple[str, ...]:
    if kind == "route":
        if _ours(case):
            return ("redirect", "forward")
        own = units().get(case.actor.unit_id) if case.actor.unit_id else None
        return ("forward", "accept") if own is not None and own.kind == "office" else ("accept", "forward")
    if kind == "answer":
        return ("issue", "draft") if case.page.draft is not None else ("draft",)
    return _FULFIL.get(kind, ())


_FULFIL = {
    "accept": ("take",), "rule": ("rule",), "serve": ("serve",), "execute": ("execute",), "report": ("report_done",),
    "callback": ("call_back",), "recheck": ("reopen", "keep_answer"), "cohandle": ("report_back",),
}  # fmt: skip
