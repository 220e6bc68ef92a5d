"""What the pages share: today in Shanghai, doing an act and saying why it was refused, what an address asks for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoluo.kit.address import client_address
from zhuoluo.kit.asked import asked_day, asked_number
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, areas, units
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.talks.actions import Taken, may_hold
from zhuoluo.outreach.talks.forms.record import SheetForm
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.reads import Sought
from zhuoluo.outreach.talks.rules.errors import NotFound
from zhuoluo.outreach.talks.rules.words import KINDS, STATES

T = TypeVar("T")
WHY = (Sentence, Forbidden)
READS = (Permission.HOLD_TALKS, Permission.KEEP_POLICY, Permission.READ_ALL)
OFFICES = ("department", "township", "office", "supervision")
ICAL = "text/calendar; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 60  # characters of what is looked for
CLAUSES = 8  # offered to choose from


def today() -> date:
    """Return the day it is in Shanghai."""
    return timezone.now().astimezone(SHANGHAI).date()


def or_404(find: Callable[[], T]) -> T:
    """Return what is found, or say that there is no such page."""
    try:
        return find()
    except NotFound as error:
        raise Http404 from error


def done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do it; when it is refused, say why on the form, where everything typed still stands."""
    try:
        or_404(deed)
    except WHY as error:
        form.add_error(None, spoken(error))
        return False
    return True


def tried(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    """Do it and say so; when it is refused, say why."""
    try:
        or_404(deed)
    except WHY as error:
        messages.error(request, spoken(error))
        return False
    messages.success(request, said)
    return True


def address(request: HttpRequest) -> str:
    """Return the client's network address, for counting tries only; it is never stored or logged as it is."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    return client_address(remote, str(request.META.get("HTTP_X_FORWARDED_FOR", "")), settings.PROXY_HOPS)


def allow(by: Actor, unit_id: UUID) -> None:
    """Let nobody onto a form about another unit's talk or lesson that could only be refused."""
    if not may_hold(by, unit_id):
        raise PermissionDenied


def own_units(by: Actor) -> list[Unit]:
    """Return the units whose talks the actor may hold, their own first."""
    found = [u for u in offices() if may_hold(by, u.id)]
    return sorted(found, key=lambda u: u.id != by.unit_id)


def offices() -> list[Unit]:
    """Return the units that exist today and hold talks or take matters, departments first."""
    live = [u for u in units().values() if u.until_date is None and u.kind in OFFICES]
    return sorted(live, key=lambda u: (OFFICES.index(u.kind), u.code))


def asked_id(text: str | None) -> UUID | None:
    """Return the id an address asks for, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def asked_words(request: HttpRequest) -> str:
    """Return the words looked for."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]


def asked_month(text: str | None) -> date | None:
    """Return the first day of the month an address asks for, or None."""
    return asked_day(f"{text}-01") if text and len(text) == 7 else None


def asked_year(text: str | None) -> int | None:
    """Return the year an address asks for, or None."""
    year = asked_number(text)
    return year if year is not None and 2000 <= year < 2200 else None


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


def workbook_answer(body: bytes, name: str) -> HttpResponse:
    """Hand out a workbook."""
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def taken_in(
    request: HttpRequest, taking: Callable[[bytes], Taken], told: str, template: str, back: str
) -> HttpResponse:
    """Show the page of an import; take a sheet in whole, or say of each row what is wrong with it."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*bound)
    wrong: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        taken: list[Taken] = []
        try:
            if done(form, lambda: taken.append(taking(form.cleaned_data["file"].read()))):
                messages.success(request, told % {"new": taken[0].new, "known": taken[0].known})
                return redirect(back)
        except BadRows as error:
            wrong = [(w.place, spoken(w.error)) for w in error.wrong]
            form.add_error(None, _("有 %(n)s 行不对，一行也没有登记。改好再导入。") % {"n": len(wrong)})
    return render(request, template, {"form": form, "wrong": wrong})
