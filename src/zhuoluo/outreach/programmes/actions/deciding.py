"""Checking an application, asking for more, refusing it, approving it: never both by the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from zhuoluo.clock import local_day
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.programmes.actions.noted import (
    check_approves,
    check_keeps,
    cited,
    locked,
    locked_programme,
    note,
)
from zhuoluo.outreach.programmes.models import Application, Ask, Award, Programme
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.checks import (
    check_approver,
    check_award,
    check_budget,
    check_why,
)
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.states import APPLICATION, GIVEN, step


@dataclass(frozen=True)
class Decided:
    """What is awarded for one item: fen, and why when it is less than the rule gives."""

    ask_id: UUID
    amount: int
    why: str = ""


@transaction.atomic
def ask_more(*, application_id: UUID, what: str, until: date | None, by: Actor, at: datetime) -> Application:
    """Say what is missing, and until when it may be added."""
    row = locked(application_id)
    check_keeps(by, row.programme)
    row.state = step(APPLICATION, "ask_more", row.state)
    if until is None:
        raise Refused("请写哪天前补齐")
    if until <= local_day(at):
        raise Refused("补材料的期限要晚于今天")
    row.asked, row.asked_until = check_why(what), until
    row.save(update_fields=["state", "asked", "asked_until"])
    note("ask_more", row.id, by, at, number=row.number, until=until.isoformat())
    return row


@transaction.atomic
def check(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """Find an application complete; who did so neither approves nor pays it."""
    row = locked(application_id)
    check_keeps(by, row.programme)
    row.state = step(APPLICATION, "check", row.state)
    row.checked_by, row.checked_at = by.id, at
    row.save(update_fields=["state", "checked_by", "checked_at"])
    note("check", row.id, by, at, number=row.number)
    return row


@transaction.atomic
def refuse(*, application_id: UUID, why: str, clause_id: UUID | None, by: Actor, at: datetime) -> Application:
    """Refuse an application with the reason and the clause; the applicant reads both and may raise a matter."""
    row = locked(application_id)
    programme = row.programme
    if not may(by, Permission.ISSUE, units={programme.unit_id}):
        check_keeps(by, programme)
    row.state = step(APPLICATION, "refuse", row.state)
    row.refused_why = check_why(why)
    if clause_id is None:
        raise Refused("请选择依据哪一条")
    row.refused_clause_id, row.refused_by_rule = clause_id, cited(clause_id, local_day(at))
    row.save(update_fields=["state", "refused_why", "refused_clause", "refused_by_rule"])
    note("refuse", row.id, by, at, number=row.number, clause=str(clause_id))
    return row


@transaction.atomic
def approve(*, application_id: UUID, awards: Sequence[Decided], by: Actor, at: datetime) -> Application:
    """Award an amount for each item asked, with its clause as in force today. The budget is never passed."""
    programme = locked_programme(
        Application.objects.values_list("programme_id", flat=True).get(pk=application_id)
    )
    row = locked(application_id)
    check_approves(by, programme)
    row.state = step(APPLICATION, "approve", row.state)
    check_approver(by.id, row.checked_by)
    rows = _awards(row, awards, local_day(at))
    more = sum(award.amount for award in rows)
    check_budget(programme.budget, bound(programme), more)
    Award.objects.bulk_create(rows)
    row.approved_by, row.approved_at = by.id, at
    row.save(update_fields=["state", "approved_by", "approved_at"])
    note("approve", row.id, by, at, number=row.number, amount=more, items=len(rows))
    return row


def _awards(row: Application, awards: Sequence[Decided], today: date) -> list[Award]:
    asks = {ask.id: ask for ask in Ask.objects.filter(application=row).select_related("item")}
    if not awards:
        raise Refused("请至少批准一项；都不批准，请选“不予通过”")
    if len({d.ask_id for d in awards}) != len(awards) or any(d.ask_id not in asks for d in awards):
        raise Refused("请选择这份申请里的项目")
    rows = []
    for decided in awards:
        ask = asks[decided.ask_id]
        check_award(decided.amount, reckoned(ask.item, ask.base, ask.grade).fen, decided.why)
        rows.append(
            Award(
                application=row, item=ask.item, amount=decided.amount, clause_id=ask.item.clause_id,
                basis=cited(ask.item.clause_id, today), why=decided.why.strip()[:500],
            )
        )  # fmt: skip
    return rows


def bound(programme: Programme) -> int:
    """Return what of a budget is bound by awards that stand, less what was clawed back."""
    standing = Award.objects.filter(application__programme=programme, application__state__in=GIVEN)
    total: int | None = standing.aggregate(total=Sum(F("amount") - F("barred")))["total"]
    return int(total or 0)  # a sum of large integers is a decimal on PostgreSQL


def may_approve(by: Actor, row: Application) -> bool:
    """Say whether somebody may approve an application (for the buttons of a page)."""
    try:
        check_approves(by, row.programme)
        check_approver(by.id, row.checked_by)
    except (Refused, Forbidden):
        return False
    return row.state == "checked"
