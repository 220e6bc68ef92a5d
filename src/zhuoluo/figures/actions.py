"""Keeping the sums in step with the matters: take the old contribution away, add the new one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection, transaction

from zhuoluo.clock import Term
from zhuoluo.figures.models import Contribution, Tally
from zhuoluo.figures.rules import Known, Parts, month_of, parts
from zhuoluo.org.reads import Law

Row = tuple[str, str, str, int, int]  # dimension, member, kind, day, value


@transaction.atomic
def count_again(*, known: Mapping[UUID, Known], law: Law, terms: Iterable[Term]) -> int:
    """Recount the matters given; the sums end as if each had been counted once, as it is now."""
    rules = list(terms)
    old = Contribution.objects.in_bulk(list(known))
    changes: Counter[Row] = Counter()
    fresh: list[Contribution] = []
    for matter_id, facts in known.items():
        now = parts(facts, rules, law.calendar)
        if matter_id in old:
            was = Parts.from_json(old[matter_id].parts)
            if was == now:
                continue
            _add(changes, was, -1)
        _add(changes, now, 1)
        fresh.append(Contribution(matter_id=matter_id, parts=now.as_json()))
    Contribution.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["matter_id"], update_fields=["parts"], batch_size=400
    )
    _apply({row: count for row, count in changes.items() if count})
    return len(fresh)


def _add(changes: Counter[Row], part: Parts, sign: int) -> None:
    members = (("klass", part.klass), ("area", part.area), ("unit", part.unit))
    for kind, day, value, count in part.keys:
        for dimension, member in members:
            changes[(dimension, member, kind, day, value)] += sign * count


def _apply(changes: Mapping[Row, int]) -> None:
    """Add to the sums in one statement a batch; ordered, so that two writers never wait for each other in a circle."""
    rows = [(*row[:4], month_of(row[3]), row[4], count) for row, count in sorted(changes.items())]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 100):
            batch = rows[start : start + 100]
            places = ",".join(["(%s,%s,%s,%s,%s,%s,%s)"] * len(batch))
            cursor.execute(
                "INSERT INTO figures_tally (dimension, member, kind, day, month, value, count) VALUES "  # noqa: S608 - only placeholders are joined in
                + places
                + " ON CONFLICT (dimension, kind, member, day, value)"
                " DO UPDATE SET count = figures_tally.count + excluded.count",
                [item for row in batch for item in row],
            )


@transaction.atomic
def forget_all() -> None:
    """Empty the sums before a rebuild; they are derived, nothing is lost."""
    Tally.objects.all().delete()
    Contribution.objects.all().delete()
