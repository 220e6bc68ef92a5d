"""On-site days on the desk: the list, series, one day with agenda and decisions, its lists in three forms."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.enterprise import reads as enterprise
from zhuoluo.kit.asked import asked_id
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import ICAL, taken_in, workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.matters import reads as matters
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.forms.choose import ids
from zhuoluo.onsite import actions, reads
from zhuoluo.onsite.forms.days import (
    AgendaForm,
    DayForm,
    DecideForm,
    ReasonForm,
    SeriesForm,
    SpotForm,
    day_initial,
)
from zhuoluo.onsite.models import Day, Series
from zhuoluo.onsite.rules.lists import kinds
from zhuoluo.onsite.rules.sheet import LISTS
from zhuoluo.onsite.rules.words import STATES
from zhuoluo.onsite.templatetags.onsite_words import named
from zhuoluo.onsite.views.shown import DEEDS, READS, of_day, of_list, or_404
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, law, people, today
from zhuoluo.org.rules import Permission
from zhuoluo.research import reads as research

asks = require_http_methods(["GET", "POST"])
WIDTHS = (14, 8, 12, 24, 10, 40, 20, 14, 40, 20, 10, 12, 12, 18, 14)
COLUMNS = [(names[0], width) for names, width in zip(LISTS.values(), WIDTHS, strict=True)]


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the days, newest first."""
    series, state = asked_id(request.GET.get("series")), request.GET.get("state", "")
    rows, more = reads.days(
        series_id=series, state=state if state in STATES else "", after=request.GET.get("after", "")
    )
    by = asking(request)
    context = {
        "rows": rows, "next": more, "series": reads.series(ended=True), "asked": series, "state": state, "states": STATES,
        "runs": actions.may_run(by), "sets": by.can(Permission.ONSITE) and by.can(Permission.READ_ALL), "today": today(),
    }  # fmt: skip
    return render(request, "onsite/home.html", context)


@needs(Permission.ONSITE)
@asks
def series(request: HttpRequest, series_id: UUID | None = None) -> HttpResponse:
    """Set up a series, or change one; they stand in a list above."""
    by = asking(request)
    if not by.can(Permission.READ_ALL):
        raise PermissionDenied
    kept = Series.objects.filter(pk=series_id).first() if series_id else None
    start = {"name": kept.name, "lists": kept.lists} if kept else {"lists": next(iter(kinds()))}
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=start)

    def deed() -> object:
        data = form.cleaned_data
        return actions.save_series(
            name=data["name"],
            lists=data["lists"],
            series_id=kept.pk if kept else None,
            by=by,
            at=timezone.now(),
        )

    page = of_list(
        _("系列和清单"),
        _("保存"),
        _("保存好了。"),
        to=reverse("onsite:series"),
        template="onsite/series.html",
    )
    return DEEDS.page(request, form, deed, page, rows=reads.series(), kinds=kinds(), kept=kept)


def _form(request: HttpRequest, **more: Any) -> DayForm:
    return DayForm(
        request.POST if request.method == "POST" else None, series=reads.series(), chains=enterprise.chains(),
        posts=people(today()), today=today(), **more,
    )  # fmt: skip


@needs(Permission.ONSITE)
@asks
def make(request: HttpRequest) -> HttpResponse:
    """Plan a day."""
    by = asking(request)
    start = {
        "day": today(), "starts": time(9), "ends": time(11, 30), "unit": f"={by.unit_id}" if by.unit_id else "",
        "chair": f"={by.id}" if by.can(Permission.LEAD) else "", "series": request.GET.get("series", ""),
    }  # fmt: skip
    form = _form(request, initial=start)

    def deed() -> object:
        data = form.cleaned_data
        return actions.plan_day(
            series_id=UUID(data["series"]), content=form.content(), number=data["number"], key=data["key"], by=by,
            at=timezone.now(),
        )  # fmt: skip

    lead = _("安排好以后，从这个地方、这条产业链还在办的事项里挑议程。")
    return DEEDS.page(
        request, form, deed, of_list(_("安排一次现场办公"), _("安排"), _("安排好了。"), lead=lead)
    )


def _mine(request: HttpRequest, day_id: UUID) -> Day:
    row = or_404(lambda: reads.day(day_id))
    if not actions.may_run(asking(request), row):
        raise PermissionDenied
    return row


