"""The rooms and the questions in them, each list in one query and one more for the clauses cited."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.outreach.live.models import Cited, Question, Room
from zhuoluo.outreach.live.rules.asking import NotFound
from zhuoluo.outreach.live.rules.likeness import nearest, pairs
from zhuoluo.outreach.live.rules.words import PUBLIC
from zhuoluo.outreach.talks.models import Talk

MOST = 200  # questions on one page
COMPARED = 200  # answered questions a new one is compared with, those that share most with it
PAIRS = 24  # pairs of characters looked for
PAGE = 50
CITED = Prefetch("cited", Cited.objects.order_by("place"))


def room(room_id: UUID) -> Room:
    """Return a room with its talk. Raises NotFound."""
    found = Room.objects.select_related("talk__unit").filter(pk=room_id).first()
    if found is None:
        raise NotFound
    return found


def by_code(code: str) -> Room:
    """Return the room of a short address. Raises NotFound."""
    found = Room.objects.select_related("talk__unit").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def rooms(*, after: str = "", limit: int = PAGE) -> tuple[list[Room], str]:
    """Return a page of rooms, the newest first, and where the next begins. One query."""
    rows = Room.objects.filter(behind(after, "made_at", newest_first=True)).select_related("talk__unit")
    found = list(rows.order_by("-made_at", "-id")[: limit + 1])
    page = found[:limit]
    return page, write_cursor(page[-1].made_at, page[-1].id) if len(found) > limit else ""


def without_room(since: datetime, limit: int = PAGE) -> list[Talk]:
    """Return the live talks that have no room yet, the soonest first. One query."""
    rows = Talk.objects.filter(live=True, state="planned", ends_at__gte=since, live_room__isnull=True)
    return list(rows.select_related("unit").order_by("starts_at", "id")[:limit])


def question(question_id: UUID) -> Question:
    """Return a question with its room. Raises NotFound."""
    found = _whole().filter(pk=question_id).first()
    if found is None:
        raise NotFound
    return found


def _whole() -> QuerySet[Question]:
    return Question.objects.select_related("room__talk", "merged_into", "unit").prefetch_related(CITED)


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
    """Return answered questions of all rooms like a new one, the nearest first. Two queries.

    The database picks those that share most pairs of characters with it; how near each is, is reckoned here.
    """
    wanted = sorted(pairs(text), key=lambda pair: (not pair.isalpha(), pair))[:PAIRS]
    if not wanted:
        return []
    shared = sum((Case(When(text__icontains=pair, then=1), default=0) for pair in wanted), Value(0))
    rows = _answered().annotate(shared=shared).filter(shared__gte=min(2, len(wanted)))
    near = rows.order_by("-shared", "-answered_at", "-id").values_list("id", "text")[:COMPARED]
    return _in_order(nearest(text, near, limit))


def answered_by_words(words: str, limit: int = 20) -> list[Question]:
    """Return answered questions in whose words or answer everything looked for stands, the newest first. Two queries."""
    wanted = sorted(pairs(words))[:PAIRS]
    if not wanted:
        return []
    rows = _answered()
    for pair in wanted:
        rows = rows.filter(Q(text__icontains=pair) | Q(answer__icontains=pair))
    return _in_order(list(rows.order_by("-answered_at", "-id").values_list("id", flat=True)[:limit]))


def _answered() -> QuerySet[Question]:
    return Question.objects.filter(state="answered", shown_at__isnull=False)


def _in_order(ids: Collection[UUID]) -> list[Question]:
    rows = {row.pk: row for row in _whole().filter(pk__in=ids)}
    return [rows[key] for key in ids]


def numbered(number: str) -> Question | None:
    """Return the question with a number."""
    return _whole().filter(number=number).first()


def talks_by_words(words: str, limit: int = 20) -> list[Talk]:
    """Return published talks whose title or place holds what is looked for, the newest first."""
    rows = Talk.objects.filter(published=True)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(place__icontains=word))
    return list(rows.order_by("-starts_at", "-id")[:limit])
