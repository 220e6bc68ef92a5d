"""Calculators with their standards, and each step with the clause that is in force in the library, if it is kept there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from zhuoluo.outreach.policy.models import ClauseText
from zhuoluo.outreach.policy.rules import calculators as pure
from zhuoluo.outreach.policy.rules.calculators import Calculator, Said, Source, Standards
from zhuoluo.outreach.policy.rules.calculators.asked import read_all
from zhuoluo.outreach.policy.rules.calculators.standards import CERTAINTIES, read_standards
from zhuoluo.outreach.policy.rules.citing import citation, place
from zhuoluo.outreach.policy.rules.errors import NotFound


@dataclass(frozen=True)
class Step:
    """One step of a calculation. `citation` is of the clause in force, or of the document the number was taken from.

    `clause_id` when the library keeps the clause; `doubt` says that the number is a sample or was not checked.
    """

    words: Said
    value: Said
    citation: str
    formula: str = ""
    clause_id: UUID | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Calculation:
    """What a calculator says for one person on one day. Nothing of it is kept unless somebody keeps it."""

    calculator: Calculator
    on: date
    result: Decimal
    unit: str
    steps: list[Step]
    notes: list[Said]
    entitled: bool

    @property
    def sample(self) -> bool:
        """Say whether a number of the demo county is in it."""
        return any(step.doubt == CERTAINTIES["sample"] for step in self.steps)


@cache
def standards() -> Standards:
    """Return the national standards and those of the county (the demo's sample where a site has none of its own)."""
    folder = files(pure) / "data"
    own = Path(settings.STANDARDS_FILE) if settings.STANDARDS_FILE else folder / "sample.toml"
    return read_standards([(folder / "national.toml").read_text("utf-8"), own.read_text("utf-8")])


def calculators(on: date) -> list[Calculator]:
    """Return the calculators whose standards are all in force on a day."""
    return [one for one in pure.CALCULATORS.values() if standards().known(one.needs, on)]


def calculator(slug: str) -> Calculator:
    """Return a calculator. Raises NotFound."""
    if slug not in pure.CALCULATORS:
        raise NotFound("没有这个计算器")
    return pure.CALCULATORS[slug]


def calculate(slug: str, values: Mapping[str, object], *, on: date) -> Calculation:
    """Reckon with what was typed by the standards of a day; at most one query.

    Raises NotFound, WrongValue for what makes no sense, Refused for a day on which a standard is not in force.
    """
    chosen = calculator(slug)
    made = chosen.reckon(read_all(chosen.asks, values), standards(), on)
    kept = _kept({step.source for step in made.steps if step.source}, on)
    steps = [
        _step(step, kept.get((step.source.number, place(step.source.label))) if step.source else None)
        for step in made.steps
    ]
    return Calculation(chosen, on, made.result, made.unit, steps, list(made.notes), made.entitled)


def _step(step: pure.Step, clause: ClauseText | None) -> Step:
    if step.source is None:
        return Step(step.words, step.value, "", step.formula)
    doubt = CERTAINTIES[step.source.certainty]
    if clause is None:
        return Step(step.words, step.value, str(step.source), step.formula, doubt=doubt)
    cited = citation(clause.clause.document.title, clause.clause.label, clause.from_day)
    return Step(step.words, step.value, cited, step.formula, clause.clause_id, doubt)


def _kept(sources: Collection[Source], on: date) -> dict[tuple[str, str], ClauseText]:
    """Return the clauses of the library that the sources name by document number and label, as they stand on a day."""
    numbers = {source.number for source in sources if source.number}
    if not numbers:
        return {}
    rows = ClauseText.objects.filter(
        Q(until_day__isnull=True) | Q(until_day__gte=on), from_day__lte=on,
        clause__document__state="published", clause__document__number__in=numbers,
        clause__label__in={spelling for s in sources for spelling in (s.label, place(s.label))},
    ).select_related("clause__document")  # fmt: skip
    return {(row.clause.document.number, place(row.clause.label)): row for row in rows}
