"""The roster: the month, rules, publishing, changes, swaps, calendars; and the page everybody sees."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.duty import actions, reads
from zhuoluo.duty.forms.roster import PeopleForm, ReasonForm, RuleForm, SwapForm, rule_initial
from zhuoluo.duty.reads import Row
from zhuoluo.duty.rules.nights import begins, ends
from zhuoluo.duty.views.shown import DEEDS, READS, following, named, of_roster, or_404
from zhuoluo.kit.asked import asked_month
from zhuoluo.kit.deeds import FormPage
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import ICAL
from zhuoluo.matters.forms.choose import ids
from zhuoluo.org.access import asking, needs, public
from zhuoluo.org.reads import jurisdiction, law, live_posts, people, today
from zhuoluo.org.rules import ROLES, Permission

asks = require_http_methods(["GET", "POST"])
ABLE = [role for role, given in ROLES.items() if Permission.DUTY in given]
QUARTER = timedelta(days=92)
REMIND = timedelta(hours=6)


def _month(request: HttpRequest, text: str) -> date:
    return asked_month(text) or today().replace(day=1)


@needs(*READS)
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show a month's nights; who plans them plans, publishes and changes here."""
    first = _month(request, request.GET.get("month", ""))
    rows = reads.month_rows(first, following(first))
    by = asking(request)
    context = {
        "month": first, "before": first - timedelta(days=1), "after": following(first) + timedelta(days=1), "rows": rows,
        "plans": actions.may_plan(by), "today": today(), "me": by.id, "ahead": following(first) > today(),
        "waiting": [r for r in rows if r.night.state == "planned" and r.night.day >= today()],
        "swaps": reads.swaps_for(by.id) if by.id else [], "has_rules": bool(reads.rules(active_only=True)),
    }  # fmt: skip
    return render(request, "duty/roster.html", context)


@needs(Permission.NIGHTS)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Make the month by the rules."""
    first = _month(request, request.POST.get("month", ""))
    by = asking(request)

    def deed() -> None:
        made = actions.plan_month(year=first.year, month=first.month, by=by, at=timezone.now(), law=law())
        n = len(made.planned)
        messages.success(request, ngettext("排好 %(n)d 晚。", "排好 %(n)d 晚。", n) % {"n": n})
        if made.gaps:
            days = _("、").join(sorted({f"{gap.day:%m-%d}" for gap in made.gaps})[:10])
            messages.warning(request, _("这些天没有人可以值班，请手工安排：%(days)s") % {"days": days})

    DEEDS.tried(request, deed, _("排好了，看一看再公布。"))
    return redirect(f"{reverse('duty:roster')}?month={first:%Y-%m}")


@needs(Permission.NIGHTS)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the nights of a month that wait."""
    first = _month(request, request.POST.get("month", ""))
    chosen = ids(request.POST.getlist("night")[:2000])
    by = asking(request)
    DEEDS.tried(
        request,
        lambda: actions.publish(night_ids=chosen, by=by, at=timezone.now()),
        _("已公布，群众看得到今晚谁在、电话多少。"),
    )
    return redirect(f"{reverse('duty:roster')}?month={first:%Y-%m}")


@needs(Permission.NIGHTS)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules."""
    names = {p.user_id: p.user.name for p in people(today())}
    rows = [(row, [names.get(one, "") for one in who]) for row, who in reads.rules()]
    return render(request, "duty/rules.html", {"rows": rows})


@needs(Permission.NIGHTS)
@asks
def rule(request: HttpRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Write a rule, or change one."""
    kept = or_404(lambda: reads.rule(rule_id)) if rule_id else None
    who = [p.user_id for p in kept.people.order_by("place")] if kept else []
    posts = list(live_posts(today()).filter(role__in=ABLE))
    start = rule_initial(kept, who) if kept else {"pattern": "daily", "on_rest": "stay"}
    form = RuleForm(
        request.POST if request.method == "POST" else None, posts=posts, today=today(), initial=start
    )

    def deed() -> object:
        return actions.save_rule(
            content=form.content(), rule_id=rule_id, by=asking(request), at=timezone.now()
        )

    page = FormPage(
        kept.name if kept else _("加一条规则"),
        reverse("duty:rules"),
        _("规则"),
        _("保存"),
        _("保存好了。重新排一下月份，就按新规则来。"),
    )
    return DEEDS.page(request, form, deed, page)


