"""The office's pages: the month, its rules, the leaders, a day made, changed, published or cancelled."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import law
from zhuoluo.org.rules import Permission
from zhuoluo.reception import actions, reads
from zhuoluo.reception.forms.roster import (
    DayForm,
    LeadersForm,
    ReasonForm,
    RuleForm,
    day_initial,
    month_of,
    rule_initial,
)
from zhuoluo.reception.models import RosterRule
from zhuoluo.reception.rules.words import WHO
from zhuoluo.reception.views.shown import day_or_404, done, today, tried
from zhuoluo.rosters.rules.words import PATTERNS


@needs(Permission.RECEIVE, Permission.PLAN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the days of a month, soonest first, and what is still to be published."""
    now_day = today()
    month = month_of(request.GET.get("month", ""), now_day)
    following = (month + timedelta(days=32)).replace(day=1)
    rows = reads.staff_days(month, following - timedelta(days=1))
    plans = asking(request).can(Permission.PLAN)
    waiting = [row for row in rows if row.session.state == "planned" and row.session.day >= now_day]
    context = {
        "month": month, "before": month - timedelta(days=1), "after": following, "rows": rows, "today": now_day,
        "plans": plans, "waiting": waiting, "late": [r for r in waiting if r.session.publish_by <= now_day],
        "has_rules": RosterRule.objects.filter(active=True).exists() if plans else True,
        "ahead": following > now_day,
    }  # fmt: skip
    return render(request, "reception/home.html", context)


def _month_page(month: date) -> str:
    return f"{reverse('reception:home')}?month={month:%Y-%m}"


@needs(Permission.PLAN)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Make the month by the rules."""
    said = request.POST.get("month", "")
    month = month_of(said, today())
    why = tried(lambda: _made(month, request)) if said == f"{month:%Y-%m}" else _("请选择月份")
    if why:
        messages.error(request, why)
    return redirect(_month_page(month))


def _made(month: date, request: HttpRequest) -> None:
    roster = actions.plan_month(
        year=month.year, month=month.month, by=asking(request), at=timezone.now(), law=law()
    )
    n = len(roster.planned)
    messages.success(request, ngettext("排好 %(n)d 天。", "排好 %(n)d 天。", n) % {"n": n})
    if roster.gaps:
        days = _("、").join(sorted({f"{gap.day:%m-%d}" for gap in roster.gaps})[:10])
        messages.warning(request, _("这些天没有人可以接访，请手工安排：%(days)s") % {"days": days})
    if any(one.day.provisional for one in roster.planned):
        messages.info(request, _("这一年的放假通知还没有录入，日期标为“暂定”。"))


@needs(Permission.PLAN)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the days ticked, or one."""
    ids = []
    for one in request.POST.getlist("day")[:200]:
        try:
            ids.append(UUID(one))
        except ValueError:
            continue
    why = tried(lambda: actions.publish(session_ids=ids, by=asking(request), at=timezone.now()))
    if why:
        messages.error(request, why)
    else:
        messages.success(request, _("已公布，群众在接访安排里看得到，可以预约。"))
    return redirect(_month_page(month_of(request.POST.get("month", ""), today())))


@needs(Permission.PLAN)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in words, and who receives."""
    names = {s.user_id: s.name for s in reads.can_sit(today())}
    rows = [
        {
            "rule": rule, "who": _(WHO[rule.who]), "when": _(PATTERNS[rule.pattern]), "form": _(rule.get_form_display()),
            "people": [names.get(user, "") for user in named],
        }
        for rule, named in reads.rules()
    ]  # fmt: skip
    context = {"rows": rows, "sitters": reads.sitters(today())}
    return render(request, "reception/rules.html", context)


@needs(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Write a rule, or change one."""
    kept = get_object_or_404(RosterRule, pk=rule_id) if rule_id else None
    sitters = reads.can_sit(today())
    named = tuple(p.user_id for p in kept.people.order_by("place")) if kept else ()
    initial = rule_initial(kept, named) if kept else {"who": "turn", "pattern": "workday"}
    form = RuleForm(request.POST if request.method == "POST" else None, sitters=sitters, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.save_rule(
                content=form.content(), rule_id=rule_id, by=asking(request), at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("规则已保存。重新排一下月份，就按新规则来。"))
            return redirect("reception:rules")
    return render(request, "reception/rule.html", {"form": form, "rule": kept})


@needs(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def leaders(request: HttpRequest) -> HttpResponse:
    """Say who receives, in which order, with which portfolio."""
    form = LeadersForm(request.POST if request.method == "POST" else None, sitters=reads.can_sit(today()))
    if request.method == "POST" and form.is_valid():
        saved = done(
            form, lambda: actions.save_leaders(rows=form.rows(), by=asking(request), at=timezone.now())
        )
        if saved:
            messages.success(request, _("接访领导名单已保存。"))
            return redirect("reception:rules")
    return render(request, "reception/leaders.html", {"form": form})


@needs(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a day by hand."""
    form = DayForm(
        request.POST if request.method == "POST" else None, sitters=reads.can_sit(today()),
        initial={"form": "going_down", "starts": "09:00", "ends": "11:30"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.make_day(
                when=form.when(), people=form.chosen(), reason=form.cleaned_data["reason"], by=asking(request),
                at=timezone.now(),
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("这一天排好了，公布以后群众才看得到。"))
            return redirect(_month_page(form.cleaned_data["day"]))
    return render(request, "reception/day_form.html", {"form": form, "row": None})


@needs(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Change a day: time, place, who sits, with the reason."""
    row = day_or_404(session_id)
    posted = request.POST if request.method == "POST" else None
    initial = {**day_initial(row), "version": row.session.version}
    form = DayForm(posted, sitters=reads.can_sit(today()), seats=max(len(row.seated), 1), initial=initial)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        saved = done(
            form,
            lambda: actions.change_day(
                session_id=session_id, when=form.when(), people=form.chosen(), reason=form.cleaned_data["reason"],
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
                by=asking(request), at=timezone.now(),
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("已改好。原来排的人和现在接访的人都会显示。"))
            return redirect("reception:day", session_id)
    version_shown = posted.get("version", "") if posted is not None else row.session.version
    return render(request, "reception/day_form.html", {"form": form, "row": row, "version": version_shown})


@needs(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Cancel a day with a reason that those who booked will read."""
    row = day_or_404(session_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        saved = done(
            form,
            lambda: actions.cancel_day(
                session_id=session_id, reason=reason, by=asking(request), at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("已取消。预约的人在自己的预约页上看得到原因。"))
            return redirect("reception:day", session_id)
    return render(request, "reception/cancel.html", {"form": form, "row": row})
