"""The board of long-standing cases, the leader's list, the file of one case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.reads import NotFound
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, law
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.oversight import actions, reads
from zhuoluo.oversight.forms.cases import (
    BoxesForm,
    CertifyForm,
    ListForm,
    ReasonForm,
    TakeForm,
    VisitForm,
)  # fmt: skip
from zhuoluo.oversight.reads.cases import STATES
from zhuoluo.oversight.views.shell import BOARD, done_or_again, tabs
from zhuoluo.residents.actions import record_view

asked = require_http_methods(["GET", "POST"])


@needs(*BOARD)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the board: the long-standing cases in separate counts, each opening to its rows."""
    by, now = asking(request), timezone.now()
    state = request.GET.get("state", "")
    state = state if state in STATES else "all"
    page = reads.listed(by, state, now=now, after=request.GET.get("after", ""))
    context = {
        "tabs": tabs(request, "home"), "board": reads.board(by), "rows": page.rows, "next": page.next, "state": state,
        "state_word": _(STATES[state]), "may_list": by.can(Permission.SUPERVISE) or by.can(Permission.RULE),
    }  # fmt: skip
    return render(request, "oversight/board.html", context)


@needs(Permission.LEAD)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's own cases, the oldest first; with `of=all` those of all leaders."""
    by, now = asking(request), timezone.now()
    everyone = request.GET.get("of") == "all"
    page = reads.cases_of(by, None if everyone else by.id, now=now, after=request.GET.get("after", ""))
    context = {"tabs": tabs(request, "mine"), "rows": page.rows, "next": page.next, "everyone": everyone}
    return render(request, "oversight/mine.html", context | {"today": _today(now)})


def _today(now: datetime) -> Any:
    return now.astimezone(SHANGHAI).date()


@needs(Permission.SUPERVISE, Permission.RULE)
@asked
def add(request: HttpRequest) -> HttpResponse:
    """Put matters on the list of long-standing cases by their numbers."""
    by = asking(request)
    form = ListForm(by, request.POST or None)
    new: list[int] = []

    def deed() -> None:
        given = form.cleaned_data
        new.append(
            actions.list_cases(matter_ids=given["numbers"], source=given["source"], by=by, at=timezone.now())
        )
        n = new[0]
        messages.success(request, ngettext("新列入 %(n)d 件积案。", "新列入 %(n)d 件积案。", n) % {"n": n})

    return done_or_again(
        request, form, deed, _("清单已更新。"), lambda _made: reverse("oversight:home"), "oversight/form.html",
        {"title": _("列入积案"), "submit": _("列入"), "back": reverse("oversight:home")},
    )  # fmt: skip


@needs(Permission.SUPERVISE, Permission.RULE)
@asked
def strike(request: HttpRequest, listed_id: UUID) -> HttpResponse:
    """Take a matter off the list, because it does not belong there."""
    by, now = asking(request), timezone.now()
    found = reads.listed_line(by, listed_id, now=now)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    return done_or_again(
        request, form,
        lambda: actions.strike(listed_id=listed_id, reason=form.cleaned_data["reason"], by=by, at=now),
        _("已移出清单。"), lambda _made: reverse("oversight:home"), "oversight/form.html",
        {"title": _("移出积案清单"), "submit": _("移出清单"), "line": found, "back": reverse("oversight:home"),
         "why": [_("列错了才移出，化解了的不移出：列过多少、化解多少，要一直数得清。")]},
    )  # fmt: skip


@needs(Permission.LEAD, Permission.SUPERVISE, Permission.RULE)
@asked
def take(request: HttpRequest) -> HttpResponse:
    """Let a leader take a case."""
    by, now = asking(request), timezone.now()
    form = TakeForm(by, _today(now), request.POST or None, initial={"number": request.GET.get("n", "")})

    def deed() -> Any:
        given = form.cleaned_data
        return actions.take(
            matter_id=given["number"], leader_id=UUID(given["leader"]), plan=given["plan"], until=given["until"],
            source=given["source"], by=by, at=now, law=law(),
        )  # fmt: skip

    return done_or_again(
        request, form, deed, _("包案已记录。"), lambda made: reverse("oversight:case", args=[made.id]),
        "oversight/form.html",
        {"title": _("领导包案"), "submit": _("包这一件"), "back": reverse("oversight:home"),
         "why": [_("包案是领导个人的责任，有计划、有日期；不改变法定期限，也不改变主办单位。")]},
    )  # fmt: skip


