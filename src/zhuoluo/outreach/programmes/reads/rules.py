"""The rule of an item as the pure rules take it."""

from zhuoluo.outreach.programmes.models import Item
from zhuoluo.outreach.programmes.rules.amounts import Reckoned, Rule, reckon


def rule_of(item: Item) -> Rule:
    """Return the rule of an item."""
    grades = tuple((str(name), int(fen)) for name, fen in item.grades)
    return Rule(item.rule, item.amount, item.share, item.ceiling, grades)


def reckoned(item: Item, base: int, grade: str) -> Reckoned:
    """Return what an item gives for what was asked. Raises Refused for a missing base or grade."""
    return reckon(rule_of(item), base=base, grade=grade)
