"""Mediation and settlement: what both sides signed and whether it was done. None of it closes or blocks anything."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from zhuoluo.clock import set_date
from zhuoluo.matters.actions.change import Change, change, local_day
from zhuoluo.matters.models import Attachment, Matter, Obligation, Settlement
from zhuoluo.matters.rules import Owes, Refused, check_mediation, check_settlement
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission


def mediate(
    *, matter_id: UUID, consent_of_both: bool, mediator: str, result: str, account: str, by: Actor, at: datetime,
    law: Law, version: int | None = None,
) -> Matter:  # fmt: skip
    """Record a mediation that both sides agreed to (art. 33): who led it, how it went. No clock stops for it."""
    check_mediation(consent_of_both=consent_of_both, mediator=mediator, result=result, account=account)
    with change(
        matter_id, Verb.MEDIATE, by=by, at=at, law=law, permission=Permission.REGISTER, version=version
    ) as act:
        act.payload["result"] = result
        act.say(f"{mediator.strip()}：{account.strip()}", to_raiser=True)
    return act.matter


def settle(
    *, matter_id: UUID, kind: str, text: str, signed_on: date, free_will: str, by: Actor, at: datetime, law: Law,
    obligations: Sequence[tuple[str, str, date]] = (), nothing_owed: bool = False, mediator: str = "",
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Settlement:  # fmt: skip
    """Keep a signed settlement: its text, its day, that it was free, what each side owes (obligations: side, what, until).

    The stage stays as it is and no right of the raiser ends: they may still dispute, ask for a review, go to court.
    What the unit's side owes becomes a commitment of its own, by its day. The first of `files` is the signed sheet.
    """
    owes = [Owes(*one) for one in obligations]
    check_settlement(kind, text, signed_on, free_will, owes, today=local_day(at), nothing_owed=nothing_owed)
    with change(
        matter_id, Verb.SETTLE, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:
        if by.kind == "staff" and _signing(act) not in by.units:
            raise Refused("由主办单位记录协议")
        if Settlement.objects.filter(
            matter=act.matter, text=text.strip(), signed_on=signed_on, voided_at__isnull=True
        ).exists():
            raise Refused("这份协议已经记录过了")
        row = Settlement.objects.create(
            matter=act.matter, kind=kind, text=text.strip(), signed_on=signed_on, free_will=free_will.strip(),
            mediator=mediator.strip()[:120], unit_id=_signing(act), file_id=files[0][0] if files else None, at=at,
        )  # fmt: skip
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], to_raiser=True, at=at)
            for f, r, c in files
        )
        for one in owes:
            _owe(act, row, one)
        if any(one.side == "unit" for one in owes):
            act.undo("performed")
        act.reach("settled")
        act.payload |= {"settlement": kind, "agreement": str(row.id), "obligations": len(owes)}
    return row


def _signing(act: Change) -> UUID:
    """The unit's side of a settlement: the unit that handles the matter, or holds it before there is one."""
    return act.matter.lead_unit_id or act.matter.registered_by_id


def _owe(act: Change, row: Settlement, one: Owes) -> None:
    owed = Obligation.objects.create(settlement=row, side=one.side, what=one.what.strip(), until=one.until)
    if one.side == "unit":
        due = set_date(one.until, _signed(row), act.law.calendar)
        act.open("perform", due, unit=row.unit_id, person=act.matter.lead_person_id, subject=owed.id)


def _signed(row: Settlement) -> datetime:
    """A moment on the day of signature: what is owed runs from there, also where it was recorded later."""
    return row.at - timedelta(days=(local_day(row.at) - row.signed_on).days)


def perform(
    *, obligation_id: UUID, account: str, by: Actor, at: datetime, law: Law,
    files: Sequence[tuple[UUID, str, str]] = (), version: int | None = None,
) -> Obligation:  # fmt: skip
    """Record that something promised in a settlement was done, and how. Once the unit did all of it: performed."""
    if len(account.strip()) < 5:
        raise Refused("请写明怎样履行的")
    row = Obligation.objects.select_related("settlement").get(pk=obligation_id)
    with change(
        row.settlement.matter_id, Verb.PERFORM, by=by, at=at, law=law, permission=Permission.HANDLE, version=version
    ) as act:  # fmt: skip
        row.refresh_from_db()  # as it is under the lock
        if by.kind == "staff" and row.settlement.unit_id not in by.units:
            raise Refused("由签订协议的单位记录履行情况")
        if row.settlement.voided_at is not None:
            raise Refused("这份协议已经撤销")
        if row.done_at is not None:
            raise Refused("这一项已经履行")
        row.done_at, row.account = at, account.strip()
        row.save(update_fields=["done_at", "account"])
        act.close("perform", subject=row.id)
        Attachment.objects.bulk_create(
            Attachment(matter=act.matter, file_id=f, role=r, caption=c[:120], to_raiser=True, at=at)
            for f, r, c in files
        )
        if _all_done(act.matter):
            act.reach("performed")
        act.payload["side"] = row.side
        act.say(account, to_raiser=True)
    return row


def _all_done(matter: Matter) -> bool:
    """Say whether the unit owed something and did all of it; what nobody owes is not "performed"."""
    owed = Obligation.objects.filter(
        settlement__matter=matter, settlement__voided_at__isnull=True, side="unit"
    )
    return owed.exists() and not owed.filter(done_at__isnull=True).exists()


def void_settlement(*, settlement_id: UUID, reason: str, by: Actor, at: datetime, law: Law) -> Settlement:
    """Note that a settlement no longer holds, with the reason; that it was signed stays readable and countable."""
    if len(reason.strip()) < 5:
        raise Refused("请写明协议为什么不再有效")
    row = Settlement.objects.get(pk=settlement_id)
    with change(
        row.matter_id, Verb.VOID_SETTLEMENT, by=by, at=at, law=law, permission=Permission.HANDLE
    ) as act:
        row.refresh_from_db()
        if by.kind == "staff" and row.unit_id not in by.units:
            raise Refused("由签订协议的单位记录")
        if row.voided_at is not None:
            raise Refused("这份协议已经撤销")
        row.voided_at, row.void_reason = at, reason.strip()
        row.save(update_fields=["voided_at", "void_reason"])
        for one in row.obligations.filter(done_at__isnull=True):
            act.close("perform", "cancelled", subject=one.id)
        if not Settlement.objects.filter(matter=act.matter, voided_at__isnull=True).exists():
            act.undo("settled")
        if not _all_done(act.matter):
            act.undo("performed")
        act.payload |= {"settlement": row.kind, "agreement": str(row.id)}
        act.say(reason, to_raiser=True)
    return row
