"""Taking an old register in: what was raised then, and what was answered then, each with its own day."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.ledger.rules import Act
from zhuoluo.matters.actions.change import (
    build_act,
    build_commitment,
    build_text,
    due_by_term,
    text_payload,
    with_inner,
)  # fmt: skip
from zhuoluo.matters.actions.register import Batch, Filing, build, write
from zhuoluo.matters.models import Answer, Commitment, Matter, Milestone, Party
from zhuoluo.matters.rules import OUTCOMES, SERVICE_METHODS, Refused, answer_term
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may

# How an answer reaches whoever raised the matter that way, where the register does not say it.
METHODS = {"walk_in": "in_person", "phone": "phone", "letter": "post"}


@dataclass(frozen=True)
class Answered:
    """An answer given before the register came here. Not served at another time: when it was given."""

    text: str
    at: datetime
    served_at: datetime | None = None
    outcome: str = "explained"
    unit_id: UUID | None = None
    method: str = ""


@dataclass(frozen=True)
class History:
    """One row of an old register. `note`: what else it says, for staff only."""

    filing: Filing
    note: str = ""
    answer: Answered | None = None


def import_histories(*, histories: Sequence[History], by: Actor, at: datetime, law: Law) -> list[Matter]:
    """Register old matters on the day each was raised, answered and served ones likewise; all or none, in their order.

    Entries stand at the time of the act and were recorded now. Nothing that the register does not tell is made up: no
    acceptance, no call-back, no execution. Raises Forbidden without the right, Refused for what cannot have been.
    """
    if not may(by, Permission.IMPORT):
        raise Forbidden("您的岗位不能导入台账")
    for history in histories:
        _check(history, at)
    batch = build([history.filing for history in histories], by, at, law)
    _tell(batch, histories, by, law)
    with transaction.atomic():
        write(batch, at)
    return batch.matters


def _check(history: History, at: datetime) -> None:
    filing, answer = history.filing, history.answer
    if filing.complete:
        raise Refused("台账里的事项按原样导入")
    if answer is None:
        return
    if filing.klass == "litigation":
        raise Refused("涉法涉诉事项请告知途径，移送有权机关（信访工作条例第22条）")
    if not answer.text.strip() or answer.outcome not in OUTCOMES:
        raise Refused("答复缺少内容或者处理结果")
    if answer.method and answer.method not in SERVICE_METHODS:
        raise Refused("请选择送达方式")
    if not (filing.raised_at or at) <= answer.at <= (answer.served_at or answer.at) <= at:
        raise Refused("答复时间应在反映之后，送达时间应在答复之后，都不晚于现在")
    if answer.unit_id is not None:
        if answer.unit_id not in units():
            raise Refused("请选择一个现有的单位")
        if answer.unit_id in with_inner(set(filing.about_units)):
            raise Refused("不能转给被反映的单位（信访工作条例第30条、第46条）")


def _tell(batch: Batch, histories: Sequence[History], by: Actor, law: Law) -> None:
    """Add to freshly built registrations what the register tells further; entries stay with their matter."""
    registered, batch.acts = batch.acts, []
    for matter, route, act, history in zip(
        batch.matters, batch.commitments[:], registered, histories, strict=True
    ):
        act.payload["imported"] = _mark(history.filing.origin)
        _note(batch, matter, act, history.note)
        batch.acts.append(act)
        if history.answer is not None:
            _answered(batch, matter, route, history.answer, by, law)


def _mark(origin: str) -> str:
    """Return what an entry says of its source: its name may hold a person's, so only a digest goes into the ledger."""
    return hashlib.sha256(origin.encode()).hexdigest()[:16]


def _note(batch: Batch, matter: Matter, act: Act, words: str) -> None:
    if words.strip():
        text = build_text(matter.id, Verb.REGISTER, words, matter.registered_at)
        batch.texts.append(text)
        act.payload["texts"] = [text_payload(text)]


def _answered(batch: Batch, matter: Matter, route: Commitment, told: Answered, by: Actor, law: Law) -> None:
    unit = told.unit_id or matter.registered_by_id
    served = told.served_at or told.at
    answer = Answer(
        matter=matter, unit_id=unit, outcome=told.outcome, opinion=told.text.strip(), drafted_at=told.at,
        issued_at=told.at, served_at=served, service=told.method or METHODS.get(matter.channel, "electronic"),
        review_over=True,  # whether anybody asked for a review then, the old register does not tell
    )  # fmt: skip
    batch.answers.append(answer)
    _lead(batch, matter, unit)
    # When it was routed nobody wrote down: the routing date is neither kept nor missed, so it counts in no figure.
    route.closed_at, route.closing = told.at, "replaced"
    owed = due_by_term(law, answer_term(matter.klass), matter.registered_at)
    service = due_by_term(law, "house.serve", told.at)
    batch.commitments += [
        _closed(build_commitment(matter.id, "answer", owed, matter.registered_at, unit=unit), told.at),
        _closed(build_commitment(matter.id, "serve", service, told.at, unit=unit), served),
    ]
    batch.milestones += [
        Milestone(matter=matter, kind="answered", at=told.at),
        Milestone(matter=matter, kind="served", at=served),
    ]
    source = {"imported": batch.acts[-1].payload["imported"], "answer": str(answer.id)}
    batch.acts += [
        _act(Verb.ISSUE, matter, by, told.at, "answered", source | {"outcome": told.outcome, "stage": ["registered", "answered"]}),
        _act(Verb.SERVE, matter, by, served, "served",
             source | {"method": answer.service, "served_at": served.isoformat(), "stage": ["answered", "served"]}),
    ]  # fmt: skip


def _lead(batch: Batch, matter: Matter, unit: UUID) -> None:
    matter.lead_unit_id = unit
    matter.stage, matter.standing = Stage.SERVED, "moving"
    matter.version = 3  # registered, answered, served
    batch.parties.append(Party(matter=matter, unit_id=unit, role="lead", from_at=matter.registered_at))


def _closed(row: Commitment, at: datetime) -> Commitment:
    row.closed_at, row.closing = at, "done"
    return row


def _act(verb: Verb, matter: Matter, by: Actor, at: datetime, reached: str, payload: dict[str, Any]) -> Act:
    return build_act(verb, matter.id, by, at, {**payload, "reached": [reached]})
