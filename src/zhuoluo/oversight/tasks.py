"""What follows the ledger: signs of false closures are looked for where something happened, and old traces go."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from zhuoluo.clock import local_day
from zhuoluo.ledger import actions as ledger_actions
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.reads import Facts, closings
from zhuoluo.oversight.models import Case, Doubt, Print, Trace
from zhuoluo.oversight.rules import MANY, Closure, Said, Sign, print_of, signs
from zhuoluo.residents.reads import phone_changes

READER = "oversight"
BATCH = 200
TELLING = {
    "issue", "answer_now", "serve", "execute", "rate", "dispute", "call_back", "certify", "uncertify", "correct_contact",
    "add_evidence", "reopen", "annul", "take_case", "end_case",
}  # fmt: skip
QUARTER = timedelta(days=90)
KEPT = timedelta(days=90)
CASE_DAYS = timedelta(days=60)


def follow(*, now: datetime, batch: int = BATCH) -> int:
    """Look again at every matter that telling entries since the cursor speak of; returns how many were dealt with."""
    with transaction.atomic():
        entries = ledger.after(ledger.position(READER), now=now, limit=batch)
        if not entries:
            return 0
        telling = [e for e in entries if e.subject_kind == "matter" and e.verb in TELLING]
        _cases(telling)
        look({entry.subject_id for entry in telling}, now=now)
        ledger_actions.advance(reader=READER, seq=entries[-1].seq)
    return len(entries)


def _cases(entries: Iterable[Any]) -> None:
    """A case taken or ended elsewhere (at a reception) gets its file, or loses it, here."""
    for entry in entries:
        live = Case.objects.filter(matter_id=entry.subject_id, ended_at__isnull=True)
        if entry.verb == "take_case" and not live.exists():
            due = next((row["due"] for row in entry.payload.get("opened", []) if row["kind"] == "case"), None)
            until = datetime.fromisoformat(due) - timedelta(seconds=1) if due else entry.at + CASE_DAYS
            Case.objects.create(
                matter_id=entry.subject_id, leader_id=UUID(entry.payload["person"]), source="reception",
                until=local_day(until), at=entry.at,
            )  # fmt: skip
        if entry.verb == "end_case":
            live.filter(at__lt=entry.at).update(ended_at=entry.at, reason="事项上的包案已经结束")


def look(ids: Collection[UUID], *, now: datetime) -> None:
    """Find the signs of some matters anew: new ones are kept, those whose facts are gone are marked so."""
    found = closings(ids)
    _keep_prints(found.values())
    found |= closings(_others(found))
    told = _closures(found)
    for matter_id, closure in told.items():
        _keep(matter_id, signs(closure), now)


def _keep_prints(facts: Iterable[Facts]) -> None:
    for it in facts:
        if it.answer_id is not None and it.opinion:
            at = it.times.get("answered") or it.times.get("served")
            if at is not None:
                Print.objects.update_or_create(
                    id=it.answer_id,
                    defaults={"matter_id": it.matter_id, "digest": print_of(it.opinion), "at": at},
                )


def _others(found: Collection[UUID]) -> set[UUID]:
    """Other matters given the same words as these, where so many were that all of them show the sign."""
    digests = Print.objects.filter(matter_id__in=list(found)).values("digest")
    many = (
        Print.objects.filter(digest__in=digests).values("digest").annotate(n=Count("pk")).filter(n__gte=MANY)
    )
    rows = Print.objects.filter(digest__in=many.values("digest")).exclude(matter_id__in=list(found))
    return set(rows.order_by("-at").values_list("matter_id", flat=True)[:BATCH])


def _closures(found: dict[UUID, Facts]) -> dict[UUID, Closure]:
    changed: dict[UUID, list[datetime]] = {}
    for one in phone_changes({it.raiser_id for it in found.values()}):
        changed.setdefault(one.raiser_id, []).append(one.at)
    return {matter_id: _closure(it, changed.get(it.raiser_id, [])) for matter_id, it in found.items()}


def _closure(it: Facts, changed: list[datetime]) -> Closure:
    return Closure(
        klass=it.klass, supported=it.outcome == "supported", accepted_at=it.times.get("accepted"),
        served_at=it.times.get("served"), executed_at=it.times.get("executed"), resolved_at=it.times.get("resolved"),
        shown=it.shown, said=[Said(*word) for word in it.words], phone_changed=changed, seen=_seen(it), alike=_alike(it),
    )  # fmt: skip


def _seen(it: Facts) -> list[tuple[datetime, datetime]]:
    """When the raiser rated, and when staff of the handling units used the same browser on the same network."""
    pairs = []
    served = it.times.get("served")
    for rated in Trace.objects.filter(matter_id=it.matter_id):
        if served is not None and rated.at < served:
            continue
        near = Trace.objects.filter(
            digest=rated.digest, user_id__isnull=False, at__gte=rated.at - QUARTER, at__lte=rated.at + QUARTER
        )
        pairs += [
            (rated.at, used.at) for used in near if used.unit_id in it.units or used.user_id in it.people
        ]
    return pairs


def _alike(it: Facts) -> int:
    mine = Print.objects.filter(pk=it.answer_id).first() if it.answer_id else None
    if mine is None:
        return 0
    same = Print.objects.filter(digest=mine.digest, at__gte=mine.at - QUARTER, at__lte=mine.at + QUARTER)
    return same.exclude(matter_id=it.matter_id).values("matter_id").distinct().count()


def _keep(matter_id: UUID, found: list[Sign], now: datetime) -> None:
    standing = {(row.sign, row.at): row for row in Doubt.objects.filter(matter_id=matter_id)}
    for sign in found:
        row = standing.pop((sign.key, sign.at), None)
        if row is None:
            Doubt.objects.create(
                matter_id=matter_id, sign=sign.key, at=sign.at, number=sign.number, found_at=now
            )
        elif row.gone_at is not None or row.number != sign.number:
            row.gone_at, row.number = None, sign.number
            row.save(update_fields=["gone_at", "number"])
    gone = [row.pk for row in standing.values() if row.gone_at is None and row.looked_at is None]
    Doubt.objects.filter(pk__in=gone).update(gone_at=now)


def sweep(*, now: datetime) -> int:
    """Forget traces older than 90 days."""
    old = Trace.objects.filter(at__lt=now - KEPT)
    return old.delete()[0]
