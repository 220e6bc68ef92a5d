"""The talk register and lists of deliveries taken in from a sheet: all rows or none; a sheet that came before adds nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.taking import Taken
from zhuoluo.org.reads import SHANGHAI, areas, units
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.talks.actions.noted import check_holds, may_hold, note
from zhuoluo.outreach.talks.models import Delivery, Lecturer, Talk, TalkLecturer
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.sheet import (
    DELIVERED,
    DELIVERED_MAY_MISS,
    TALKS,
    TALKS_MAY_MISS,
    HeldRow,
    SentRow,
    read_held,
    read_sent,
)

MOST_ROWS = 5000
REGISTER = UUID(int=4)  # what an import's one entry is about: the register itself


def import_talks(*, data: bytes, by: Actor, at: datetime) -> Taken:
    """Take in a register of held talks. Raises Unreadable, Refused or BadRows; then nothing was recorded."""
    check_holds(by)
    rows = read_all(lines(first_sheet(data), TALKS, TALKS_MAY_MISS), read_held, MOST_ROWS)
    places, houses = _places(), _houses()
    taught = _lecturers()
    known = _known_talks(rows)
    wrong: list[Wrong] = []
    talks: list[Talk] = []
    teaching: list[TalkLecturer] = []
    seen: set[str] = set()
    for row in rows:
        if row.number in known or row.source_key in known | seen:
            continue
        try:
            talk = _talk(row, places, houses, by, at)
        except Refused as error:
            wrong.append(Wrong(row.place, error))
            continue
        seen.add(row.source_key)
        listed = [one for name in row.lecturers if (one := taught.get(name)) is not None]
        talk.others = "、".join(name for name in row.lecturers if name not in taught)
        talks.append(talk)
        teaching += [TalkLecturer(talk=talk, lecturer_id=one) for one in listed]
    if wrong:
        raise BadRows(wrong)
    return _keep(talks, teaching, len(rows), by, at)


def _keep(
    talks: Sequence[Talk], teaching: Sequence[TalkLecturer], rows: int, by: Actor, at: datetime
) -> Taken:
    try:
        with transaction.atomic():
            Talk.objects.bulk_create(talks, batch_size=500)
            TalkLecturer.objects.bulk_create(teaching, batch_size=500)
            if talks:
                note("import", REGISTER, by, at, new=len(talks), known=rows - len(talks))
    except IntegrityError as error:
        raise Refused("这份台账刚被别人导入过，请再试一次") from error
    return Taken(len(talks), rows - len(talks))


def _known_talks(rows: Sequence[HeldRow]) -> set[str]:
    """Return the keys and numbers of the rows that are in the register already."""
    keys = [row.source_key for row in rows]
    found = set(Talk.objects.filter(source_key__in=keys).values_list("source_key", flat=True))
    ids = [one for row in rows if (one := _id(row.number)) is not None]
    found |= {str(one) for one in Talk.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    return {one for one in found if one}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _talk(
    row: HeldRow,
    places: dict[str, list[str]],
    houses: dict[str, UUID],
    by: Actor,
    at: datetime,
) -> Talk:
    unit = _unit(row.unit, houses, by)
    if row.day > local_day(at):
        raise Refused("这一天还没有到。以后的宣讲，请用“安排一场”")
    starts, ends = _hours(row.day, row.starts, row.ends)
    return Talk(
        kind=row.kind, title=row.title, unit_id=unit, area_id=_area(row.village, places), place=row.where, day=row.day,
        starts_at=starts, ends_at=ends, timed=row.starts is not None, state="held", recorded_at=at, counting=row.counting,
        people=row.people, counted_how=row.how, source_key=row.source_key, made_at=at, made_by=by.id,
    )  # fmt: skip


def _hours(day: date, starts: time | None, ends: time | None) -> tuple[datetime, datetime]:
    if starts is None or ends is None:
        first = datetime.combine(day, time(0), SHANGHAI)
        return first, first + timedelta(days=1)
    return datetime.combine(day, starts, SHANGHAI), datetime.combine(day, ends, SHANGHAI)


def _places() -> dict[str, list[str]]:
    """Return the codes of areas by name, and by township and name; several villages may share a name."""
    found: dict[str, list[str]] = {}
    known = areas()
    for area in known.values():
        town = known.get(area.code[:9].ljust(12, "0"))
        found.setdefault(area.name, []).append(area.code)
        if town is not None and town.code != area.code:
            found.setdefault(town.name + area.name, []).append(area.code)
    return found


def _area(name: str, places: dict[str, list[str]]) -> str | None:
    plain = "".join(name.split())
    if not plain:
        return None
    codes = places.get(plain, [])
    if len(codes) > 1:
        raise Refused("叫“%(name)s”的村不止一个，请把乡镇写在前面", name=plain[:30])
    if not codes:
        raise Refused("没有找到村（社区）“%(name)s”", name=plain[:30])
    return codes[0]


def _houses() -> dict[str, UUID]:
    return {name: unit.id for unit in units().values() for name in (unit.name, unit.short_name) if name}


def _unit(name: str, houses: dict[str, UUID], by: Actor) -> UUID:
    found = houses.get("".join(name.split()))
    if found is None:
        raise Refused("没有找到单位“%(name)s”，请写全称或者简称", name=name[:30])
    if not may_hold(by, found):
        raise Refused("只能登记本单位的，“%(name)s”的请它自己登记", name=name[:30])
    return found


def _lecturers() -> dict[str, UUID]:
    """Return the listed by name; a name that two bear means nobody for sure."""
    rows = Lecturer.objects.filter(ended_at__isnull=True).values_list("name", "id")
    count = Counter(name for name, _id in rows)
    return {name: one for name, one in rows if count[name] == 1}


def import_deliveries(*, data: bytes, by: Actor, at: datetime) -> Taken:
    """Take in a list of deliveries; each of the three kinds stays apart. Raises Unreadable, Refused or BadRows."""
    check_holds(by)
    rows = read_all(lines(first_sheet(data), DELIVERED, DELIVERED_MAY_MISS), read_sent, MOST_ROWS)
    houses = _houses()
    made: list[Delivery] = []
    wrong: list[Wrong] = []
    said: Counter[str] = Counter()
    for row in rows:
        try:
            again = row.source_key(0)
            made.append(_delivery(row, said[again], houses, by, at))
            said[again] += 1
        except Refused as error:
            wrong.append(Wrong(row.place, error))
    if wrong:
        raise BadRows(wrong)
    fresh = _fresh(made)
    try:
        with transaction.atomic():
            Delivery.objects.bulk_create(fresh, batch_size=500)
            if fresh:
                note("import_deliveries", REGISTER, by, at, new=len(fresh), known=len(rows) - len(fresh))
    except IntegrityError as error:
        raise Refused("这份台账刚被别人导入过，请再试一次") from error
    return Taken(len(fresh), len(rows) - len(fresh))


def _fresh(made: Collection[Delivery]) -> list[Delivery]:
    keys: Iterable[str | None] = [one.source_key for one in made]
    known = set(Delivery.objects.filter(source_key__in=list(keys)).values_list("source_key", flat=True))
    return [one for one in made if one.source_key not in known]


def _delivery(row: SentRow, again: int, houses: dict[str, UUID], by: Actor, at: datetime) -> Delivery:
    unit = _unit(row.unit, houses, by)
    if row.day > local_day(at):
        raise Refused("日期不能晚于今天")
    if row.count > 100_000:
        raise Refused("次数在 1 到 %(n)s 之间", n=100_000)
    return Delivery(
        kind=row.kind, day=row.day, unit_id=unit, group=row.group, what=row.what, count=row.count,
        source_key=row.source_key(again), made_at=at, made_by=by.id,
    )  # fmt: skip
