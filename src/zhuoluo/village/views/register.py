"""The list of mediators as a sheet, in and out, and on paper."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import Permission
from zhuoluo.village import actions, reads
from zhuoluo.village.models import Mediator
from zhuoluo.village.rules.sheet import MEDIATORS
from zhuoluo.village.views.shown import DEEDS, OFFICE

WIDTHS = (12, 24, 36, 16, 18)
COLUMNS = [(names[0], width) for names, width in zip(MEDIATORS.values(), WIDTHS, strict=True)]


def _cells(row: Mediator) -> list[str]:
    return [row.user.name, row.area.name, row.good_at, f"{row.consented_on:%Y-%m-%d}", row.phone]


def _title() -> str:
    return _("%(place)s湾村明白人名单") % {"place": jurisdiction().name}


@needs(*OFFICE)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a workbook, in the layout that is read again."""
    rows = (_cells(row) for row in reads.listed(asking(request)))
    return workbook_answer(workbook(_title(), COLUMNS, rows), f"mediators-{today():%Y%m%d}")


@needs(*OFFICE)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the list for printing."""
    by = asking(request)
    table = printed([head for head, _width in COLUMNS], (_cells(row) for row in reads.listed(by)))
    context = {
        "title": _title(), "tables": [table], "by": by, "now": timezone.now(), "back": reverse("village:home"),
        "back_words": _("湾村明白人"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


def _lists(request: HttpRequest) -> None:
    if not actions.may_list(asking(request)):
        raise PermissionDenied


@needs(Permission.TRIAGE)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    _lists(request)
    return workbook_answer(workbook(_("湾村明白人名单"), COLUMNS, []), "mediators-blank")


@needs(Permission.TRIAGE)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a list of mediators."""
    _lists(request)
    more = {
        "title": _("导入湾村明白人名单"), "back": reverse("village:home"), "back_words": _("湾村明白人"),
        "blank": reverse("village:blank"),
        "help": _("每行一位：姓名、村、本人同意的日期都要有，没有同意的不列。要先有“湾村明白人”的账号；电话本人同意公布才写。"),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_mediators(data=data, by=asking(request), at=timezone.now()),
        _("新列上 %(new)s 位，原有 %(known)s 位没有动。"), "kit/import_page.html", "village:home", more,
    )  # fmt: skip
