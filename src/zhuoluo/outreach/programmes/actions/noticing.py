"""Publishing awards (公示); objections to them, and an applicant's word against a decision: each a matter of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.matters.rules import KeyReused
from zhuoluo.matters.rules import Refused as MatterRefused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import RESIDENT, Actor
from zhuoluo.outreach.programmes.actions.limits import FILINGS, count_try
from zhuoluo.outreach.programmes.actions.noted import (
    check_approves,
    check_keeps,
    locked,
    locked_programme,
    note,
)
from zhuoluo.outreach.programmes.models import Application, Notice, Objection
from zhuoluo.outreach.programmes.rules.checks import check_why
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.rules.words import OBJECTIONS, RULINGS
from zhuoluo.outreach.programmes.states import APPLICATION, step
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact

MOST_PUBLISHED = 500
APPEALED = frozenset({"refused", "revoked", "approved", "noticed", "paid"})


@transaction.atomic
def publish(
    *, programme_id: UUID, application_ids: Sequence[UUID], by: Actor, at: datetime, law: Law
) -> Notice:
    """Publish approved applications for as many working days as the programme says; all or none."""
    programme = locked_programme(programme_id)
    check_keeps(by, programme)
    wanted = set(application_ids)
    if not wanted:
        raise Refused("请选择要公示的申请")
    if len(wanted) > MOST_PUBLISHED:
        raise Refused("一次最多公示 %(n)s 份", n=MOST_PUBLISHED)
    rows = list(Application.objects.select_for_update().filter(pk__in=wanted, programme=programme))
    if len(rows) != len(wanted):
        raise NotFound
    for row in rows:
        row.state = step(APPLICATION, "publish", row.state)
    today = local_day(at)
    made = Notice.objects.create(
        programme=programme, from_day=today, until_day=law.calendar.add_workdays(today, programme.notice_days),
        made_at=at, made_by=by.id,
    )  # fmt: skip
    for row in rows:
        row.notice = made
    Application.objects.bulk_update(rows, ["state", "notice"])
    note(
        "publish", programme.id, by, at, notice=str(made.id), until=made.until_day.isoformat(),
        numbers=sorted(row.number for row in rows),
    )  # fmt: skip
    return made


def object_to(
    *, application_id: UUID, contact: Contact, text: str, key: str, at: datetime, law: Law, address: str = ""
) -> Registered:
    """Object to a published award: a matter, and no payment until the unit in charge has ruled on it."""
    if address:
        count_try(kind="object", value=address, most=FILINGS, at=at)
    with transaction.atomic():
        row = locked(application_id)
        known = Objection.objects.filter(key=key).first()
        if known is None and (
            row.state != "noticed" or row.notice is None or row.notice.until_day < local_day(at)
        ):
            raise Refused("公示已经结束；有意见请到首页“我要反映”")
        return _raise(row, "objection", contact, text, key, at, law)


def appeal(
    *, application_id: UUID, text: str, key: str, at: datetime, law: Law, address: str = ""
) -> Registered:
    """Raise a matter against a decision; the applicant's contact is the one kept, completed by the address that the law
    asks of a matter (art. 19). The caller checked number and code."""
    with transaction.atomic():
        row = locked(application_id)
        if row.state not in APPEALED:
            raise Refused("还没有结果，有结果以后才能提")
        kept = residents.contact_of(row.raiser_id)
        whole = replace(kept, address=kept.address or address.strip()[:300])
        return _raise(row, "appeal", whole, text, key, at, law)


def _raise(
    row: Application, kind: str, contact: Contact, text: str, key: str, at: datetime, law: Law
) -> Registered:
    programme = row.programme
    about = f"“{programme.title}”（申请编号 {row.number}）{OBJECTIONS[kind]}"
    filing = Filing(
        klass="claim", text=f"{about}：{check_why(text)}", title=about[:60], contact=contact, channel="web", origin="奖补公示",
    )  # fmt: skip
    try:
        made = matters.register(filing=filing, by=RESIDENT, at=at, law=law, key=f"jb-{key}"[:80])
    except (MatterRefused, KeyReused) as error:
        raise Refused(error.sentence, **error.values) from error
    if made.fresh:
        Objection.objects.create(application=row, kind=kind, matter=made.matter, key=key, made_at=at)
    return made


@transaction.atomic
def rule_on(*, objection_id: UUID, ruling: str, why: str, by: Actor, at: datetime) -> Objection:
    """Rule on an objection: dismissed, the award can be paid; upheld, the award is revoked before any payment."""
    found = Objection.objects.select_for_update().filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    row = locked(found.application_id)
    check_approves(by, row.programme)
    if found.kind != "objection" or found.ruling:
        raise Refused("这条已经处理过了")
    if ruling not in RULINGS or not ruling:
        raise Refused("请选择异议成立或者不成立")
    found.ruling, found.why, found.ruled_by, found.ruled_at = ruling, check_why(why), by.id, at
    found.save(update_fields=["ruling", "why", "ruled_by", "ruled_at"])
    if ruling == "upheld":
        row.state = step(APPLICATION, "revoke", row.state)
        row.save(update_fields=["state"])
    note("rule", row.id, by, at, number=row.number, ruling=ruling)
    return found
