"""What a calculation comes to: its steps, each with its value and clause; amounts exact to the fen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhuoluo.outreach.policy.rules.calculators.asked import Ask, Given
from zhuoluo.outreach.policy.rules.calculators.said import Said, said
from zhuoluo.outreach.policy.rules.calculators.standards import Source, Standards


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


@dataclass(frozen=True)
class Step:
    """One step: what is reckoned, how, what it comes to, and under which clause. `formula` is in plain figures."""

    words: Said
    value: Said
    source: Source | None = None
    formula: str = ""


@dataclass(frozen=True)
class Outcome:
    """The result with its steps. `notes` are what it does not say; `entitled` False: nothing is due yet, and why."""

    result: Decimal
    unit: str
    steps: tuple[Step, ...]
    notes: tuple[Said, ...] = ()
    entitled: bool = True


@dataclass(frozen=True)
class Calculator:
    """One calculator: what it answers, what it asks, which standards it stands on, and the reckoning itself."""

    slug: str
    title: str
    words: str
    asks: tuple[Ask, ...]
    needs: tuple[str, ...]
    reckon: Callable[[Given, Standards, date], Outcome]
    rounding: str = "每一步的金额四舍五入到分。"


def rounded(amount: Fraction | Decimal | int, places: int) -> Decimal:
    """Return the exact value of a number that is not negative, rounded to so many places, halves up."""
    exact = Fraction(amount) * 10**places
    whole, rest = divmod(exact.numerator, exact.denominator)
    return Decimal(whole + (2 * rest >= exact.denominator)).scaleb(-places)


def fen(amount: Fraction | Decimal | int) -> Decimal:
    """Return an amount rounded to the fen."""
    return rounded(amount, 2)


def yuan(amount: Decimal) -> Said:
    """Return an amount of money as it is shown."""
    return said(_("%(amount)s 元"), amount=plain(amount))


def plain(amount: Decimal | int) -> str:
    """Return an amount with its fen and thousands: 1,114.16."""
    return f"{Decimal(amount):,.2f}"
