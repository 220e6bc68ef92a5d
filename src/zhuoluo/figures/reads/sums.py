"""Reading the figures, as of any day, along one dimension; limited to what the reader may see."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from zhuoluo.figures.models import Tally
from zhuoluo.figures.rules import UNDONE, Figure, median, net
from zhuoluo.ledger import reads as ledger
from zhuoluo.org.rules import Actor, Permission


@dataclass(frozen=True)
class Cut:
    """Which part of the sums is read: a dimension, its members (None: all), the period with both days included."""

    until: date
    since: date | None = None
    dimension: str = "klass"
    members: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Number:
    """A figure's value: numerator and, for a rate, denominator. A rate without a denominator is no number."""

    figure: Figure
    top: int
    bottom: int | None

    @property
    def percent(self) -> str:
        """Return the rate with two decimals, rounded half up, or a dash where nothing was due."""
        if not self.bottom:
            return "—"
        hundredths = (self.top * 20000 // self.bottom + 1) // 2
        return f"{hundredths // 100}.{hundredths % 100:02d}%"


def allowed_cut(actor: Actor, cut: Cut) -> Cut:
    """Narrow a cut to the actor's own units unless they may read all."""
    if actor.can(Permission.READ_ALL):
        return cut
    return Cut(cut.until, cut.since, "unit", tuple(sorted(str(unit) for unit in actor.units)))


def _rows(cut: Cut) -> QuerySet[Tally]:
    rows = Tally.objects.filter(dimension=cut.dimension, day__lte=cut.until.toordinal())
    if cut.since is not None:
        rows = rows.filter(day__gte=cut.since.toordinal())
    if cut.members is not None:
        rows = rows.filter(member__in=cut.members)
    return rows


def sums(cut: Cut) -> dict[str, int]:
    """Return what stands at the cut-off, per kind, in one query."""
    rows = _rows(cut).exclude(kind="elapsed").values_list("kind").annotate(total=Sum("count"))
    return net(dict(rows))


def number(figure: Figure, totals: Mapping[str, int]) -> Number:
    """Return a figure from the sums of its kinds."""
    top = sum(totals.get(kind, 0) for kind in figure.top)
    bottom = sum(totals.get(kind, 0) for kind in figure.bottom) if figure.bottom else None
    return Number(figure, top, bottom)


def by_month(cut: Cut, kinds: Collection[str]) -> dict[int, dict[str, int]]:
    """Return what happened in each month (year * 12 + month - 1), per kind, undone later or not, in one query."""
    rows = _rows(cut).filter(kind__in=list(kinds)).values_list("month", "kind").annotate(total=Sum("count"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for month, kind, total in rows:
        found[month][kind] = total
    return dict(sorted(found.items()))


def by_member(cut: Cut, kinds: Collection[str]) -> dict[str, dict[str, int]]:
    """Return what stands at the cut-off per member of the dimension and kind, in one query."""
    wanted = [*kinds, *(f"{UNDONE}{kind}" for kind in kinds)]
    rows = _rows(cut).filter(kind__in=wanted).values_list("member", "kind").annotate(total=Sum("count"))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for member, kind, total in rows:
        found[member][kind] = total
    return {member: net(totals) for member, totals in found.items()}


def by_month_and_member(cut: Cut, kinds: Collection[str]) -> list[tuple[int, str, str, int]]:
    """Return (month, member, kind, sum) for the months × areas × states table, in one query."""
    rows = _rows(cut).filter(kind__in=list(kinds)).values_list("month", "member", "kind")
    return [(m, who, kind, total) for m, who, kind, total in rows.annotate(total=Sum("count")) if total]


def median_days(cut: Cut) -> float | None:
    """Return the median days from registration to answer of those answered in the period."""
    return median(_histogram(cut))


def _histogram(cut: Cut) -> dict[int, int]:
    rows = _rows(cut).filter(kind="elapsed").values_list("value").annotate(total=Sum("count"))
    return dict(rows)


def medians_by_month(cut: Cut) -> dict[int, float]:
    """Return the median days to answer of each month, in one query."""
    rows = _rows(cut).filter(kind="elapsed").values_list("month", "value").annotate(total=Sum("count"))
    months: dict[int, dict[int, int]] = defaultdict(dict)
    for month, value, total in rows:
        months[month][value] = total
    return {month: found for month, values in months.items() if (found := median(values)) is not None}


def behind() -> int:
    """Return how many entries the sums have not taken in yet."""
    return max(ledger.last() - ledger.position("figures"), 0)
