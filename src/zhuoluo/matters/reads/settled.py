"""The rights about settlements, tasks of joint meetings, answers to supervision and the raiser's phone."""

from django.utils.translation import gettext as _

from zhuoluo.matters.models import Commitment, Obligation, Settlement
from zhuoluo.matters.reads.met import Case, Right
from zhuoluo.matters.rules import RESPONSES
from zhuoluo.matters.states import Verb
from zhuoluo.org.rules import Permission


def open_obligations(case: Case) -> list[Obligation]:
    """Return what was promised in settlements that hold and is not done yet, the soonest first."""
    held = {row.id for row in live_settlements(case)}
    return [row for row in case.page.obligations if row.done_at is None and row.settlement_id in held]


def live_settlements(case: Case) -> list[Settlement]:
    """Return the settlements that hold, of the reader's units."""
    return [row for row in case.page.settlements if row.voided_at is None and row.unit_id in case.actor.units]


def joint_rows(case: Case) -> list[Commitment]:
    """Return the open tasks of joint meetings that the reader's units owe."""
    return [p.row for p in case.page.open if p.row.kind == "joint" and p.row.unit_id in case.actor.units]


def _signs(case: Case) -> str | None:
    signing = case.matter.lead_unit_id or case.matter.registered_by_id
    return None if signing in case.actor.units else _("由主办单位记录协议")


def _promised(case: Case) -> str | None:
    return None if open_obligations(case) else _("没有等着履行的")


def _signed(case: Case) -> str | None:
    return None if live_settlements(case) else _("没有有效的协议")


def _has_task(case: Case) -> str | None:
    return None if joint_rows(case) else _("您的单位没有这项任务，或者已经完成")


def responses(case: Case) -> list[Commitment]:
    """Return the first responses that the reader's units still owe."""
    return [p.row for p in case.page.open if p.row.kind in RESPONSES and p.row.unit_id in case.actor.units]


def _awaited(case: Case) -> str | None:
    return None if responses(case) else _("没有等着回应的")


def _supervised(case: Case) -> str | None:
    row = case.owed("supervise")
    return None if row and row.unit_id in case.actor.units else _("由被督办的单位书面答复")


_P, _V = Permission, Verb
SETTLED_RIGHTS: dict[str, Right] = {
    "perform": Right((_V.PERFORM,), (_P.HANDLE,), conditions=(_promised,)),
    "joint_done": Right((_V.JOINT_DONE,), (_P.HANDLE,), conditions=(_has_task,)),
    "respond": Right((_V.RESPOND,), (_P.HANDLE,), conditions=(_awaited,)),
    "answer_supervision": Right((_V.ANSWER_SUPERVISION,), (_P.HANDLE,), conditions=(_supervised,)),
    "mediate": Right((_V.MEDIATE,), (_P.REGISTER,)),
    "settle": Right((_V.SETTLE,), (_P.HANDLE,), conditions=(_signs,)),
    "void_settlement": Right((_V.VOID_SETTLEMENT,), (_P.HANDLE,), conditions=(_signed,)),
    "correct_contact": Right((_V.CORRECT_CONTACT,), (_P.REGISTER,), "readers"),
}
SETTLED_FULFILS = {"perform": ("perform",), "joint": ("joint_done",), "supervise": ("answer_supervision",)}
SETTLED_FULFILS |= dict.fromkeys(RESPONSES, ("respond",))
