"""The rooms and the questions in them, each list in one query and one more for the clauses cited."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from zhuoluo.outreach.live.models import Cited, Question, Room
from zhuoluo.outreach.live.rules.likeness import nearest, pairs
from zhuoluo.outreach.live.rules.words import PUBLIC
from zhuoluo.outreach.talks.models import Talk

MOST = 200  # questions on one page
COMPARED = 2000  # answered questions a new one is compared with, the newest
CITED = Prefetch("cited", Cited.objects.order_by("place"))


class NotFound(Exception):
    """There is no such room or question."""


def room(room_id: UUID) -> Room:
    """Return a room with its talk. Raises NotFound."""
    found = Room.objects.select_related("talk").filter(pk=room_id).first()
    if found is None:
        raise NotFound
    return found


def by_code(code: str) -> Room:
    """Return the room of a short address. Raises NotFound."""
    found = Room.objects.select_related("talk").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def rooms(limit: int = 50) -> list[Room]:
    """Return the newest rooms."""
    return list(Room.objects.select_related("talk").order_by("-made_at", "-id")[:limit])


def question(question_id: UUID) -> Question:
    """Return a question with its room. Raises NotFound."""
    found = _whole().filter(pk=question_id).first()
    if found is None:
        raise NotFound
    return found


def _whole() -> QuerySet[Question]:
    return Question.objects.select_related("room", "merged_into", "unit").prefetch_related(CITED)


def shown(room_id: UUID) -> list[Question]:
    """Return what everybody sees: pinned first, then by support; nothing that was never let through."""
    rows = _whole().filter(room_id=room_id, state__in=PUBLIC, shown_at__isnull=False)
    return list(rows.order_by("-pinned", "-votes", "id")[:MOST])


def waiting(room_id: UUID) -> list[Question]:
    """Return the queue of new questions, the oldest first."""
    return list(_whole().filter(room_id=room_id, state="new").order_by("id")[:MOST])


def moderated(room_id: UUID) -> list[Question]:
    """Return all but the new ones for the moderator, as the public list is ordered."""
    return list(
        _whole().filter(room_id=room_id).exclude(state="new").order_by("-pinned", "-votes", "id")[:MOST]
    )


def left_open(room_id: UUID) -> list[Question]:
    """Return what still stands in the way of closing."""
    return list(_whole().filter(room_id=room_id, state__in=["new", "shown"]).order_by("id")[:MOST])


def mine(room_id: UUID, digest: str) -> list[Question]:
    """Return what was asked from one phone."""
    return list(_whole().filter(room_id=room_id, digest=digest).order_by("id")) if digest else []


def similar(text: str, limit: int = 5) -> list[Question]:
    """Return answered questions of all rooms like a new one, the nearest first."""
    known = Question.objects.filter(state="answered", shown_at__isnull=False).order_by("-answered_at", "-id")
    ids = nearest(text, known.values_list("id", "text")[:COMPARED], limit)
    return _in_order(ids)


def answered_by_words(words: str, limit: int = 20) -> list[Question]:
    """Return answered questions whose words or answer hold what is looked for."""
    wanted = pairs(words)
    if not wanted:
        return []
    known = Question.objects.filter(state="answered", shown_at__isnull=False).order_by("-answered_at", "-id")
    rows = known.values_list("id", "text", "answer")[:COMPARED]
    return _in_order([key for key, text, answer in rows if wanted <= pairs(text + " " + answer)][:limit])


def _in_order(ids: Collection[UUID]) -> list[Question]:
    rows = {row.pk: row for row in _whole().filter(pk__in=ids)}
    return [rows[key] for key in ids]


def numbered(number: str) -> Question | None:
    """Return the question with a number."""
    return _whole().filter(number=number).first()


def talks_by_words(words: str, limit: int = 20) -> list[Talk]:
    """Return published talks whose title holds what is looked for, the newest first."""
    return list(
        Talk.objects.filter(published=True, title__icontains=words).order_by("-starts_at", "-id")[:limit]
    )
