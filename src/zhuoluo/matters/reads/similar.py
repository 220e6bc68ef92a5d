"""Earlier matters that may be the same one: by words and place, by phone, by name. Only those the reader may see."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhuoluo.matters.models import Party
from zhuoluo.matters.reads.lists import Line, by_ids
from zhuoluo.matters.reads.visible import reader_tokens, visible
from zhuoluo.matters.states import ENDED
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.residents.reads import by_contact
from zhuoluo.residents.rules import normal_phone
from zhuoluo.search import reads as search

SHOWN = 5
MIN_PHONE = 7
ALIKE = 0.3  # of the weight of the words typed: below it two texts share their subject at most
MIN_WORDS = 6  # shorter texts resemble everything


@dataclass(frozen=True)
class Similar:
    """An earlier matter and why it was found: "phone", "name", "words". `joinable`: the actor may merge into it."""

    line: Line
    why: frozenset[str] = field(default_factory=frozenset)
    joinable: bool = False

    @property
    def key(self) -> str:
        """Return the matter's id as a form names it."""
        return str(self.line.id)


def similar_matters(
    actor: Actor, *, now: datetime, text: str = "", area: str = "", phone: str = "", name: str = "",
) -> list[Similar]:  # fmt: skip
    """Return the likely earlier matters, those of the same phone first; at most five, in at most seven queries.

    What the actor may not see is not even hinted at.
    """
    why: dict[UUID, set[str]] = {}
    number = normal_phone(phone)
    for word, found in (
        ("phone", _raised_by(actor, phone=number if len(number) >= MIN_PHONE else "")),
        ("name", _raised_by(actor, name=name if len(name.strip()) > 1 else "")),
        ("words", _worded(actor, text, area)),
    ):
        for matter_id in found:
            why.setdefault(matter_id, set()).add(word)
    lines = by_ids(actor, sorted(why, key=lambda m: _weight(why[m])), now=now)[:SHOWN]
    joinable = _joinable(actor, lines)
    return [Similar(line, frozenset(why[line.id]), line.id in joinable) for line in lines]


def _weight(why: Collection[str]) -> int:
    """Sort: both phone and words first, then words, then phone, then the name alone (there are many 李梅)."""
    return -sum({"phone": 3, "words": 4, "name": 1}[word] for word in why)


def _raised_by(actor: Actor, *, phone: str = "", name: str = "") -> list[UUID]:
    raisers = by_contact(phone=phone, name=name) if phone or name else []
    if not raisers:
        return []
    # At most fifty rows, sorted here: asked to sort, SQLite would walk the whole register newest first.
    rows = visible(actor).filter(raiser_id__in=raisers).values_list("registered_at", "id")
    return [matter_id for _, matter_id in sorted(rows, reverse=True)[:SHOWN]]


def _worded(actor: Actor, text: str, area: str) -> list[UUID]:
    if len(text.strip()) < MIN_WORDS:
        return []
    readers, hidden_from = reader_tokens(actor)
    town = f"{area[:9]}000" if len(area) == 12 else ""  # a village's matter may be filed under its township
    found = search.similar(
        text, readers=readers, hidden_from=hidden_from, place=town or None, kind="matter", limit=SHOWN
    )
    return [matter_id for matter_id, likeness in found if likeness >= ALIKE]


def _joinable(actor: Actor, lines: list[Line]) -> set[UUID]:
    granted = actor.grants.get(Permission.TRIAGE, frozenset())
    open_ones = [line.id for line in lines if line.stage not in ENDED]
    if not granted or not open_ones:
        return set()
    parts = Party.objects.filter(matter_id__in=open_ones, unit_id__in=granted, until_at__isnull=True)
    return set(parts.values_list("matter_id", flat=True))
