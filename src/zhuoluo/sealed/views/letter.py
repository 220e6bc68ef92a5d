"""The pages of whoever hands in an accusation: no account, no draft, nothing left on the device but one session cookie."""

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.address import address_of
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.org.rules import RESIDENT
from zhuoluo.sealed import actions
from zhuoluo.sealed.forms import AddForm, FollowForm, LetterForm
from zhuoluo.sealed.models import SealedCase
from zhuoluo.sealed.reads import Followed, followed, receipt
from zhuoluo.sealed.rules import Refused
from zhuoluo.sealed.states import STATE_WORDS

OPENED = "letter"  # in the session: id of the case, code generation, when last seen
IDLE_SECONDS = 10 * 60


@public
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form, and taking it in."""
    form = LetterForm(*_sent(request))
    if request.method == "GET" or not form.is_valid():
        return _written(request, form, 400 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        actions.count_try(
            kind="filing", value=address_of(request), most=settings.FILINGS_PER_HOUR, at=timezone.now()
        )
        accusation = actions.Accusation(
            **{name: given[name] for name in ("what", "whom", "when", "where", "reach")},
            accused_units=form.chosen(), files=actions.read_uploads(given["papers"]),
        )  # fmt: skip
        received = actions.hand_in(
            accusation=accusation, by=RESIDENT, at=timezone.now(), law=law(), form_key=given["form_key"]
        )
    except actions.TooMany:
        form.add_error(None, _("这个网络地址一小时内来的次数太多了，请过一会儿再交；着急的话请打 12388。"))
        return _written(request, form, 429)
    except Refused as refusal:
        form.add_error(None, spoken(refusal))
        return _written(request, form, 400)
    _remember(request, received.case)
    return redirect("sealed:done")


def _sent(request: HttpRequest) -> "tuple[Any, Any]":
    """Return what was sent, for a form; nothing for a page that is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _written(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    return render(request, "sealed/write.html", {"form": form}, status=status)


def _remember(request: HttpRequest, case: SealedCase) -> None:
    """Let this browser see the case for a while; the cookie goes when it is closed."""
    request.session.cycle_key()
    request.session[OPENED] = [str(case.id), case.code_generation, int(time.time())]
    request.session.set_expiry(0)


def _opened(request: HttpRequest) -> tuple[UUID, Followed] | None:
    """Return the case this session opened, or None when it did not, or too long ago."""
    kept = request.session.get(OPENED)
    if kept is None or time.time() - kept[2] > IDLE_SECONDS:
        return None
    seen = followed(UUID(kept[0]), kept[1])
    return None if seen is None else (UUID(kept[0]), seen)


@public
@never_cache
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """The receipt: number and code, and nothing of what was written."""
    found = _opened(request)
    if found is None:
        return redirect("sealed:follow")
    case = SealedCase.objects.get(pk=found[0])
    return render(request, "sealed/done.html", {"number": case.number, "code": receipt(case)})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code. Every wrong pair gets the same words, whether or not the number exists."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "sealed/follow.html", {"form": form}, status=400 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        case = actions.unlock(
            number=given["number"], code=given["code"], address=address_of(request), at=timezone.now()
        )
    except actions.TooMany:
        form.add_error(None, _("试的次数太多了，请一小时后再试。"))
        return render(request, "sealed/follow.html", {"form": form}, status=429)
    if case is None:
        form.add_error(None, _("编号和查询码对不上，请照回执再核对一遍。"))
        return render(request, "sealed/follow.html", {"form": form}, status=400)
    _remember(request, case)
    return redirect("sealed:mine")


@public
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Where it stands, and the messages; nothing of what was handed in."""
    found = _opened(request)
    if found is None:
        return redirect("sealed:follow")
    return _mine(request, found[1], AddForm())


def _mine(request: HttpRequest, seen: Followed, form: AddForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"seen": seen, "state": _(STATE_WORDS[seen.state]), "form": form}
    return render(request, "sealed/mine.html", context, status=status)


@public
@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take in more words or files."""
    found = _opened(request)
    if found is None:
        return redirect("sealed:follow")
    form = AddForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.count_try(
                kind="filing", value=address_of(request), most=settings.FILINGS_PER_HOUR, at=timezone.now()
            )
            actions.add_material(
                case_id=found[0], text=given["text"], files=actions.read_uploads(given["papers"]), by=RESIDENT,
                at=timezone.now(), form_key=given["form_key"],
            )  # fmt: skip
        except actions.TooMany:
            form.add_error(
                None, _("这个网络地址一小时内来的次数太多了，请过一会儿再交；着急的话请打 12388。")
            )
        except Refused as refusal:
            form.add_error(None, spoken(refusal))
        else:
            messages.success(request, _("补充的内容收到了。"))
            return redirect("sealed:mine")
    return _mine(request, found[1], form, 400)


@public
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget on this device that anything was handed in."""
    request.session.pop(OPENED, None)
    response = redirect("portal:home")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
