"""Following a matter with number and code, and what its raiser may do there. No code ever stands in an address."""

import secrets
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.files.reads import describe, get
from zhuoluo.files.responses import response
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.address import address_of
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.oversight.actions import trace
from zhuoluo.oversight.middleware import browser, where
from zhuoluo.portal import actions
from zhuoluo.portal.forms import AddForm, FollowForm, RateForm, WithdrawForm
from zhuoluo.portal.reads.following import Standing, load, standing
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.reads.issued import issued_to

OPENED = "following"  # in the session: number → [matter id, code generation, when last seen]
IDLE_SECONDS = 30 * 60  # on a phone passed around a family


@public
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and code. Every wrong pair gets the same words, whether or not the number exists."""
    form = FollowForm(
        request.POST if request.method == "POST" else None, initial={"number": request.GET.get("n", "")}
    )
    if request.method == "GET" or not form.is_valid():
        return _asked(request, form)
    given = form.cleaned_data
    try:
        unlocked = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        return _asked(request, form, _("试的次数太多了，请一小时后再试。"), 429)
    if unlocked is None:
        return _asked(request, form, _("编号和查询码对不上，请照回执再核对一遍。"))
    request.session.cycle_key()
    _remember(request, unlocked.number, unlocked.matter_id, unlocked.generation)
    return redirect("portal:matter", unlocked.number)


def _asked(request: HttpRequest, form: FollowForm, problem: str = "", status: int = 200) -> HttpResponse:
    if problem:
        form.add_error(None, problem)
    return render(request, "portal/follow/ask.html", {"form": form, "front": front()}, status=status)


def _remember(request: HttpRequest, number: str, matter_id: UUID, generation: int) -> None:
    known = dict(request.session.get(OPENED, {}))
    known[number] = [str(matter_id), generation, int(time.time())]
    request.session[OPENED] = known


def opened(request: HttpRequest, number: str) -> Any:
    """Return the matter this session opened under a number, or None when it did not, or too long ago."""
    kept = request.session.get(OPENED, {}).get(number)
    if kept is None or time.time() - kept[2] > IDLE_SECONDS:
        return None
    matter = load(UUID(kept[0]), kept[1])
    if matter is not None and time.time() - kept[2] > 60:
        _remember(request, number, matter.id, kept[1])
    return matter


def back_to_asking(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for number and code again, and say why."""
    if number in request.session.get(OPENED, {}):
        messages.info(request, _("为了安全，这一页放久了会关上。请再填一次查询码。"))
    return redirect(f"{reverse('portal:follow')}?n={number}")


@public
@never_cache
@require_GET
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Where it stands, who owes what by when and why, the answer in full, the story."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    return _show(request, found)


def _show(request: HttpRequest, found: Any, rating: Form | None = None, status: int = 200) -> HttpResponse:
    seen = standing(found, now=timezone.now(), law=law())
    rating = rating or RateForm(initial={"form_key": secrets.token_urlsafe(16)})
    context = {"seen": seen, "form": rating, "papers": _papers(seen), "front": front()}
    context["issued"] = issued_to(found.id)
    return render(request, "portal/follow/matter.html", context, status=status)


def _papers(seen: Standing) -> list[SimpleNamespace]:
    known = describe([listed.id for listed in seen.papers])
    listed = []
    for info in known.values():
        url = reverse("portal:file", args=[seen.number, info.id])
        thumb = f"{url}?small" if info.thumbnail else ""
        listed.append(SimpleNamespace(url=url, name=info.name, size=info.size, thumb_url=thumb))
    return listed


@public
@never_cache
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Take the raiser's own word."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    form = RateForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, 400)
    given = form.cleaned_data
    problem = attempt(
        lambda: actions.rate(
            matter_id=found.id, solved=given["solved"], satisfaction=given["satisfaction"], note=given["note"],
            form_key=given["form_key"], at=timezone.now(), law=law(),
        )
    )  # fmt: skip
    if problem:
        form.add_error(None, problem)
        return _show(request, found, form, 409)
    trace(network=where(request), browser=browser(request), at=timezone.now(), matter_id=found.id)
    said = _("记下了。会有没有参与办理的人重新核实。") if given["solved"] == "no" else _("记下了，谢谢您。")
    messages.success(request, said)
    return redirect("portal:matter", number)


def attempt(deed: Callable[[], object]) -> str:
    """Do it; return why it was refused, in words, or an empty string."""
    try:
        deed()
    except (Refused, FileRefused) as refusal:
        return spoken(refusal)
    return ""


@public
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add words or photos at any time; an open question is answered the same way."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    if request.method == "GET":
        return _asking(request, found, "add", AddForm(initial={"form_key": secrets.token_urlsafe(16)}))
    form = AddForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            lambda: actions.add(
                matter_id=found.id, text=given["text"], uploads=given["photos"], form_key=given["form_key"],
                at=timezone.now(), law=law(),
            )
        )  # fmt: skip
        if not problem:
            messages.success(request, _("补充的内容收到了。"))
            return redirect("portal:matter", number)
        form.add_error(None, problem)
    return _asking(request, found, "add", form, 400)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once more, then take the matter back."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    if request.method == "GET":
        return _asking(
            request, found, "withdraw", WithdrawForm(initial={"form_key": secrets.token_urlsafe(16)})
        )
    form = WithdrawForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            lambda: actions.withdraw(
                matter_id=found.id,
                reason=given["reason"],
                form_key=given["form_key"],
                at=timezone.now(),
                law=law(),
            )
        )
        if not problem:
            messages.success(request, _("已经撤回。"))
            return redirect("portal:matter", number)
        form.add_error(None, problem)
    return _asking(request, found, "withdraw", form, 400)


def _asking(request: HttpRequest, found: Any, page: str, form: Form, status: int = 200) -> HttpResponse:
    seen: Standing = standing(found, now=timezone.now(), law=law())
    context = {"seen": seen, "form": form, "front": front()}
    return render(request, f"portal/follow/{page}.html", context, status=status)


@public
@never_cache
@require_GET
def paper(request: HttpRequest, number: str, file_id: UUID) -> HttpResponseBase:
    """A file of the matter that its raiser may open."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    seen = standing(found, now=timezone.now(), law=law())
    if file_id not in {listed.id for listed in seen.papers}:
        raise Http404
    stored = get(file_id)
    return response(stored, thumbnail="small" in request.GET and stored.thumbnail, inline=True)


@public
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close everything this session opened."""
    request.session.pop(OPENED, None)
    messages.success(request, _("已经退出。要再看，凭编号和查询码。"))
    return redirect("portal:home")
