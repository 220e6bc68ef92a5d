"""One talk with all that came of it; the public calendar; what somebody teaches next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Avg, Count

from zhuoluo.outreach.talks.models import Order, Question, Rating, Suggestion, Talk, TalkLecturer
from zhuoluo.outreach.talks.rules.errors import NotFound

MOST_DAYS = 400


@dataclass(frozen=True)
class TalkFile:
    """A talk, who teaches, what was asked and suggested, how those who rated it found it."""

    talk: Talk
    lecturers: list[TalkLecturer]
    questions: list[Question]
    suggestions: list[Suggestion]
    rated: int  # phones that rated
    average: float | None  # of those only; None: nobody did


def talk(talk_id: UUID, *, public: bool = False) -> Talk:
    """Return a talk; to the public only one that was published. Raises NotFound."""
    row = Talk.objects.select_related("unit", "area", "lesson", "team").filter(pk=talk_id).first()
    if row is None or (public and not row.published):
        raise NotFound("没有找到这场宣讲")
    return row


def talk_file(talk_id: UUID) -> TalkFile:
    """Return a talk with all that came of it; five queries. Raises NotFound."""
    row = talk(talk_id)
    told = Rating.objects.filter(talk=row).aggregate(average=Avg("value"), rated=Count("id"))
    return TalkFile(
        row, teachers([row.id]).get(row.id, []), list(row.questions.select_related("matter").order_by("place")),
        list(row.suggestions.select_related("matter").order_by("place")), told["rated"], told["average"],
    )  # fmt: skip


def teachers(talk_ids: Sequence[UUID]) -> dict[UUID, list[TalkLecturer]]:
    """Return who teaches at each of some talks, with whom they stand in for. One query."""
    found: dict[UUID, list[TalkLecturer]] = {}
    rows = TalkLecturer.objects.filter(talk_id__in=list(talk_ids)).select_related("lecturer", "instead_of")
    for row in rows.order_by("id"):
        found.setdefault(row.talk_id, []).append(row)
    return found


def published(since: datetime, *, limit: int = 200) -> list[Talk]:
    """Return the published talks still to come or under way, the soonest first. One query."""
    rows = Talk.objects.filter(published=True, state="planned", ends_at__gte=since)
    return list(rows.select_related("unit", "area").order_by("starts_at", "id")[:limit])


def days(first: date, last: date, *, public: bool) -> list[Talk]:
    """Return the talks of some days in their order, cancelled ones too: whoever wrote one down must see it is off."""
    if (last - first).days > MOST_DAYS:
        raise NotFound("一次最多看一年")
    rows = Talk.objects.filter(day__gte=first, day__lte=last)
    if public:
        rows = rows.filter(published=True)
    return list(rows.select_related("unit", "area").order_by("day", "starts_at", "id"))


def mine(user_id: UUID, since: datetime, *, limit: int = 20) -> list[Talk]:
    """Return the talks somebody teaches next: what the evening before reminds them of. One query."""
    rows = Talk.objects.filter(lecturers__lecturer__user_id=user_id, state="planned", ends_at__gte=since)
    return list(rows.select_related("unit", "area").order_by("starts_at", "id")[:limit])


def order_of(row: Talk) -> Order | None:
    """Return the order a talk was planned for. One query."""
    return Order.objects.filter(pk=row.order_id).first() if row.order_id else None
