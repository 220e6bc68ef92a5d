"""What the raiser does after the answer: asks for a review, takes the request back, brings new facts as a new matter."""

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.portal import actions
from zhuoluo.portal.forms import AskReviewForm, WithdrawReviewForm
from zhuoluo.portal.reads.drafts import holder_digest
from zhuoluo.portal.reads.following import standing
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.rules.limits import DRAFTS
from zhuoluo.portal.rules.steps import chosen_class
from zhuoluo.portal.views.follow import attempt, back_to_asking, opened
from zhuoluo.portal.views.holder import keep_holder, own_or_new


@public
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a review: written once, shown once more for checking, then sent."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    if request.method == "GET":
        return _page(request, found, "review", AskReviewForm(initial={"form_key": secrets.token_urlsafe(16)}))
    form = AskReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "review", form, 400)
    given = form.cleaned_data
    if "sure" not in request.POST:
        return _page(request, found, "review" if "change" in request.POST else "review_check", form)
    problem = attempt(
        lambda: actions.ask_review(
            matter_id=found.id, text=given["text"], form_key=given["form_key"], at=timezone.now(), law=law()
        )
    )
    if problem:
        form.add_error(None, problem)
        return _page(request, found, "review", form, 409)
    messages.success(request, _("您的申请收到了。结果会写在这一页，也会书面送给您。"))
    return redirect("portal:matter", number)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once more, then take the request for review back."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    seen = standing(found, now=timezone.now(), law=law())
    open_ = next((row for row in seen.path.reviews if row.open), None)
    if open_ is None:
        messages.info(request, _("没有正在办理的申请。"))
        return redirect("portal:matter", number)
    if request.method == "GET":
        form = WithdrawReviewForm(initial={"form_key": secrets.token_urlsafe(16)})
        return _page(request, found, "withdraw_review", form)
    form = WithdrawReviewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            lambda: actions.withdraw_review(
                matter_id=found.id, review_id=open_.id, reason=given["reason"], form_key=given["form_key"],
                at=timezone.now(), law=law(),
            )
        )  # fmt: skip
        if not problem:
            messages.success(request, _("申请撤回了。期限没有过的，还可以再申请。"))
            return redirect("portal:matter", number)
        form.add_error(None, problem)
    return _page(request, found, "withdraw_review", form, 400)


@public
@never_cache
@require_POST
def new_facts(request: HttpRequest, number: str) -> HttpResponse:
    """Open a form of its own that carries this matter's number: what is filed with it is linked to it."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    now, cookie = timezone.now(), own_or_new(request)
    if "new-facts" not in standing(found, now=now, law=law()).can:
        messages.info(request, _("还没有答复，有新的情况请点“补充”。"))
        return redirect("portal:matter", number)
    try:
        actions.count_try(kind="draft", value=address_of(request), most=DRAFTS, at=now)
    except actions.TooMany:
        return render(request, "portal/busy.html", {"front": front()}, status=429)
    draft = actions.open_draft(token=secrets.token_urlsafe(16), holder=holder_digest(cookie), at=now)
    carried = {"earlier": str(found.id), "earlier_number": found.number}
    actions.save(
        draft=draft, change=lambda answers: replace(chosen_class(answers, found.klass), **carried), at=now
    )
    return keep_holder(request, redirect("portal:step", draft.token, "what"), cookie)


def _page(request: HttpRequest, found: Any, page: str, form: Form, status: int = 200) -> HttpResponse:
    seen = standing(found, now=timezone.now(), law=law())
    context = {"seen": seen, "form": form, "remedy": seen.path.remedy, "front": front()}
    return render(request, f"portal/follow/{page}.html", context, status=status)
