"""The catalogue of wanted talents: what is still looked for, by year and words."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from zhuoluo.kit.cursor import behind_day, write_day_cursor
from zhuoluo.outreach.programmes.models import Wanted
from zhuoluo.outreach.programmes.rules.errors import NotFound

PAGE = 50


def find(wanted_id: UUID) -> Wanted:
    """Return one post. Raises NotFound."""
    row = Wanted.objects.filter(pk=wanted_id).first()
    if row is None:
        raise NotFound
    return row


def _wanted(today: date | None, year: int | None, words: str) -> QuerySet[Wanted]:
    rows = Wanted.objects.all()
    if today is not None:
        rows = rows.filter(until__gte=today, ended_at__isnull=True)
    if year is not None:
        rows = rows.filter(year=year)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(post__icontains=word) | Q(employer__icontains=word) | Q(demands__icontains=word) | Q(offer__icontains=word)
        )  # fmt: skip
    return rows


def page(
    *, today: date | None = None, year: int | None = None, words: str = "", after: str = "", limit: int = PAGE
) -> tuple[list[Wanted], str]:
    """Return a page of posts, those that stay open longest first, and the cursor of the next.

    With `today` only those still looked for (the public list); without it all of them.
    """
    rows = _wanted(today, year, words).filter(behind_day(after, "until"))
    found = list(rows.order_by("-until", "-id")[: limit + 1])
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return shown, write_day_cursor(last.until, last.id) if last is not None else ""


def totals(*, today: date | None = None, year: int | None = None, words: str = "") -> tuple[int, int, int]:
    """Return how many posts, how many people, how many employers."""
    found = _wanted(today, year, words).aggregate(
        posts=Count("pk"), people=Sum("people"), employers=Count("employer", distinct=True)
    )
    return found["posts"], int(found["people"] or 0), found["employers"]


def years() -> list[int]:
    """Return the years of the catalogue, latest first."""
    return list(Wanted.objects.order_by("-year").values_list("year", flat=True).distinct())
