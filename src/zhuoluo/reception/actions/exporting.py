"""The register taken out of the house: who took it, and every matter in it, are recorded."""

from datetime import datetime

from django.db import transaction

from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.reception.actions.noted import ROSTER, note
from zhuoluo.reception.reads.register import Sought, register
from zhuoluo.reception.rules.register import Row
from zhuoluo.reception.rules.words import FORMS
from zhuoluo.residents.actions import record_exports

MOST_BATCHES = 1000
WITH_IDENTITY = 200


@transaction.atomic
def export(*, sought: Sought, identity: bool, why: str, by: Actor, at: datetime) -> list[Row]:
    """Return the rows of the register that leave the house, recorded as a look at every matter in them.

    Names and addresses in clear need a permission of their own and a reason; otherwise they are masked.
    """
    if not may(by, Permission.EXPORT):
        raise Forbidden("您的岗位不能导出台账")
    if identity and not may(by, Permission.EXPORT_IDENTITY):
        raise Forbidden("您的岗位不能导出身份信息")
    if identity and len(why.strip()) < 5:
        raise Refused("请写明导出身份信息的理由，理由会留在每件事项的查看记录里")
    page = register(by, sought, now=at, limit=MOST_BATCHES, identity=identity)
    if page.next or (identity and len(page.rows) > WITH_IDENTITY):
        raise Refused("一次导出的太多，请按月份、领导或者形式缩小范围")
    reason = why.strip()[:200] or "导出接访台账"
    record_exports(
        subject_ids=list(dict.fromkeys(row.matter for row in page.rows)), by=by, at=at, reason=reason
    )
    month = sought.month.isoformat() if sought.month else ""
    form = sought.form if sought.form in FORMS else ""
    note("export", ROSTER, by, at, rows=len(page.rows), identity=identity, month=month, form=form)
    return [kept.row for kept in page.rows]
