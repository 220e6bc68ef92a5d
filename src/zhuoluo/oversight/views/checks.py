"""Supervision with its written answers, random re-checks, signs of false closures."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.matters import reads as matters
from zhuoluo.matters.rules import KLASSES
from zhuoluo.matters.views.shown import shown
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Permission
from zhuoluo.oversight import actions, reads
from zhuoluo.oversight.forms.checks import FindingForm, SampleForm
from zhuoluo.oversight.models import Doubt, Drawn
from zhuoluo.oversight.reads.checks import open_doubts
from zhuoluo.oversight.rules import FINDINGS, SIGNS
from zhuoluo.oversight.views.shell import done_or_again, tabs
from zhuoluo.oversight.views.shown import why
from zhuoluo.residents.actions import record_view

asked = require_http_methods(["GET", "POST"])
_P = Permission


@needs(_P.SUPERVISE, _P.RULE)
@require_GET
def supervised(request: HttpRequest) -> HttpResponse:
    """Show everything under supervision, what was demanded, what was answered in writing (信访工作条例 art. 40)."""
    by, now = asking(request), timezone.now()
    page = matters.dated(by, "supervised", now=now, after=request.GET.get("after", ""))
    told = matters.supervision_words([row.matter_id for row in page.rows])
    rows = [
        {
            "row": row, "shown": shown(row, row.due, row.light, now),
            "said": [{"answer": kind == "answer_supervision", "words": words, "at": at}
                     for kind, words, at in told.get(row.matter_id, [])],
            "answered": any(kind == "answer_supervision" for kind, _words, _at in told.get(row.matter_id, [])),
        }
        for row in page.rows
    ]  # fmt: skip
    context = {"tabs": tabs(request, "supervised"), "rows": rows, "next": page.next}
    return render(request, "oversight/supervised.html", context)


@needs(_P.SUPERVISE, _P.CERTIFY)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Show the random re-checks, newest first."""
    page = reads.samples(after=request.GET.get("after", ""))
    rows = [{"sample": row, "looked": looked, "false": wrong} for row, looked, wrong in page.rows]
    may = asking(request).can(_P.SUPERVISE)
    context = {"tabs": tabs(request, "samples"), "rows": rows, "next": page.next, "may_draw": may}
    return render(request, "oversight/samples.html", context)


@needs(_P.SUPERVISE)
@asked
def new(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    by, now = asking(request), timezone.now()
    form = SampleForm(now.astimezone(SHANGHAI).date(), request.POST or None)

    def deed() -> object:
        given = dict(form.cleaned_data)
        unit = given.pop("unit")
        return actions.make_sample(unit_id=UUID(unit) if unit else None, by=by, at=now, **given)

    return done_or_again(
        request, form, deed, _("已抽好。"), lambda made: reverse("oversight:sample", args=[made.id]),
        "oversight/form.html",
        {"title": _("随机抽查"), "submit": _("抽"), "back": reverse("oversight:samples"),
         "why": [_("种子和范围记在台账里；同样的种子、同样的范围，谁来抽都是同样的结果。")]},
    )  # fmt: skip


@needs(_P.SUPERVISE, _P.CERTIFY)
@require_GET
def sample(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Show a sample with what was found; with `again` it is drawn once more to compare."""
    by, now = asking(request), timezone.now()
    try:
        found = reads.sample_file(by, sample_id, now=now)
    except matters.NotFound as error:
        raise Http404 from error
    counts = [{"word": _(word), "n": found.found[key], "key": key} for key, word in FINDINGS.items()]
    context = {
        "tabs": tabs(request, "samples"), "file": found, "counts": counts, "findings": FINDINGS,
        "klass": _(KLASSES.get(found.sample.klass, "全部类别")),
        "again": reads.again(found.sample) if "again" in request.GET else None,
    }  # fmt: skip
    return render(request, "oversight/sample.html", context)


@needs(_P.SUPERVISE, _P.CERTIFY)
@asked
def recheck(request: HttpRequest, drawn_id: UUID) -> HttpResponse:
    """Record what a re-check found."""
    by, now = asking(request), timezone.now()
    row = Drawn.objects.filter(pk=drawn_id).first()
    lines = matters.by_ids(by, [row.matter_id], now=now) if row is not None else []
    if row is None or not lines:
        raise Http404
    if request.method == "GET":
        record_view(subject_id=row.matter_id, kind="opened", by=by, at=now, reason="抽查")
    form = FindingForm(request.POST or None)
    back = reverse("oversight:sample", args=[row.sample_id])
    return done_or_again(
        request, form, lambda: actions.recheck(drawn_id=drawn_id, by=by, at=now, law=law(), **form.cleaned_data),
        _("核查结果已记录。"), lambda _made: back, "oversight/form.html",
        {"title": _("核查"), "submit": _("记录结果"), "back": back, "line": lines[0]},
    )  # fmt: skip


@needs(_P.SUPERVISE)
@require_GET
def doubts(request: HttpRequest) -> HttpResponse:
    """Show the signs that a closure may be false: a reason to look, no verdict, no score."""
    by, now, want = asking(request), timezone.now(), request.GET
    sign = want["sign"] if want.get("sign") in SIGNS else ""
    looked = want.get("of") == "looked"
    page = reads.doubts(by, now=now, sign=sign, looked=looked, after=want.get("after", ""))
    counts = open_doubts()
    kinds = [{"key": key, "word": _(word), "n": counts.get(key, 0)} for key, word in SIGNS.items()]
    rows = [
        {"doubt": row.doubt, "line": row.line, "why": why(row.doubt), "apart": row.apart,
         "finding": _(FINDINGS[row.doubt.finding]) if row.doubt.finding else ""}
        for row in page.rows
    ]  # fmt: skip
    context = {
        "tabs": tabs(request, "doubts"), "rows": rows, "next": page.next, "kinds": kinds, "sign": sign, "looked": looked,
    }  # fmt: skip
    return render(request, "oversight/doubts.html", context)


@needs(_P.SUPERVISE)
@asked
def look(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Record what supervision saw when it looked into a sign."""
    by, now = asking(request), timezone.now()
    row = Doubt.objects.filter(pk=doubt_id).first()
    lines = matters.by_ids(by, [row.matter_id], now=now) if row is not None else []
    if row is None or not lines:
        raise Http404
    form = FindingForm(request.POST or None)
    back = reverse("oversight:doubts")
    return done_or_again(
        request, form, lambda: actions.look_into(doubt_id=doubt_id, by=by, at=now, law=law(), **form.cleaned_data),
        _("核查结果已记录。"), lambda _made: back, "oversight/form.html",
        {"title": _("核查"), "submit": _("记录结果"), "back": back, "line": lines[0], "why": [why(row)]},
    )  # fmt: skip
