"""Findings: registered as matters of the unit, with the measure as the unit's commitment by its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.models import Firm
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.org.reads import Law, areas, live_posts, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.research.actions.noted import check_works, locked, note
from zhuoluo.research.models import Finding, FindingNote, Met, Note, Topic, Visit
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.rules.words import KLASSES, PACES
from zhuoluo.residents.actions import Contact, contact_of


@dataclass(frozen=True)
class FindingContent:
    """One row of the problem list. `met_id`: whoever said it on the visit; else the firm; else the topic's own unit."""

    text: str
    measure: str
    lead_id: UUID
    unit_id: UUID
    person: str
    until: date
    klass: str = "claim"
    title: str = ""
    pace: str = "now"
    area: str | None = None
    chain_id: UUID | None = None
    firm_id: UUID | None = None
    met_id: UUID | None = None
    visit_id: UUID | None = None
    notes: tuple[UUID, ...] = ()
    external_id: str = ""


@transaction.atomic
def raise_finding(
    *, topic_id: UUID, content: FindingContent, key: str, by: Actor, at: datetime, law: Law, source_key: str | None = None,
    who: Contact | None = None, raised_at: datetime | None = None,
) -> Registered:  # fmt: skip
    """Make a finding a problem: a matter with an owner, and the measure the unit's commitment by the day named.

    `who`: the proposer, where a sheet names them.
    """
    topic = locked(Topic.objects.all(), topic_id)
    check_works(by, topic)
    _check(content, at)
    notes = _notes(topic, content.notes)
    firm = Firm.objects.select_related("area").filter(pk=content.firm_id).first() if content.firm_id else None
    contact = who or _proposer(topic, content, firm)
    filing = Filing(
        klass=content.klass, text=content.text, title=content.title, contact=contact, channel="research", area=content.area,
        unit_id=matters.desk_of(by, content.unit_id), external_id=content.external_id,
        origin="调研问题清单" if content.external_id else "", raised_at=raised_at,
        complete=raised_at is None,
    )  # fmt: skip
    made = matters.register(
        filing=filing, by=by, at=at, law=law, key=f"finding:{key}", right=Permission.RESEARCH
    )
    if not made.fresh:
        return made
    last = Finding.objects.filter(topic=topic).order_by("-number").values_list("number", flat=True).first()
    row = Finding.objects.create(
        topic=topic, visit_id=content.visit_id, number=(last or 0) + 1, matter_id=made.matter.id,
        measure=content.measure.strip(), lead_id=content.lead_id, unit_id=content.unit_id, person=content.person.strip()[:60],
        until=content.until, pace=content.pace, chain_id=content.chain_id or (firm.chain_id if firm else None),
        firm_id=content.firm_id, area_id=content.area, external_id=content.external_id or None, source_key=source_key, at=at,
    )  # fmt: skip
    FindingNote.objects.bulk_create(FindingNote(finding=row, note=one) for one in notes)
    matters.joint_task(
        matter_id=made.matter.id, task_id=row.id, unit_id=content.unit_id, what=f"措施：{content.measure.strip()}",
        until=content.until, by=by,
        at=at, law=law, right=Permission.RESEARCH,
    )  # fmt: skip
    note("finding", row.id, by, at, topic=str(topic.id), number=made.matter.number)
    return made


def _check(content: FindingContent, at: datetime) -> None:
    if content.klass not in KLASSES or content.pace not in PACES:
        raise Refused("请从列表中选择")
    if len(content.measure.strip()) < 2:
        raise Refused("请写措施：打算怎么解决")
    if not content.person.strip():
        raise Refused("请写责任人")
    if content.unit_id not in units():
        raise Refused("请选择责任单位")
    if content.until < local_day(at):
        raise Refused("完成时限不能早于今天")
    if content.area is not None and content.area not in areas():
        raise Refused("请从列表中选择地点")
    if not live_posts(local_day(at)).filter(user_id=content.lead_id).exists():
        raise Refused("请选择在岗的分管领导")


def _notes(topic: Topic, wanted: Sequence[UUID]) -> list[Note]:
    found = list(Note.objects.filter(topic=topic, pk__in=list(wanted)))
    if len(found) != len(set(wanted)):
        raise Refused("有的记录不是这个课题的，请重新选")
    return found


def _proposer(topic: Topic, content: FindingContent, firm: Firm | None) -> Contact:
    if content.visit_id is not None and not Visit.objects.filter(pk=content.visit_id, topic=topic).exists():
        raise Refused("没有找到这次走访")
    if content.met_id is not None:
        met = Met.objects.filter(pk=content.met_id, visit__topic=topic).first()
        if met is None:
            raise Refused("没有找到提出问题的人")
        told = contact_of(met.raiser_id)
        address = told.address or met.visit.place
        return Contact(
            kind=told.kind, name=told.name, phone=told.phone, address=address, id_number=told.id_number
        )
    if firm is not None:
        return enterprise.contact(firm, None)
    unit = units()[topic.unit_id]
    return Contact(kind="enterprise", name=unit.name, address=unit.name)


@transaction.atomic
def reword(
    *, finding_id: UUID, measure: str, person: str, lead_id: UUID, by: Actor, at: datetime, chain_id: UUID | None = None,
    pace: str = "now",
) -> Finding:  # fmt: skip
    """Change how a problem is meant to be solved, and who leads it. The day stays: it is the unit's commitment."""
    row = locked(Finding.objects.select_related("topic"), finding_id)
    check_works(by, row.topic)
    if len(measure.strip()) < 2 or not person.strip() or pace not in PACES:
        raise Refused("请写措施和责任人")
    if not live_posts(local_day(at)).filter(user_id=lead_id).exists():
        raise Refused("请选择在岗的分管领导")
    row.measure, row.person, row.lead_id = measure.strip(), person.strip()[:60], lead_id
    row.chain_id, row.pace = chain_id, pace
    row.save(update_fields=["measure", "person", "lead", "chain", "pace"])
    note("reword", row.id, by, at)
    return row
