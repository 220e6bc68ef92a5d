"""Planning talks: a lecturer, a team and a place are at one talk at a time, whatever two people press at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.talks.actions.noted import check_holds, locked, locked_row, note
from zhuoluo.outreach.talks.actions.ordering import check_serves
from zhuoluo.outreach.talks.models import Lecturer, Order, Slice, Talk, TalkLecturer, Team
from zhuoluo.outreach.talks.rules.clash import next_free, place_key, slices
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import KINDS, LIVE_KINDS


@dataclass(frozen=True)
class Plan:
    """A talk as it is to be: what, by whom, where, when (aware UTC)."""

    kind: str
    title: str
    unit_id: UUID
    place: str
    starts_at: datetime
    ends_at: datetime
    area: str | None = None
    lesson_id: UUID | None = None
    team_id: UUID | None = None
    lecturers: tuple[UUID, ...] = ()


def plan(*, content: Plan, by: Actor, at: datetime, order_id: UUID | None = None, key: str = "") -> Talk:
    """Plan a talk. For an order, the order is then planned too. The same form sent twice is one talk.

    Raises Refused with the talk it clashes with and the next free time.
    """
    check_holds(by, content.unit_id)
    _check(content)
    known = Talk.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _plan(content, order_id, key, by, at)
    except IntegrityError as error:
        known = Talk.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        raise _clash(
            _taking(content.lecturers, content.team_id, content.place, content.area), content
        ) from error


def _check(content: Plan) -> None:
    if content.kind not in KINDS:
        raise Refused("请选择宣讲形式")
    if len(content.title.strip()) < 2:
        raise Refused("请写宣讲主题")
    if len(content.place.strip()) < 2:
        raise Refused("请写地点")
    slices(content.starts_at, content.ends_at)


def _plan(content: Plan, order_id: UUID | None, key: str, by: Actor, at: datetime) -> Talk:
    order = locked_row(Order.objects.select_related("lesson"), order_id) if order_id else None
    if order is not None:
        check_serves(by, order)
        if order.state != "new":
            raise Refused("这张点单已经处理过")
    talk = Talk.objects.create(
        kind=content.kind, title=content.title.strip(), unit_id=content.unit_id, area_id=content.area,
        place=content.place.strip(), day=local_day(content.starts_at), starts_at=content.starts_at, ends_at=content.ends_at,
        live=content.kind in LIVE_KINDS, lesson_id=content.lesson_id, order=order, team_id=content.team_id, key=key or None,
        made_at=at, made_by=by.id,
    )  # fmt: skip
    TalkLecturer.objects.bulk_create(
        TalkLecturer(talk=talk, lecturer_id=one) for one in dict.fromkeys(content.lecturers)
    )
    _take(talk, _taking(content.lecturers, content.team_id, content.place, content.area))
    if order is not None:
        order.state, order.decided_at = "planned", at
        order.save(update_fields=["state", "decided_at"])
    note(
        "plan", talk.id, by, at, kind=talk.kind, day=talk.day.isoformat(), order=order.number if order else ""
    )
    return talk


def _taking(lecturers: Collection[UUID], team_id: UUID | None, place: str, area: str | None) -> list[str]:
    """What a talk takes up, always in one order, so that two writers never wait in a ring."""
    wanted = [f"lecturer:{one}" for one in dict.fromkeys(lecturers)]
    wanted += [f"team:{team_id}"] if team_id else []
    return sorted([*wanted, place_key(place, area or "")])


def _take(talk: Talk, what: Sequence[str]) -> None:
    Slice.objects.bulk_create(
        Slice(talk=talk, what=one, at=moment) for one in what for moment in slices(talk.starts_at, talk.ends_at)
    )  # fmt: skip


def _clash(what: Sequence[str], content: Plan, besides: UUID | None = None) -> Refused:
    """Name who or what is taken, by which talk, and the next time that is free for all."""
    own = [besides] if besides else []
    rows = Slice.objects.filter(what__in=what, at__in=slices(content.starts_at, content.ends_at))
    first = rows.exclude(talk_id__in=own).select_related("talk").order_by("at", "what").first()
    later = Slice.objects.filter(what__in=what, at__gte=content.starts_at).exclude(talk_id__in=own)
    free = next_free(set(later.values_list("at", flat=True)), content.starts_at, content.ends_at)
    if first is None:
        return Refused("这个时间刚被别人排上了，请再试一次")
    when = f"{free.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if free else "两周以后"
    return Refused(
        "%(who)s这个时间在“%(talk)s”；最近都有空的时间是 %(free)s", who=_name(first.what), talk=first.talk.title, free=when
    )  # fmt: skip


def _name(what: str) -> str:
    kind, _colon, key = what.partition(":")
    if kind == "lecturer":
        return Lecturer.objects.get(pk=key).name
    return Team.objects.get(pk=key).name if kind == "team" else "这个地点"


def _content(talk: Talk, **changes: object) -> Plan:
    values = {
        "kind": talk.kind, "title": talk.title, "unit_id": talk.unit_id, "place": talk.place, "starts_at": talk.starts_at,
        "ends_at": talk.ends_at, "area": talk.area_id, "lesson_id": talk.lesson_id, "team_id": talk.team_id,
        "lecturers": tuple(TalkLecturer.objects.filter(talk=talk).values_list("lecturer_id", flat=True)),
    }  # fmt: skip
    return Plan(**{**values, **changes})  # type: ignore[arg-type]  # the names are fields of Plan


def _open(talk: Talk) -> None:
    if talk.state == "cancelled":
        raise Refused("这场宣讲已经取消")
    if talk.state == "held":
        raise Refused("这场宣讲已经开展过")


def move(
    *, talk_id: UUID, starts_at: datetime, ends_at: datetime, place: str, reason: str, by: Actor, at: datetime,
    version: int | None = None,
) -> Talk:  # fmt: skip
    """Move a talk to another time or place. Those who ordered it see the reason."""
    return _rearrange(
        talk_id, {"starts_at": starts_at, "ends_at": ends_at, "place": place.strip()}, reason, "move", by, at, version
    )  # fmt: skip


def substitute(
    *,
    talk_id: UUID,
    away: UUID,
    instead: UUID,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Talk:
    """Let somebody teach in another's place, if they are free."""
    rows = TalkLecturer.objects.filter(talk_id=talk_id).order_by("id").values_list("lecturer_id", flat=True)
    if away not in rows:
        raise Refused("这场宣讲没有安排这位讲师")
    changed = tuple(instead if one == away else one for one in rows)
    return _rearrange(talk_id, {"lecturers": changed}, reason, "substitute", by, at, version, {instead: away})


