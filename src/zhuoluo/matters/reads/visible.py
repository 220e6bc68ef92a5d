"""Which matters a reader may see. Every other read starts here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet, UUIDField

from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.matters.models import About, Matter, Party
from zhuoluo.matters.reads.rows import rows_of
from zhuoluo.matters.rules import Refused, read_number
from zhuoluo.matters.states import Stage
from zhuoluo.org.rules import Actor, Permission

M = TypeVar("M", bound=Model)
PARTIES_OF = rows_of(Party, "from_at", "id")
ABOUT_OF = rows_of(About, "id")


class NotFound(Exception):
    """No such matter, or not for this reader; the two are told apart to nobody."""


def visible(actor: Actor) -> QuerySet[Matter]:
    """Return the matters `actor` may read.

    Those of their units, or all with READ_ALL; never one about themselves or their unit (信访工作条例 art. 30, 46), and
    never one that turned out to be an accusation and was taken over (stage "sealed").
    """
    return _limited(actor, Matter.objects.all(), "pk", "stage")


def seen(actor: Actor, rows: QuerySet[M], matter: str = "matter") -> QuerySet[M]:
    """Limit rows that each belong to a matter to those whose matter the actor may read: `visible`, with one join less."""
    return _limited(actor, rows, f"{matter}_id", f"{matter}__stage")


def _limited(actor: Actor, rows: QuerySet[M], matter: str, stage: str) -> QuerySet[M]:
    if actor.kind == "system":
        return rows
    if not actor.can(Permission.READ_ALL):
        mine = Party.objects.filter(
            matter=OuterRef(matter), unit_id__in=read_units(actor), until_at__isnull=True
        )
        rows = rows.filter(Exists(mine))
    return rows.filter(not_about(actor, matter)).exclude(**{stage: Stage.SEALED})


def read_units(actor: Actor) -> frozenset[UUID]:
    """Return the units whose matters the actor's posts let them read: an administrator's or auditor's post reads none."""
    return actor.grants.get(Permission.READ_UNIT, frozenset())


def not_about(actor: Actor, matter: str = "matter_id") -> Q:
    """Return the condition that a row's matter is not about the actor or the actor's units."""
    against = About.objects.filter(matter=OuterRef(matter))
    return Q(~Exists(against.filter(Q(unit_id__in=actor.shadow) | Q(person_id=actor.id))))


def readable(actor: Actor, matter: Matter, parties: Iterable[Party], about: Iterable[About]) -> bool:
    """Say of one matter whose rows are at hand what `visible` says of many; a test holds the two equal."""
    if actor.kind == "system":
        return True
    mine = read_units(actor)
    if not actor.can(Permission.READ_ALL) and not any(
        p.until_at is None and p.unit_id in mine for p in parties
    ):
        return False
    if matter.stage == Stage.SEALED:
        return False
    return not any(a.unit_id in actor.shadow or (a.person_id and a.person_id == actor.id) for a in about)


@dataclass(frozen=True)
class Opened:
    """A matter the reader may read, with the rows that said so."""

    matter: Matter
    parties: list[Party]
    about: list[About]


def _whole() -> QuerySet[Matter]:
    return Matter.objects.select_related("raiser", "category", "lead_person")


WITH_NUMBER = BuiltOnce(lambda number: _whole().filter(number=number), number=CharField())
WITH_ID = BuiltOnce(lambda matter: _whole().filter(pk=matter), matter=UUIDField())


def opened_by(actor: Actor, number: str) -> Opened:
    """Return a matter by its number as typed, in three small queries. Raises NotFound."""
    return _opened(actor, WITH_NUMBER(number=_number(number)))


def _opened(actor: Actor, found: Iterable[Matter]) -> Opened:
    for matter in found:
        parties, about = PARTIES_OF(matter=matter.id), ABOUT_OF(matter=matter.id)
        if readable(actor, matter, parties, about):
            return Opened(matter, parties, about)
    raise NotFound("没有找到这件事项，或者您没有查看权限")


def _number(number: str) -> str:
    """Return a number as typed the way it is kept. Raises NotFound when it cannot be right."""
    try:
        return read_number(number)
    except Refused as error:
        raise NotFound(str(error)) from error


def by_number(actor: Actor, number: str) -> Matter:
    """Return a matter by its number as typed. Raises NotFound."""
    return opened_by(actor, number).matter


def by_id(actor: Actor, matter_id: UUID) -> Matter:
    """Return a matter by id. Raises NotFound."""
    return _opened(actor, WITH_ID(matter=matter_id)).matter


def audited(actor: Actor, number: str) -> Matter:
    """Return a matter for whoever may ask who saw it: number and id only are theirs to show. Raises NotFound.

    Auditors read no matters, but answer for who did; the one complained of is told nothing, as everywhere.
    """
    if not actor.can(Permission.WHO_SAW):
        return by_number(actor, number)
    rows = Matter.objects.filter(not_about(actor, "pk"), number=_number(number)).exclude(stage=Stage.SEALED)
    row = rows.first()
    if row is None:
        raise NotFound("没有找到这件事项，或者您没有查看权限")
    return row


def sealed_among(ids: Iterable[UUID | None]) -> set[UUID]:
    """Return which of the given matters turned out to be accusations: whoever keeps a copy of their words forgets it."""
    return set(
        Matter.objects.filter(pk__in=[i for i in ids if i], stage=Stage.SEALED).values_list("pk", flat=True)
    )


def reader_tokens(actor: Actor) -> tuple[frozenset[str], frozenset[str]]:
    """Return the search tokens that let the actor read, and those that forbid it (see tasks.document)."""
    allow = {"all"} if actor.can(Permission.READ_ALL) else {f"u{unit.hex}" for unit in read_units(actor)}
    deny = {f"u{unit.hex}" for unit in actor.shadow} | ({f"p{actor.id.hex}"} if actor.id else set())
    return frozenset(allow), frozenset(deny)
