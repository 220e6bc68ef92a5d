"""The register on the desk: the year's figures, the list, the calendar, paper and sheet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.asked import asked_month, asked_year
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.matters.forms.choose import ids
from zhuoluo.org.access import asking, needs
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, areas, jurisdiction, today, units
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.reads import Row
from zhuoluo.outreach.talks.rules.sheet import TALKS
from zhuoluo.outreach.talks.rules.words import COUNTED, KINDS, STATES
from zhuoluo.outreach.talks.views.shown import DEEDS, READS, calendar_answer, next_month, sought, tried

PRINTED = 500
WIDTHS = (36, 14, 18, 12, 8, 8, 22, 24, 20, 12, 10, 24, 30, 38)
COLUMNS = [(names[0], width) for names, width in zip(TALKS.values(), WIDTHS, strict=True)]
EVENING_BEFORE = timedelta(hours=15)  # a talk at nine: reminded at six the evening before


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the year's figures and the register, newest first."""
    by, asked = asking(request), sought(request)
    year = asked_year(request.GET.get("year")) or today().year
    page = reads.register(asked, after=request.GET.get("after", ""))
    first, last = date(year, 1, 1), date(year, 12, 31)
    figures = reads.counted(first, last)
    context = {
        "rows": page.rows, "next": page.next, "asked": asked, "year": year, "year_words": str(year),
        "last_year": year - 1, "next_year": year + 1,
        "figures": figures, "by_kind": [(key, KINDS[key], n) for key, n in figures.by_kind.items()],
        "by_month": figures.by_month.items(), "by_unit": _by_unit(figures), "kinds": KINDS.items(),
        "publishes": _publishable(by, page.rows),
        "states": STATES.items(), "units": reads.offices(), "towns": _towns(), "holds": by.can(Permission.HOLD_TALKS),
        "mine": reads.mine(by.id, timezone.now(), limit=5) if by.id and not request.GET else [],
        "waiting": reads.waiting_orders(), "now": timezone.now(),
    }  # fmt: skip
    return render(request, "talks/home.html", context)


def _by_unit(figures: reads.Counted) -> list[tuple[Unit, int]]:
    found = [(units()[key], n) for key, n in figures.by_unit.items()]
    return sorted(found, key=lambda one: (-one[1], one[0].code))


def _publishable(by: Actor, rows: Sequence[Row]) -> set[UUID]:
    return {
        r.talk.pk
        for r in rows
        if r.talk.state == "planned" and not r.talk.published and actions.may_hold(by, r.talk.unit_id)
    }


def _towns() -> list[Any]:
    return [a for a in areas().values() if a.code.endswith("000") and not a.code.endswith("000000")]


@needs(Permission.HOLD_TALKS)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Show the chosen talks on the public calendar."""
    chosen = ids(request.POST.getlist("talk"))
    shown: list[int] = []
    if chosen and tried(
        request,
        lambda: shown.append(actions.publish(talk_ids=chosen, by=asking(request), at=timezone.now())),
        _("公布了，日历上看得到。"),
    ):
        return redirect("talks:talk", chosen[0]) if len(chosen) == 1 else redirect("talks:home")
    return redirect("talks:home")


@needs(*READS)
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Show a month day by day, planned ones and cancelled ones too."""
    first = asked_month(request.GET.get("month")) or today().replace(day=1)
    after = next_month(first)
    rows = reads.days(first, after - timedelta(days=1), public=False)
    context = {
        "rows": rows, "first": first, "before": first - timedelta(days=1), "after": after, "today": today(),
        "holds": asking(request).can(Permission.HOLD_TALKS),
    }  # fmt: skip
    return render(request, "talks/month.html", context)


@needs(*READS)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Hand out what the reader teaches next, for their own calendar; it reminds them the evening before."""
    by = asking(request)
    rows = reads.mine(by.id, timezone.now(), limit=100) if by.id else []
    response = calendar_answer(rows, _("我要讲的"), remind=EVENING_BEFORE)
    response["Content-Disposition"] = 'attachment; filename="talks.ics"'
    return response


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the register as it is printed."""
    asked = sought(request)
    page = reads.register(asked, limit=PRINTED)
    context = {
        "rows": page.rows, "more": bool(page.next), "place": jurisdiction(), "now": timezone.now(), "by": asking(request)
    }  # fmt: skip
    return render(request, "talks/print.html", context)


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register as a workbook, in the layout that is read again."""
    rows = map(_cells, reads.whole_register(sought(request)))
    title = _("%(place)s宣讲台账") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, COLUMNS, rows), f"talks-{today():%Y%m%d}")


def _cells(row: Row) -> list[Cell]:
    talk = row.talk
    starts, ends = talk.starts_at.astimezone(SHANGHAI), talk.ends_at.astimezone(SHANGHAI)
    town = areas().get(talk.area_id[:9].ljust(12, "0")) if talk.area_id else None
    village = (
        f"{town.name if town and town.code != talk.area_id else ''}{talk.area.name}" if talk.area else ""
    )
    names = [*row.lecturers, talk.others] if talk.others else row.lecturers
    return [
        talk.title, KINDS[talk.kind], talk.unit.name, f"{talk.day:%Y-%m-%d}", f"{starts:%H:%M}" if talk.timed else "",
        f"{ends:%H:%M}" if talk.timed else "", village, talk.place, "、".join(names),
        COUNTED.get(talk.counting, ""), "" if talk.people is None else talk.people,
        talk.counted_how, "、".join(row.matters), str(talk.pk),
    ]  # fmt: skip


@needs(Permission.HOLD_TALKS)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    columns = [column for column in COLUMNS if column[0] not in ("转成的事项", "系统编号")]
    return workbook_answer(workbook(_("宣讲台账"), columns, []), "talks-blank")


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a register from a sheet."""
    by = asking(request)
    return taken_in(
        request, DEEDS, lambda data: actions.import_talks(data=data, by=by, at=timezone.now()),
        _("新记 %(new)s 场，原有 %(known)s 场没有重复登记。"), "talks/import.html", "talks:home",
    )  # fmt: skip
