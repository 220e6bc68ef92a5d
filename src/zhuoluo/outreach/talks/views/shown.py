"""What the pages share: today in Shanghai, doing an act and saying why it was refused, what an address asks for."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhuoluo.kit.asked import asked_id, asked_month, asked_year
from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import ICAL
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import areas
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.talks.actions import may_hold
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.reads import Sought, offices
from zhuoluo.outreach.talks.rules.errors import NotFound
from zhuoluo.outreach.talks.rules.words import COUNTED, KINDS, STATES

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404, done, tried = DEEDS.or_404, DEEDS.done, DEEDS.tried
READS = (Permission.HOLD_TALKS, Permission.KEEP_POLICY, Permission.READ_ALL)
LONGEST = 60  # characters of what is looked for
CLAUSES = 8  # offered to choose from


def allow(by: Actor, unit_id: UUID) -> None:
    """Let nobody onto a form about another unit's talk or lesson that could only be refused."""
    if not may_hold(by, unit_id):
        raise PermissionDenied


def own_units(by: Actor) -> list[Unit]:
    """Return the units whose talks the actor may hold, their own first."""
    found = [u for u in offices() if may_hold(by, u.id)]
    return sorted(found, key=lambda u: u.id != by.unit_id)


def asked_words(request: HttpRequest) -> str:
    """Return the words looked for."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]


def sought(request: HttpRequest) -> Sought:
    """Return what the register is limited to; what makes no sense limits nothing."""
    given = request.GET
    year, month = asked_year(given.get("year")), asked_month(given.get("month"))
    first, last = (month, next_month(month) - timedelta(days=1)) if month else (None, None)
    if month is None and year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
    kind, state, area = given.get("kind", ""), given.get("state", ""), given.get("area", "")
    return Sought(
        words=asked_words(request), kind=kind if kind in KINDS else "", state=state if state in STATES else "",
        unit=asked_id(given.get("unit")), area=area if area in areas() else "", first=first, last=last,
        counting=given.get("counting", "") if given.get("counting") in COUNTED else "",
    )  # fmt: skip


def next_month(first: date) -> date:
    """Return the first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def clauses(words: str, on: date) -> list[tuple[str, str]]:
    """Return the clauses in force on a day that words find, to choose from."""
    if not words.strip():
        return []
    found = policy.search(words[:LONGEST], on=on, limit=CLAUSES)
    return [(str(f.clause_id), f"{f.citation}：{f.text[:60]}") for f in found]


def calendar_answer(rows: list[Talk], name: str, *, remind: timedelta | None = None) -> HttpResponse:
    """Hand out talks as a calendar."""
    made = calendar((_entry(row, remind) for row in rows), name)
    return HttpResponse(made, content_type=ICAL)


def _entry(row: Talk, remind: timedelta | None) -> Entry:
    told = [_(KINDS[row.kind]), row.unit.name]
    if row.state == "cancelled":
        told.append(_("已取消：%(why)s") % {"why": row.cancel_reason})
    elif row.change_reason:
        told.append(_("有变动：%(why)s") % {"why": row.change_reason})
    return Entry(
        str(row.pk), row.starts_at, row.ends_at, row.title, row.place, "\n".join(told), _changed(row), row.version,
        row.state == "cancelled", remind,
    )  # fmt: skip


def _changed(row: Talk) -> datetime:
    return row.cancelled_at or row.recorded_at or row.made_at
