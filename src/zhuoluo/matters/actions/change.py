"""The shape of every write on one matter: locked row, rules, rows, one entry, one transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhuoluo.clock import Due, reckon, set_date
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act, digest
from zhuoluo.matters.models import About, Commitment, Matter, Milestone, Party, Recusal, Text, Word, evidence
from zhuoluo.matters.rules import CERTIFIED, Refused, Stale, column_of
from zhuoluo.matters.states import ENDED, Verb, after, against, allowed
from zhuoluo.org.reads import SHANGHAI, Law, below
from zhuoluo.org.rules import Actor, Forbidden, Permission, may


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def due_by_term(law: Law, term: str, start: datetime, *, extension: int = 0) -> Due:
    """Reckon a due date by a term in force on the day of the start."""
    rule = law.rulebook.term(term, local_day(start))
    return reckon(rule, start, law.calendar, extension=extension or None)


def due_by_day(law: Law, day: date, start: datetime) -> Due:
    """Reckon a due date that a person set. Raises Refused when the day has passed."""
    if day < local_day(start):
        raise Refused("期限不能早于今天")
    return set_date(day, start, law.calendar)


def build_commitment(
    matter_id: UUID, kind: str, due: Due, at: datetime, *, unit: UUID | None = None, person: UUID | None = None,
    owed_to: UUID | None = None, extension: int = 0, replaces: Commitment | None = None,
    subject: UUID | None = None,
) -> Commitment:  # fmt: skip
    """Return an unsaved commitment for a reckoned due date."""
    return Commitment(
        matter_id=matter_id, kind=kind, unit_id=unit, person_id=person, owed_to_id=owed_to, term=due.term_id,
        starts_at=due.start, target=due.target, due=due.legal, provisional=due.provisional, extension=extension,
        reckoning=due.as_json(), opened_at=at, replaces=replaces, subject=subject,
    )  # fmt: skip


def build_text(matter_id: UUID, kind: str, body: str, at: datetime, *, to_raiser: bool = False) -> Text:
    """Return an unsaved text with its salt."""
    return Text(
        matter_id=matter_id, kind=kind, body=body.strip(), to_raiser=to_raiser, salt=os.urandom(16), at=at
    )


def build_act(verb: Verb, matter_id: UUID, by: Actor, at: datetime, payload: dict[str, Any]) -> Act:
    """Return the ledger's form of an act on a matter."""
    return Act(
        verb=verb, subject_id=matter_id, at=at, actor_kind=by.kind, actor_id=by.id, actor_name=by.name,
        actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip


def text_payload(text: Text) -> dict[str, str]:
    """Return what the entry keeps of a text: where it is and its salted digest, never its words."""
    return {"text": str(text.id), "digest": digest(text.body, bytes(text.salt))}


@dataclass
class Change:
    """One act under way. Actions call its methods; rows and the entry are written when the block ends."""

    matter: Matter
    verb: Verb
    by: Actor
    at: datetime
    law: Law
    live: dict[UUID, Commitment]
    payload: dict[str, Any] = field(default_factory=dict)
    _closed: list[Commitment] = field(default_factory=list)
    _opened: list[Commitment] = field(default_factory=list)
    _reached: list[Milestone] = field(default_factory=list)
    _undone: list[str] = field(default_factory=list)
    _texts: list[Text] = field(default_factory=list)

    def owed(self, kind: str, unit: UUID | None = None, subject: UUID | None = None) -> Commitment | None:
        """Return the live commitment of a kind (of a unit, for co-handling; about a subject), if there is one."""
        for row in self.live.values():
            if (
                row.kind == kind
                and (unit is None or row.unit_id == unit)
                and (subject is None or row.subject == subject)
            ):
                return row
        return None

    def open(self, kind: str, due: Due, **who: Any) -> Commitment:
        """Open a commitment; a second live one of its kind would be refused by the database."""
        row = build_commitment(self.matter.id, kind, due, self.at, **who)
        self._opened.append(row)
        self.live[row.id] = row
        return row

    def close(
        self, kind: str, closing: str = "done", unit: UUID | None = None, subject: UUID | None = None
    ) -> Commitment | None:
        """Close the live commitment of a kind, if there is one."""
        row = self.owed(kind, unit, subject)
        if row is not None:
            self._shut(row, closing)
        return row

    def _shut(self, row: Commitment, closing: str) -> None:
        row.closed_at = max(self.at, row.opened_at)
        row.closing = closing
        self._closed.append(row)
        del self.live[row.id]

    def close_all(self, closing: str = "cancelled", *, keep: tuple[str, ...] = ()) -> None:
        """Close every live commitment but those of the kinds kept."""
        for row in [r for r in self.live.values() if r.kind not in keep]:
            self._shut(row, closing)

    def reach(self, kind: str) -> None:
        """Note a fact. One that already holds keeps its first time."""
        self._reached.append(Milestone(matter_id=self.matter.id, kind=kind, at=self.at))

    def undo(self, *kinds: str) -> None:
        """Note that facts no longer hold from now on; that they held stays countable."""
        self._undone.extend(kinds)

    def say(self, body: str, *, to_raiser: bool = False) -> Text | None:
        """Keep the words of the act; empty words leave nothing."""
        if not body.strip():
            return None
        row = build_text(self.matter.id, self.verb, body, self.at, to_raiser=to_raiser)
        self._texts.append(row)
        self.payload.setdefault("texts", []).append(text_payload(row))
        return row

    def join(self, unit_id: UUID, role: str) -> None:
        """Let a unit take part and so read the matter. Raises Refused for the unit complained of."""
        check_not_accused(self.matter.id, {unit_id})
        values = {"matter_id": self.matter.id, "unit_id": unit_id, "role": role, "until_at": None}
        if not Party.objects.filter(**values).exists():
            Party.objects.create(matter_id=self.matter.id, unit_id=unit_id, role=role, from_at=self.at)

    def leave(self, unit_id: UUID, *roles: str) -> None:
        """End a unit's part, and with it its right to read."""
        rows = Party.objects.filter(
            matter=self.matter, unit_id=unit_id, role__in=roles, until_at__isnull=True
        )
        rows.update(until_at=self.at)

    def write(self) -> None:
        """Write everything in the order the constraints ask, then the one entry."""
        stage = after(self.verb, self.matter.stage)
        if stage is None:
            raise against(self.verb, self.matter.stage)
        if stage != self.matter.stage:
            self.payload["stage"] = [self.matter.stage, str(stage)]
        self.matter.stage = stage
        self.matter.version += 1
        self.matter.save()
        for row in self._closed:
            row.save(update_fields=["closed_at", "closing"])
        Commitment.objects.bulk_create(self._opened)
        self._write_milestones()
        self._write_standing()
        Text.objects.bulk_create(self._texts)
        if self._opened:
            self.payload["opened"] = [
                {"kind": r.kind, "due": r.due.isoformat(), "term": r.term} for r in self._opened
            ]
        if self._closed:
            self.payload["closed"] = [{"kind": r.kind, "closing": r.closing} for r in self._closed]
        ledger.append(
            acts=[build_act(self.verb, self.matter.id, self.by, self.at, self.payload)], recorded_at=self.at
        )

    def _write_milestones(self) -> None:
        if self._undone:
            rows = Milestone.objects.filter(matter=self.matter, kind__in=self._undone, undone_at__isnull=True)
            rows.update(undone_at=self.at)
            self.payload["undone"] = sorted(self._undone)
        if self._reached:
            kinds = [row.kind for row in self._reached]
            held = set(
                Milestone.objects.filter(
                    matter=self.matter, kind__in=kinds, undone_at__isnull=True
                ).values_list("kind", flat=True)
            )  # fmt: skip
            Milestone.objects.bulk_create([row for row in self._reached if row.kind not in held])
            self.payload["reached"] = kinds

    def _write_standing(self) -> None:
        live = Milestone.objects.filter(matter=self.matter, undone_at__isnull=True)
        facts = set(live.values_list("kind", flat=True))
        shown = said = False
        if facts >= CERTIFIED:
            shown = evidence().filter(matter=self.matter).exists()
            said = Word.objects.filter(matter=self.matter, superseded_at__isnull=True, solved="yes").exists()
        standing = column_of(facts, ended=self.matter.stage in ENDED, shown=shown, said=said)
        if standing != self.matter.standing:
            self.matter.standing = standing
            self.matter.save(update_fields=["standing"])


@contextmanager
def change(
    matter_id: UUID, verb: Verb, *, by: Actor, at: datetime, law: Law, permission: Permission | None,
    version: int | None = None, any_unit: bool = False,
) -> Iterator[Change]:  # fmt: skip
    """Open an act on a matter: lock it, check the right, the version and the transition; write when the block ends.

    `permission` None is for the raiser's own acts (the caller has checked number and code) and the system's.
    `any_unit`: the permission reaches matters of other units too (supervision, call-backs, certification).
    Raises Forbidden, Stale or Refused; then nothing is kept.
    """
    with transaction.atomic():
        matter = locked().get(pk=matter_id)
        if permission is not None:
            check_may(by, permission, matter, any_unit=any_unit)
        if version is not None and version != matter.version:
            raise Stale("这件事项刚被别人更新，请看过最新情况再办理；您写的内容没有丢")
        if not allowed(verb, matter.stage):
            raise against(verb, matter.stage)
        live = {row.id: row for row in Commitment.objects.filter(matter=matter, closed_at__isnull=True)}
        act = Change(matter, verb, by, at, law, live)
        yield act
        act.write()


def locked() -> QuerySet[Matter]:
    """Return matters to be locked for the rest of the transaction (SQLite locks the whole file already)."""
    return Matter.objects.select_for_update()


def check_may(by: Actor, permission: Permission, matter: Matter, *, any_unit: bool = False) -> None:
    """Raise Forbidden unless the actor may use the permission on this matter today."""
    units = None
    if not any_unit and by.kind == "staff":
        units = set(
            Party.objects.filter(matter=matter, until_at__isnull=True).values_list("unit_id", flat=True)
        )
    about_units, about_people = accused(matter.id)
    if not may(by, permission, units=units, about_units=about_units, about_people=about_people):
        raise Forbidden("您的岗位不能对这件事项这样办理")
    if by.id is not None and Recusal.objects.filter(matter=matter, person_id=by.id).exists():
        raise Forbidden("您已回避，不能再办理这件事项（信访工作条例第28条）")


def accused(matter_id: UUID) -> tuple[set[UUID], set[UUID]]:
    """Return the units and the people a matter is about."""
    rows = list(About.objects.filter(matter_id=matter_id).values_list("unit_id", "person_id"))
    return {u for u, _ in rows if u}, {p for _, p in rows if p}


def check_not_accused(matter_id: UUID, unit_ids: set[UUID]) -> None:
    """Raise Refused when a unit is, or lies under, a unit the matter is about (信访工作条例 art. 30, 46)."""
    from_about, _ = accused(matter_id)
    if from_about and not unit_ids.isdisjoint(with_inner(from_about)):
        raise Refused("不能转给被反映的单位（信访工作条例第30条、第46条）")


def with_inner(units: set[UUID]) -> frozenset[UUID]:
    """Return the units and everything under them: an inner office of the accused unit is the accused unit."""
    return below(frozenset(units))


def lead_unit(act: Change) -> UUID:
    """Return the handling unit. Raises Refused where there is none yet."""
    if act.matter.lead_unit_id is None:
        raise Refused("还没有主办单位")
    return act.matter.lead_unit_id


def check_lead(act: Change) -> None:
    """Raise Refused unless the actor belongs to the handling unit."""
    if act.by.kind == "staff" and act.matter.lead_unit_id not in act.by.units:
        raise Refused("只有主办单位可以这样办理")
