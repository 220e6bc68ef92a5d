"""Which cases an entitled officer may see, and what they then see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters.rules import Refused as NoNumber
from zhuoluo.matters.rules import read_number
from zhuoluo.org.reads import SHANGHAI, below, live_posts, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.sealed.models import SealedAccused, SealedCase, SealedFile, SealedText, SealedView
from zhuoluo.sealed.reads.vault import keyring, open_text
from zhuoluo.sealed.rules import few

PAGE = 30
MOMENTS = ("received_at", "forwarded_at", "concluded_at")


class NotFound(Exception):
    """No such case, or not for this reader; the two are told apart to nobody."""


def _against(actor: Actor) -> Q:
    """Return the condition that a case accuses the actor or a unit the actor sits in (信访工作条例 art. 30, 46)."""
    ring = keyring()
    whom = [f"unit:{unit}" for unit in sorted(actor.shadow)] + ([f"person:{actor.id}"] if actor.id else [])
    digests = [digest for one in whom for digest in ring.index(one).values()]
    return Q(Exists(SealedAccused.objects.filter(case=OuterRef("pk"), digest__in=digests)))


def visible(actor: Actor) -> QuerySet[SealedCase]:
    """Return the cases an officer keeps, or to whose unit they were forwarded; none that accuses them or their unit."""
    mine = actor.grants.get(Permission.READ_SEALED, frozenset())
    rows = SealedCase.objects.filter(Q(keeper_id__in=mine) | Q(forwarded_to_id__in=mine))
    return rows.exclude(_against(actor))


def is_accused(case_id: UUID, refs: Iterable[str]) -> bool:
    """Say whether a case accuses any of `unit:id` or `person:id`."""
    ring = keyring()
    digests = [digest for ref in refs for digest in ring.index(ref).values()]
    return SealedAccused.objects.filter(case_id=case_id, digest__in=digests).exists()


def by_number(actor: Actor, number: str) -> SealedCase:
    """Return a case by its number as typed. Raises NotFound."""
    try:
        written = read_number(number)
    except NoNumber as error:
        raise NotFound(str(error)) from error
    found = visible(actor).filter(number=written).first()
    if found is None:
        raise NotFound("没有找到，或者您没有查看权限")
    return found


@dataclass(frozen=True)
class Page:
    """One keyset page; `next` is the cursor of the following one, empty on the last. No words of any case are in it."""

    rows: list[SealedCase]
    next: str


def cases(actor: Actor, *, state: str = "", after: str = "", limit: int = PAGE) -> Page:
    """Return a page of cases, newest first, in one query."""
    rows = visible(actor).filter(behind(after, "received_at", newest_first=True))
    if state:
        rows = rows.filter(state=state)
    found = list(rows.order_by("-received_at", "-id")[: limit + 1])
    page = found[:limit]
    return Page(page, write_cursor(page[-1].received_at, page[-1].id) if len(found) > limit else "")


@dataclass(frozen=True)
class Piece:
    """One piece of a case, opened: its words, or a file with its name."""

    id: UUID
    kind: str
    word: str
    at: datetime
    fields: dict[str, Any]
    file_id: UUID | None = None


@dataclass(frozen=True)
class Case:
    """A case whole, opened for one reader whose look is recorded."""

    row: SealedCase
    pieces: list[Piece]
    accused: list[str]

    def of(self, *kinds: str) -> list[Piece]:
        """Return the pieces of some kinds, oldest first."""
        return [piece for piece in self.pieces if piece.kind in kinds]


def opened(case: SealedCase) -> Case:
    """Return a case opened. Call it through actions.look, which records who saw it."""
    rows = list(SealedText.objects.filter(case=case).order_by("at", "id"))
    files = dict(SealedFile.objects.filter(case=case).values_list("label_id", "id"))
    pieces = [
        Piece(row.id, row.kind, row.get_kind_display(), row.at, json.loads(open_text(row)), files.get(row.id))
        for row in rows
    ]
    names = [name for piece in pieces if piece.kind == "accused" for name in piece.fields["names"]]
    return Case(case, pieces, list(dict.fromkeys(names)))


@dataclass(frozen=True)
class Look:
    """A page of who looked at a case, newest first."""

    rows: list[SealedView]
    next: str


def looks(case: SealedCase, *, after: str = "", limit: int = 100) -> Look:
    """Return a page of every look at a case."""
    rows = SealedView.objects.filter(behind(after, "at", newest_first=True), case_id=case.id)
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    page = found[:limit]
    return Look(page, write_cursor(page[-1].at, page[-1].id) if len(found) > limit else "")


@dataclass(frozen=True)
class Year:
    """The counts of one year, as this reader is told them."""

    year: int
    received: str
    forwarded: str
    concluded: str


def yearly(actor: Actor) -> list[Year]:
    """Return one line a year, newest first: the only count there is of accusations, by nothing but the year.

    The office that handles them counts its own exactly; whoever may only count is told small ones as "<5". Neither
    ever counts one against themselves or their unit.
    """
    entitled = actor.can(Permission.READ_SEALED)
    rows = visible(actor) if entitled else SealedCase.objects.exclude(_against(actor))
    found: dict[int, dict[str, int]] = {}
    for field in MOMENTS:
        some = rows.filter(**{f"{field}__isnull": False}).annotate(year=ExtractYear(field, tzinfo=SHANGHAI))
        for year, count in some.order_by().values_list("year").annotate(n=Count("pk")):
            found.setdefault(int(year), dict.fromkeys(MOMENTS, 0))[field] = count
    return [
        Year(year, *(few(count, entitled=entitled) for count in line.values()))
        for year, line in sorted(found.items(), reverse=True)
    ]


def keepers_without_officer() -> list[str]:
    """Return the names of units that keep open cases while nobody in them, or over them, holds the post that reads them."""
    kept = SealedCase.objects.exclude(state="concluded").values_list("keeper_id", flat=True).distinct()
    posts = live_posts(timezone.localdate()).filter(role="sealed_officer").values_list("unit_id", flat=True)
    reached = below(frozenset(posts))
    return [units()[unit].name for unit in kept if unit not in reached]
