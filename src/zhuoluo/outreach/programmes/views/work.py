"""Applications on the desk: the list, one whole, deciding on it, who applied."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.files.reads import get
from zhuoluo.files.responses import response
from zhuoluo.kit.asked import asked_id, asked_year
from zhuoluo.kit.spoken import spoken
from zhuoluo.kit.taking import workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.desk import ApproveForm, DecideForm, RuleForm, WhyForm
from zhuoluo.outreach.programmes.models import Application
from zhuoluo.outreach.programmes.reads import applications, programmes
from zhuoluo.outreach.programmes.reads.applications import GRANTED, Sought, Whole
from zhuoluo.outreach.programmes.rules.money import decimal
from zhuoluo.outreach.programmes.rules.words import APPLICANTS, APPLICATIONS, VERBS
from zhuoluo.outreach.programmes.states import APPLICATION
from zhuoluo.outreach.programmes.views.desk import READS
from zhuoluo.outreach.programmes.views.public import told
from zhuoluo.outreach.programmes.views.shown import WHY, done, heads, or_404
from zhuoluo.residents.actions import record_exports, record_listed, record_view, unmask

PRINTED = 500
COLUMNS = [("申请编号", 22), ("申请人", 30), ("类别", 12), ("项目", 34), ("状态", 18), ("申请日期", 14),
    ("批准金额（元）", 18), ("已兑现（元）", 18)]  # fmt: skip


def _asked(request: HttpRequest) -> Sought:
    given = request.POST if request.method == "POST" else request.GET
    state, kind = given.get("state", ""), given.get("kind", "")
    return Sought(
        asked_id(given.get("programme", "")), state if state in {*APPLICATIONS, GRANTED} else "", kind if kind in APPLICANTS else "",
        asked_year(given.get("year")),
    )  # fmt: skip


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show applications, newest first; that they were shown is recorded."""
    by, wanted = asking(request), _asked(request)
    lines, following = applications.page(by, wanted, after=request.GET.get("after", ""))
    record_listed(subject_ids=[line.row.id for line in lines], by=by, at=timezone.now())
    context = {
        "rows": lines, "next": following, "sought": wanted, "programmes": programmes.choices(by), "states": APPLICATIONS.items(),
        "kinds": APPLICANTS.items(), "exports": by.can(Permission.EXPORT) or by.can(Permission.PAY),
        "keeps": by.can(Permission.PROGRAMMES),
    }  # fmt: skip
    return render(request, "programmes/applications.html", context)


@needs(*READS)
@never_cache
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the list as it is printed, masked; that it may leave on paper is recorded."""
    by, wanted, now = asking(request), _asked(request), timezone.now()
    lines, more = applications.page(by, wanted, limit=PRINTED)
    record_exports(subject_ids=[line.row.id for line in lines], by=by, at=now, reason=_("打印奖补申请"))
    context = {
        "rows": lines, "more": more, "by": by, "now": now, "place": jurisdiction(),
        "awarded": sum(line.awarded for line in lines), "paid": sum(line.paid for line in lines),
    }  # fmt: skip
    return render(request, "programmes/applications_print.html", context)


@needs(*READS)
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a workbook."""
    try:
        lines = actions.export_applications(sought=_asked(request), by=asking(request), at=timezone.now())
    except WHY as error:
        messages.error(request, spoken(error))
        return redirect("programmes:applications")
    rows: list[list[Cell]] = [
        [
            line.row.number, line.who.name, _(APPLICANTS[line.row.kind]), line.row.programme.title, _(line.state),
            f"{timezone.localtime(line.row.made_at):%Y-%m-%d}", decimal(line.awarded), decimal(line.paid),
        ]
        for line in lines
    ]  # fmt: skip
    title = _("%(place)s奖补申请") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, heads(COLUMNS), rows), f"applications-{today():%Y%m%d}")


