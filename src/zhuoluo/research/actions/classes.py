"""From one problem to its class: one dissected, like ones gathered, one fix with its own matter, rolled out town by town."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.matters.reads import seen
from zhuoluo.org.reads import Law, areas, units
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.research.actions.noted import check_works, locked, note
from zhuoluo.research.models import Dissection, Finding, Rollout, Site
from zhuoluo.research.rules.errors import NotFound, Refused
from zhuoluo.residents.actions import Contact

MOST_TOWNS = 100


@transaction.atomic
def dissect(
    *, finding_id: UUID, title: str, cause: str, remedy: str, unit_id: UUID, until: date, by: Actor, at: datetime, law: Law
) -> Dissection:  # fmt: skip
    """Dissect one problem: why it happens everywhere, and the one fix for all. The fix is a matter of its own."""
    row = locked(Finding.objects.select_related("topic"), finding_id)
    check_works(by, row.topic)
    known = Dissection.objects.filter(finding=row).first()
    if known is not None:
        return known
    if len(title.strip()) < 2 or len(cause.strip()) < 5 or len(remedy.strip()) < 5:
        raise Refused("请写这一类问题的名称、原因和长效办法")
    if unit_id not in units():
        raise Refused("请选择责任单位")
    house = units()[row.topic.unit_id]
    filing = Filing(
        klass="suggestion", title=title, text=f"{cause.strip()}\n{remedy.strip()}", channel="research", area=row.area_id,
        contact=Contact(kind="enterprise", name=house.name, address=house.name), unit_id=matters.desk_of(by, unit_id),
    )  # fmt: skip
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"dissection:{row.id}", right=Permission.RESEARCH
    )
    found = Dissection.objects.create(
        title=title.strip()[:120], finding=row, cause=cause.strip(), remedy=remedy.strip(), unit_id=unit_id, until=until,
        matter_id=made.matter.id, at=at, by_id=by.id,
    )  # fmt: skip
    matters.joint_task(
        matter_id=made.matter.id, task_id=found.id, unit_id=unit_id, what=remedy, until=until, by=by, at=at, law=law,
        right=Permission.RESEARCH,
    )  # fmt: skip
    Finding.objects.filter(pk=row.pk).update(group=found)
    note("dissect", found.id, by, at, finding=str(row.id), number=made.matter.number)
    return found


def _mine(dissection_id: UUID, by: Actor) -> Dissection:
    row = locked(Dissection.objects.select_related("finding__topic"), dissection_id)
    check_works(by, row.finding.topic)
    return row


@transaction.atomic
def gather(*, dissection_id: UUID, finding_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Say which other problems, of those one may read, are of the class; returns how many are new to it."""
    row = _mine(dissection_id, by)
    wanted = seen(by, Finding.objects.filter(pk__in=list(finding_ids), group__isnull=True))
    done = Finding.objects.filter(pk__in=list(wanted.values_list("pk", flat=True))).update(group=row)
    if done:
        note("gather", row.id, by, at, n=done)
    return done


@transaction.atomic
def roll_out(
    *, dissection_id: UUID, shares: Sequence[tuple[UUID, int]], until: date, by: Actor, at: datetime, law: Law
) -> int:  # fmt: skip
    """Give townships their share of the fix: so many places each by a day, each a commitment; returns how many are new."""
    row = _mine(dissection_id, by)
    if not shares or len(shares) > MOST_TOWNS:
        raise Refused("请写各乡镇推广几处")
    known = set(Rollout.objects.filter(dissection=row).values_list("unit_id", flat=True))
    new = 0
    for unit_id, count in dict(shares).items():
        if unit_id in known:
            continue
        if unit_id not in units() or not 1 <= count <= 500:
            raise Refused("每个乡镇 1 到 500 处")
        made = Rollout.objects.create(dissection=row, unit_id=unit_id, count=count, until=until, at=at)
        matters.joint_task(
            matter_id=row.matter_id, task_id=made.id, unit_id=unit_id, what=f"{row.title}：推广 {count} 处", until=until, by=by,
            at=at, law=law, right=Permission.RESEARCH,
        )  # fmt: skip
        new += 1
    note("roll_out", row.id, by, at, towns=new)
    return new


def may_open(by: Actor, row: Rollout) -> bool:
    """Say whether a township's places are the actor's to record."""
    return by.can(Permission.HANDLE) and row.unit_id in by.units


def open_site(
    *, dissection_id: UUID, area: str, name: str, day: date, by: Actor, at: datetime, law: Law, serves: int | None = None,
    photo: UUID | None = None, rollout_id: UUID | None = None,
) -> Site:  # fmt: skip
    """Record one place where the fix works: the pilot (no rollout), or one of a township's share.

    With the last of its share the township's commitment is done.
    """
    try:
        with transaction.atomic():
            return _open(dissection_id, rollout_id, area, name, day, serves, photo, by, at, law)
    except IntegrityError as error:
        raise Refused("这一处已经登记过，或者试点已经有了") from error


def _open(
    dissection_id: UUID, rollout_id: UUID | None, area: str, name: str, day: date, serves: int | None, photo: UUID | None,
    by: Actor, at: datetime, law: Law,
) -> Site:  # fmt: skip
    row = locked(Dissection.objects.select_related("finding__topic"), dissection_id)
    share = _share(row, rollout_id, by)
    if area not in areas() or len(name.strip()) < 2:
        raise Refused("请写在哪个村、叫什么名称")
    town = units()[share.unit_id].area_id if share else None
    if town is not None and area[:9] != town[:9]:
        raise Refused("这个村不在本乡镇")
    if day > local_day(at):
        raise Refused("日期不能晚于今天")
    if share is not None and Site.objects.filter(rollout=share).count() >= share.count:
        raise Refused("本乡镇的都登记过了")
    made = Site.objects.create(
        dissection=row, rollout=share, area_id=area, name=name.strip()[:60], day=day, serves=serves, photo=photo, at=at,
        by_id=by.id,
    )  # fmt: skip
    note("site", made.id, by, at, dissection=str(row.id), pilot=share is None)
    if share is not None and Site.objects.filter(rollout=share).count() == share.count:
        files = [(photo, "after", made.name)] if photo else []
        matters.joint_done(
            matter_id=row.matter_id, task_id=share.id, account=f"{row.title}：{share.count} 处都已办成", by=by, at=at, law=law,
            files=files,
        )  # fmt: skip
    return made


def _share(row: Dissection, rollout_id: UUID | None, by: Actor) -> Rollout | None:
    if rollout_id is None:
        check_works(by, row.finding.topic)
        return None
    share = Rollout.objects.filter(pk=rollout_id, dissection=row).first()
    if share is None:
        raise NotFound("没有找到")
    if not may_open(by, share):
        raise Forbidden("由这个乡镇自己登记")
    return share
