"""Matters with all their words, for a sheet that is taken out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhuoluo.matters.models import Answer
from zhuoluo.matters.reads.visible import visible
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor


@dataclass(frozen=True)
class Whole:
    """What a matter says, and the answer that stands; `raiser` leads to the identity, which is not here."""

    id: UUID
    number: str
    external_id: str
    klass: str
    channel: str
    stage: str
    title: str
    text: str
    area: str
    place: str
    category: str
    unit: str
    raised_at: datetime
    registered_at: datetime
    raiser: UUID
    answer: str = ""
    outcome: str = ""
    answered_at: datetime | None = None
    served_at: datetime | None = None


def whole(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Whole]:
    """Return those of the given matters that the actor may read, by id, in two queries."""
    rows = visible(actor).filter(pk__in=list(ids)).select_related("area", "category")
    matters = {row.id: row for row in rows}
    answers = Answer.objects.filter(
        matter_id__in=list(matters), issued_at__isnull=False, replaced_at__isnull=True
    ).values_list("matter_id", "opinion", "outcome", "issued_at", "served_at")
    said = {row[0]: row[1:] for row in answers}
    found = {}
    for key, row in matters.items():
        unit = units().get(row.lead_unit_id or row.registered_by_id)
        answer, outcome, answered, served = said.get(key, ("", "", None, None))
        found[key] = Whole(
            id=key, number=row.number, external_id=row.external_id, klass=row.klass, channel=row.channel,
            stage=row.stage, title=row.title, text=row.text, area=row.area.full_name if row.area else "",
            place=row.place, category=row.category.full_name if row.category else "", unit=unit.name if unit else "",
            raised_at=row.raised_at, registered_at=row.registered_at, raiser=row.raiser_id, answer=answer,
            outcome=outcome, answered_at=answered, served_at=served,
        )  # fmt: skip
    return found
