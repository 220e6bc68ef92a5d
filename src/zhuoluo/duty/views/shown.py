"""What the pages share: the acts of the room, words of pages."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.duty.models import Night
from zhuoluo.duty.reads import Sought
from zhuoluo.duty.rules.errors import NotFound
from zhuoluo.kit.asked import asked_id, asked_month
from zhuoluo.kit.deeds import Deeds, FormPage
from zhuoluo.kit.sentences import Sentence
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Forbidden, Permission

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404 = DEEDS.or_404
READS = (Permission.DUTY, Permission.NIGHTS, Permission.READ_ALL)


def sought(request: HttpRequest) -> Sought:
    """Return what the register is limited to; what makes no sense limits nothing."""
    month = asked_month(request.GET.get("month"))
    last = following(month) if month else None
    return Sought(
        unit=asked_id(request.GET.get("unit")), user=asked_id(request.GET.get("user")), first=month, last=last
    )


def following(first: date) -> date:
    """Return the last day of a month."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def named(row: Night) -> str:
    """Return a night in words."""
    unit = units().get(row.unit_id)
    return _("%(day)s %(unit)s") % {"day": f"{row.day:%m-%d}", "unit": unit.short_name if unit else ""}


def of_night(row: Night, title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form about one night."""
    return FormPage(title, reverse("duty:night", args=[row.pk]), named(row), submit, said, **more)


def of_roster(title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form of the roster."""
    return FormPage(title, reverse("duty:roster"), _("排班"), submit, said, **more)
