"""Visits, and what enterprises need: each need a matter, with the unit's first contact owed in two working days."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise.actions.noted import check_keeps, locked, note
from zhuoluo.enterprise.models import Firm, Need, Visit
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.words import VISITS
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents.actions import Contact, contact_of

KLASSES = ("claim", "inquiry", "suggestion")


def visit(*, firm_id: UUID, kind: str, day: date, heard: str, key: str, by: Actor, at: datetime) -> Visit:
    """Record a visit by whoever paid it. The same form sent twice is one visit."""
    if kind not in VISITS:
        raise Refused("请选择是上门、座谈还是电话")
    if day > local_day(at):
        raise Refused("日期不能晚于今天")
    if len(heard.strip()) < 5:
        raise Refused("请写听到了什么、看到了什么")
    if by.id is None:
        raise Refused("请登录以后记录")
    known = Visit.objects.filter(key=key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            firm = locked(Firm.objects.all(), firm_id)
            check_keeps(by, firm)
            row = Visit.objects.create(
                firm=firm, kind=kind, day=day, by_id=by.id, heard=heard.strip(), key=key, made_at=at
            )
            note("visit", row.id, by, at, firm=str(firm.id), kind=kind)
            return row
    except IntegrityError:
        known = Visit.objects.filter(key=key).first()
        if known is None:
            raise
        return known


def contact(firm: Firm, given: Contact | None) -> Contact:
    """Return who raises what a firm needs: the firm, reached through the person given or the one in the register."""
    who = given or (contact_of(firm.contact_id) if firm.contact_id else Contact())
    place = firm.address or (firm.area.name if firm.area else "")
    return Contact(
        kind="enterprise",
        name=firm.name,
        phone=who.phone,
        address=place or firm.name,
        id_number=firm.code,
        more=who.name,
    )


@transaction.atomic
def need(
    *, firm_id: UUID, klass: str, text: str, key: str, by: Actor, at: datetime, law: Law, unit_id: UUID,
    visit_id: UUID | None = None, who: Contact | None = None, title: str = "",
) -> Registered:  # fmt: skip
    """Make what a firm needs a matter of the unit, which owes the firm a first contact (house.firm_contact)."""
    if klass not in KLASSES:
        raise Refused("请选择是要解决、要问，还是提建议")
    firm = locked(Firm.objects.select_related("area"), firm_id)
    check_keeps(by, firm)
    reached = contact(firm, who)
    if not reached.phone:
        raise Refused("请写企业联系人的电话，好把结果告诉企业")
    if visit_id is not None and not Visit.objects.filter(pk=visit_id, firm=firm).exists():
        raise Refused("没有找到这次走访")
    filing = Filing(
        klass=klass, text=text, title=title, contact=reached, channel="enterprise", area=firm.area_id,
        place=firm.address or firm.name, unit_id=matters.desk_of(by, unit_id),
    )  # fmt: skip
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"need:{key}", right=Permission.ENTERPRISE
    )
    if made.fresh:
        owe(firm, made, unit_id, by, at, law, visit_id=visit_id)
    return made


def owe(
    firm: Firm, made: Registered, unit_id: UUID, by: Actor, at: datetime, law: Law, *, visit_id: UUID | None = None,
    source_key: str | None = None, fresh: bool = True,
) -> Need:  # fmt: skip
    """Keep the firm's row of a matter, and let the unit owe the first contact; not where it was raised long ago."""
    if fresh:
        matters.owe_response(
            matter_id=made.matter.id, kind="contact", unit_id=unit_id, right=Permission.ENTERPRISE, by=by, at=at, law=law
        )  # fmt: skip
    row = Need.objects.create(
        firm=firm, visit_id=visit_id, matter_id=made.matter.id, source_key=source_key, at=at
    )
    note("need", row.id, by, at, firm=str(firm.id), number=made.matter.number)
    return row
