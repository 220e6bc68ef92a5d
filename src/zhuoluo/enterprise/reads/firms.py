"""The register: enterprises by words, chain, township, liaison; one enterprise with all that came of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuoluo.enterprise.models import Chain, Firm, Liaison, Project, Visit
from zhuoluo.enterprise.models import Need as NeedRow
from zhuoluo.enterprise.rules.errors import NotFound
from zhuoluo.kit.cursor import Page, newest
from zhuoluo.matters.reads import Standing, standings
from zhuoluo.org.reads import within
from zhuoluo.org.rules import Actor
from zhuoluo.residents.reads import Masked, masked_by_id

LOT = 500
SHOWN = 30  # visits and needs on the page of one enterprise


@dataclass(frozen=True)
class Asked:
    """What the register is limited to; what is empty limits nothing. `liaison`: firms somebody looks after."""

    words: str = ""
    chain: UUID | None = None
    area: str = ""
    liaison: UUID | None = None
    alone: bool = False  # without a liaison


def _asked(asked: Asked) -> QuerySet[Firm]:
    rows = Firm.objects.filter(ended_at__isnull=True).select_related("chain", "area")
    if asked.words:
        rows = rows.filter(Q(name__icontains=asked.words) | Q(code__startswith=asked.words.upper()))
    if asked.chain is not None:
        rows = rows.filter(chain_id=asked.chain)
    if asked.area:
        rows = rows.filter(within("area_id", asked.area))
    live = Liaison.objects.filter(firm=OuterRef("pk"), until_day__isnull=True)
    if asked.liaison is not None:
        rows = rows.filter(Exists(live.filter(user_id=asked.liaison)))
    return rows.filter(~Exists(live)) if asked.alone else rows


def firms(asked: Asked, *, after: str = "") -> Page[Firm]:
    """Return a page of the register, newest first; one query."""
    return newest(_asked(asked), "made_at", after)


def whole_firms(asked: Asked) -> Iterator[Firm]:
    """Return every enterprise asked for."""
    yield from _asked(asked).order_by("-made_at", "-id").iterator(chunk_size=LOT)


def firm(firm_id: UUID) -> Firm:
    """Return one enterprise. Raises NotFound."""
    row = Firm.objects.select_related("chain__head", "area").filter(pk=firm_id).first()
    if row is None:
        raise NotFound("没有找到这家企业")
    return row


def chains(*, ended: bool = False) -> list[Chain]:
    """Return the chains, by name."""
    rows = Chain.objects.select_related("head").order_by("name")
    return list(rows if ended else rows.filter(ended_at__isnull=True))


def liaisons(firm_ids: Collection[UUID]) -> dict[UUID, Liaison]:
    """Return who looks after each of the enterprises; one query."""
    rows = Liaison.objects.filter(firm_id__in=list(firm_ids), until_day__isnull=True).select_related("user")
    return {row.firm_id: row for row in rows}


def liaison_of(firm_id: UUID) -> Liaison | None:
    """Return who looks after an enterprise."""
    return liaisons([firm_id]).get(firm_id)


def contact_of(row: Firm) -> Masked | None:
    """Return who answers for an enterprise, masked."""
    return masked_by_id([row.contact_id]).get(row.contact_id) if row.contact_id else None


@dataclass(frozen=True)
class FirmFile:
    """One enterprise whole."""

    firm: Firm
    contact: Masked | None
    liaisons: list[Liaison]  # the present one first
    visits: list[Visit]
    needs: list[Standing]
    projects: list[Project]


def firm_file(actor: Actor, firm_id: UUID, *, now: datetime) -> FirmFile:
    """Return an enterprise with its visits, and those of its needs that the actor may read. Raises NotFound."""
    row = firm(firm_id)
    ids = list(
        NeedRow.objects.filter(firm=row).order_by("-at", "-id").values_list("matter_id", flat=True)[:SHOWN]
    )
    found = standings(actor, ids, now=now)
    return FirmFile(
        row, contact_of(row), list(row.liaisons.select_related("user").order_by("-from_day", "-id")),
        list(row.visits.select_related("by").order_by("-day", "-id")[:SHOWN]), [found[i] for i in ids if i in found],
        list(row.projects.order_by("-first_day", "-id")),
    )  # fmt: skip
