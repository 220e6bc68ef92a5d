"""To whom accusations go here: what the house came with, and what this jurisdiction changed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhuoluo.org.models import Unit
from zhuoluo.org.reads import units
from zhuoluo.sealed.models import SealedCase, SealedRule
from zhuoluo.sealed.reads.cases import is_accused
from zhuoluo.sealed.rules import RULES, SUPERIOR, Rule, competent


def rules() -> dict[str, Rule]:
    """Return the rule for every kind of unit."""
    own = {row.accused_kind: Rule(row.organ, row.inform) for row in SealedRule.objects.all()}
    return RULES | own


@dataclass(frozen=True)
class Line:
    """One rule as shown."""

    kind: str
    word: str
    rule: Rule


def rule_lines() -> list[Line]:
    """Return every rule with the word for the kind of unit; the empty kind is "nobody known was named"."""
    words = dict(Unit.KINDS)
    return [Line(kind, words.get(kind, "没有写明单位的"), rule) for kind, rule in rules().items()]


def rule_for(accused_units: Collection[UUID]) -> Rule:
    """Return the rule that holds for these units together."""
    known = units()
    return competent([known[u].kind for u in accused_units if u in known], rules())


def forward_choices(case: SealedCase, rule: Rule) -> list[tuple[str, str]]:
    """Return to whom a case may be forwarded, the competent organ first: never one accused or under one."""
    fit = [
        unit
        for unit in units().values()
        if unit.kind in {"discipline", "leadership", "supervision"}
        and unit.until_date is None
        and not is_accused(case.id, [f"unit:{unit.id}"])
    ]
    fit.sort(key=lambda unit: unit.kind != rule.organ)
    listed = [(str(unit.id), unit.name) for unit in fit]
    above = (SUPERIOR, "上级机关")
    return [above, *listed] if rule.organ == SUPERIOR else [*listed, above]
