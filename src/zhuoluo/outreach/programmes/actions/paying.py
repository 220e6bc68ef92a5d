"""Recording payments, and what comes back: rows of their own, each with its voucher, never an edit."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from zhuoluo.clock import local_day
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes.actions.noted import act, check_pays, locked, note_all
from zhuoluo.outreach.programmes.models import Application, Award, Objection, Payment
from zhuoluo.outreach.programmes.rules.checks import check_payer, check_payment, check_return, check_why
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.rules.sheet import read_voucher
from zhuoluo.outreach.programmes.states import APPLICATION, step


def pay(
    *, award_id: UUID, amount: int, day: date, voucher: str, key: str, by: Actor, at: datetime
) -> Payment:
    """Record that money went out: after the notice, never by who checked or approved, never more than is left.

    The same form sent twice is one payment; a voucher stands for one payment only.
    """
    check_pays(by)
    return _once(award_id, "paid", amount, day, voucher, "", key, by, at)


def give_back(
    *,
    award_id: UUID,
    kind: str,
    amount: int,
    day: date,
    voucher: str,
    why: str,
    key: str,
    by: Actor,
    at: datetime,
) -> Payment:
    """Record that money came back, as a negative row: `returned` may be paid again, `clawed` may not."""
    check_pays(by)
    if kind not in ("returned", "clawed"):
        raise Refused("请选择退回还是追回")
    return _once(award_id, kind, -amount, day, voucher, why, key, by, at)


def _once(
    award_id: UUID,
    kind: str,
    amount: int,
    day: date,
    voucher: str,
    why: str,
    key: str,
    by: Actor,
    at: datetime,
) -> Payment:
    written = read_voucher(voucher)
    known = Payment.objects.filter(key=key).first()
    if known is not None:
        return _again(known, award_id, amount, written)
    try:
        with transaction.atomic():
            made, entry = write(award_id, kind, amount, day, written, why, key, by, at)
            note_all([entry], at)
    except (IntegrityError, Refused) as error:
        known = Payment.objects.filter(
            key=key
        ).first()  # the same form may have come first, at the same moment
        if known is not None:
            return _again(known, award_id, amount, written)
        if isinstance(error, Refused):
            raise
        if Payment.objects.filter(voucher=written).exists():
            raise Refused("凭证号 %(voucher)s 已经用过，一个凭证只能兑现一次", voucher=written) from error
        raise
    return made


def _again(known: Payment, award_id: UUID, amount: int, voucher: str) -> Payment:
    if (known.award_id, known.amount, known.voucher) != (award_id, amount, voucher):
        raise Refused("这张表已经登记过（凭证号 %(voucher)s），不能再用来登记别的", voucher=known.voucher)
    return known


def write(
    award_id: UUID,
    kind: str,
    amount: int,
    day: date,
    voucher: str,
    why: str,
    key: str,
    by: Actor,
    at: datetime,
) -> tuple[Payment, Act]:
    """Write one row with all its checks, inside the caller's transaction; return it and its entry, not yet left."""
    owner = Award.objects.filter(pk=award_id).values_list("application_id", flat=True).first()
    if owner is None:
        raise NotFound
    row = locked(owner)
    award = Award.objects.get(pk=award_id)
    check_payer(by.id, (row.checked_by, row.approved_by))
    if Payment.objects.filter(voucher=voucher).exists():
        raise Refused("凭证号 %(voucher)s 已经用过，一个凭证只能兑现一次", voucher=voucher)
    if kind == "paid":
        _check_out(row, award, amount, day, at)
    else:
        check_return(-amount, award.paid)
        why = check_why(why)
        if day > local_day(at):
            raise Refused("日期不能晚于今天")
    barred = -amount if kind == "clawed" else 0
    # The database adds, and refuses more than was awarded whatever was read before.
    Award.objects.filter(pk=award.pk).update(paid=F("paid") + amount, barred=F("barred") + barred)
    made = Payment.objects.create(
        award=award, kind=kind, amount=amount, day=day, voucher=voucher, why=why[:500], key=key, recorded_at=at,
        recorded_by=by.id,
    )  # fmt: skip
    left = Award.objects.filter(application=row, amount__gt=F("paid") + F("barred")).exists()
    Application.objects.filter(pk=row.pk).update(state="noticed" if left else "paid")
    verb = "pay" if kind == "paid" else "give_back"
    entry = act(
        verb, row.id, by, at, number=row.number, award=str(award.id), kind=kind, amount=amount, day=day.isoformat(),
        voucher=voucher,
    )  # fmt: skip
    return made, entry


def _check_out(row: Application, award: Award, amount: int, day: date, at: datetime) -> None:
    step(APPLICATION, "pay", row.state)
    if Objection.objects.filter(application=row, kind="objection", ruling="").exists():
        raise Refused("公示收到异议，主管单位处理以后才能兑现")
    notice = row.notice
    if notice is None:
        raise Refused("还没有公示，不能兑现")
    check_payment(amount, award.amount - award.paid - award.barred, day, notice.until_day, local_day(at))
