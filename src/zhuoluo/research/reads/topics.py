"""Topics, and visits with who was met and what was noted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoluo.kit.cursor import Page, newest
from zhuoluo.matters.reads import STANDINGS, Standing, seen, standings, stood
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.research.models import Finding, Met, Note, Topic, Visit
from zhuoluo.research.rules.errors import NotFound
from zhuoluo.residents.reads import Masked, masked_by_id

SHOWN = 40


@dataclass(frozen=True)
class TopicLine:
    """A topic with how many of its problems stand in which column."""

    topic: Topic
    all: int
    by: dict[str, int]


@dataclass(frozen=True)
class TopicFile:
    """A topic whole."""

    topic: Topic
    visits: list[Visit]
    findings: list[tuple[Finding, Standing]]
    by: dict[str, int]
    notes: int


@dataclass(frozen=True)
class VisitFile:
    """A visit whole: who was met, masked; its notes; what was raised from it."""

    visit: Visit
    met: list[tuple[Met, Masked]]
    notes: list[Note]
    findings: list[Finding]


def _own(actor: Actor) -> QuerySet[Topic]:
    rows = Topic.objects.select_related("lead", "unit", "chain")
    if actor.can(Permission.READ_ALL):
        return rows
    return rows.filter(Q(unit_id__in=actor.units) | Q(lead_id=actor.id))


def topics(actor: Actor, *, words: str = "", state: str = "", after: str = "") -> tuple[list[TopicLine], str]:
    """Return a page of topics, newest first, each with its problems by column; two queries."""
    rows = _own(actor)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(lead__name=words))
    if state in ("open", "closed"):
        rows = rows.filter(closed_at__isnull=state == "open")
    page: Page[Topic] = newest(rows, "made_at", after)
    counted = _counted(actor, [t.pk for t in page.rows])
    return [TopicLine(t, sum(counted[t.pk].values()), counted[t.pk]) for t in page.rows], page.next


def _counted(actor: Actor, ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    found = {one: dict.fromkeys(STANDINGS, 0) for one in ids}
    rows = stood(seen(actor, Finding.objects.filter(topic_id__in=ids))).order_by()
    for topic_id, standing, n in rows.values_list("topic_id", "standing").annotate(n=Count("pk")):
        found[topic_id][standing] = n
    return found


def topic(actor: Actor, topic_id: UUID) -> Topic:
    """Return one topic. Raises NotFound."""
    row = _own(actor).filter(pk=topic_id).first()
    if row is None:
        raise NotFound("没有找到这个课题，或者您没有查看权限")
    return row


def topic_file(actor: Actor, topic_id: UUID, *, now: datetime) -> TopicFile:
    """Return a topic with its visits and its newest problems. Raises NotFound."""
    row = topic(actor, topic_id)
    found = list(row.findings.select_related("lead", "unit").order_by("-number")[:SHOWN])
    known = standings(actor, [f.matter_id for f in found], now=now)
    return TopicFile(
        row, list(row.visits.select_related("area", "firm").order_by("-day", "-id")[:SHOWN]),
        [(f, known[f.matter_id]) for f in found if f.matter_id in known], _counted(actor, [row.pk])[row.pk], row.notes.count(),
    )  # fmt: skip


def visit(actor: Actor, visit_id: UUID) -> Visit:
    """Return one visit of a topic the actor may see. Raises NotFound."""
    row = Visit.objects.select_related("area", "firm").filter(pk=visit_id).first()
    if row is None:
        raise NotFound("没有找到这次走访")
    row.topic = topic(actor, row.topic_id)
    return row


def visit_file(actor: Actor, visit_id: UUID) -> VisitFile:
    """Return a visit with who was met and its notes. Raises NotFound."""
    row = visit(actor, visit_id)
    met = list(row.met.order_by("id"))
    who = masked_by_id([m.raiser_id for m in met])
    return VisitFile(
        row, [(m, who[m.raiser_id]) for m in met], list(row.notes.order_by("number")),
        list(seen(actor, row.findings.select_related("matter")).order_by("number")),
    )  # fmt: skip


def met_person(visit_id: UUID, met_id: UUID) -> Met:
    """Return somebody met on a visit. Raises NotFound."""
    row = Met.objects.filter(pk=met_id, visit_id=visit_id).first()
    if row is None:
        raise NotFound("没有找到")
    return row


def notes_of(topic_id: UUID) -> list[Note]:
    """Return the notes of a topic in their order."""
    return list(Note.objects.filter(topic_id=topic_id).select_related("visit").order_by("number"))
