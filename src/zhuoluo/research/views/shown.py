"""What the pages share: the acts of the room, what an address asks for, words of pages."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.kit.asked import asked_day, asked_id, asked_month, asked_year
from zhuoluo.kit.deeds import Deeds, FormPage
from zhuoluo.kit.sentences import Sentence
from zhuoluo.matters.reads import STANDINGS
from zhuoluo.org.models import Area
from zhuoluo.org.reads import areas
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.research.models import Topic
from zhuoluo.research.reads import NotFound, Sought

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404 = DEEDS.or_404
READS = (Permission.RESEARCH, Permission.READ_ALL)
CHECKS = (Permission.CERTIFY, Permission.SUPERVISE)


def towns() -> list[Area]:
    """Return the townships."""
    return [a for a in areas().values() if a.code.endswith("000") and a.parent_id]


def sought(request: HttpRequest) -> Sought:
    """Return what the problem list is limited to; what makes no sense limits nothing."""
    given = request.GET
    area, standing, chain = given.get("area", ""), given.get("standing", ""), given.get("chain", "")
    first, last = _span(request)
    return Sought(
        standing=standing if standing in STANDINGS else "", chain=asked_id(chain), no_chain=chain == "none",
        area=area if area in areas() else "", nowhere=area == "none", lead=asked_id(given.get("lead")),
        topic=asked_id(given.get("topic")), first=first, last=last, closed=given.get("closed") == "1",
    )  # fmt: skip


def _span(request: HttpRequest) -> tuple[date | None, date | None]:
    month, year, week = (
        asked_month(request.GET.get("month")), asked_year(request.GET.get("year")), asked_day(request.GET.get("week")),
    )  # fmt: skip
    if week is not None:
        first = week - timedelta(days=week.weekday())
        return first, first + timedelta(days=6)
    if month is not None:
        return month, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (date(year, 1, 1), date(year, 12, 31)) if year is not None else (None, None)


def of_topic(row: Topic, title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form about one topic."""
    return FormPage(title, reverse("research:topic", args=[row.pk]), row.title, submit, said, **more)


def of_list(title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form of the room."""
    return FormPage(title, reverse("research:home"), _("调研"), submit, said, **more)
