"""After filing: the receipt to keep, print and save, for a day; then only number and code open the matter."""

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhuoluo.files.reads import get
from zhuoluo.files.responses import response
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.actions import code_of
from zhuoluo.matters.rules import Refused
from zhuoluo.org.access import public
from zhuoluo.org.reads import law
from zhuoluo.portal import actions
from zhuoluo.portal.forms import AddForm
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads.drafts import answers_of, draft_of, receipt_open
from zhuoluo.portal.reads.following import load, standing
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.rules.steps import SCREENS
from zhuoluo.portal.views.holder import holder


@public
@never_cache
@require_GET
def done(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: number, query code, what happens next."""
    return _receipt(request, token, "portal/raise/done.html")


@public
@never_cache
@require_GET
def print_page(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt on one sheet of paper."""
    return _receipt(request, token, "portal/raise/print.html")


@public
@never_cache
@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as a text file to keep."""
    answer = _receipt(request, token, "portal/raise/receipt.txt", content_type="text/plain; charset=utf-8")
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = 'attachment; filename="receipt.txt"'
    return answer


def _receipt(
    request: HttpRequest, token: str, template: str, content_type: str | None = None
) -> HttpResponse:
    now = timezone.now()
    draft = draft_of(token, holder(request), now)
    if draft is None:
        return redirect("portal:home")
    if draft.filed_at is None or draft.matter_id is None:
        return redirect("portal:step", token, "check")
    if not receipt_open(draft, now):
        messages.info(request, _("回执页只保留一天。请填查询码查看。"))
        return redirect(f"{reverse('portal:follow')}?n={draft.number}")
    return render(
        request, template, _context(request, draft, draft.matter_id, now), content_type=content_type
    )


def _context(request: HttpRequest, draft: Draft, matter_id: UUID, now: datetime) -> dict[str, Any]:
    matter = load(matter_id)
    link = _follow_link(request, draft.number)
    return {
        "front": front(), "draft": draft, "code": spaced(code_of(matter)), "standing": standing(matter, now=now, law=law()),
        "link": link, "qr": _qr(link), "anonymous": answers_of(draft).kind == "anonymous",
        "steps": [_("您提交"), _("转到办理单位"), _("受理"), _("书面答复您"), _("您来评价")],
        "autosaves": [f"raise-{draft.token}-{step}" for step in SCREENS],
    }  # fmt: skip


def spaced(code: str) -> str:
    """Return a query code in two groups of four, easier to copy by hand."""
    return f"{code[:4]} {code[4:]}"


def _follow_link(request: HttpRequest, number: str) -> str:
    path = f"{reverse('portal:follow')}?n={number}"
    base: str = settings.PUBLIC_URL
    return f"{base.rstrip('/')}{path}" if base else request.build_absolute_uri(path)


def _qr(link: str) -> SafeString:
    """Return the link as an SVG to stand in the page; it holds the number and never the code."""
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        scale=4, border=2, dark="#000", light="#fff"
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here from an address made here


@public
@never_cache
@require_POST
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Words and photos added right after filing, by the holder of the form."""
    now = timezone.now()
    draft = draft_of(token, holder(request), now)
    if draft is None or draft.matter_id is None:
        return redirect("portal:home")
    form = AddForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add(
                matter_id=draft.matter_id, text=form.cleaned_data["text"], uploads=form.cleaned_data["photos"],
                form_key=form.cleaned_data["form_key"], at=now, law=law(),
            )  # fmt: skip
        except (Refused, FileRefused) as refusal:
            form.add_error("text", spoken(refusal))
        else:
            messages.success(request, _("补充的内容收到了。"))
            return redirect("portal:done", token)
    return render(
        request, "portal/raise/already.html", {"draft": draft, "form": form, "front": front()}, status=400
    )


@public
@never_cache
@require_GET
def photo(request: HttpRequest, token: str, file_id: UUID) -> HttpResponseBase:
    """A file of an unfiled form, small, to its holder."""
    draft = draft_of(token, holder(request), timezone.now())
    if draft is None or str(file_id) not in answers_of(draft).photos:
        raise Http404
    stored = get(file_id)
    return response(stored, thumbnail=stored.thumbnail, inline=True)
