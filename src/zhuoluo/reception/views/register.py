"""After the day: closing it, the register (接访台账), its paper and its sheet."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction
from zhuoluo.org.rules import Permission
from zhuoluo.reception import actions, reads
from zhuoluo.reception.forms.roster import words
from zhuoluo.reception.forms.visit import ExportForm
from zhuoluo.reception.reads import Sought
from zhuoluo.reception.rules.register import COLUMNS
from zhuoluo.reception.rules.words import FORMS
from zhuoluo.reception.rules.workbook import workbook
from zhuoluo.reception.views.desk import page_of
from zhuoluo.reception.views.shown import WHY, today, tried
from zhuoluo.residents.actions import record_exports, record_listed

PRINTED = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.RECEIVE)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Close a day: what is missing, or the button."""
    found = page_of(request, session_id)
    if request.method == "POST":
        why = tried(lambda: actions.hold(session_id=session_id, by=asking(request), at=timezone.now()))
        if not why:
            messages.success(request, _("这一天办完归档了，件件有答复或者责任单位。"))
            return redirect("reception:day", session_id)
        messages.error(request, why)
    context = {"page": found, "row": found.row, "session": found.session, "missing": found.missing}
    return render(request, "reception/close.html", context)


def sought(given: "dict[str, str]") -> Sought:
    """Return what the register is limited to; what makes no sense limits nothing."""
    month, leader, form = given.get("month", ""), given.get("leader", ""), given.get("form", "")
    try:
        first = date.fromisoformat(f"{month}-01") if month else None
    except ValueError:
        first = None
    if first is not None and not 2000 <= first.year < 2200:
        first = None
    try:
        who = UUID(leader) if leader else None
    except ValueError:
        who = None
    return Sought(first, who, form if form in FORMS else "")


def _asked(request: HttpRequest) -> Sought:
    source = request.POST if request.method == "POST" else request.GET
    return sought({name: str(source.get(name, "")) for name in ("month", "leader", "form")})


@needs(Permission.RECEIVE)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the register, newest first; that its matters were shown is recorded."""
    by, now, wanted = asking(request), timezone.now(), _asked(request)
    page = reads.register(by, wanted, now=now, after=request.GET.get("after", ""))
    record_listed(subject_ids=list(dict.fromkeys(r.matter for r in page.rows)), by=by, at=now)
    context = {
        "rows": page.rows, "next": page.next, "hidden": page.hidden, "sought": wanted, "forms": words(FORMS),
        "sitters": reads.can_sit(today()), "exports": by.can(Permission.EXPORT), "form": ExportForm(),
        "identity": by.can(Permission.EXPORT_IDENTITY), "imports": by.can(Permission.IMPORT),
    }  # fmt: skip
    return render(request, "reception/register.html", context)


@needs(Permission.RECEIVE)
@never_cache
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the register as it is printed, masked; that it may leave on paper is recorded."""
    by, now, wanted = asking(request), timezone.now(), _asked(request)
    page = reads.register(by, wanted, now=now, limit=PRINTED)
    ids = list(dict.fromkeys(r.matter for r in page.rows))
    record_exports(subject_ids=ids, by=by, at=now, reason=_("打印接访台账"))
    context = {
        "rows": page.rows, "columns": [_(label) for _key, label, _width in COLUMNS], "sought": wanted, "by": by, "now": now,
        "place": jurisdiction(), "more": bool(page.next),
    }  # fmt: skip
    return render(request, "reception/register_print.html", context)


@needs(Permission.EXPORT)
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register as a workbook."""
    form = ExportForm(request.POST)
    form.is_valid()
    wanted, by = _asked(request), asking(request)
    identity = by.can(Permission.EXPORT_IDENTITY) and bool(form.cleaned_data.get("identity"))
    try:
        rows = actions.export(
            sought=wanted, identity=identity, why=form.cleaned_data.get("why", "") if identity else "", by=by, at=timezone.now()
        )  # fmt: skip
    except WHY as error:
        messages.error(request, spoken(error))
        return redirect("reception:register")
    month = f"{wanted.month:%Y-%m}" if wanted.month else f"{today():%Y-%m-%d}"
    body = workbook(rows, f"{jurisdiction().name}接访台账 {month}")
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="reception-{month}.xlsx"'
    return response
