"""The library at the desk: its documents, one of them, taking one in, its file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.files import reads as files
from zhuoluo.files.responses import response
from zhuoluo.kit.ids import uuid7
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.forms.library import AboutForm, TakeForm, about
from zhuoluo.outreach.policy.models import Document, Proposed
from zhuoluo.outreach.policy.views.review import review_page
from zhuoluo.outreach.policy.views.shown import (
    asked_on,
    document_or_404,
    done,
    page_of_clauses,
    sought,
    version_of,
)

SHOWN = {"published": ("published",), "drafts": ("draft", "reviewed"), "withdrawn": ("withdrawn",)}


def keeps(request: HttpRequest) -> bool:
    """Say whether the reader keeps the library."""
    return asking(request).can(Permission.KEEP_POLICY)


@needs()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Look for clauses by words; below them the documents by state."""
    context = sought(request, asked_on(request))
    shown = request.GET.get("show", "published")
    shown = shown if shown in SHOWN and keeps(request) else "published"
    page = reads.documents(*SHOWN[shown], after=request.GET.get("after", ""))
    tabs = [
        {"url": f"?show={key}", "label": words, "current": key == shown}
        for key, words in (("published", _("已发布")), ("drafts", _("草稿")), ("withdrawn", _("已撤下")))
    ]
    context |= {
        "documents": page.rows,
        "next": page.next,
        "shown": shown,
        "tabs": tabs,
        "keeps": keeps(request),
    }
    return render(request, "policy/desk_home.html", context)


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in a file or a pasted text."""
    if request.method == "GET":
        return render(request, "policy/desk_new.html", {"form": TakeForm(initial={"key": uuid7().hex})})
    form = TakeForm(request.POST, request.FILES)
    made: list[Document] = []

    def take() -> None:
        given = form.cleaned_data
        made.append(
            actions.take_in(
                upload=form.upload(), text=given["text"], kind=given["kind"], key=given["key"], by=asking(request), at=timezone.now()
            )
        )  # fmt: skip

    if form.is_valid() and done(form, take):
        n = Proposed.objects.filter(document=made[0]).count()
        messages.success(
            request, ngettext("切出 %(n)d 条，请逐条看过。", "切出 %(n)d 条，请逐条看过。", n) % {"n": n}
        )
        return redirect("policy:desk-document", made[0].pk)
    return render(request, "policy/desk_new.html", {"form": form})


@needs()
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show a draft with its proposed clauses, or a published document as it stood on a day."""
    row = document_or_404(document_id, staff=keeps(request))
    if row.state in ("draft", "reviewed"):
        return review_page(request, row)
    context = page_of_clauses(request, row, asked_on(request), whole="whole" in request.GET)
    return render(
        request, "policy/desk_document.html", context | {"keeps": keeps(request), "file": _source(row)}
    )


def _source(row: Document) -> Any:
    return files.describe([row.source_id]).get(row.source_id) if row.source_id else None


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say what a draft is called, who issued it, from which day it holds."""
    row = document_or_404(document_id, staff=True)
    form = AboutForm(request.POST if request.method == "POST" else None, initial=about(row))
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.change(
                document_id=document_id, content=form.content(), version=version_of(request), by=asking(request), at=timezone.now()
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("文件信息已保存。"))
            return redirect("policy:desk-document", document_id)
    context = {"form": form, "document": row, "version": request.POST.get("version", row.version)}
    return render(request, "policy/desk_about.html", context)


@needs()
@require_GET
def file(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Hand out the file a document was taken from."""
    row = document_or_404(document_id, staff=keeps(request))
    if row.source_id is None:
        raise Http404
    return response(files.get(row.source_id))
