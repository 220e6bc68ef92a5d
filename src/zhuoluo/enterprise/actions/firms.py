"""The register of enterprises: chains, firms, and the one liaison of each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise.actions.noted import check_keeps, here, locked, note
from zhuoluo.enterprise.models import Chain, Firm, Liaison
from zhuoluo.enterprise.rules.codes import read_code
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.words import SIZES
from zhuoluo.org.reads import areas, live_posts
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.rules import normal_phone


@dataclass(frozen=True)
class FirmContent:
    """What the register says of an enterprise. `name`, `phone`: of who answers for it; empty keeps what is there."""

    code: str
    firm: str
    size: str = "other"
    area: str | None = None
    address: str = ""
    chain_id: UUID | None = None
    makes: str = ""
    name: str = ""
    phone: str = ""


def may_keep_chains(by: Actor) -> bool:
    """Say whether the actor keeps the chains: the office that runs the work for the whole county."""
    return by.can(Permission.ENTERPRISE) and by.can(Permission.READ_ALL)


def _county(by: Actor) -> None:
    if not may_keep_chains(by):
        raise Forbidden("产业链由两办专员维护")


@transaction.atomic
def save_chain(
    *, name: str, by: Actor, at: datetime, head_id: UUID | None = None, chain_id: UUID | None = None
) -> Chain:
    """Keep a chain, new or changed, with the leader who heads it."""
    _county(by)
    if len(name.strip()) < 2:
        raise Refused("请写产业链的名称")
    same = Chain.objects.filter(name=name.strip())
    if (same.exclude(pk=chain_id) if chain_id else same).exists():
        raise Refused("已经有这条产业链")
    row = Chain() if chain_id is None else locked(Chain.objects.all(), chain_id)
    row.name, row.head_id = name.strip()[:60], head_id
    row.save()
    note("chain", row.id, by, at, new=chain_id is None)
    return row


@transaction.atomic
def end_chain(*, chain_id: UUID, by: Actor, at: datetime) -> Chain:
    """Take a chain off the lists; what belongs to it keeps it."""
    _county(by)
    row = locked(Chain.objects.all(), chain_id)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        note("end_chain", row.id, by, at)
    return row


def save_firm(
    *, content: FirmContent, by: Actor, at: datetime, firm_id: UUID | None = None, version: int | None = None
) -> Firm:
    """Keep an enterprise, new or changed. Raises Refused for a code that is wrong or stands in the register already."""
    code = read_code(content.code)
    _check(content)
    try:
        with transaction.atomic():
            return _save(content, code, firm_id, version, by, at)
    except IntegrityError as error:
        raise _known(code) from error


def _known(code: str) -> Refused:
    row = Firm.objects.filter(code=code).first()
    return Refused("这个代码已经登记：%(name)s", name=row.name if row else code)


def _check(content: FirmContent) -> None:
    if len(content.firm.strip()) < 2:
        raise Refused("请写企业名称")
    if content.size not in SIZES:
        raise Refused("请从列表中选择规模")
    if content.area is not None and content.area not in areas():
        raise Refused("请从列表中选择地点")
    if content.phone.strip() and len(normal_phone(content.phone)) < 7:
        raise Refused("电话号码不完整")


def _save(
    content: FirmContent, code: str, firm_id: UUID | None, version: int | None, by: Actor, at: datetime
) -> Firm:
    check_keeps(by)
    row = Firm(made_at=at, made_by=by.id) if firm_id is None else locked(Firm.objects.all(), firm_id)
    if firm_id is None and not (by.can(Permission.READ_ALL) or here(by, content.area)):
        raise Forbidden("只能登记本乡镇的企业；别处的请两办专员登记")
    if firm_id is not None:
        check_keeps(by, row)
        if version is not None and version != row.version:
            raise Refused("这家企业刚被别人改过，请看过最新的再改；您写的内容没有丢")
        row.version += 1
    if Firm.objects.filter(code=code).exclude(pk=row.pk).exists():
        raise _known(code)
    row.code, row.name, row.size = code, content.firm.strip()[:120], content.size
    row.area_id, row.address = content.area, content.address.strip()[:200]
    row.chain_id, row.makes = content.chain_id, content.makes.strip()[:200]
    if content.name.strip() or content.phone.strip():
        kept = residents.prepare(Contact(name=content.name, phone=content.phone), at)
        residents.keep(prepared=[kept])
        row.contact_id = kept.id
    row.save()
    note("firm", row.id, by, at, new=firm_id is None, contact=bool(content.phone.strip()))
    return row


@transaction.atomic
def set_liaison(*, firm_id: UUID, user_id: UUID, by: Actor, at: datetime) -> Liaison:
    """Name the one who looks after an enterprise; whoever did until now stays readable with their days."""
    row = locked(Firm.objects.all(), firm_id)
    if not (by.can(Permission.ENTERPRISE) and (by.can(Permission.READ_ALL) or here(by, row.area_id))):
        raise Forbidden("联络员由两办专员或者所在乡镇指定")
    today = local_day(at)
    if not live_posts(today).filter(user_id=user_id).exists():
        raise Refused("请选择在岗的人员")
    before = Liaison.objects.filter(firm=row, until_day__isnull=True).first()
    if before is not None and before.user_id == user_id:
        return before
    if before is not None:
        Liaison.objects.filter(pk=before.pk).update(until_day=max(today, before.from_day))
    made = Liaison.objects.create(firm=row, user_id=user_id, from_day=today)
    note("liaison", row.id, by, at, user=str(user_id))
    return made
