"""Classes of problems with their one fix, and where it was rolled out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from zhuoluo.kit.cursor import newest
from zhuoluo.matters.reads import Standing, TaskState, seen, standings, stood, task_states
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor
from zhuoluo.research.models import Dissection, Finding, Rollout, Site
from zhuoluo.research.rules.errors import NotFound

SHOWN = 60


@dataclass(frozen=True)
class ClassLine:
    """A class in the list."""

    row: Dissection
    members: int
    closed: int
    planned: int
    opened: int


@dataclass(frozen=True)
class Town:
    """One township's share: how many it opened, and its commitment."""

    rollout: Rollout
    name: str
    opened: int
    task: TaskState | None


@dataclass(frozen=True)
class ClassFile:
    """A class whole."""

    row: Dissection
    standing: Standing | None
    members: list[tuple[Finding, Standing]]
    count: int
    towns: list[Town]
    pilot: Site | None
    sites: list[Site]
    planned: int
    opened: int
    serves: int


def _own(actor: Actor) -> QuerySet[Dissection]:
    rows = Dissection.objects.select_related("finding__topic", "unit")
    return seen(actor, rows)


def classes(actor: Actor, *, after: str = "") -> tuple[list[ClassLine], str]:
    """Return a page of classes, newest first; five queries."""
    page = newest(_own(actor), "at", after)
    ids = [row.pk for row in page.rows]
    members: dict[UUID, list[int]] = {one: [0, 0] for one in ids}
    rows = stood(seen(actor, Finding.objects.filter(group_id__in=ids))).order_by()
    for group, standing, n in rows.values_list("group_id", "standing").annotate(n=Count("pk")):
        members[group][0] += n
        members[group][1] += n if standing == "closed" else 0
    planned: dict[UUID, int] = {}
    for one, count in Rollout.objects.filter(dissection_id__in=ids).values_list("dissection_id", "count"):
        planned[one] = planned.get(one, 0) + count
    opened = dict(
        Site.objects.filter(dissection_id__in=ids)
        .order_by()
        .values_list("dissection_id")
        .annotate(n=Count("pk"))
    )
    return [
        _line(row, members[row.pk], planned.get(row.pk, 0), opened.get(row.pk, 0)) for row in page.rows
    ], page.next


def _line(row: Dissection, members: list[int], planned: int, opened: int) -> ClassLine:
    count, closed = members
    return ClassLine(row, count, closed, planned, opened)


def class_file(actor: Actor, dissection_id: UUID, *, now: datetime) -> ClassFile:
    """Return a class with its problems, towns and places. Raises NotFound."""
    row = _own(actor).filter(pk=dissection_id).first()
    if row is None:
        raise NotFound("没有找到这一类问题，或者您没有查看权限")
    found = list(row.members.select_related("topic", "lead", "unit").order_by("number", "id")[:SHOWN])
    known = standings(actor, [row.matter_id, *(f.matter_id for f in found)], now=now)
    rollouts = list(row.rollouts.order_by("unit__code"))
    opened = dict(
        Site.objects.filter(dissection=row, rollout__isnull=False)
        .order_by()
        .values_list("rollout_id")
        .annotate(n=Count("pk"))
    )
    tasks = task_states([row.matter_id], [r.pk for r in rollouts])
    sites = list(Site.objects.filter(dissection=row).select_related("area", "rollout").order_by("day", "id"))
    names = units()
    return ClassFile(
        row, known.get(row.matter_id), [(f, known[f.matter_id]) for f in found if f.matter_id in known], row.members.count(),
        [Town(r, names[r.unit_id].short_name, opened.get(r.pk, 0), tasks.get(r.pk)) for r in rollouts],
        next((s for s in sites if s.rollout_id is None), None), [s for s in sites if s.rollout_id is not None],
        sum(r.count for r in rollouts), sum(opened.values()), sum(s.serves or 0 for s in sites),
    )  # fmt: skip


def rollout(actor: Actor, dissection_id: UUID, rollout_id: UUID) -> Rollout:
    """Return one township's share. Raises NotFound."""
    found = _own(actor).filter(pk=dissection_id).first()
    row = Rollout.objects.select_related("unit", "dissection").filter(pk=rollout_id, dissection=found).first()
    if found is None or row is None:
        raise NotFound("没有找到")
    return row


def site_photo(actor: Actor, dissection_id: UUID, site_id: UUID) -> UUID:
    """Return the kept file of a place. Raises NotFound."""
    found = _own(actor).filter(pk=dissection_id).first()
    row = Site.objects.filter(pk=site_id, dissection=found, photo__isnull=False).first()
    if found is None or row is None or row.photo is None:
        raise NotFound("没有找到")
    return row.photo


def likely(actor: Actor, dissection: Dissection, *, limit: int = 40) -> list[Finding]:
    """Return problems without a class, of the same chain or category first: candidates to be gathered."""
    first = dissection.finding
    rows = seen(actor, Finding.objects.filter(group__isnull=True)).select_related("topic", "matter", "area")
    near = (
        rows.filter(matter__category_id=first.matter.category_id) if first.matter.category_id else rows.none()
    )
    found = list(near.order_by("-at", "-id")[:limit])
    if len(found) < limit:
        known = {f.pk for f in found}
        more = rows.filter(topic_id=first.topic_id).order_by("-at", "-id")[:limit]
        found += [f for f in more if f.pk not in known]
    if len(found) < limit:
        known = {f.pk for f in found}
        found += [f for f in rows.order_by("-at", "-id")[:limit] if f.pk not in known]
    return found[:limit]
