"""The menu, who can be asked to teach, and the orders."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.outreach.talks.models import Lecturer, Lesson, Order

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
