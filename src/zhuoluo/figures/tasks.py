"""Following the ledger: the sums are brought up to date by a cursor of their own."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import Term
from zhuoluo.figures import actions
from zhuoluo.figures.rules import Known
from zhuoluo.ledger import actions as ledger_actions
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.reads import counted
from zhuoluo.org.reads import Law, law

READER = "figures"
BATCH = 500


def measuring_terms(rules: Law, on: date) -> list[Term]:
    """Return the rules against which the time to answer is measured, as in force on a day."""
    return rules.rulebook.measuring("answer", on)


def count_new(*, now: datetime, batch: int = BATCH) -> int:
    """Recount every matter that entries since the cursor speak of; returns how many entries were dealt with."""
    rules = law()
    with transaction.atomic():
        entries = ledger.after(ledger.position(READER), now=now, limit=batch)
        if not entries:
            return 0
        _count({e.subject_id for e in entries if e.subject_kind == "matter"}, rules, now)
        ledger_actions.advance(reader=READER, seq=entries[-1].seq)
    return len(entries)


def rebuild(*, now: datetime, progress: Callable[[int], None] | None = None) -> int:
    """Count everything anew: after a change of a definition, or when an administrator doubts the sums."""
    rules = law()
    with transaction.atomic():
        last = ledger.last()
        actions.forget_all()
        done = 0
        for page in counted.every_id():
            _count(set(page), rules, now)
            done += len(page)
            if progress is not None:
                progress(done)
        ledger_actions.advance(reader=READER, seq=last)
    return done


def _count(ids: set[UUID], rules: Law, now: datetime) -> None:
    known = {
        key: Known(
            klass=row.klass,
            area=row.area,
            unit=row.unit,
            registered_at=row.registered_at,
            milestones=row.milestones,
            promises=row.promises,
            words=row.words,
            sealed=row.sealed,
        )
        for key, row in counted.facts(ids).items()
    }
    actions.count_again(known=known, law=rules, terms=measuring_terms(rules, now.date()))
