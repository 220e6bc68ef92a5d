"""A matter as one member of staff meets it, and what a right on it is made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from zhuoluo.clock import Due, reckon
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import Commitment, Extension, Matter, Objection
from zhuoluo.matters.reads.page import Page, page
from zhuoluo.matters.reads.reviewing import Way, way
from zhuoluo.matters.reads.visible import not_about, opened_by
from zhuoluo.matters.states import HANDLED, Verb
from zhuoluo.org.reads import SHANGHAI, Law, below
from zhuoluo.org.rules import Actor, Permission


@dataclass(frozen=True)
class Case:
    """A matter, who looks at it, and the moment and law under which they do."""

    page: Page
    actor: Actor
    now: datetime
    law: Law

    @property
    def matter(self) -> Matter:
        """Return the matter itself."""
        return self.page.matter

    @cached_property
    def units(self) -> frozenset[UUID]:
        """Return the units that take part today."""
        return frozenset(p.unit_id for p in self.page.parties if p.until_at is None)

    @cached_property
    def accused(self) -> frozenset[UUID]:
        """Return the units complained of and everything under them: never offered anywhere."""
        return below(frozenset(a.unit_id for a in self.page.about if a.unit_id))

    @property
    def leads(self) -> bool:
        """Say whether the reader belongs to the handling unit."""
        return self.matter.lead_unit_id in self.actor.units

    @property
    def objection(self) -> Objection | None:
        """Return the objection that waits for its ruling."""
        return next((o for o in self.page.objections if o.ruled_at is None), None)

    @property
    def extension(self) -> Extension | None:
        """Return the request for an extension that waits for the head."""
        return next((e for e in self.page.extensions if e.decided_at is None), None)

    def owed(self, kind: str) -> Commitment | None:
        """Return the open commitment of a kind."""
        return next((p.row for p in self.page.open if p.row.kind == kind), None)

    @cached_property
    def way(self) -> Way | None:
        """Return how far the matter has come on the way of reviews, where the law gives one."""
        return way(self.page, self.law)

    def window(self) -> Due | None:
        """Return the 5 working days for an objection (信访工作条例 art. 23) to the sending that stands now."""
        accept = self.owed("accept")
        if accept is None:
            return None
        term = self.law.rulebook.term("xf.object", accept.opened_at.astimezone(SHANGHAI).date())
        return reckon(term, accept.opened_at, self.law.calendar)


def case(
    actor: Actor, number: str, *, now: datetime, law: Law, entries: int = 500, before: int | None = None
) -> Case:
    """Return a matter by its number as `actor` meets it now. Raises NotFound."""
    found = opened_by(actor, number)
    whole = page(found.matter, now=now, entries=entries, before=before, opened=found)
    return Case(_unaccused(whole, actor) if whole.related else whole, actor, now, law)


def _unaccused(whole: Page, actor: Actor) -> Page:
    """Leave out that matters about the reader were linked or merged here: not even their numbers are theirs to know
    (信访工作条例 art. 30, 46)."""
    numbers = [other.number for other in whole.related]
    may_know = set(
        Matter.objects.filter(not_about(actor, "pk"), number__in=numbers).values_list("number", flat=True)
    )
    if may_know.issuperset(numbers):
        return whole
    return replace(
        whole,
        related=[other for other in whole.related if other.number in may_know],
        story=[told for told in whole.story if told.payload.get("other_number", "") in may_know | {""}],
    )


Condition = Callable[[Case], str | None]  # what stands against it, or None


@dataclass(frozen=True)
class Right:
    """Who may do an act. Of `permissions` the first held counts.

    `reach`: "unit" (only on matters their unit takes part in), "any", or "readers" (any for those who read all).
    """

    verbs: tuple[Verb, ...]
    permissions: tuple[Permission, ...]
    reach: str = "unit"
    conditions: tuple[Condition, ...] = ()


def lead(case: Case) -> str | None:
    """Refuse whoever is not of the handling unit."""
    return None if case.leads else _("只有主办单位可以这样办理")


def owes(kind: str, otherwise: Callable[[], str]) -> Condition:
    """Return the condition that something of a kind is owed now."""

    def check(case: Case) -> str | None:
        return None if case.owed(kind) else otherwise()

    return check


def apart(*verbs: Verb) -> Condition:
    """Return the condition that the reader neither handled the matter nor did one of `verbs` on it."""

    def check(case: Case) -> str | None:
        if _handled(case, HANDLED | set(verbs)):
            return _("承办人和承办单位不能回访、评价或者认定化解自己办理的事项，请由其他人员办理")
        return None

    return check


def _handled(case: Case, verbs: frozenset[Verb]) -> bool:
    actor = case.actor
    if any(p.role in {"lead", "co"} and p.unit_id in actor.units for p in case.page.parties):
        return True
    if actor.id is None or actor.id == case.matter.lead_person_id:
        return True
    if any(p.row.kind == "case" and p.row.person_id == actor.id for p in case.page.promises):
        return True
    if any(told.actor_id == actor.id and told.verb in verbs for told in case.page.story):
        return True
    entries = ledger.about([case.matter.id])
    return not case.page.whole and entries.filter(actor_id=actor.id, verb__in=verbs).exists()
