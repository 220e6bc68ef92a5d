"""How far an answer has come on the way of reviews, until when the next can be asked for, and of which organ."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from zhuoluo.clock import Due, local_day, reckon
from zhuoluo.matters.models import Answer, Review
from zhuoluo.matters.reads.page import Page
from zhuoluo.matters.rules import REQUEST_TERM, Standing
from zhuoluo.matters.states import Stage
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import Law, above, jurisdiction, units

OUTSIDE = gettext_noop("上一级人民政府信访事项复查复核机构")


def standing(answer: Answer, reviews: Iterable[Review]) -> Standing:
    """Return how far an answer has come on the way of reviews. A refused or withdrawn request used nothing up."""
    level, served = 1, answer.served_at
    for row in reviews:
        if row.answer_id != answer.id or row.refused_at or row.withdrawn_at:
            continue
        if row.decided_at is None:
            return Standing(row.level, served, open=True)
        level, served = row.level + 1, row.served_at
    return Standing(level, served)


def window(at: Standing, law: Law) -> Due | None:
    """Return the thirty days in which the next review can be asked for, always rolled to a working day; None before
    service and after the second review."""
    if at.served_at is None or at.level > 2:
        return None
    term = law.rulebook.term(REQUEST_TERM[at.level], local_day(at.served_at))
    return reckon(term, at.served_at, law.calendar)


def organ(handler: UUID | None, accused: Collection[UUID], level: int) -> tuple[Unit, str] | None:
    """Return the unit that deals with a review and, where the organ above is not of this house, its name.

    Data of the jurisdiction: rules["reviews"] = {"second_here": true, "superior": "…"}. By default the county's
    review body decides first reviews, the city's second ones; the county's keeps their papers. None when there is none.
    """
    local = jurisdiction().rules.get("reviews", {})
    for kind in ("review", "office", "leadership"):
        for unit in units().values():
            fit = unit.kind == kind and unit.until_date is None and unit.id not in accused
            if fit and not _is_or_under(unit.id, handler):
                here = level == 1 or bool(local.get("second_here"))
                return unit, "" if here else str(local.get("superior") or OUTSIDE)
    return None


def _is_or_under(unit: UUID, handler: UUID | None) -> bool:
    return handler is not None and handler in above(frozenset({unit}))


@dataclass(frozen=True)
class Way:
    """The way of reviews of the answer that stands. `until`: the end of the window that runs or has run."""

    standing: Standing
    until: Due | None
    organ: str
    open: Review | None  # the request under way

    def can_ask(self, now: datetime) -> bool:
        """Say whether a review can be asked for now. A letter posted in time may still be entered later."""
        return not self.standing.open and self.until is not None and now < self.until.legal


def way(page: Page, law: Law) -> Way | None:
    """Return how far the matter has come on the way of reviews, or None where the law gives none (arts. 31, 35)."""
    matter, answer = page.matter, page.current_answer
    if matter.klass != "claim" or answer is None or answer.served_at is None or matter.stage != Stage.SERVED:
        return None
    where = standing(answer, page.reviews)
    found = organ(matter.lead_unit_id, {a.unit_id for a in page.about if a.unit_id}, min(where.level, 2))
    name = (found[1] or found[0].name) if found is not None else ""
    return Way(where, window(where, law), name, page.open_review)
