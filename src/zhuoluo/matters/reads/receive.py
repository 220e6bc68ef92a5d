"""Who can receive a matter, who can be named in one, and the receipt of a registration just made."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import About, Commitment, Matter, Receipt
from zhuoluo.matters.reads.visible import NotFound
from zhuoluo.matters.rules import Refused, read_number
from zhuoluo.matters.states import Verb
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import below, people, units
from zhuoluo.org.rules import Actor

RECEIPT_HOURS = 12  # so long the one who registered may print the receipt again; then only a new code helps
NAMED = 8
RECEIVING = ("department", "township", "office", "village")


def receivers(actor: Actor, matter_ids: Collection[UUID], on: date) -> list[Unit]:
    """Return the units the matters can be sent to: alive that day, not the actor's own, never one complained of."""
    rows = About.objects.filter(matter_id__in=list(matter_ids), unit__isnull=False)
    accused = below(frozenset(unit for unit in rows.values_list("unit_id", flat=True) if unit))
    return [unit for unit in live_units(on) if unit.id not in accused and unit.id != actor.unit_id]


def live_units(on: date) -> list[Unit]:
    """Return the units that take matters and exist on a day: departments, townships, the office, villages."""
    alive = [u for u in units().values() if u.until_date is None or u.until_date >= on]
    return sorted((u for u in alive if u.kind in RECEIVING), key=lambda u: (RECEIVING.index(u.kind), u.code))


@dataclass(frozen=True)
class Named:
    """A unit or a person whom a matter may be about; `key` is "u:" or "p:" and the id."""

    key: str
    name: str
    post: str


def named(words: str, keys: Collection[str], on: date) -> list[Named]:
    """Return the units and people called by name in `words`, after those already chosen by key; a few at most."""
    parts = [part for part in re.split(r"[\s、，,;；]+", words) if len(part) > 1]
    if not parts and not keys:
        return []
    everybody = _everybody(on)
    chosen = [one for one in everybody if one.key in keys]
    found = [
        one for one in everybody if one.key not in keys and any(p in one.name or p in one.post for p in parts)
    ]
    return chosen + found[:NAMED]


def _everybody(on: date) -> list[Named]:
    places = [
        Named(f"u:{u.id}", u.name, "") for u in units().values() if u.until_date is None or u.until_date >= on
    ]
    seen: dict[UUID, Named] = {}
    for post in people(on):
        seen.setdefault(
            post.user_id, Named(f"p:{post.user_id}", post.user.name, f"{post.unit.name} {post.title}")
        )
    return places + list(seen.values())


@dataclass(frozen=True)
class Slip:
    """What a receipt says: the matter, which unit owes the first step, and by when (None: nothing is owed)."""

    matter: Matter
    unit: str
    due: datetime | None


def just_registered(actor: Actor, number: str, *, now: datetime) -> Slip:
    """Return a matter for its receipt: only to whoever registered it, within 12 hours. Raises NotFound.

    The receipt carries the query code, which lets its holder speak for the raiser.
    """
    try:
        written = read_number(number)
    except Refused as error:
        raise NotFound(str(error)) from error
    matter = Matter.objects.filter(
        number=written, registered_at__gte=now - timedelta(hours=RECEIPT_HOURS)
    ).first()
    if matter is None or not _registered_by(matter, actor):
        raise NotFound("没有找到这张回执。回执只给登记的人，12 小时内可以再打印")
    first = Commitment.objects.filter(matter=matter, closed_at__isnull=True).order_by("due").first()
    unit = units().get(first.unit_id) if first is not None and first.unit_id else None
    return Slip(matter, unit.name if unit else "", first.due if first else None)


def is_filed(key: str) -> bool:
    """Say whether a form with this idempotency key was registered already: then it is not looked at for duplicates."""
    return Receipt.objects.filter(key=key).exists()


def _registered_by(matter: Matter, actor: Actor) -> bool:
    first = ledger.about([matter.id]).filter(verb=Verb.REGISTER).first()
    return first is not None and actor.id is not None and first.actor_id == actor.id
