"""Asking from a phone without an account, supporting a question, coming back with number and code."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from zhuoluo.matters.rules import Refused as Unread
from zhuoluo.matters.rules import make_number, query_code, read_number, same_code
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import RESIDENT
from zhuoluo.outreach.live.actions.noted import note, turn
from zhuoluo.outreach.live.models import Counter, Question, Room, Vote
from zhuoluo.outreach.live.rules.asking import WINDOW, Refused, check_pace, clean_question
from zhuoluo.outreach.talks.actions.limits import CODES, count_try, forget_tries
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.rules import normal_phone

LETTERS = "ZB"  # in front of a question's number, so that it is not taken for a matter's


@dataclass(frozen=True)
class Asked:
    """What an asker gets: number and code. `fresh` False: the same form was sent before."""

    question: Question
    code: str
    fresh: bool = True


def code_of(question: Question) -> str:
    """Return the code that opens a question to whoever asked it; it is derived, never kept."""
    return query_code(settings.IDENTITY_KEY, question.id, 1)


def ask(*, room_id: UUID, text: str, phone: str, digest: str, key: str, at: datetime) -> Asked:
    """Take a question; it is kept on disk before this returns. The same form sent twice gives the first one again.

    `digest`: of the phone's own mark. Raises Refused.
    """
    plain = clean_question(text)
    number = normal_phone(phone)
    if phone.strip() and not 7 <= len(number) <= 15:
        raise Refused("电话号码不对，请再看一遍；不想留可以空着")
    body = hashlib.sha256(json.dumps([str(room_id), plain, number]).encode()).hexdigest()
    try:
        with transaction.atomic():
            return _ask(room_id, plain, number, digest, key, body, at)
    except IntegrityError:
        known = Question.objects.filter(key=key).first()
        if known is None:
            raise
        return _again(known, body, digest)


def _ask(room_id: UUID, text: str, phone: str, digest: str, key: str, body: str, at: datetime) -> Asked:
    known = Question.objects.filter(key=key).first()
    if known is not None:
        return _again(known, body, digest)
    if Room.objects.values_list("state", flat=True).get(pk=room_id) != "open":
        raise Refused("现在不能提问：直播还没开始，或者已经结束")
    check_pace(Question.objects.filter(room_id=room_id, digest=digest, asked_at__gt=at - WINDOW).count())
    raiser = None
    if phone:
        prepared = residents.prepare(Contact(phone=phone), at)
        residents.keep(prepared=[prepared])
        raiser = prepared.id
    question = Question.objects.create(
        room_id=room_id, number=_number(at.astimezone(SHANGHAI).date()), digest=digest, raiser_id=raiser, text=text,
        asked_at=at, key=key, body_hash=body,
    )  # fmt: skip
    note("ask", question.id, RESIDENT, at, number=question.number, room=str(room_id), phone=bool(phone))
    return Asked(question, code_of(question))


def _again(known: Question, body: str, digest: str) -> Asked:
    if known.body_hash != body or known.digest != digest:
        raise Refused("这张表已经提过一个问题；要再问，请重新打开提问页")
    return Asked(known, code_of(known), fresh=False)


def _number(day: date) -> str:
    if not Counter.objects.filter(pk=day).update(last=F("last") + 1):
        _made, created = Counter.objects.get_or_create(day=day, defaults={"last": 1})
        if not created:
            Counter.objects.filter(pk=day).update(last=F("last") + 1)
    return make_number(LETTERS, day, Counter.objects.values_list("last", flat=True).get(pk=day))


def support(*, question_id: UUID, digest: str, at: datetime) -> bool:
    """Add the support of a phone; returns False when it had given it before. Raises Refused."""
    question = Question.objects.select_related("room").filter(pk=question_id).first()
    if question is None or question.room.state != "open" or question.state != "shown":
        raise Refused("这个问题现在不能再点支持")
    try:
        with transaction.atomic():
            Vote.objects.create(question=question, digest=digest, at=at)
            Question.objects.filter(pk=question_id).update(votes=F("votes") + 1)
            turn(question.room_id)
            note("support", question.id, RESIDENT, at)
    except IntegrityError:
        if Vote.objects.filter(question=question, digest=digest).exists():
            return False
        raise
    return True


def unlock(*, number: str, code: str, address: str, at: datetime) -> Question | None:
    """Return the question number and code open together, or None without saying which was wrong. Raises TooMany."""
    try:
        written = read_number(number)
    except Unread:
        written = "?"
    tries = [
        count_try(kind="question", value=written, most=CODES, at=at),
        count_try(kind="address", value=address, most=CODES, at=at),
    ]
    question = Question.objects.select_related("room", "merged_into", "unit").filter(number=written).first()
    real = code_of(question) if question is not None else "-" * 8
    if question is None or not same_code(code, real):
        return None
    forget_tries(rows=tries)
    return question
