"""The end of a session: nothing is left that has neither an answer, nor an owner and a date, nor a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.live.actions.noted import locked, locked_room, note, turn
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.rules.moderating import Open, check_act, check_close
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact


@transaction.atomic
def hand_over(*, question_id: UUID, unit_id: UUID, by: Actor, at: datetime, law: Law) -> Question:
    """Make a question a matter of a unit, with the date the clock gives; the asker follows it by the same number."""
    question = locked(question_id, by)
    if question.state == "handed":
        return question
    check_act("hand_over", question.state)
    _hand_over(question, unit_id, by, at, law)
    turn(question.room_id)
    note("hand_over", question.id, by, at, number=question.number, matter=question.matter_number)
    return question


@transaction.atomic
def close(*, room_id: UUID, unit_id: UUID | None = None, by: Actor, at: datetime, law: Law) -> Room:
    """End a session. Open questions refuse it, or all become matters of `unit_id` in the same transaction."""
    room = locked_room(room_id, by)
    if room.state == "closed":
        return room
    left = list(
        Question.objects.select_for_update().filter(room=room, state__in=["new", "shown"]).order_by("id")
    )
    if unit_id is None:
        check_close([Open(q.number, q.state) for q in left])
    else:
        for question in left:
            _hand_over(question, unit_id, by, at, law)
    room.state, room.closed_at, room.closed_by = "closed", at, by.id
    room.save(update_fields=["state", "closed_at", "closed_by"])
    turn(room.id)
    handed = [q.matter_number for q in left]
    note("close", room.id, by, at, handed=handed)
    return room


def _hand_over(question: Question, unit_id: UUID, by: Actor, at: datetime, law: Law) -> None:
    contact = Contact(kind="anonymous")
    if question.raiser_id is not None:
        contact = residents.contact_of(question.raiser_id)
    filing = Filing(
        klass="inquiry", text=question.text, contact=contact, channel="live", raised_at=question.asked_at, unit_id=unit_id,
        area=question.room.talk.area_id, place=question.room.talk.place,
    )  # fmt: skip
    made = matters.register(filing=filing, by=by, at=at, law=law, key=f"live:{question.id}")
    question.state, question.matter_id, question.matter_number = "handed", made.matter.id, made.matter.number
    question.unit_id, question.answering, question.pinned = unit_id, False, False
    question.save(update_fields=["state", "matter_id", "matter_number", "unit", "answering", "pinned"])
