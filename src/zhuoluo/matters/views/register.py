"""Registering for somebody else: the form, likely earlier matters, the receipt."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.files import actions as files_actions
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters import actions, reads
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.forms.register import DOORS, RegisterForm
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads import Similar
from zhuoluo.matters.rules import KeyReused, Refused, Stale
from zhuoluo.matters.views.shown import last_day, reader
from zhuoluo.org.access import needs
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law
from zhuoluo.org.rules import Forbidden, Permission

PAPERS = ("80mm", "a4")


@needs(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form, or register what was written in it."""
    if request.method == "POST":
        return _save(request)
    door = request.GET.get("channel", "")
    initial = {"channel": door if door in dict(DOORS) else "walk_in"}
    return _show(request, _form(request, None, initial=initial))


def _form(request: HttpRequest, data: Any, **more: Any) -> RegisterForm:
    today = timezone.now().astimezone(SHANGHAI).date()
    return RegisterForm(data, request.FILES or None, actor=reader(request), today=today, **more)


def _show(
    request: HttpRequest, form: RegisterForm, similar: list[Similar] | None = None, **more: Any
) -> HttpResponse:
    """Show the form with everything typed still in it, and the earlier matters found so far."""
    named = reads.named(form["about_words"].value() or "", form.about, form.today)
    context = {
        "form": form,
        "named": named,
        "similar": similar or [],
        "same": form["same"].value() or "",
        **more,
    }
    context["kept"] = len(form.kept_files()) if form.is_bound else 0
    return render(request, "matters/register.html", context)


def _save(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST)
    valid = form.is_valid()
    files = _keep_files(form)
    found = _similar(request, form)
    if "_all" in request.POST:  # the whole list of places is asked for; nothing is judged yet
        form.errors.clear()
        return _show(request, form, found)
    if not valid or form.errors:
        return _show(request, form, found)
    unseen = {str(one.line.id) for one in found} - form.seen
    if "check" in request.POST or (unseen and not reads.is_filed(form.cleaned_data["key"])):
        return _show(request, form, found, checking=True)
    try:
        done = actions.register(
            filing=form.filing(files), by=reader(request), at=timezone.now(), law=law(),
            key=form.cleaned_data["key"],
        )  # fmt: skip
    except (Refused, Forbidden, KeyReused) as error:
        form.add_error(None, spoken(error))
        return _show(request, form, found)
    return _after(request, form, done)


def _keep_files(form: RegisterForm) -> list[UUID]:
    """Keep what was sent with this press, whatever else is wrong: nobody has to choose the same files again."""
    kept, now = form.kept_files(), timezone.now()
    for upload in form.cleaned_data.get("papers") or []:
        try:
            kept.append(files_actions.keep(data=upload, name=upload.name or "", at=now).id)
        except FileRefused as error:
            form.add_error("papers", f"{upload.name}：{error}")
    form.remember(kept)
    return kept


def _after(request: HttpRequest, form: RegisterForm, done: Registered) -> HttpResponse:
    """Do with the earlier matter what was asked for, say how it went, and hand out the receipt."""
    if not done.fresh:
        messages.info(request, _("这份表刚才已经登记过，没有再登记一次。"))
    elif form.wish is not None:
        _join(request, done, *form.wish)
    return redirect("matters:receipt", done.matter.number)


def _join(request: HttpRequest, done: Registered, verb: str, other: UUID) -> None:
    who: dict[str, Any] = {
        "matter_id": done.matter.id,
        "by": reader(request),
        "at": timezone.now(),
        "law": law(),
    }
    try:
        earlier = reads.by_id(reader(request), other)
        if verb == "merge":
            actions.merge(into_id=other, **who)
            said = _("已登记，并入 %(number)s。") % {"number": earlier.number}
        else:
            actions.link(other_id=other, kind="earlier", **who)
            said = _("已登记，与 %(number)s 关联。") % {"number": earlier.number}
    except (Refused, Forbidden, Stale, reads.NotFound) as error:
        messages.warning(request, _("已登记。没有并入或关联：%(why)s") % {"why": spoken(error)})
    else:
        messages.success(request, said)


def _similar(request: HttpRequest, form: RegisterForm) -> list[Similar]:
    said = {name: str(form[name].value() or "") for name in ("text", "phone", "name")}
    return reads.similar_matters(reader(request), now=timezone.now(), area=form.place_code(), **said)


@needs(Permission.REGISTER)
@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """Return the earlier matters that resemble what is typed so far. Posted, so that no word stands in an address."""
    form = _form(request, request.POST)
    same = request.POST.get("same", "")
    return render(
        request, "matters/register_similar.html", {"similar": _similar(request, form), "same": same}
    )


@needs(Permission.REGISTER)
@require_POST
def about(request: HttpRequest) -> HttpResponse:
    """Return the units and people called by the name typed so far, to be ticked."""
    form = _form(request, request.POST)
    named = reads.named(request.POST.get("about_words", ""), form.about, form.today)
    return render(request, "matters/register_about.html", {"named": named, "form": form})


@needs(Permission.REGISTER)
@never_cache
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show number and query code to whoever just registered the matter."""
    return render(request, "matters/register_done.html", _receipt(request, number))


@needs(Permission.REGISTER)
@never_cache
@require_GET
def slip(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """Show the receipt as it is printed and handed over, 80 mm or A4."""
    if paper not in PAPERS:
        raise Http404
    context = _receipt(request, number)
    return render(
        request,
        "matters/register_slip.html",
        {**context, "paper": paper, "qr": _qr(request, context["matter"])},
    )


def _qr(request: HttpRequest, matter: Matter) -> SafeString:
    """Return the address of the page that asks for number and code, as an SVG; the code is never in it."""
    path = f"{settings.FOLLOW_PATH}?n={matter.number}"
    base: str = settings.PUBLIC_URL
    link = f"{base.rstrip('/')}{path}" if base else request.build_absolute_uri(path)
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        scale=4, border=2, dark="#000", light="#fff"
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here from an address made here


def _receipt(request: HttpRequest, number: str) -> dict[str, Any]:
    now = timezone.now()
    try:
        made = reads.just_registered(reader(request), number, now=now)
    except reads.NotFound as error:
        raise Http404(spoken(error)) from error
    readable = reads.visible(reader(request)).filter(pk=made.matter.id).exists()
    return {
        "slip": made, "matter": made.matter, "code": actions.code_of(made.matter), "readable": readable, "now": now,
        "place": jurisdiction(), "by": reader(request), "until": last_day(made.due) if made.due else None,
    }  # fmt: skip
