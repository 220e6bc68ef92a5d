"""What the pages share: the acts of the room, what an address asks for, words of pages."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.enterprise.models import Firm
from zhuoluo.enterprise.reads import Asked, Sought
from zhuoluo.enterprise.rules.errors import NotFound
from zhuoluo.kit.asked import asked_id, asked_month
from zhuoluo.kit.deeds import Deeds, FormPage
from zhuoluo.kit.sentences import Sentence
from zhuoluo.matters.reads import STANDINGS
from zhuoluo.org.access import asking
from zhuoluo.org.models import Area
from zhuoluo.org.reads import areas
from zhuoluo.org.rules import Forbidden, Permission

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404 = DEEDS.or_404
READS = (Permission.ENTERPRISE, Permission.READ_ALL)
LONGEST = 60


def towns() -> list[Area]:
    """Return the townships."""
    return [a for a in areas().values() if a.code.endswith("000") and a.parent_id]


def asked(request: HttpRequest) -> Asked:
    """Return what the register is limited to; what makes no sense limits nothing."""
    given = request.GET
    area = given.get("area", "")
    return Asked(
        words=given.get("q", "").replace("\x00", "").strip()[:LONGEST], chain=asked_id(given.get("chain")),
        area=area if area in areas() else "", liaison=asking(request).id if given.get("who") == "mine" else None,
        alone=given.get("who") == "nobody",
    )  # fmt: skip


def sought(request: HttpRequest) -> Sought:
    """Return what the list of needs is limited to."""
    given = request.GET
    month, area, standing = asked_month(given.get("month")), given.get("area", ""), given.get("standing", "")
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1) if month else None
    return Sought(
        standing=standing if standing in STANDINGS else "", chain=asked_id(given.get("chain")),
        area=area if area in areas() else "", first=month, last=last,
    )  # fmt: skip


def of_firm(firm: Firm, title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form about one enterprise."""
    back = reverse("enterprise:firm", args=[firm.pk])
    return FormPage(title, back, firm.name, submit, said, **more)


def of_list(title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form of the register."""
    return FormPage(title, reverse("enterprise:home"), _("企业"), submit, said, **more)


def day_text(day: date | None) -> str:
    """Return a day as sheets write it."""
    return f"{day:%Y-%m-%d}" if day else ""