def _rearrange(
    talk_id: UUID, changes: dict[str, object], reason: str, verb: str, by: Actor, at: datetime, version: int | None,
    stepped_in: dict[UUID, UUID] | None = None,
) -> Talk:  # fmt: skip
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么要改，点单的人会看到")
    content: Plan | None = None
    try:
        with transaction.atomic():
            talk = locked(talk_id, version)
            check_holds(by, talk.unit_id)
            _open(talk)
            content = _content(talk, **changes)
            _check(content)
            Slice.objects.filter(talk=talk).delete()
            talk.starts_at, talk.ends_at, talk.place = content.starts_at, content.ends_at, content.place
            talk.day, talk.change_reason = local_day(content.starts_at), reason.strip()[:200]
            talk.version += 1
            talk.save()
            _teach(talk, content.lecturers, stepped_in or {})
            _take(talk, _taking(content.lecturers, content.team_id, content.place, content.area))
            note(verb, talk.id, by, at, day=talk.day.isoformat())
            return talk
    except IntegrityError as error:
        if content is None:
            raise
        what = _taking(content.lecturers, content.team_id, content.place, content.area)
        raise _clash(what, content, besides=talk_id) from error


def _teach(talk: Talk, lecturers: Sequence[UUID], stepped_in: dict[UUID, UUID]) -> None:
    known = dict(TalkLecturer.objects.filter(talk=talk).values_list("lecturer_id", "instead_of_id"))
    TalkLecturer.objects.filter(talk=talk).delete()
    TalkLecturer.objects.bulk_create(
        TalkLecturer(talk=talk, lecturer_id=one, instead_of_id=stepped_in.get(one, known.get(one)))
        for one in dict.fromkeys(lecturers)
    )


@transaction.atomic
def publish(*, talk_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Show talks on the public calendar; returns how many are new there."""
    done = 0
    for talk_id in dict.fromkeys(talk_ids):
        talk = locked(talk_id)
        check_holds(by, talk.unit_id)
        _open(talk)
        if not talk.published:
            talk.published = True
            talk.version += 1
            talk.save(update_fields=["published", "version"])
            note("publish", talk.id, by, at)
            done += 1
    return done


@transaction.atomic
def cancel(*, talk_id: UUID, reason: str, by: Actor, at: datetime, version: int | None = None) -> Talk:
    """Cancel a talk with the reason; its lecturers, team and place are free again."""
    talk = locked(talk_id, version)
    check_holds(by, talk.unit_id)
    if talk.state == "cancelled":
        return talk
    _open(talk)
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么取消，点单的人会看到")
    talk.state, talk.cancelled_at, talk.cancel_reason = "cancelled", at, reason.strip()[:200]
    talk.version += 1
    talk.save()
    Slice.objects.filter(talk=talk).delete()
    note("cancel", talk.id, by, at)
    return talk
