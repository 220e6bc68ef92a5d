"""Topics, visits with who was met, and numbered notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.org.reads import areas, live_posts, units
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.research.actions.noted import check_works, locked, note
from zhuoluo.research.models import Met, Note, Topic, Visit
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.rules.words import VISITS
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact

MOST_MET = 20


@dataclass(frozen=True)
class TopicContent:
    """What a topic says."""

    title: str
    lead_id: UUID
    unit_id: UUID
    from_day: date
    until_day: date
    plan: str = ""
    chain_id: UUID | None = None


def save_topic(
    *, content: TopicContent, by: Actor, at: datetime, topic_id: UUID | None = None, version: int | None = None,
    key: str = "",
) -> Topic:  # fmt: skip
    """Keep a topic, new or changed. The same form sent twice is one topic."""
    known = Topic.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _save(content, topic_id, version, key, by, at)
    except IntegrityError:
        known = Topic.objects.filter(key=key).first() if key else None
        if known is None:
            raise
        return known


def _save(
    content: TopicContent, topic_id: UUID | None, version: int | None, key: str, by: Actor, at: datetime
) -> Topic:
    check_works(by)
    if len(content.title.strip()) < 2:
        raise Refused("请写课题")
    if content.until_day < content.from_day:
        raise Refused("结束的日期不能早于开始的日期")
    if not live_posts(local_day(at)).filter(user_id=content.lead_id).exists():
        raise Refused("请选择在岗的牵头领导")
    if content.unit_id not in units():
        raise Refused("请选择组织单位")
    row = (
        Topic(made_at=at, made_by=by.id, key=key or None)
        if topic_id is None
        else locked(Topic.objects.all(), topic_id)
    )
    if topic_id is not None:
        check_works(by, row)
        if version is not None and version != row.version:
            raise Refused("这个课题刚被别人改过，请看过最新的再改；您写的内容没有丢")
        row.version += 1
    row.title, row.plan = content.title.strip()[:120], content.plan.strip()
    row.lead_id, row.unit_id, row.chain_id = content.lead_id, content.unit_id, content.chain_id
    row.from_day, row.until_day = content.from_day, content.until_day
    if not may_begin(by, row):
        raise Forbidden("只能开本单位的课题，或者自己牵头的课题")
    row.save()
    note("topic", row.id, by, at, new=topic_id is None)
    return row


def may_begin(by: Actor, row: Topic) -> bool:
    """Say whether the actor may keep a topic as it would then stand."""
    return by.can(Permission.READ_ALL) or row.unit_id in by.units or row.lead_id == by.id


@transaction.atomic
def close_topic(*, topic_id: UUID, by: Actor, at: datetime) -> Topic:
    """Say that the research of a topic is over. Its findings go on until each is closed out."""
    row = locked(Topic.objects.all(), topic_id)
    check_works(by, row)
    if row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        note("close", row.id, by, at)
    return row


def record_visit(
    *, topic_id: UUID, kind: str, day: date, place: str, who: str, key: str, by: Actor, at: datetime,
    area: str | None = None, firm_id: UUID | None = None, met: Sequence[tuple[Contact, str]] = (),
    notes: Sequence[str] = (),
) -> Visit:  # fmt: skip
    """Record a visit: when, where, who went, who was met (their identity goes to residents), what was noted."""
    known = Visit.objects.filter(key=key).first()
    if known is not None:
        return known
    _check_visit(kind, day, place, who, area, at)
    try:
        with transaction.atomic():
            topic = locked(Topic.objects.all(), topic_id)
            check_works(by, topic)
            row = Visit.objects.create(
                topic=topic, kind=kind, day=day, area_id=area, place=place.strip()[:120], firm_id=firm_id,
                who=who.strip()[:200], key=key, made_at=at, made_by=by.id,
            )  # fmt: skip
            _meet(row, met[:MOST_MET], at)
            for text in notes:
                if text.strip():
                    _write(row, text, by, at)
            note("visit", row.id, by, at, topic=str(topic.id), kind=kind, met=len(met))
            return row
    except IntegrityError:
        known = Visit.objects.filter(key=key).first()
        if known is None:
            raise
        return known


def _check_visit(kind: str, day: date, place: str, who: str, area: str | None, at: datetime) -> None:
    if kind not in VISITS:
        raise Refused("请选择是走访、座谈、访谈还是问卷")
    if day > local_day(at):
        raise Refused("日期不能晚于今天")
    if len(place.strip()) < 2:
        raise Refused("请写在哪里")
    if len(who.strip()) < 2:
        raise Refused("请写谁去的")
    if area is not None and area not in areas():
        raise Refused("请从列表中选择地点")


def _meet(row: Visit, met: Sequence[tuple[Contact, str]], at: datetime) -> None:
    kept = [(residents.prepare(who, at), part) for who, part in met if who.name.strip() or part.strip()]
    residents.keep(prepared=[one for one, _part in kept])
    Met.objects.bulk_create(
        Met(visit=row, raiser_id=one.id, part=part.strip()[:60] or "群众") for one, part in kept
    )


@transaction.atomic
def add_note(*, visit_id: UUID, text: str, by: Actor, at: datetime) -> Note:
    """Add a note to a visit; it gets the next number of the topic. What was noted before is never changed."""
    row = locked(Visit.objects.select_related("topic"), visit_id)
    check_works(by, row.topic)
    if len(text.strip()) < 2:
        raise Refused("请写记了什么")
    same = Note.objects.filter(visit=row, text=text.strip()).first()
    if same is not None:
        return same
    made = _write(row, text, by, at)
    note("note", made.id, by, at, number=made.number)
    return made


def _write(row: Visit, text: str, by: Actor, at: datetime) -> Note:
    list(Topic.objects.select_for_update().filter(pk=row.topic_id))  # numbers are drawn one after the other
    last = (
        Note.objects.filter(topic_id=row.topic_id)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return Note.objects.create(
        topic_id=row.topic_id, visit=row, number=(last or 0) + 1, text=text.strip(), at=at, by_id=by.id
    )
