"""The wall board (挂图作战): the year's problems by chain, by place and by month, each number opening to its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth

from zhuoluo.enterprise.models import Chain
from zhuoluo.matters.reads import STANDINGS, stood
from zhuoluo.org.reads import SHANGHAI, areas
from zhuoluo.org.rules import Actor
from zhuoluo.research.reads.problems import Sought, rows_of


@dataclass(frozen=True)
class Bar:
    """One line of the board: its name, what its rows are limited to, and how many stand in which column."""

    name: str
    limit: str
    by: dict[str, int]

    @property
    def all(self) -> int:
        """Return how many there are."""
        return sum(self.by.values())

    @property
    def closed(self) -> int:
        """Return how many are closed out."""
        return self.by["closed"]


@dataclass(frozen=True)
class Board:
    """The year on the wall."""

    whole: Bar
    chains: list[Bar]
    towns: list[Bar]
    months: list[Bar]


def board(actor: Actor, year: int) -> Board:
    """Return the board of a year; one counting query and the chains' names."""
    sought = Sought(first=date(year, 1, 1), last=date(year, 12, 31))
    rows = stood(rows_of(actor, sought)).annotate(month=TruncMonth("at", tzinfo=SHANGHAI)).order_by()
    counted = rows.values_list("chain_id", "area_id", "month", "standing").annotate(n=Count("pk"))
    whole, chains, towns, months = Sums(), Sums(), Sums(), Sums()
    for chain, area, month, standing, n in counted:
        town = area[:9].ljust(12, "0") if area else None
        for into, key in ((whole, None), (chains, chain), (towns, town), (months, month)):
            into[key][standing] += n
    names = dict(Chain.objects.values_list("id", "name"))
    return Board(
        Bar("", "", whole[None]),
        _bars(chains, lambda one: _chain(one, names)),
        _bars(towns, _town),
        [Bar(f"{m:%Y-%m}", f"month={m:%Y-%m}", months[m]) for m in sorted(months)],
    )


class Sums(dict[Any, dict[str, int]]):
    """How many stand in which column, by some key."""

    def __missing__(self, key: Any) -> dict[str, int]:
        """Begin at nought."""
        self[key] = dict.fromkeys(STANDINGS, 0)
        return self[key]


def _bars(found: Sums, named: Any) -> list[Bar]:
    made = []
    for key, by in found.items():
        name, limit = named(key)
        made.append(Bar(name, limit, by))
    return sorted(made, key=lambda bar: (not bar.limit or "none" in bar.limit, -bar.all, bar.name))


def _chain(chain_id: UUID | None, names: dict[UUID, str]) -> tuple[str, str]:
    return (names.get(chain_id, ""), f"chain={chain_id}") if chain_id else ("", "chain=none")


def _town(code: str | None) -> tuple[str, str]:
    known = areas()
    return (known[code].name if code in known else "", f"area={code}") if code else ("", "area=none")
