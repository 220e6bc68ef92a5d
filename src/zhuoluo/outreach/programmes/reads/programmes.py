"""Programmes as residents and staff see them, with what of their budget is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from zhuoluo.clock import local_day
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.programmes.models import Application, Award, Item, Payment, Programme
from zhuoluo.outreach.programmes.reads.rules import rule_of
from zhuoluo.outreach.programmes.rules.amounts import Rule, share_words
from zhuoluo.outreach.programmes.rules.errors import NotFound
from zhuoluo.outreach.programmes.rules.money import yuan
from zhuoluo.outreach.programmes.rules.words import APPLICATIONS, PROGRAMMES, TONES
from zhuoluo.outreach.programmes.states import GIVEN

PAGE = 30
PUBLIC = "public"  # in the place of a state: all that were announced
SEES_ALL = (Permission.PAY, Permission.READ_ALL)


@dataclass(frozen=True)
class Money:
    """Where a programme's money stands, in fen; `bound` are awards that stand, `paid` is the sum of the payments."""

    budget: int
    bound: int
    paid: int

    @property
    def left(self) -> int:
        """Return what of the budget is not bound yet."""
        return self.budget - self.bound

    @property
    def due(self) -> int:
        """Return what was awarded and not paid yet."""
        return self.bound - self.paid


@dataclass(frozen=True)
class Row:
    """One programme in a list."""

    programme: Programme
    unit: str
    state: str
    tone: str
    applied: int
    money: Money


@dataclass(frozen=True)
class ItemRow:
    """One item of a programme: what it gives, in words, and the clause it rests on."""

    item: Item
    rule: Rule
    share: str
    basis: str


def mine(by: Actor, prefix: str = "") -> Q:
    """Return the condition for programmes somebody may read: all, or those of the own units."""
    if any(by.can(permission) for permission in SEES_ALL) or by.kind == "system":
        return Q()
    granted = by.grants.get(Permission.PROGRAMMES, frozenset())
    return Q(**{f"{prefix}unit__in": granted}) | Q(**{f"{prefix}desk__in": granted})


def find(by: Actor, programme_id: UUID) -> Programme:
    """Return a programme somebody may read. Raises NotFound."""
    row = Programme.objects.filter(mine(by), pk=programme_id).first()
    if row is None:
        raise NotFound
    return row


def public(programme_id: UUID) -> Programme:
    """Return a programme that was announced. Raises NotFound."""
    row = Programme.objects.filter(pk=programme_id).exclude(state="draft").first()
    if row is None:
        raise NotFound
    return row


def open_ones(today: date) -> tuple[list[Row], list[Row]]:
    """Return the programmes that take applications now or will, the soonest to end first, and the latest ended ones."""
    announced = Programme.objects.exclude(state="draft")
    taking = announced.filter(state="announced", closes__gte=today).order_by("closes", "id")[:200]
    over = announced.exclude(state="announced", closes__gte=today).order_by("-closes", "-id")[:30]
    rows = _rows([*taking, *over])
    return rows[: len(rows) - len(over)], rows[len(rows) - len(over) :]


def page(by: Actor, *, year: int | None = None, state: str = "", after: str = "") -> tuple[list[Row], str]:
    """Return a page of programmes, newest first, and the cursor of the next."""
    wanted = Programme.objects.filter(mine(by), behind(after, "made_at", newest_first=True))
    if year is not None:
        wanted = wanted.filter(year=year)
    if state == PUBLIC:
        wanted = wanted.exclude(state="draft")
    elif state in PROGRAMMES:
        wanted = wanted.filter(state=state)
    found = list(wanted.order_by("-made_at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    following = write_cursor(shown[-1].made_at, shown[-1].id) if len(found) > PAGE else ""
    return _rows(shown), following


def row_of(programme: Programme) -> Row:
    """Return one programme as a row."""
    return _rows([programme])[0]


def _rows(programmes: list[Programme]) -> list[Row]:
    ids = [p.id for p in programmes]
    applied = counted(Application.objects.filter(programme__in=ids), "programme")
    bound = summed(
        Award.objects.filter(application__programme__in=ids, application__state__in=GIVEN),
        "application__programme",
        F("amount") - F("barred"),
    )
    paid = summed(
        Payment.objects.filter(award__application__programme__in=ids),
        "award__application__programme",
        F("amount"),
    )
    house = units()
    return [
        Row(
            p, house[p.unit_id].name if p.unit_id in house else "", PROGRAMMES[p.state], TONES[p.state],
            applied.get(p.id, 0), Money(p.budget, bound.get(p.id, 0), paid.get(p.id, 0)),
        )
        for p in programmes
    ]  # fmt: skip


def counted(rows: Any, by: str) -> dict[Any, int]:
    """Return how many rows there are of each value of a column."""
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")).values_list(by, "n"))


def summed(rows: Any, by: str, what: Any) -> dict[Any, int]:
    """Return the exact sum in fen of each value of a column."""
    found = rows.order_by().values_list(by).annotate(total=Sum(what)).values_list(by, "total")
    return {key: int(total) for key, total in found}  # a sum of large integers is a decimal on PostgreSQL


def items(programme: Programme, on: date) -> list[ItemRow]:
    """Return what a programme gives, each with its clause as cited on a day."""
    rows = list(programme.items.order_by("place"))
    basis = citations((row.clause_id for row in rows), on)
    return [ItemRow(row, rule_of(row), share_words(row.share), basis[row.clause_id]) for row in rows]


def citations(clauses: Iterable[UUID], on: date) -> dict[UUID, str]:
    """Return how each clause is cited on a day; one that is not in force then says so by standing empty."""
    found = {}
    for clause in dict.fromkeys(clauses):
        found[clause] = policy.cite(clause, on) if policy.in_force(clause, on) is not None else ""
    return found


def day_of_rules(programme: Programme, today: date) -> date:
    """Return the day whose clauses a programme rests on: that of its announcement, for a draft today."""
    return local_day(programme.announced_at) if programme.announced_at is not None else today


def describe(row: ItemRow) -> tuple[str, dict[str, str]]:
    """Return a sentence saying how much an item gives, and its values."""
    if row.rule.kind == "fixed":
        return "%(sum)s 元", {"sum": yuan(row.rule.amount)}
    if row.rule.kind == "share" and row.rule.ceiling:
        return "%(base)s的 %(share)s，最高 %(sum)s 元", {
            "base": row.item.base, "share": row.share, "sum": yuan(row.rule.ceiling),
        }  # fmt: skip
    if row.rule.kind == "share":
        return "%(base)s的 %(share)s", {"base": row.item.base, "share": row.share}
    lowest, highest = min(fen for _g, fen in row.rule.grades), max(fen for _g, fen in row.rule.grades)
    return "按等级，%(least)s 元到 %(most)s 元", {"least": yuan(lowest), "most": yuan(highest)}


def choices(by: Actor) -> list[Programme]:
    """Return the programmes a list can be limited to, newest first."""
    return list(
        Programme.objects.filter(mine(by)).order_by("-made_at", "-id").only("id", "title", "year")[:200]
    )


def by_state(programme: Programme) -> list[tuple[str, str, int]]:
    """Return how many applications of a programme are in each state: key, words, count."""
    found = counted(Application.objects.filter(programme=programme), "state")
    return [(key, words, found[key]) for key, words in APPLICATIONS.items() if key in found]