def _file(request: HttpRequest, case_id: UUID) -> reads.CaseFile:
    try:
        return reads.case_file(asking(request), case_id, now=timezone.now())
    except NotFound as error:
        raise Http404 from error


@needs(*BOARD)
@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one case: plan, visits, the four boxes, what can be done. Looking at it is a look at the matter."""
    by, found = asking(request), _file(request, case_id)
    record_view(subject_id=found.line.id, kind="opened", by=by, at=timezone.now(), reason="包案")
    live = found.case.ended_at is None
    own = live and (found.case.leader_id == by.id or by.can(Permission.RULE))
    certified = "resolved" in found.marks
    context = {
        "tabs": tabs(request, "home"), "file": found, "own": own, "certified": certified,
        "may_forward": own and not found.missing and found.case.forward_at is None and not certified,
        "may_certify": live and found.case.forward_at is not None and not certified and found.apart
        and by.can(Permission.CERTIFY) and found.case.leader_id != by.id,
    }  # fmt: skip
    return render(request, "oversight/case.html", context)


def _context(found: reads.CaseFile, title: str, submit: str, *why: str) -> dict[str, Any]:
    return {
        "title": title, "submit": submit, "line": found.line, "why": why,
        "back": reverse("oversight:case", args=[found.case.id]),
    }  # fmt: skip


@needs(Permission.LEAD, Permission.RULE)
@asked
def visit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record a visit."""
    by, found, now = asking(request), _file(request, case_id), timezone.now()
    form = VisitForm(request.POST or None, initial={"day": _today(now)})
    return done_or_again(
        request, form,
        lambda: actions.visit(case_id=case_id, by=by, at=now, law=law(), **form.cleaned_data), _("走访已记录。"),
        lambda _made: reverse("oversight:case", args=[case_id]), "oversight/form.html",
        _context(found, _("记录走访"), _("保存")),
    )  # fmt: skip


@needs(Permission.LEAD, Permission.RULE)
@asked
def boxes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fill the four boxes."""
    by, found = asking(request), _file(request, case_id)
    form = BoxesForm({key: box for key, _word, box in found.boxes}, request.POST or None)
    return done_or_again(
        request, form,
        lambda: actions.fill_boxes(case_id=case_id, boxes=form.boxes(), by=by, at=timezone.now()), _("已保存。"),
        lambda _made: reverse("oversight:case", args=[case_id]), "oversight/boxes.html",
        _context(
            found, _("三到位一处理"), _("保存"),
            _("每一项都要写：做了什么、凭什么说到位了；不适用的，写明为什么不适用。四项写全，才能提请认定化解。"),
        ),
    )  # fmt: skip


@needs(Permission.LEAD, Permission.RULE)
@require_POST
def forward(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a case forward to be certified."""
    _file(request, case_id)
    try:
        actions.put_forward(case_id=case_id, by=asking(request), at=timezone.now())
    except (Refused, Forbidden) as error:
        messages.error(request, spoken(error))
    else:
        messages.success(request, _("已提请认定，由没有经手的人来认定。"))
    return redirect("oversight:case", case_id)


@needs(Permission.CERTIFY)
@asked
def certify(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Certify a case as resolved."""
    by, found, now = asking(request), _file(request, case_id), timezone.now()
    form = CertifyForm(request.POST or None)
    return done_or_again(
        request, form,
        lambda: actions.certify(
            case_id=case_id, evidence=form.cleaned_data["evidence"], by=by, at=now, law=law()
        ),
        _("已认定化解。"), lambda _made: reverse("oversight:case", args=[case_id]), "oversight/form.html",
        _context(
            found, _("认定化解"), _("认定化解"),
            _("由没有办理、没有包案、也没有回访这件事的人认定。签了协议不等于化解。"),
        ),
    )  # fmt: skip


@needs(Permission.LEAD, Permission.RULE)
@asked
def end(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """End a case."""
    by, found, now = asking(request), _file(request, case_id), timezone.now()
    form = ReasonForm(request.POST or None)
    return done_or_again(
        request, form,
        lambda: actions.end(case_id=case_id, reason=form.cleaned_data["reason"], by=by, at=now, law=law()),
        _("包案已结束。"), lambda _made: reverse("oversight:case", args=[case_id]), "oversight/form.html",
        _context(found, _("结束包案"), _("结束包案"), _("结束包案不等于化解；没有化解的，请换人接着包。")),
    )  # fmt: skip
