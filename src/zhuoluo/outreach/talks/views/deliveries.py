"""Deliveries to homes on the desk: three kinds, each counted apart; the list, one more, a sheet of them."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.asked import asked_id, asked_year
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.record import DeliverForm
from zhuoluo.outreach.talks.reads import Asked
from zhuoluo.outreach.talks.rules.sheet import DELIVERED
from zhuoluo.outreach.talks.rules.words import DELIVERIES
from zhuoluo.outreach.talks.views.shown import DEEDS, READS, done, own_units

COLUMNS = [
    (names[0], width) for names, width in zip(DELIVERED.values(), (12, 12, 20, 34, 40, 10), strict=True)
]


def _asked(request: HttpRequest, year: int) -> Asked:
    kind = request.GET.get("kind", "")
    return Asked(
        kind=kind if kind in DELIVERIES else "", unit=asked_id(request.GET.get("unit")), first=date(year, 1, 1),
        last=date(year, 12, 31),
    )  # fmt: skip


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show a year's deliveries, each kind with its own number."""
    year = asked_year(request.GET.get("year")) or today().year
    asked = _asked(request, year)
    page = reads.deliveries(asked, after=request.GET.get("after", ""))
    sums = reads.deliveries_by_kind(date(year, 1, 1), date(year, 12, 31))
    context = {
        "rows": page.rows, "next": page.next, "asked": asked, "year": year, "last_year": year - 1, "next_year": year + 1,
        "year_words": str(year),
        "sums": [(kind, DELIVERIES[kind], n, f"?year={year}&kind={kind}") for kind, n in sums.items()],
        "kinds": DELIVERIES.items(), "units": reads.offices(),
        "holds": asking(request).can(Permission.HOLD_TALKS),
    }  # fmt: skip
    return render(request, "talks/deliveries.html", context)


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def deliver(request: HttpRequest) -> HttpResponse:
    """Record one delivery, or a lot with its count."""
    by = asking(request)
    start = {"unit": str(by.unit_id or ""), "day": today()}
    form = DeliverForm(request.POST if request.method == "POST" else None, units=own_units(by), initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.deliver(
                kind=data["kind"], day=data["day"], unit_id=UUID(data["unit"]), group=data["group"], what=data["what"],
                count=data["count"], key=data["key"], by=by, at=timezone.now(),
            )  # fmt: skip

        if done(form, deed):
            messages.success(request, _("记下了。"))
            return redirect("talks:deliveries")
    return render(request, "talks/deliver.html", {"form": form})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a list from a sheet."""
    by = asking(request)
    return taken_in(
        request, DEEDS, lambda data: actions.import_deliveries(data=data, by=by, at=timezone.now()),
        _("新记 %(new)s 条，原有 %(known)s 条没有重复登记。"), "talks/deliveries_import.html", "talks:deliveries",
    )  # fmt: skip


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out a year's deliveries as a workbook, in the layout that is read again."""
    year = asked_year(request.GET.get("year")) or today().year
    rows = reads.whole_deliveries(_asked(request, year))
    cells: list[list[Cell]] = [
        [DELIVERIES[r.kind], f"{r.day:%Y-%m-%d}", r.unit.name, r.group, r.what, r.count] for r in rows
    ]
    title = _("%(place)s送学台账") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, COLUMNS, cells), f"deliveries-{today():%Y%m%d}")


@needs(Permission.HOLD_TALKS)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("送学台账"), COLUMNS, []), "deliveries-blank")
