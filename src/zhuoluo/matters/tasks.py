"""What the worker does for matters: the search index follows the ledger; what the law ends or hands on by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.ledger import actions as ledger_actions
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import actions
from zhuoluo.matters.models import About, Answer, Matter, Party
from zhuoluo.matters.states import Stage
from zhuoluo.org.reads import law
from zhuoluo.search import actions as search
from zhuoluo.search.actions import Document

READER = "search"
BATCH = 500


def index_new(*, now: datetime, batch: int = BATCH) -> int:
    """Index every matter that entries since the cursor speak of; returns how many entries were dealt with.

    Cursor and index move in one transaction, so a killed worker neither skips nor repeats harmfully.
    """
    with transaction.atomic():
        entries = ledger.after(ledger.position(READER), now=now, limit=batch)
        if not entries:
            return 0
        index(_spoken_of(entries))
        ledger_actions.advance(reader=READER, seq=entries[-1].seq)
    return len(entries)


def finalize_lapsed(*, now: datetime) -> int:
    """Note finality where the time to ask for a review has passed unused (信访工作条例 arts. 35-37); returns how many."""
    return actions.finalize_lapsed(at=now, law=law())


def succeed_all(*, now: datetime) -> int:
    """Pass the matters of units that ended to their successors (art. 24); returns how many."""
    return actions.succeed_all(at=now, law=law())


def _spoken_of(entries: Iterable[Any]) -> set[UUID]:
    """A merge changes two matters: who may read the one merged into depends on whom the other is about."""
    acts = [entry for entry in entries if entry.subject_kind == "matter"]
    targets = (entry.payload.get(key) for entry in acts for key in ("into", "out_of"))
    return {entry.subject_id for entry in acts} | {UUID(target) for target in targets if target}


def index(ids: Iterable[UUID]) -> None:
    """Put the given matters into the search index as they are now."""
    wanted = list(ids)
    matters = Matter.objects.filter(pk__in=wanted).exclude(stage=Stage.SEALED).select_related("area")
    readers = _readers(wanted)
    denied = _denied(wanted)
    opinions: dict[UUID, list[str]] = {}
    for matter_id, opinion in Answer.objects.filter(
        matter_id__in=wanted, issued_at__isnull=False
    ).values_list("matter_id", "opinion"):  # fmt: skip
        opinions.setdefault(matter_id, []).append(opinion)
    search.drop(
        ids=list(Matter.objects.filter(pk__in=wanted, stage=Stage.SEALED).values_list("pk", flat=True))
    )
    search.put(
        documents=[
            document(m, readers.get(m.id, set()), denied.get(m.id, set()), opinions.get(m.id, []))
            for m in matters
        ]
    )


def document(matter: Matter, readers: set[str], denied: set[str], opinions: list[str]) -> Document:
    """Return the searchable form of a matter: its own words, never the identity of who raised it."""
    place = matter.area.full_name if matter.area else ""
    words = [matter.number, matter.external_id, matter.title, matter.text, place, matter.place, *opinions]
    return Document(
        id=matter.id,
        kind="matter",
        text="\n".join(word for word in words if word),
        when=matter.registered_at,
        place=matter.area_id or "",
        readers=frozenset({"all"} | readers),
        hidden_from=frozenset(denied),
    )


def _readers(ids: list[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Party.objects.filter(matter_id__in=ids, until_at__isnull=True).values_list("matter_id", "unit_id")
    for matter_id, unit_id in rows:
        found.setdefault(matter_id, set()).add(f"u{unit_id.hex}")
    return found


def _denied(ids: list[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for row in About.objects.filter(matter_id__in=ids):
        token = f"u{row.unit_id.hex}" if row.unit_id else f"p{row.person_id.hex}" if row.person_id else ""
        found.setdefault(row.matter_id, set()).add(token)
    return found
