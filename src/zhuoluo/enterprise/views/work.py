"""Visits and what enterprises need: forms, the list 企业问题台账, its sheet and its print."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.enterprise import actions, reads
from zhuoluo.enterprise.forms.work import NeedForm, VisitForm
from zhuoluo.enterprise.models import Firm
from zhuoluo.enterprise.reads import NeedLine
from zhuoluo.enterprise.rules.sheet import NEEDS
from zhuoluo.enterprise.views.shown import DEEDS, READS, of_firm, or_404, sought, towns
from zhuoluo.kit.asked import asked_id
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.reads import STANDINGS
from zhuoluo.matters.templatetags.matter_words import satisfaction_word, standing_word, until
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law, today
from zhuoluo.org.rules import Permission

asks = require_http_methods(["GET", "POST"])
WIDTHS = (22, 26, 50, 18, 12, 14, 18, 12, 14, 24)
COLUMNS = [(names[0], width) for names, width in zip(NEEDS.values(), WIDTHS, strict=True)]


def _kept(request: HttpRequest, firm_id: UUID) -> Firm:
    row = or_404(lambda: reads.firm(firm_id))
    if not actions.may_keep(asking(request), row):
        raise PermissionDenied
    return row


@needs(Permission.ENTERPRISE)
@asks
def visit(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Record a visit."""
    by, row = asking(request), _kept(request, firm_id)
    form = VisitForm(
        request.POST if request.method == "POST" else None, initial={"day": today(), "kind": "visit"}
    )

    def deed() -> object:
        data = form.cleaned_data
        return actions.visit(
            firm_id=firm_id, kind=data["kind"], day=data["day"], heard=data["heard"], key=data["key"], by=by,
            at=timezone.now(),
        )  # fmt: skip

    page = of_firm(row, _("记一次走访"), _("记下"), _("记下了。企业要办的事，请逐件提。"), icon="users")
    return DEEDS.page(request, form, deed, page)


@needs(Permission.ENTERPRISE)
@asks
def need(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Raise what a firm needs; show the number and code to be given to it."""
    by, row = asking(request), _kept(request, firm_id)
    start = {"visit": request.GET.get("visit", "")[:40]}
    form = NeedForm(request.POST if request.method == "POST" else None, today=today(), initial=start)
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> None:
            made.append(
                actions.need(
                    firm_id=firm_id, klass=data["klass"], text=data["text"], unit_id=form.unit_id(), who=form.who(),
                    key=data["key"], visit_id=asked_id(data["visit"]), by=by, at=timezone.now(), law=law(),
                )
            )  # fmt: skip

        if DEEDS.done(form, deed):
            return render(request, "enterprise/raised.html", {"made": made[0], "firm": row})
    page = of_firm(
        row, _("企业要办一件事"), _("登记成事项"), "", icon="plus",
        lead=_("登记以后有单位、有日期；两个工作日内，这个单位要先联系企业。"),
    )  # fmt: skip
    return render(request, "kit/form_page.html", {"form": form, "page": page})


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show what enterprises need, by column of the list."""
    by, limits, now = asking(request), sought(request), timezone.now()
    page = reads.needs(by, limits, now=now, after=request.GET.get("after", ""))
    counted = reads.by_standing(by, reads.Sought("", limits.chain, limits.area, limits.first, limits.last))
    context = {
        "rows": page.rows, "next": page.next, "sought": limits, "counted": counted, "standings": STANDINGS,
        "chains": reads.chains(ended=True), "towns": towns(), "keeps": by.can(Permission.ENTERPRISE),
        "month": f"{limits.first:%Y-%m}" if limits.first else "",
    }  # fmt: skip
    return render(request, "enterprise/needs.html", context)


def _cells(line: NeedLine) -> list[str]:
    standing, firm = line.standing, line.need.firm
    said = satisfaction_word(standing.satisfaction)
    return [
        firm.code, firm.name, standing.line.title, standing.line.unit, f"{line.need.at.astimezone(SHANGHAI):%Y-%m-%d}", "",
        standing.line.number, standing_word(standing.state), until(standing.line.due),
        _("他人回访：%(said)s") % {"said": said} if line.called else said,
    ]  # fmt: skip


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out 企业问题台账 as a workbook, in the layout that is read again."""
    rows = reads.whole_needs(asking(request), sought(request), now=timezone.now())
    title = _("%(place)s企业问题台账") % {"place": jurisdiction().name}
    return workbook_answer(
        workbook(title, COLUMNS, (_cells(r) for r in rows)), f"firm-needs-{today():%Y%m%d}"
    )


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show 企业问题台账 for printing."""
    by, now = asking(request), timezone.now()
    rows = reads.whole_needs(by, sought(request), now=now)
    table = printed([head for head, _width in COLUMNS], (_cells(r) for r in rows))
    context = {
        "title": _("%(place)s企业问题台账") % {"place": jurisdiction().name}, "tables": [table], "by": by, "now": now,
        "back": reverse("enterprise:needs"), "back_words": _("企业问题"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@needs(Permission.ENTERPRISE)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("企业问题台账"), COLUMNS, []), "firm-needs-blank")


@needs(Permission.ENTERPRISE)
@asks
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what enterprises need from a sheet: each row a matter."""
    by = asking(request)
    more = {
        "title": _("导入企业问题"), "back": reverse("enterprise:needs"), "back_words": _("企业问题"),
        "blank": reverse("enterprise:needs-blank"),
        "help": _("每行一个问题：统一社会信用代码、问题诉求、交办单位。企业要先在名录里。带事项编号的行是这里导出的，不重复登记。"),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_needs(data=data, by=by, at=timezone.now(), law=law()),
        _("新登记 %(new)s 件，原有 %(known)s 件没有重复登记。"), "kit/import_page.html", "enterprise:needs", more,
    )  # fmt: skip
