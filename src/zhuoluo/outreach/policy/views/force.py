"""What happens to a document in force: a clause amended or explained, the document ended or taken down."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.forms.library import AmendForm, EndForm, PlainForm, TakeDownForm
from zhuoluo.outreach.policy.reads import ClauseView
from zhuoluo.outreach.policy.views.shown import asked_on, document_or_404, done, today


def _versions(clause_id: UUID) -> list[ClauseView]:
    found = reads.versions(clause_id)
    if not found:
        raise Http404
    return found


@needs()
@require_GET
def clause(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Show a clause with every version and its days."""
    found = _versions(clause_id)
    keeps = asking(request).can(Permission.KEEP_POLICY)
    context = {"versions": found, "last": found[0], "on": asked_on(request), "today": today(), "keeps": keeps}
    return render(request, "policy/desk_versions.html", context)


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Give a clause new words from a day on."""
    last = _versions(clause_id)[0]
    form = AmendForm(
        request.POST if request.method == "POST" else None, initial={"text": last.text, "plain": last.plain}
    )
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.amend(
                clause_id=clause_id, by=asking(request), at=timezone.now(), **form.cleaned_data
            ),
        )
        if saved:
            messages.success(request, _("修订已保存。到那天自动用新的条文，以前的日子还是原来的。"))
            return redirect("policy:desk-clause", clause_id)
    return render(request, "policy/desk_amend.html", {"form": form, "last": last})


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def plain(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Say a clause in plain words."""
    found, on = _versions(clause_id), asked_on(request)
    held = [v for v in found if v.from_day <= on and (v.until_day is None or on <= v.until_day)]
    chosen = held[0] if held else found[0]
    form = PlainForm(request.POST if request.method == "POST" else None, initial={"plain": chosen.plain})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["plain"]
        saved = done(
            form,
            lambda: actions.explain(
                clause_id=clause_id, on=chosen.from_day, plain=words, by=asking(request), at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("通俗的说法已保存，群众先看到这一段。"))
            return redirect("policy:desk-clause", clause_id)
    return render(request, "policy/desk_plain.html", {"form": form, "clause": chosen})


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say on which day a document ends, and why."""
    row = document_or_404(document_id, staff=True)
    others = [(str(pk), title) for pk, title in reads.replacements(row.pk)]
    form = EndForm(
        request.POST if request.method == "POST" else None,
        others=others,
        initial={"until_day": row.until_day},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        instead = UUID(given["replaced_by"]) if given["replaced_by"] else None
        saved = done(
            form,
            lambda: actions.repeal(
                document_id=document_id, until_day=given["until_day"], reason=given["reason"], replaced_by=instead,
                by=asking(request), at=timezone.now(),
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("失效日期已写明。以前的日子还查得到、能引用。"))
            return redirect("policy:desk-document", document_id)
    return render(request, "policy/desk_end.html", {"form": form, "document": row})


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Take down a document that should not have been published."""
    row = document_or_404(document_id, staff=True)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        saved = done(
            form,
            lambda: actions.take_down(
                document_id=document_id, reason=reason, by=asking(request), at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("已撤下，群众查不到了。"))
            return redirect("policy:desk-document", document_id)
    return render(request, "policy/desk_take_down.html", {"form": form, "document": row})
