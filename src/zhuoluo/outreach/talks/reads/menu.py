"""The menu, who can be asked to teach, and the orders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Avg, Count, Q, TextField
from django.db.models.functions import Cast

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.policy.reads import ClauseView
from zhuoluo.outreach.talks.models import (
    Lecturer,
    Lesson,
    LessonClause,
    LessonLecturer,
    Order,
    Rating,
    Talk,
    Team,
)
from zhuoluo.outreach.talks.rules.errors import NotFound

PAGE = 30


@dataclass(frozen=True)
class DishPage:
    """One page of the menu, by title, and the place after which the next begins."""

    rows: list[Lesson]
    next: str = ""


@dataclass(frozen=True)
class OrderPage:
    """One page of orders, the newest first."""

    rows: list[Order]
    next: str = ""


def menu(*, words: str = "", kind: str = "", after: str = "", limit: int = PAGE) -> DishPage:
    """Return the lessons on the menu, by title; those in which every word stands. Two queries."""
    rows = Lesson.objects.filter(ended_at__isnull=True).select_related("unit", "team")
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(audience__icontains=word)
        )
    if kind:
        rows = rows.annotate(kinds_text=Cast("kinds", TextField())).filter(kinds_text__contains=f'"{kind}"')
    title, _sign, last = after.rpartition("|")
    if last:
        rows = rows.filter(Q(title__gt=title) | Q(title=title, id__gt=_id(last)))
    found = list(rows.prefetch_related("lecturers__lecturer").order_by("title", "id")[: limit + 1])
    page = found[:limit]
    more = f"{page[-1].title}|{page[-1].id}" if len(found) > limit else ""
    return DishPage(page, more)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@dataclass(frozen=True)
class Taught:
    """How often a lesson was held, and how the phones that rated it found it (None: nobody did)."""

    held: int = 0
    rated: int = 0
    average: float | None = None


def taught(lesson_ids: Collection[UUID]) -> dict[UUID, Taught]:
    """Return for each of some lessons how often it was held and how it was found. Two queries."""
    ids = list(lesson_ids)
    held = Talk.objects.filter(lesson_id__in=ids, state="held").order_by().values_list("lesson")
    counts = dict(held.annotate(n=Count("id")))
    told = Rating.objects.filter(talk__lesson_id__in=ids).order_by().values_list("talk__lesson")
    found = {one: (n, average) for one, n, average in told.annotate(n=Count("id"), average=Avg("value"))}
    return {one: Taught(counts.get(one, 0), *found.get(one, (0, None))) for one in ids}


def lesson(lesson_id: UUID, *, open_only: bool = False) -> Lesson:
    """Return a lesson. Raises NotFound, also for one that is off the menu where only open ones are asked for."""
    row = Lesson.objects.select_related("unit", "team").filter(pk=lesson_id).first()
    if row is None or (open_only and row.ended_at is not None):
        raise NotFound("没有找到这一课")
    return row


def cited_by(lesson_id: UUID) -> list[UUID]:
    """Return the clauses a lesson explains, in their order. One query."""
    rows = LessonClause.objects.filter(lesson_id=lesson_id).order_by("id")
    return list(rows.values_list("clause_id", flat=True))


def clauses_of(lesson_id: UUID, on: date) -> list[ClauseView]:
    """Return those of the clauses a lesson explains that are in force on a day. Two queries."""
    ids = cited_by(lesson_id)
    found = policy.citations(ids, on)
    return [found[one] for one in ids if one in found]


def teachers_of(lesson_id: UUID) -> list[Lecturer]:
    """Return who teaches a lesson, by name. One query."""
    rows = Lecturer.objects.filter(
        id__in=LessonLecturer.objects.filter(lesson_id=lesson_id).values("lecturer_id"), ended_at__isnull=True
    )
    return list(rows.order_by("name", "id"))


def teams() -> list[Team]:
    """Return the teams with their members, by name. Three queries."""
    rows = Team.objects.filter(ended_at__isnull=True).select_related("unit").order_by("name")
    return list(rows.prefetch_related("members__lecturer"))


def order(order_id: UUID) -> Order:
    """Return an order with its lesson and its talk. Raises NotFound."""
    row = Order.objects.select_related("lesson", "area", "talk").filter(pk=order_id).first()
    if row is None:
        raise NotFound("没有找到这张点单")
    return row


def opened_by(ids: Collection[UUID]) -> list[Order]:
    """Return the orders a browser opened, the newest first. One query."""
    rows = Order.objects.filter(pk__in=list(ids)).select_related("lesson", "area", "talk", "talk__unit")
    return list(rows.order_by("-made_at", "-id"))


def lecturers() -> list[Lecturer]:
    """Return everybody who can be asked to teach, by name; a county has some hundreds. One query."""
    return list(
        Lecturer.objects.filter(ended_at__isnull=True).select_related("unit", "user").order_by("name", "id")
    )


def orders(*, state: str, after: str = "", limit: int = PAGE) -> OrderPage:
    """Return the orders in a state, the newest first. One query."""
    rows = Order.objects.filter(behind(after, "made_at", newest_first=True), state=state)
    found = list(rows.select_related("lesson", "area").order_by("-made_at", "-id")[: limit + 1])
    page = found[:limit]
    return OrderPage(page, write_cursor(page[-1].made_at, page[-1].id) if len(found) > limit else "")


def waiting_orders() -> int:
    """Return how many orders wait to be planned. One query."""
    return Order.objects.filter(state="new").count()


def talk_of(row: Order) -> Talk | None:
    """Return the talk planned for an order that was read here, if there is one. No query."""
    try:
        return row.talk
    except Talk.DoesNotExist:
        return None
