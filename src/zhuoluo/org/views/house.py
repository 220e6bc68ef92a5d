"""The administrator's pages: people and posts, units, areas, calendar."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.spoken import spoken
from zhuoluo.org import actions
from zhuoluo.org.access import asking, needs
from zhuoluo.org.forms import house as forms
from zhuoluo.org.models import Area, CalendarNotice, Post, Substitution, Unit, User
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law
from zhuoluo.org.rules import Actor, Forbidden, Permission

admin_only = needs(Permission.ADMINISTER)
asked = require_http_methods(["GET", "HEAD", "POST"])  # pages with a form


def _now(request: HttpRequest) -> tuple[Actor, datetime]:
    return asking(request), timezone.now()


def _today() -> date:
    return datetime.now(SHANGHAI).date()


@admin_only
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List accounts with their posts, thirty a page, found by name, account or unit."""
    wanted = request.GET.get("q", "").strip()
    rows = User.objects.prefetch_related("posts__unit").order_by("-is_active", "username")
    if wanted:
        rows = rows.filter(
            Q(name__icontains=wanted) | Q(username__icontains=wanted) | Q(posts__unit__name__icontains=wanted)
        ).distinct()
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "org/people.html", {"page": page, "q": wanted})


@admin_only
@asked
def person_new(request: HttpRequest) -> HttpResponse:
    """Open an account with its first post; the person sets the password with a reset code."""
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        data = form.cleaned_data
        user = actions.add_person(
            username=data["username"], name=data["name"], phone=data["phone"], password=None, by=by, at=at
        )
        actions.give_post(user=user, unit=data["unit"], title=data["title"], role=data["role"], by=by, at=at)
        messages.success(request, _("账号已建立。请发一个重置码，让本人设密码。"))
        return redirect("org:person", user.pk)
    return render(request, "org/form.html", {"form": form, "title": _("新建账号"), "back": "org:people"})


@admin_only
@require_GET
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show one person: posts, substitutes, account."""
    user = get_object_or_404(User, pk=user_id)
    context = {
        "person": user,
        "posts": user.posts.select_related("unit").order_by("-from_date"),
        "substitutions": Substitution.objects.filter(absent=user)
        .select_related("substitute")
        .order_by("-from_date"),
        "today": _today(),
    }
    return render(request, "org/person.html", context)


@admin_only
@asked
def post_new(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give a person one more post."""
    user = get_object_or_404(User, pk=user_id)
    form = forms.PostForm(request.POST or None, initial={"from_date": _today()})
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        try:
            actions.give_post(user=user, by=by, at=at, **form.cleaned_data)
            return redirect("org:person", user.pk)
        except Forbidden as error:
            form.add_error(None, spoken(error))
    return _form(request, form, _("增加岗位"), "org:person", user.pk)


