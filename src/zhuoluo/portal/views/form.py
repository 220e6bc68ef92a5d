"""The ways into the form: opening it, one address for every question, and what an old tab meets after filing."""

import secrets
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.portal import actions
from zhuoluo.portal.forms import AddForm
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads.drafts import answers_of, draft_of, taken
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.rules.steps import path
from zhuoluo.portal.views import ending, questions
from zhuoluo.portal.views.holder import holder, keep_holder
from zhuoluo.portal.views.screen import Screen

QUESTIONS = {
    "kind": questions.kind, "sort": questions.sort, "notice": questions.notice, "what": questions.what,
    "about": questions.about, "where": questions.where, "village": questions.village, "photos": ending.photos,
    "who": ending.who, "check": ending.check,
}  # fmt: skip


@public
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Open a form of its own: the token stands in its address, so two tabs are two forms and "back" stays in one."""
    return keep_holder(request, redirect("portal:step", secrets.token_urlsafe(16), "kind"))


@public
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show or take the answer of one question."""
    if step not in QUESTIONS:
        raise Http404
    now = timezone.now()
    draft = draft_of(token, holder(request), now)
    if draft is None and (step != "kind" or taken(token) or not holder(request)):
        return _gone(request, token)
    if draft is not None and draft.frozen_at is not None:
        return _frozen(request, draft, step, now)
    if draft is not None and step not in path(answers_of(draft)):
        return redirect("portal:step", token, "kind")
    try:
        response = QUESTIONS[step](Screen(request, token, step, draft, now))
    except actions.Frozen:
        return _frozen(request, Draft.objects.get(token=token), step, now)
    except actions.TooMany:
        return _too_many(request)
    return keep_holder(request, response) if request.method == "POST" else response


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """The form is not here (any more), or not this reader's. Words just sent go into a new form: none is lost."""
    now = timezone.now()
    text = request.POST.get("text", "").strip()
    if not text or not holder(request):
        cookieless = not request.COOKIES
        return render(request, "portal/gone.html", {"cookieless": cookieless, "front": front()}, status=410)
    draft = actions.open_draft(token=secrets.token_urlsafe(16), holder=holder(request), at=now)
    actions.save(draft=draft, change=lambda answers: replace(answers, text=text), at=now)
    messages.info(request, _("原来的表放得太久，已经清掉了。您刚写的内容都在，请从头核对一遍。"))
    return redirect("portal:step", draft.token, "kind")


def _frozen(request: HttpRequest, draft: Draft, step: str, now: datetime) -> HttpResponse:
    """The form was filed: finish it if the server stopped half-way, and offer words written since as an addition."""
    if draft.filed_at is None:
        try:
            draft = actions.file(draft=draft, at=now, law=law()).draft
        except Refused:
            return redirect("portal:step", draft.token, "check")
    words = _words_since(request, draft, step)
    if words is None:
        return redirect("portal:done", draft.token)
    context = {
        "draft": draft,
        "form": AddForm(initial={"text": words, "form_key": secrets.token_urlsafe(16)}),
    }
    return render(request, "portal/raise/already.html", {**context, "front": front()}, status=409)


def _words_since(request: HttpRequest, draft: Draft, step: str) -> str | None:
    """Return what was written after filing, empty when only something else was changed, None when nothing was."""
    if request.method != "POST" or step == "check":
        return None
    kept = answers_of(draft)
    text, place = request.POST.get("text", "").strip(), request.POST.get("place", "").strip()
    if step == "what":
        text = text.replace("\r\n", "\n")
        return None if text in {"", kept.text} else text
    if step in {"where", "village"}:
        return None if place == kept.place else place
    return "" if request.FILES or step == "who" else None


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/busy.html", {"front": front()}, status=429)


@public
@never_cache
@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Clear a form, and what was written in it, from here."""
    draft = draft_of(token, holder(request), timezone.now())
    if draft is not None:
        actions.erase(draft=draft)
    messages.success(request, _("已经清掉了，这台设备上看不到它了。"))
    return redirect(reverse("portal:home"))
