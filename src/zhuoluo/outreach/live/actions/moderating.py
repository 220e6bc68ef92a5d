"""What a moderator does with a question. Each act is repeated without harm: done already, it changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.live.actions.noted import locked, note, turn
from zhuoluo.outreach.live.models import Cited, Question
from zhuoluo.outreach.live.rules.asking import Refused
from zhuoluo.outreach.live.rules.moderating import check_act, check_answer, check_merge, check_reason
from zhuoluo.outreach.policy import reads as policy


@dataclass(frozen=True)
class Given:
    """What goes into an answer besides its words: clauses, and a calculator with its values."""

    clauses: Sequence[UUID] = ()
    calculator: str = ""
    values: dict[str, Any] | None = None


@transaction.atomic
def let_through(*, question_id: UUID, by: Actor, at: datetime) -> Question:
    """Put a question on the wall."""
    question = locked(question_id, by)
    if question.state == "shown":
        return question
    check_act("let_through", question.state)
    question.state, question.reason, question.accusation, question.shown_at = "shown", "", False, at
    question.save(update_fields=["state", "reason", "accusation", "shown_at"])
    return _done("let_through", question, by, at)


@transaction.atomic
def hide(*, question_id: UUID, reason: str, words: str = "", by: Actor, at: datetime) -> Question:
    """Keep a question off the wall, with a reason that its asker reads."""
    question = locked(question_id, by)
    told = check_reason(reason, words)
    if question.state == "hidden" and question.reason == told:
        return question
    check_act("hide", question.state)
    question.state, question.reason, question.accusation = "hidden", told, reason == "accusation"
    question.pinned = question.answering = False
    question.save(update_fields=["state", "reason", "accusation", "pinned", "answering"])
    return _done("hide", question, by, at, reason=reason)


@transaction.atomic
def merge(*, question_id: UUID, into: UUID, by: Actor, at: datetime) -> Question:
    """Join a question to the same one asked before; its asker gets that one's answer."""
    question = locked(question_id, by)
    target = locked(into, by)
    if question.state == "merged" and question.merged_into_id == into:
        return question
    check_act("merge", question.state)
    if question.room_id != target.room_id:
        raise Refused("只能并到同一场直播的问题")
    check_merge(question.id, target.id, target.state)
    question.state, question.merged_into = "merged", target
    question.pinned = question.answering = False
    question.save(update_fields=["state", "merged_into", "pinned", "answering"])
    Question.objects.filter(merged_into=question).update(merged_into=target)
    return _done("merge", question, by, at, into=target.number)


@transaction.atomic
def pin(*, question_id: UUID, pinned: bool, by: Actor, at: datetime) -> Question:
    """Keep a question at the top, or let it go."""
    question = locked(question_id, by)
    if question.pinned == pinned:
        return question
    check_act("pin", question.state)
    question.pinned = pinned
    question.save(update_fields=["pinned"])
    return _done("pin", question, by, at, pinned=pinned)


@transaction.atomic
def take_up(*, question_id: UUID, by: Actor, at: datetime) -> Question:
    """Mark the question that is being answered now; there is one at a time."""
    question = locked(question_id, by)
    if question.answering:
        return question
    check_act("take_up", question.state)
    Question.objects.filter(room_id=question.room_id, answering=True).update(answering=False)
    question.answering = True
    question.save(update_fields=["answering"])
    return _done("take_up", question, by, at)


@transaction.atomic
def answer(*, question_id: UUID, text: str, given: Given = Given(), by: Actor, at: datetime) -> Question:
    """Answer a question, with the clauses in force today and a calculation. Raises Refused for a clause that is not."""
    question = locked(question_id, by)
    check_act("answer", question.state)
    question.answer = check_answer(text)
    day = at.astimezone(SHANGHAI).date()
    rows = [
        Cited(question=question, clause_id=clause, citation=policy.cite(clause, day), place=place)
        for place, clause in enumerate(dict.fromkeys(given.clauses))
    ]
    if given.calculator:
        question.calculation = _calculated(given, day)
    question.state, question.answered_at, question.answering = "answered", at, False
    question.shown_at = question.shown_at or at
    question.save(update_fields=["answer", "calculation", "state", "answered_at", "answering", "shown_at"])
    Cited.objects.bulk_create(rows)
    return _done(
        "answer", question, by, at, clauses=[str(row.clause_id) for row in rows], calculator=given.calculator
    )


def _calculated(given: Given, day: Any) -> dict[str, Any]:
    done = policy.calculate(given.calculator, given.values or {}, on=day)
    steps = [
        {
            "words": str(step.words), "value": str(step.value), "citation": str(step.citation), "formula": step.formula,
            "doubt": step.doubt,
        }
        for step in done.steps
    ]  # fmt: skip
    return {
        "title": done.calculator.title, "result": str(done.result), "unit": str(done.unit), "steps": steps,
        "notes": [str(one) for one in done.notes], "entitled": done.entitled, "on": day.isoformat(),
    }  # fmt: skip


def _done(verb: str, question: Question, by: Actor, at: datetime, **payload: Any) -> Question:
    turn(question.room_id)
    note(verb, question.id, by, at, number=question.number, **payload)
    return question