def _page(
    request: HttpRequest, row: Application, *, by: Actor, decide: DecideForm | None = None,
    approve: ApproveForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show one application with whatever its reader may do with it; the look is recorded."""
    whole = applications.whole(row)
    keeps = actions.may_keep(by, row.programme)
    record_view(subject_id=row.id, kind="opened", by=by, at=timezone.now())
    context: dict[str, Any] = {
        "row": row, "whole": whole, "keeps": keeps, "pays": by.can(Permission.PAY), "unmasks": keeps and by.can(Permission.UNMASK),
        "timeline": _story(whole), "today": today(),
    }  # fmt: skip
    if row.state in APPLICATION["refuse"][0] and keeps:
        context["decide"] = decide or DecideForm(clauses=_clauses(row))
    if actions.may_approve(by, row):
        context["approve"] = approve or ApproveForm(asks=whole.asks)
    context["rules"] = row.programme.unit_id in by.grants.get(Permission.ISSUE, frozenset())
    return render(request, "programmes/application.html", context, status=status)


def _clauses(row: Application) -> list[tuple[str, str]]:
    items = programmes.items(row.programme, today())
    return list({str(i.item.clause_id): i.basis for i in items if i.basis}.items())


def _story(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.at, "actor": entry.actor_name, "post": entry.actor_post,
            "sentence": _(VERBS.get(entry.verb.partition(".")[2], entry.verb)),
        }
        for entry in whole.story
    ]  # fmt: skip


@needs(*READS)
@never_cache
@require_GET
def page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show one application, the applicant masked."""
    by = asking(request)
    return _page(request, or_404(lambda: applications.find(by, application_id)), by=by)


@needs(Permission.PROGRAMMES)
@require_POST
def decide(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Complete, something is missing, or refused with reason and clause."""
    by = asking(request)
    row = or_404(lambda: applications.find(by, application_id))
    form = DecideForm(request.POST, clauses=_clauses(row))
    if form.is_valid() and done(form, lambda: _decide(row.pk, form, by)):
        told(request, "", _("记下了，申请人看得到。"))
        return redirect("programmes:application", row.pk)
    return _page(request, row, by=by, decide=form)


def _decide(application_id: UUID, form: DecideForm, by: Actor) -> object:
    data, at = form.cleaned_data, timezone.now()
    if data["decision"] == "check":
        return actions.check(application_id=application_id, by=by, at=at)
    if data["decision"] == "more":
        return actions.ask_more(
            application_id=application_id, what=data["what"], until=data["until"], by=by, at=at
        )
    clause = asked_id(data["clause"])
    return actions.refuse(application_id=application_id, why=data["why"], clause_id=clause, by=by, at=at)


@needs(Permission.ISSUE)
@require_POST
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Award an amount for each item."""
    by = asking(request)
    row = or_404(lambda: applications.find(by, application_id))
    form = ApproveForm(request.POST, asks=applications.whole(row).asks)
    if form.is_valid():

        def deed() -> object:
            return actions.approve(application_id=row.pk, awards=form.awards(), by=by, at=timezone.now())

        if done(form, deed):
            told(request, "", _("批准了，下一步公示。"))
            return redirect("programmes:application", row.pk)
    return _page(request, row, by=by, approve=form)


@needs(Permission.ISSUE)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """Rule on an objection to a published award."""
    by = asking(request)
    row = or_404(lambda: applications.objection(by, objection_id))
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> object:
            return actions.rule_on(
                objection_id=row.pk, ruling=data["ruling"], why=data["why"], by=by, at=timezone.now()
            )

        if done(form, deed):
            told(request, "", _("记下了。"))
            return redirect("programmes:application", row.application_id)
    return render(request, "programmes/rule.html", {"form": form, "objection": row, "row": row.application})


@needs(Permission.PROGRAMMES)
@never_cache
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask why, record it, and show once who applied."""
    by = asking(request)
    row = or_404(lambda: applications.find(by, application_id))
    form = WhyForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "row": row}
    if request.method == "POST" and form.is_valid():
        try:
            context["raiser"] = unmask(
                raiser_id=row.raiser_id, subject_id=row.id, reason=form.cleaned_data["why"], by=by, at=timezone.now()
            )  # fmt: skip
        except Forbidden as error:
            form.add_error(None, spoken(error))
    answer = render(request, "programmes/identity.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@needs(Permission.PROGRAMMES)
@never_cache
@require_GET
def file(request: HttpRequest, application_id: UUID, handed_id: UUID) -> HttpResponseBase:
    """Hand out a file of an application; the look is recorded."""
    by = asking(request)
    row = or_404(lambda: applications.find(by, application_id))
    if not applications.owns_file(row.pk, handed_id):
        raise Http404
    record_view(subject_id=row.id, kind="file", by=by, at=timezone.now())
    return response(get(handed_id), inline=True)
