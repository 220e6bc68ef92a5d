"""Calculators: what a policy comes to for one person, in steps, each with its clause. Pure; the standards are dated data.

No number of a policy stands in the code: `data/*.toml` says what held from which day to which, and under which clause.
"""

from zhuoluo.outreach.policy.rules.calculators.asked import Ask, WrongValue
from zhuoluo.outreach.policy.rules.calculators.employee_pension import EMPLOYEE_PENSION
from zhuoluo.outreach.policy.rules.calculators.reckoned import Calculator, Outcome, Step
from zhuoluo.outreach.policy.rules.calculators.resident_pension import RESIDENT_PENSION
from zhuoluo.outreach.policy.rules.calculators.said import Said
from zhuoluo.outreach.policy.rules.calculators.serious_illness import SERIOUS_ILLNESS
from zhuoluo.outreach.policy.rules.calculators.standards import Source, Standard, Standards

CALCULATORS: dict[str, Calculator] = {
    one.slug: one for one in (RESIDENT_PENSION, EMPLOYEE_PENSION, SERIOUS_ILLNESS)
}

__all__ = [
    "CALCULATORS", "Ask", "Calculator", "Outcome", "Said", "Source", "Standard", "Standards", "Step", "WrongValue",
]  # fmt: skip
