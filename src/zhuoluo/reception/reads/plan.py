"""What the generator needs of a month, and what the pages of the rules show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.org.models import Substitution
from zhuoluo.org.reads import SHANGHAI, live_posts
from zhuoluo.org.rules import ROLES, Absence, Permission
from zhuoluo.reception.models import Leader, RosterRule, Seat
from zhuoluo.rosters.rules.days import Pattern, read_numbers
from zhuoluo.rosters.rules.roster import Leader as Listed
from zhuoluo.rosters.rules.roster import Rule, Sat

MEMORY = timedelta(days=366)  # turns older than this are forgotten


@dataclass(frozen=True)
class Sitter:
    """Somebody who can receive, with what the roster says of them."""

    user_id: UUID
    name: str
    post: str
    portfolio: str = ""
    principal: bool = False
    order: int = 100
    listed: bool = False
    leads: bool = False  # a leader of the county, not the head of a unit


def can_sit(on: date) -> list[Sitter]:
    """Return everybody whose post lets them sit: county leaders and heads of units, leaders first, with what is set of them.

    Others with the right to receive work at the desk.
    """
    heads = {Permission.LEAD, Permission.ISSUE}
    roles = [role for role, given in ROLES.items() if Permission.RECEIVE in given and given & heads]
    known = {row.user_id: row for row in Leader.objects.all()}
    found: dict[UUID, Sitter] = {}
    posts = sorted(
        live_posts(on).filter(role__in=roles),
        key=lambda p: (Permission.LEAD not in ROLES[p.role], p.unit.code),
    )
    for post in posts:
        row = known.get(post.user_id)
        more: dict[str, Any] = (
            {"portfolio": row.portfolio, "principal": row.principal, "order": row.order, "listed": row.listed}
            if row is not None
            else {}
        )
        words = f"{post.unit.short_name} {post.title}"
        leads = Permission.LEAD in ROLES[post.role]
        found.setdefault(post.user_id, Sitter(post.user_id, post.user.name, words, leads=leads, **more))
    return sorted(found.values(), key=lambda s: (not s.listed, not s.leads, s.order, s.name))


def sitters(on: date) -> list[Sitter]:
    """Return those who are listed as receiving, in their order."""
    return [sitter for sitter in can_sit(on) if sitter.listed]


def rules(*, active_only: bool = False) -> list[tuple[RosterRule, tuple[UUID, ...]]]:
    """Return the rules with those they name."""
    rows = RosterRule.objects.prefetch_related("people").order_by("-active", "name", "id")
    if active_only:
        rows = rows.filter(active=True)
    return [(row, tuple(p.user_id for p in sorted(row.people.all(), key=lambda p: p.place))) for row in rows]


def month_input(first: date, last: date, gone: Collection[UUID]) -> dict[str, Any]:
    """Return rules, leaders, absences and who already sat, for generate. `gone`: days about to be made anew."""
    here = [s for s in sitters(first) if s.listed]
    return {
        "rules": [_rule(row, people) for row, people in rules(active_only=True)],
        "leaders": [Listed(s.user_id, s.order, s.principal) for s in here],
        "absences": [
            Absence(r.absent_id, r.substitute_id, r.from_date, r.until_date)
            for r in Substitution.objects.filter(from_date__lte=last, until_date__gte=first)
        ],
        "taken": _taken(first, last, gone),
    }


def _rule(row: RosterRule, people: tuple[UUID, ...]) -> Rule:
    pattern = Pattern(row.pattern, read_numbers(row.pattern, row.numbers), row.on_rest)
    return Rule(row.id, row.who, pattern, row.starts, row.ends, people, row.seats)


def _taken(first: date, last: date, gone: Collection[UUID]) -> list[Sat]:
    rows = Seat.objects.filter(session__day__gte=first - MEMORY, session__day__lte=last)
    rows = rows.exclude(session__state="cancelled").exclude(session_id__in=list(gone))
    found = []
    for seat in rows.select_related("session"):
        day = seat.session
        starts, ends = (at.astimezone(SHANGHAI).time() for at in (day.starts_at, day.ends_at))
        found.append(Sat(seat.sits_id or seat.planned_id, day.day, starts, ends, day.rule_id))
    return found
