"""The payment register: its rows and totals, its paper and its sheet; paying, taking back, a whole list at once."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.asked import asked_id, asked_month, asked_year
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.spoken import spoken
from zhuoluo.kit.taking import workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.desk import BackForm, ImportForm, PayForm
from zhuoluo.outreach.programmes.reads import applications, payments, programmes
from zhuoluo.outreach.programmes.reads.payments import Row, Sought
from zhuoluo.outreach.programmes.rules.money import decimal, yuan
from zhuoluo.outreach.programmes.rules.sheet import PAYMENTS
from zhuoluo.outreach.programmes.rules.words import PAYMENTS as KINDS
from zhuoluo.outreach.programmes.views.desk import READS
from zhuoluo.outreach.programmes.views.public import told
from zhuoluo.outreach.programmes.views.shown import WHY, done, heads, or_404
from zhuoluo.residents.actions import record_exports, record_listed

PRINTED = 500
COLUMNS = [
    ("兑现日期", 14), ("申请编号", 22), ("申请人", 30), ("项目", 34), ("奖补事项", 24), ("依据", 44), ("主管单位", 24), ("类别", 8),
    ("金额（元）", 18), ("凭证号", 20), ("说明", 30),
]  # fmt: skip
BLANK = [(names[0], 20) for names in PAYMENTS.values()]


def _asked(request: HttpRequest) -> Sought:
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "")
    return Sought(
        asked_year(given.get("year")), asked_month(given.get("month", "")), asked_id(given.get("programme", "")),
        asked_id(given.get("unit", "")), given.get("clause", "")[:300].replace("\x00", ""), kind if kind in KINDS else "",
    )  # fmt: skip


@needs(*READS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the register with its totals, the latest day first; that it was shown is recorded."""
    by, wanted = asking(request), _asked(request)
    rows, following = payments.register(by, wanted, after=request.GET.get("after", ""))
    ids = list(dict.fromkeys(row.payment.award.application_id for row in rows))
    record_listed(subject_ids=ids, by=by, at=timezone.now())
    context = {
        "rows": rows, "next": following, "sought": wanted, "totals": payments.totals(by, wanted), "kinds": KINDS.items(),
        "programmes": programmes.choices(by), "pays": by.can(Permission.PAY), "this_year": today().year,
        "exports": by.can(Permission.EXPORT) or by.can(Permission.PAY),
    }  # fmt: skip
    return render(request, "programmes/payments.html", context)


@needs(*READS)
@never_cache
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the register as it is printed; that it may leave on paper is recorded."""
    by, wanted, now = asking(request), _asked(request), timezone.now()
    rows, more = payments.register(by, wanted, limit=PRINTED)
    ids = list(dict.fromkeys(row.payment.award.application_id for row in rows))
    record_exports(subject_ids=ids, by=by, at=now, reason=_("打印兑现台账"))
    context = {
        "rows": rows, "more": more, "by": by, "now": now, "place": jurisdiction(), "totals": payments.totals(by, wanted),
    }  # fmt: skip
    return render(request, "programmes/payments_print.html", context)


@needs(*READS)
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register as a workbook, with its total as the last row."""
    try:
        rows = actions.export_payments(sought=_asked(request), by=asking(request), at=timezone.now())
    except WHY as error:
        messages.error(request, spoken(error))
        return redirect("programmes:payments")
    total = sum(row.payment.amount for row in rows)
    last: list[Cell] = [_("合计"), *[""] * 7, decimal(total), "", ""]
    title = _("%(place)s兑现台账") % {"place": jurisdiction().name}
    body = workbook(title, heads(COLUMNS), [*map(_cells, rows), last])
    return workbook_answer(body, f"payments-{today():%Y%m%d}")


def _cells(row: Row) -> list[Cell]:
    paid = row.payment
    return [
        f"{paid.day:%Y-%m-%d}", row.number, row.name, row.programme, row.item, row.basis, row.unit, _(row.kind),
        decimal(paid.amount), paid.voucher, paid.why,
    ]  # fmt: skip


@needs(Permission.PAY)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out an empty payment list in the layout that is read again."""
    return workbook_answer(workbook(_("兑现清单"), BLANK, []), "payment-list")


@needs(Permission.PAY)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Record a whole list: all rows or none."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*bound)
    wrong: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        data, taken = form.cleaned_data, []

        def deed() -> None:
            read = data["file"].read()
            taken.append(
                actions.import_payments(
                    data=read, control=data["control"], by=asking(request), at=timezone.now()
                )
            )

        try:
            if done(form, deed):
                words = _("登记了 %(new)s 笔，共 %(sum)s 元；以前登记过的 %(known)s 笔没有重复登记。")
                values = {"new": taken[0].new, "sum": yuan(taken[0].total), "known": taken[0].known}
                messages.success(request, words % values)
                return redirect("programmes:payments")
        except BadRows as error:
            wrong = [(w.place, spoken(w.error)) for w in error.wrong]
            form.add_error(None, _("有 %(n)s 行不对，一行也没有登记。改好再导入。") % {"n": len(wrong)})
    return render(request, "programmes/payments_import.html", {"form": form, "wrong": wrong})


@needs(Permission.PAY)
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """Record one payment."""
    row = or_404(lambda: applications.award(asking(request), award_id))
    form = PayForm(
        request.POST if request.method == "POST" else None, initial={"amount": row.left, "day": today()}
    )

    def deed() -> object:
        data = form.cleaned_data
        return actions.pay(
            award_id=award_id, amount=data["amount"], day=data["day"], voucher=data["voucher"], key=data["key"],
            by=asking(request), at=timezone.now(),
        )  # fmt: skip

    return _one(request, row, form, deed, "programmes/pay.html")


@needs(Permission.PAY)
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """Record money that came back, as a row of its own."""
    row = or_404(lambda: applications.award(asking(request), award_id))
    form = BackForm(request.POST if request.method == "POST" else None, initial={"day": today()})

    def deed() -> object:
        data = form.cleaned_data
        return actions.give_back(
            award_id=award_id, kind=data["kind"], amount=data["amount"], day=data["day"], voucher=data["voucher"],
            why=data["why"], key=data["key"], by=asking(request), at=timezone.now(),
        )  # fmt: skip

    return _one(request, row, form, deed, "programmes/back.html")


def _one(
    request: HttpRequest, row: applications.AwardRow, form: PayForm, deed: Callable[[], object], page: str
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid() and done(form, deed):
        told(request, "", _("登记好了。"))
        return redirect("programmes:application", row.award.application_id)
    return render(request, page, {"form": form, "award": row, "row": row.award.application})
