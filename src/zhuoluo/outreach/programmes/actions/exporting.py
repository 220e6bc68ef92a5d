"""Lists taken out of the house: masked, and recorded as a look at every application in them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.programmes.actions.noted import REGISTER, note
from zhuoluo.outreach.programmes.reads import applications, payments
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.residents.actions import record_exports

MOST = 5000
PAYS = (Permission.EXPORT, Permission.PAY)


@transaction.atomic
def export_payments(*, sought: payments.Sought, by: Actor, at: datetime) -> list[payments.Row]:
    """Return the rows of the payment register that leave the house."""
    if not any(may(by, permission) for permission in PAYS):
        raise Forbidden("您的岗位不能导出台账")
    rows, more = payments.register(by, sought, limit=MOST)
    _record([row.payment.award.application_id for row in rows], more, "导出兑现台账", by, at)
    return rows


@transaction.atomic
def export_applications(*, sought: applications.Sought, by: Actor, at: datetime) -> list[applications.Line]:
    """Return the applications that leave the house."""
    if not any(may(by, permission) for permission in PAYS):
        raise Forbidden("您的岗位不能导出台账")
    rows, more = applications.page(by, sought, limit=MOST)
    _record([line.row.id for line in rows], more, "导出奖补申请", by, at)
    return rows


def _record(ids: list[UUID], more: str, reason: str, by: Actor, at: datetime) -> None:
    if more:
        raise Refused("一次最多导出 %(n)s 行，请缩小范围", n=MOST)
    record_exports(subject_ids=list(dict.fromkeys(ids)), by=by, at=at, reason=reason)
    note("export", REGISTER, by, at, rows=len(ids))