@needs(Permission.ONSITE)
@asks
def change(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Change a day that is still to come."""
    row, by = _mine(request, day_id), asking(request)
    if row.state != "planned":
        raise PermissionDenied
    form = _form(request, initial=day_initial(row))

    def deed() -> object:
        return actions.plan_day(
            series_id=row.series_id, content=form.content(), day_id=day_id, version=form.cleaned_data["version"], by=by,
            at=timezone.now(),
        )  # fmt: skip

    return DEEDS.page(request, form, deed, of_day(row, _("改时间地点"), _("保存"), _("改好了。")))


@needs(Permission.ONSITE)
@asks
def cancel(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Cancel a day with the reason."""
    row, by = _mine(request, day_id), asking(request)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        return actions.cancel_day(day_id=day_id, reason=form.cleaned_data["reason"], by=by, at=timezone.now())

    page = of_day(row, _("取消这一次"), _("取消"), _("取消了。"), kind="danger", icon="x")
    return DEEDS.page(request, form, deed, page)


@needs(*READS)
@require_GET
def day(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Show a day: agenda, decisions, how each stands."""
    by = asking(request)
    file = or_404(lambda: reads.day_file(by, day_id, now=timezone.now()))
    row = file.day
    context = {
        "file": file, "day": row, "name": named(row), "runs": actions.may_run(by, row), "begun": row.starts_at <= timezone.now(),
        "kind": kinds().get(row.series.lists),
    }  # fmt: skip
    return render(request, "onsite/day.html", context)


@needs(Permission.ONSITE)
@asks
def agenda(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Put open matters of the place or the chain on the agenda, or others by their numbers."""
    row, by = _mine(request, day_id), asking(request)
    file = reads.day_file(by, day_id, now=timezone.now())
    known = {one.item.matter_id for one in file.items}
    offered = [line for line in _offered(row, request) if line.id not in known]
    form = AgendaForm(request.POST if request.method == "POST" else None, offered=offered)

    def deed() -> object:
        data = form.cleaned_data
        numbered = matters.ids_of(by, data["numbers"])
        chosen = [*ids(data.get("offered") or ()), *numbered.values()]
        return actions.add_items(day_id=day_id, matter_ids=chosen, by=by, at=timezone.now())

    page = of_day(row, _("挑议程"), _("列入议程"), _("列好了。"), lead=_("只列您能看到的事项。"))
    return DEEDS.page(request, form, deed, page)


def _offered(row: Day, request: HttpRequest) -> list[matters.Line]:
    by, now = asking(request), timezone.now()
    found: list[matters.Line] = []
    if row.chain_id is not None:
        found += enterprise.open_of_chain(by, row.chain_id, now=now)
        found += research.open_of_chain(by, row.chain_id, now=now)
    if row.area_id is not None or row.chain_id is None:
        sought = matters.Sought(area=row.area_id or "", open_only=True)
        found += matters.matters(by, sought, now=now).rows
    return list({line.id: line for line in found}.values())


@needs(Permission.ONSITE)
@require_POST
def drop(request: HttpRequest, day_id: UUID, item_id: UUID) -> HttpResponse:
    """Take a matter off the agenda."""
    _mine(request, day_id)
    item, by = or_404(lambda: reads.item(day_id, item_id)), asking(request)
    DEEDS.tried(request, lambda: actions.drop_item(item_id=item.pk, by=by, at=timezone.now()), _("拿下了。"))
    return redirect("onsite:day", day_id)


@needs(Permission.ONSITE)
@asks
def spot(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Register what was raised on the spot; show number and code."""
    row, by = _mine(request, day_id), asking(request)
    form = SpotForm(request.POST if request.method == "POST" else None, today=today())
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> None:
            made.append(
                actions.raise_item(
                    day_id=day_id, klass="claim", text=data["text"], contact=form.contact(), unit_id=UUID(data["unit"]),
                    key=data["key"], by=by, at=timezone.now(), law=law(),
                )
            )  # fmt: skip

        if DEEDS.done(form, deed):
            return render(request, "onsite/raised.html", {"made": made[0], "day": row})
    page = of_day(row, _("现场新提的"), _("登记，列入议程"), "", icon="plus")
    return render(request, "kit/form_page.html", {"form": form, "page": page})


@needs(Permission.ONSITE)
@asks
def decide(request: HttpRequest, day_id: UUID, item_id: UUID) -> HttpResponse:
    """Write down what was decided on one matter, for up to four units at once."""
    row, by = _mine(request, day_id), asking(request)
    item = or_404(lambda: reads.item(day_id, item_id))
    file = reads.day_file(by, day_id, now=timezone.now())
    line = next((one for one in file.items if one.item.pk == item.pk), None)
    if line is None:
        raise PermissionDenied
    form = DecideForm(request.POST if request.method == "POST" else None, today=today())

    def deed() -> object:
        return actions.decide(item_id=item_id, decided=form.decided(), by=by, at=timezone.now(), law=law())

    page = of_day(
        row,
        _("记决定"),
        _("交给这些单位"),
        _("记好了。几张清单、每个单位的期限，都有了。"),
        template="onsite/decide.html",
    )
    return DEEDS.page(request, form, deed, page, one=line)


@needs(Permission.ONSITE)
@require_POST
def close(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Close a day when its last item is closed; else say which is not."""
    _mine(request, day_id)
    by = asking(request)
    DEEDS.tried(
        request, lambda: actions.close_day(day_id=day_id, by=by, at=timezone.now()), _("闭环了，件件到底。")
    )
    return redirect("onsite:day", day_id)


@needs(*READS)
@require_GET
def lists(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Show the lists of a day for printing."""
    by, now = asking(request), timezone.now()
    file = or_404(lambda: reads.day_file(by, day_id, now=now))
    tables = [printed(one.heads, one.rows, one.name) for one in reads.laid_out(file)]
    lead = f"{file.day.day:%Y-%m-%d} {file.day.place} {file.day.chair.name}"
    context = {
        "title": named(file.day), "lead": lead, "tables": tables, "by": by, "now": now,
        "back": reverse("onsite:day", args=[day_id]), "back_words": named(file.day),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@needs(*READS)
@require_GET
def sheet(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Hand out the tasks of a day as a workbook, in the layout that is read again."""
    file = or_404(lambda: reads.day_file(asking(request), day_id, now=timezone.now()))
    row = file.day
    cells: list[list[Cell]] = [
        [
            row.series.name, row.number, f"{row.day:%Y-%m-%d}", row.place, row.chair.name, one.standing.line.title, "", "",
            task.decision.what, task.decision.unit.name, task.decision.person, f"{task.decision.until:%Y-%m-%d}",
            task.decision.agreed_by, one.standing.line.number, reads.done(task),
        ]
        for one in file.items
        for task in one.tasks
    ]  # fmt: skip
    return workbook_answer(workbook(named(row), COLUMNS, cells), f"onsite-{row.day:%Y%m%d}")


@needs(*READS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Hand out the register of days as a workbook."""
    columns = [
        (_("系列"), 16), (_("第几次"), 8), (_("日期"), 12), (_("地点"), 30), (_("主持"), 10), (_("状态"), 16), (_("问题"), 8),
        (_("任务"), 8),
    ]  # fmt: skip
    series_id = asked_id(request.GET.get("series"))
    rows = reads.whole_days(
        series_id, request.GET.get("state", "") if request.GET.get("state") in STATES else ""
    )
    cells: list[list[Cell]] = [
        [
            r.day.series.name, r.day.number, f"{r.day.day:%Y-%m-%d}", r.day.place, r.day.chair.name, _(STATES[r.day.state]),
            r.items, r.tasks,
        ]
        for r in rows
    ]  # fmt: skip
    title = _("%(place)s现场办公台账") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, columns, cells), f"onsite-days-{today():%Y%m%d}")


@needs(Permission.ONSITE)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("现场办公清单"), COLUMNS, []), "onsite-blank")


@needs(Permission.ONSITE)
@asks
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in the lists of days from a sheet."""
    by = asking(request)
    more = {
        "title": _("导入现场办公清单"), "back": reverse("onsite:home"), "back_words": _("现场办公"), "blank": reverse("onsite:blank"),
        "help": _(
            "每行一项任务：系列、第几次、日期、地点、主持、问题、任务、责任单位、责任人、时限。"
            "同一个问题写几行，就是几个单位的任务。"
        ),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_lists(data=data, by=by, at=timezone.now(), law=law()),
        _("新登记 %(new)s 项任务，原有 %(known)s 项没有重复登记。"), "kit/import_page.html", "onsite:home", more,
    )  # fmt: skip


@needs(*READS)
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the days of the reader's units (of all, for who reads all) as a calendar."""
    by = asking(request)
    rows = Day.objects.select_related("series").filter(starts_at__gte=timezone.now() - timedelta(days=90))
    if not by.can(Permission.READ_ALL):
        rows = rows.filter(unit_id__in=by.units)
    entries = [
        Entry(
            str(r.pk), r.starts_at, r.ends_at, named(r), r.place, r.title, r.held_at or r.made_at, r.version,
            r.state == "cancelled",
        )
        for r in rows.order_by("starts_at", "id")[:500]
    ]  # fmt: skip
    return HttpResponse(calendar(entries, _("现场办公")), content_type=ICAL)