@needs(Permission.NIGHTS)
@asks
def change(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Put others on duty by hand."""
    row = or_404(lambda: reads.night(night_id))
    posts = list(live_posts(today()).filter(role__in=ABLE))
    start = {"people": [str(one) for one in reads.on_duty(row)], "version": row.version}
    form = PeopleForm(request.POST if request.method == "POST" else None, posts=posts, initial=start)

    def deed() -> object:
        data = form.cleaned_data
        return actions.set_people(
            night_id=night_id, people=ids(data["people"]), reason=data["reason"], version=data["version"], by=asking(request),
            at=timezone.now(),
        )  # fmt: skip

    return DEEDS.page(
        request, form, deed, of_roster(_("换人：%(night)s") % {"night": named(row)}, _("换好"), _("换好了。"))
    )


@needs(Permission.NIGHTS)
@asks
def cancel(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Cancel a night."""
    row = or_404(lambda: reads.night(night_id))
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        return actions.cancel_night(
            night_id=night_id, reason=form.cleaned_data["reason"], by=asking(request), at=timezone.now()
        )

    page = of_roster(
        _("取消：%(night)s") % {"night": named(row)}, _("取消"), _("取消了。"), kind="danger", icon="x"
    )
    return DEEDS.page(request, form, deed, page)


@needs(Permission.DUTY)
@asks
def swap(request: HttpRequest) -> HttpResponse:
    """Ask somebody to swap."""
    by = asking(request)
    if by.id is None:
        raise PermissionDenied
    since, until = today() + timedelta(days=1), today() + QUARTER
    form = SwapForm(
        request.POST if request.method == "POST" else None, own=reads.mine(by.id, since, until),
        others=reads.of_others(by.id, since, until), user=by.id,
    )  # fmt: skip

    def deed() -> object:
        data = form.cleaned_data
        return actions.ask_swap(
            mine_id=UUID(data["mine"]), theirs_id=UUID(data["theirs"]), by=by, at=timezone.now()
        )

    lead = _("对方答应了才换；两晚的人一起换过来，公布的页面也跟着变。")
    return DEEDS.page(
        request,
        form,
        deed,
        of_roster(_("换班"), _("问他换不换"), _("问了，等他答复。"), lead=lead, icon="refresh"),
    )


@needs(Permission.DUTY)
@require_POST
def answer(request: HttpRequest, swap_id: UUID) -> HttpResponse:
    """Say yes or no to a swap, or take one's own back."""
    agreed, by = request.POST.get("agreed") == "yes", asking(request)
    said = _("换好了。") if agreed else _("没有换。")
    DEEDS.tried(
        request, lambda: actions.answer_swap(swap_id=swap_id, agreed=agreed, by=by, at=timezone.now()), said
    )
    return redirect("duty:roster")


@needs(*READS)
@require_GET
def fair(request: HttpRequest) -> HttpResponse:
    """Show how many nights everybody has, over three months: to see that it is fair, never to rank."""
    first = _month(request, request.GET.get("month", ""))
    last = following(following(following(first) + timedelta(days=1)) + timedelta(days=1))
    works = law().calendar.is_workday
    months = [
        first,
        following(first) + timedelta(days=1),
        following(following(first) + timedelta(days=1)) + timedelta(days=1),
    ]
    context = {"rows": reads.fair(first, last, works), "months": months, "first": first}
    return render(request, "duty/fair.html", context)


@needs(Permission.DUTY)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Hand out one's own nights as a calendar, with a reminder in the afternoon."""
    by = asking(request)
    rows = reads.mine(by.id, today() - timedelta(days=30), today() + QUARTER) if by.id else []
    return _calendar(rows, _("我的夜宿值班"), remind=True)


def _calendar(rows: list[Row], name: str, *, remind: bool = False) -> HttpResponse:
    entries = [
        Entry(
            str(r.night.pk), begins(r.night.day), ends(r.night.day),
            _("%(unit)s值班：%(who)s") % {"unit": r.unit, "who": "、".join(s.name for s in r.seated)}, r.night.place, r.night.phone,
            r.night.published_at or r.night.made_at, r.night.version, r.night.state == "cancelled", REMIND if remind else None,
        )
        for r in rows
    ]  # fmt: skip
    return HttpResponse(calendar(entries, name), content_type=ICAL)


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show a month's roster for printing."""
    first = _month(request, request.GET.get("month", ""))
    rows = [
        [f"{r.night.day:%m-%d}", r.unit, "、".join(s.name for s in r.seated), r.night.place, r.night.phone]
        for r in reads.month_rows(first, following(first))
        if r.night.state != "cancelled"
    ]
    table = printed([_("日期"), _("乡镇"), _("值班"), _("住在哪里"), _("值班电话")], rows)
    context = {
        "title": _("%(place)s%(month)s夜宿值班表") % {"place": jurisdiction().name, "month": f"{first:%Y-%m}"}, "tables": [table],
        "by": asking(request), "now": timezone.now(), "back": f"{reverse('duty:roster')}?month={first:%Y-%m}",
        "back_words": _("排班"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@public
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """Show everybody who is on duty tonight and in the coming weeks."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:30]
    on = today()
    rows = reads.public_nights(on, words=words, days=reads.AHEAD if words else reads.WEEK)
    tonight = [row for row in rows if row.night.day == on]
    context = {"tonight": tonight, "later": rows[len(tonight) :], "today": on, "words": words}
    return render(request, "duty/public.html", context)


@public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the published nights as a calendar."""
    return _calendar(reads.public_nights(today()), _("夜宿值班"))
