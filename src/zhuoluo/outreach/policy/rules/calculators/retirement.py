"""When somebody reaches the age of retirement, and how long they must have paid in by then."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhuoluo.outreach.policy.rules.calculators.reckoned import Step, rounded
from zhuoluo.outreach.policy.rules.calculators.said import Said, age, said, years_and_months
from zhuoluo.outreach.policy.rules.calculators.standards import Standards


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


@dataclass(frozen=True)
class Retirement:
    """The age in months and the month itself (counted from year 0) at which somebody may retire, with its steps."""

    age: int
    month: int
    least: int  # months that must have been paid in
    steps: tuple[Step, ...]

    @property
    def day(self) -> date:
        """Return the first day of the month of retirement, which decides what minimum holds."""
        return date(self.month // 12, self.month % 12 + 1, 1)


def retirement(kind: str, born: int, standards: Standards, on: date) -> Retirement:
    """Return when one of a kind (male, female55, female50) born in a month retires, by the rules of a day."""
    rule = standards.on("retirement", on)
    given = rule.value[kind]
    delay = _delay(born, given)
    months = given["age"] * 12 + delay
    month = born + months
    at = _year_month(month)
    words = (
        said(_("到法定退休年龄：原来 %(before)s，延迟 %(n)s 个月"), before=age(given["age"] * 12), n=delay)
        if delay
        else said(_("到法定退休年龄：不延迟"))
    )
    reached = said(_("%(age)s（%(month)s）"), age=age(months), month=at)
    day = date(month // 12, month % 12 + 1, 1)
    minimum = standards.on("least_months", day)
    return Retirement(
        months, month, minimum.value,
        (
            Step(words, reached, rule.source),
            Step(said(_("%(month)s退休，至少要缴"), month=at), years_and_months(minimum.value), minimum.source),
        ),
    )  # fmt: skip


def _delay(born: int, given: dict[str, int]) -> int:
    """Return by how many months retirement is put off: one for each `step` months of birth from `first` on."""
    if "first" not in given or born < given["first"]:
        return 0
    return min((born - given["first"]) // given["step"] + 1, given["most"])


def _year_month(month: int) -> Said:
    return said(_("%(year)s 年 %(month)s 月"), year=month // 12, month=month % 12 + 1)


def payout_months(months_of_age: int, table: dict[str, int]) -> Fraction:
    """Return over how many months an account is paid out; between two whole ages in proportion, to one place."""
    years, rest = divmod(months_of_age, 12)
    first, last = min(map(int, table)), max(map(int, table))
    if years < first or years >= last:
        return Fraction(table[str(first if years < first else last)])
    here, following = table[str(years)], table[str(years + 1)]
    return Fraction(rounded(here - Fraction(here - following) * rest / 12, 1))