@admin_only
@asked
def post_end(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """End a post with a day."""
    post = get_object_or_404(Post, pk=post_id)
    form = forms.UntilForm(request.POST or None, initial={"until_date": _today()})
    del form.fields["successor"]
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        if form.cleaned_data["until_date"] < post.from_date:
            form.add_error("until_date", _("不能早于上任的那天"))
        else:
            actions.end_post(post=post, until_date=form.cleaned_data["until_date"], by=by, at=at)
            return redirect("org:person", post.user_id)
    return _form(request, form, _("结束岗位"), "org:person", post.user_id)


@admin_only
@asked
def substitute_new(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Name who stands in for a person."""
    user = get_object_or_404(User, pk=user_id)
    form = forms.SubstituteForm(request.POST or None, initial={"from_date": _today()})
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        if form.cleaned_data["substitute"] == user:
            form.add_error("substitute", _("不能由本人代理本人"))
        else:
            try:
                actions.substitute(absent=user, by=by, at=at, **form.cleaned_data)
                return redirect("org:person", user.pk)
            except Forbidden as error:
                form.add_error("substitute", spoken(error))
    return _form(request, form, _("安排代理"), "org:person", user.pk)


@admin_only
@require_POST
def reset_code(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Make a reset code and show it once."""
    user = get_object_or_404(User, pk=user_id, is_active=True)
    by, at = _now(request)
    code = actions.make_reset_code(user=user, by=by, at=at)
    response = render(request, "org/reset_code.html", {"person": user, "code": code})
    response["Cache-Control"] = "no-store"
    return response


@admin_only
@require_POST
def account_switch(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    user = get_object_or_404(User, pk=user_id)
    by, at = _now(request)
    act = actions.close_account if user.is_active else actions.open_account
    try:
        act(user=user, by=by, at=at)
    except Forbidden as error:
        messages.error(request, spoken(error))
    return redirect("org:person", user.pk)


@admin_only
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """List every unit with how many people hold a post there today."""
    today = _today()
    live = Post.objects.filter(from_date__lte=today).filter(
        Q(until_date__isnull=True) | Q(until_date__gte=today)
    )
    counts: dict[UUID, int] = {}
    for unit_id in live.values_list("unit_id", flat=True):
        counts[unit_id] = counts.get(unit_id, 0) + 1
    rows = [
        {"unit": unit, "people": counts.get(unit.id, 0)}
        for unit in Unit.objects.select_related("parent", "area").order_by("until_date", "code")
    ]
    return render(request, "org/units.html", {"rows": rows})


@admin_only
@asked
def unit_new(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = forms.UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        actions.add_unit(by=by, at=at, **form.cleaned_data)
        return redirect("org:units")
    return render(request, "org/form.html", {"form": form, "title": _("新建单位"), "back": "org:units"})


@admin_only
@asked
def unit_end(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Close a unit and name its successor."""
    unit = get_object_or_404(Unit, pk=unit_id)
    form = forms.UntilForm(request.POST or None, initial={"until_date": _today()})
    others = Unit.objects.filter(until_date__isnull=True).exclude(pk=unit.pk).order_by("code")
    form.fields["successor"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        if form.cleaned_data["until_date"] < unit.from_date:
            form.add_error("until_date", _("不能早于设立的那天"))
        else:
            actions.close_unit(unit=unit, by=by, at=at, **form.cleaned_data)
            return redirect("org:units")
    return render(request, "org/form.html", {"form": form, "title": unit.name, "back": "org:units"})


@admin_only
@asked
def review_organs(request: HttpRequest) -> HttpResponse:
    """Say which organ decides second reviews."""
    kept = jurisdiction().rules.get("reviews", {})
    first = {"second_here": "yes" if kept.get("second_here") else "no", "superior": kept.get("superior", "")}
    form = forms.ReviewOrgansForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        given = form.cleaned_data
        actions.set_review_organs(
            second_here=given["second_here"] == "yes", superior=given["superior"], by=by, at=at
        )
        messages.success(request, _("已保存，以后的申请按这个办。"))
        return redirect("org:review-organs")
    return render(request, "org/form.html", {"form": form, "title": _("复核机关"), "back": "org:units"})


@admin_only
@asked
def areas(request: HttpRequest) -> HttpResponse:
    """List the areas, and add lines to them."""
    form = forms.AreasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        try:
            count = actions.add_areas(rows=form.cleaned_data["lines"], by=by, at=at)
        except ValueError as error:
            form.add_error("lines", str(error))
        else:
            messages.success(request, _("已保存 %(count)s 个区划") % {"count": count})
            return redirect("org:areas")
    page = Paginator(Area.objects.order_by("code"), 100).get_page(request.GET.get("page"))
    return render(request, "org/areas.html", {"form": form, "page": page})


@admin_only
@asked
def calendar(request: HttpRequest) -> HttpResponse:
    """Show which years are known, and take a new year's notice. Open dates follow by the worker."""
    form = forms.NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = _now(request)
        row = actions.keep_notice(notice=form.cleaned_data["table"], by=by, at=at)
        messages.success(
            request, _("%(year)s 年的放假安排已保存，暂定的期限正在重新计算") % {"year": row.year}
        )
        return redirect("org:calendar")
    context = {
        "form": form, "years": sorted(law().calendar.years), "imported": CalendarNotice.objects.order_by("-year"),
        "next_year": _today().year + 1,
    }  # fmt: skip
    return render(request, "org/calendar.html", context)


def _form(request: HttpRequest, form: Any, title: str, back: str, key: UUID) -> HttpResponse:
    return render(request, "org/form.html", {"form": form, "title": title, "back": back, "key": key})
