"""A quarrel given to a mediator or begun by one, taken, given back, talked over; told in at most four fields or by voice."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.matters.reads import by_id
from zhuoluo.matters.rules import MEDIATION_RESULTS
from zhuoluo.org.models import User
from zhuoluo.org.reads import Law, actor
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents.actions import Contact
from zhuoluo.village.actions.noted import locked, note
from zhuoluo.village.models import Mediator, Quarrel, Record
from zhuoluo.village.rules.errors import Refused


def may_give(by: Actor) -> bool:
    """Say whether the actor gives quarrels to mediators: whoever triages or handles matters."""
    return by.can(Permission.TRIAGE) or by.can(Permission.HANDLE)


def give(*, matter_id: UUID, mediator_id: UUID, told: str, by: Actor, at: datetime, law: Law) -> Quarrel:
    """Give a quarrel to a mediator with the words they need. Never to whom it is about, nor to whoever raised it."""
    if not may_give(by):
        raise Forbidden("您的岗位不能把事项交给明白人")
    if len(told.strip()) < 5:
        raise Refused("请写他要知道的：哪两家、为什么事")
    matter = by_id(by, matter_id)
    try:
        with transaction.atomic():
            who = locked(Mediator.objects.filter(ended_on__isnull=True).select_related("user"), mediator_id)
            if not matters.may_mediate(matter.id, actor(User.objects.get(pk=who.user_id), at)):
                raise Refused("这件事和他有关，请交给别的明白人（信访工作条例第30条）")
            row = Quarrel.objects.create(
                matter_id=matter.id, mediator=who, told=told.strip(), given_at=at, given_by=by.id
            )
            matters.note(
                matter_id=matter.id,
                text=f"交给湾村明白人{who.user.name}调解：{told.strip()}",
                by=by,
                at=at,
                law=law,
            )
            note("give", row.id, by, at, matter=str(matter.id), mediator=str(who.id))
            return row
    except IntegrityError as error:
        raise Refused("这件事已经交给一位明白人了") from error


def own(by: Actor) -> Mediator:
    """Return the listing of the actor. Raises Forbidden for whoever is not listed."""
    row = Mediator.objects.filter(user_id=by.id, ended_on__isnull=True).first() if by.id else None
    if row is None or not by.can(Permission.MEDIATE):
        raise Forbidden("您还没有列入明白人名单，请和镇里联系")
    return row


@transaction.atomic
def begin(*, text: str, contact: Contact, key: str, by: Actor, at: datetime, law: Law) -> Registered:
    """Register a quarrel that came to the mediator first, and take it at once."""
    me = own(by)
    filing = Filing(
        klass="claim", text=text, contact=contact, channel="walk_in", area=me.area_id, place=contact.address
    )
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"village:{key}", right=Permission.MEDIATE
    )
    if made.fresh:
        row = Quarrel.objects.create(
            matter_id=made.matter.id,
            mediator=me,
            told=text.strip(),
            state="taken",
            given_at=at,
            given_by=by.id,
            taken_at=at,
        )
        note("begin", row.id, by, at, number=made.matter.number)
    return made


def _mine(quarrel_id: UUID, by: Actor) -> Quarrel:
    me = own(by)
    return locked(Quarrel.objects.filter(mediator=me), quarrel_id)


@transaction.atomic
def take(*, quarrel_id: UUID, by: Actor, at: datetime) -> Quarrel:
    """Take a quarrel that was given."""
    row = _mine(quarrel_id, by)
    if row.state == "given":
        row.state, row.taken_at = "taken", at
        row.save(update_fields=["state", "taken_at"])
        note("take", row.id, by, at)
    return row


@transaction.atomic
def give_back(*, quarrel_id: UUID, reason: str, by: Actor, at: datetime) -> Quarrel:
    """Give a quarrel back, with the reason; nobody must take one."""
    row = _mine(quarrel_id, by)
    if row.state == "returned":
        return row
    if row.state == "done":
        raise Refused("已经结束")
    if len(reason.strip()) < 2:
        raise Refused("请写一句为什么")
    row.state, row.reason, row.ended_at = "returned", reason.strip()[:200], at
    row.save(update_fields=["state", "reason", "ended_at"])
    note("give_back", row.id, by, at)
    return row


@transaction.atomic
def record(
    *, quarrel_id: UUID, result: str, key: str, by: Actor, at: datetime, law: Law, present: str = "", said: str = "",
    voice: UUID | None = None,
) -> Record:  # fmt: skip
    """Record one round: what came of it, who was there, a few words or a voice note. "Agreed" or "failed" ends it."""
    row = _mine(quarrel_id, by)
    known = Record.objects.filter(key=key).first()  # behind the lock: two presses come one after the other
    if known is not None:
        return known
    if row.state not in ("given", "taken"):
        raise Refused("已经结束或者退回")
    if result not in MEDIATION_RESULTS:
        raise Refused("请选谈得怎么样")
    if len(said.strip()) < 2 and voice is None:
        raise Refused("请写几句，或者录一段话")
    made = Record.objects.create(
        quarrel=row,
        day=local_day(at),
        result=result,
        present=present.strip()[:120],
        said=said.strip(),
        voice=voice,
        key=key,
        at=at,
    )
    row.state, row.taken_at = ("taken" if result == "again" else "done"), row.taken_at or at
    row.ended_at = None if result == "again" else at
    row.save(update_fields=["state", "taken_at", "ended_at"])
    words = "；".join(
        part for part in (f"在场：{present.strip()}" if present.strip() else "", said.strip()) if part
    )
    files = [(voice, "other", "湾村明白人的录音")] if voice else []
    matters.tell_mediated(
        matter_id=row.matter_id, result=result, words=words or "见录音", by=by, at=at, law=law, files=files
    )
    note("record", made.id, by, at, result=result, voice=voice is not None)
    return made
