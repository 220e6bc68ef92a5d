"""The register of enterprises on the desk: list, one enterprise, chains, sheets."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.enterprise import actions, reads
from zhuoluo.enterprise.forms.firms import ChainForm, FirmForm, PersonForm, firm_initial
from zhuoluo.enterprise.rules.sheet import FIRMS
from zhuoluo.enterprise.rules.words import SIZES
from zhuoluo.enterprise.views.shown import DEEDS, READS, asked, of_firm, of_list, or_404, towns
from zhuoluo.kit.deeds import FormPage
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.views.unmasking import shown_once
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, people, today
from zhuoluo.org.rules import Permission
from zhuoluo.residents.actions import record_view

asks = require_http_methods(["GET", "POST"])
WIDTHS = (30, 22, 12, 16, 30, 18, 30, 10, 14, 10)
COLUMNS = [(names[0], width) for names, width in zip(FIRMS.values(), WIDTHS, strict=True)]


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the register, newest first."""
    by, limits = asking(request), asked(request)
    page = reads.firms(limits, after=request.GET.get("after", ""))
    context = {
        "rows": page.rows, "next": page.next, "asked": limits, "liaisons": reads.liaisons([r.pk for r in page.rows]),
        "chains": reads.chains(), "towns": towns(), "who": request.GET.get("who", ""),
        "keeps": by.can(Permission.ENTERPRISE), "runs": by.can(Permission.ENTERPRISE) and by.can(Permission.READ_ALL),
    }  # fmt: skip
    return render(request, "enterprise/home.html", context)


@needs(*READS)
@require_GET
def firm(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Show one enterprise: its contact masked, visits, needs, projects."""
    by, now = asking(request), timezone.now()
    file = or_404(lambda: reads.firm_file(by, firm_id, now=now))
    keeps = actions.may_keep(by, file.firm)
    if file.contact is not None:
        record_view(subject_id=file.firm.pk, kind="opened", by=by, at=now)
    context = {
        "file": file,
        "firm": file.firm,
        "keeps": keeps,
        "unmasks": keeps and by.can(Permission.UNMASK),
    }
    return render(request, "enterprise/firm.html", context)


@needs(Permission.ENTERPRISE)
@never_cache
@asks
def identity(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Ask why, record it, and show once whom to call."""
    row = or_404(lambda: reads.firm(firm_id))
    if row.contact_id is None or not actions.may_keep(asking(request), row):
        raise PermissionDenied
    return shown_once(request, row.contact_id, row.pk, reverse("enterprise:firm", args=[row.pk]), row.name)


@needs(Permission.ENTERPRISE)
@asks
def make(request: HttpRequest) -> HttpResponse:
    """Register an enterprise."""
    form = FirmForm(request.POST if request.method == "POST" else None, chains=reads.chains())
    page = of_list(_("登记企业"), _("登记"), _("登记好了。"))
    return DEEDS.page(
        request,
        form,
        lambda: actions.save_firm(content=form.content(), by=asking(request), at=timezone.now()),
        page,
    )


@needs(Permission.ENTERPRISE)
@asks
def change(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Change what the register says of an enterprise."""
    by, row = asking(request), or_404(lambda: reads.firm(firm_id))
    if not actions.may_keep(by, row):
        raise PermissionDenied
    bound = request.POST if request.method == "POST" else None
    form = FirmForm(bound, chains=reads.chains(ended=True), initial=firm_initial(row))

    def deed() -> object:
        return actions.save_firm(
            content=form.content(),
            firm_id=firm_id,
            version=form.cleaned_data["version"],
            by=by,
            at=timezone.now(),
        )

    return DEEDS.page(request, form, deed, of_firm(row, _("改企业信息"), _("保存"), _("改好了。")))


@needs(Permission.ENTERPRISE)
@asks
def liaison(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Name who looks after an enterprise."""
    by, row = asking(request), or_404(lambda: reads.firm(firm_id))
    if not actions.may_keep(by, row):
        raise PermissionDenied
    form = PersonForm(request.POST if request.method == "POST" else None, posts=people(today()))
    lead = _("一家企业一位联络员，企业的事先找他。换人以后，以前是谁、从哪天到哪天还看得到。")
    page = of_firm(row, _("指定联络员"), _("指定"), _("指定好了。"), lead=lead, icon="users")
    return DEEDS.page(
        request,
        form,
        lambda: actions.set_liaison(firm_id=firm_id, user_id=form.user_id(), by=by, at=timezone.now()),
        page,
    )


@needs(*READS)
@asks
def chains(request: HttpRequest) -> HttpResponse:
    """Show the chains, and add one."""
    by = asking(request)
    runs = actions.may_keep_chains(by)
    if request.method == "POST" and not runs:
        raise PermissionDenied
    form = ChainForm(request.POST if request.method == "POST" else None, posts=people(today()))
    page = FormPage(
        _("产业链"), reverse("enterprise:home"), _("企业"), _("加上"), _("加好了。"), to=reverse("enterprise:chains"),
        template="enterprise/chains.html",
    )  # fmt: skip

    def deed() -> object:
        return actions.save_chain(
            name=form.cleaned_data["name"], head_id=form.head_id(), by=by, at=timezone.now()
        )

    return DEEDS.page(request, form, deed, page, rows=reads.chains(), runs=runs)


@needs(Permission.ENTERPRISE)
@require_POST
def end_chain(request: HttpRequest, chain_id: UUID) -> HttpResponse:
    """Take a chain off the lists."""
    by = asking(request)
    if not actions.may_keep_chains(by):
        raise PermissionDenied
    DEEDS.tried(
        request, lambda: actions.end_chain(chain_id=chain_id, by=by, at=timezone.now()), _("已经停用。")
    )
    return redirect("enterprise:chains")


@needs(Permission.ENTERPRISE)
@asks
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a register from a sheet."""
    by = asking(request)
    more = {
        "title": _("导入企业名录"), "back": reverse("enterprise:home"), "back_words": _("企业"),
        "blank": reverse("enterprise:blank"),
        "help": _("要有企业名称和统一社会信用代码；规模、乡镇、地址、产业链、联系人、联络员可以没有。代码已经登记过的不重复登记，也不改。"),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_firms(data=data, by=by, at=timezone.now()),
        _("新登记 %(new)s 家，原有 %(known)s 家没有重复登记。"), "kit/import_page.html", "enterprise:home", more,
    )  # fmt: skip


@needs(Permission.ENTERPRISE)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("企业名录"), COLUMNS, []), "firms-blank")


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register as a workbook, in the layout that is read again; contacts stay masked out."""
    rows = list(reads.whole_firms(asked(request)))
    who = reads.liaisons([r.pk for r in rows])
    cells = [
        [
            r.name, r.code, SIZES[r.size], r.area.name if r.area else "", r.address, r.chain.name if r.chain else "", r.makes,
            "", "", who[r.pk].user.name if r.pk in who else "",
        ]
        for r in rows
    ]  # fmt: skip
    title = _("%(place)s企业名录") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, COLUMNS, cells), f"firms-{today():%Y%m%d}")
