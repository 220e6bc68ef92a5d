"""The review of a draft: its clauses with what is in doubt, each change kept at once, then reviewed and published."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhuoluo.files import reads as files
from zhuoluo.kit.asked import asked_number
from zhuoluo.org.access import asking, needs
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.forms.library import ClauseForm, clause
from zhuoluo.outreach.policy.models import Document
from zhuoluo.outreach.policy.rules.errors import NotFound, Refused
from zhuoluo.outreach.policy.views.shown import document_or_404, done, or_404, tried, version_of

SHOWN = 60


def review_page(request: HttpRequest, row: Document) -> HttpResponse:
    """Show the proposed clauses from a place on, or only those somebody still has to look at."""
    every = reads.proposed(row.pk)
    waiting = [p for p in every if p.open]
    only = "doubts" in request.GET
    chosen = waiting if only else every
    after = asked_number(request.GET.get("after")) or 0
    behind = [p for p in chosen if p.row.place > after]
    page = behind[:SHOWN]
    context = {
        "document": row, "rows": page, "count": len(every), "waiting": len(waiting), "only": only,
        "next": page[-1].row.place if len(behind) > SHOWN else 0,
        "lacks": not (row.issuer and row.from_day), "tabs": _tabs(len(every), len(waiting), only=only),
        "file": files.describe([row.source_id]).get(row.source_id) if row.source_id else None,
        "preview": [p.row.pk for p in page if p.open],
    }  # fmt: skip
    return render(request, "policy/desk_review.html", context)


def _tabs(every: int, waiting: int, *, only: bool) -> list[dict[str, Any]]:
    return [
        {"url": "?", "label": _("全部条文"), "count": every, "current": not only},
        {"url": "?doubts=1", "label": _("有疑问的"), "count": waiting, "current": only},
    ]


def _back(request: HttpRequest, document_id: UUID, place: int = 0) -> str:
    """Return the page of the review one came from, at the clause one was at."""
    page = reverse("policy:desk-document", args=[document_id])
    after = asked_number(request.POST.get("after"))
    query = "&".join(
        part
        for part in (f"after={after}" if after else "", "doubts=1" if request.POST.get("doubts") else "")
        if part
    )
    return f"{page}{'?' if query else ''}{query}{f'#c{place}' if place else ''}"


def _ids(request: HttpRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("clause")[: SHOWN * 2]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


@needs(Permission.KEEP_POLICY)
@require_POST
def step(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Join a clause to the one before, drop it, find it right; review, publish or drop the whole draft."""
    who: dict[str, Any] = {
        "document_id": document_id,
        "by": asking(request),
        "at": timezone.now(),
        "version": version_of(request),
    }
    ids = _ids(request)

    def one() -> UUID:
        if not ids:
            raise Refused("请选择一条")
        return ids[0]

    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "join": (lambda: actions.join(proposed_id=one(), **who), _("已合并到上一条。")),
        "leave": (
            lambda: actions.drop_clause(proposed_id=one(), **who),
            _("这一条删掉了，后面的序号已经接上。"),
        ),
        "right": (lambda: actions.look_over(proposed_ids=ids, **who), _("记下了：看过，没问题。")),
        "review": (lambda: actions.review(**who), _("审核完成。发布以后，群众才查得到。")),
        "publish": (lambda: actions.publish(**who), _("已发布。从施行那天起查得到、能引用。")),
    }
    act = request.POST.get("act", "")
    if act == "drop":
        deed = {name: value for name, value in who.items() if name != "version"}
        gone = tried(request, lambda: actions.drop(**deed), _("草稿删掉了。"))
        return redirect("policy:desk-home") if gone else redirect("policy:desk-document", document_id)
    if act in deeds:
        tried(request, *deeds[act])
    return redirect(_back(request, document_id, asked_number(request.POST.get("place")) or 0))


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def proposed(request: HttpRequest, document_id: UUID, proposed_id: UUID) -> HttpResponse:
    """Write one proposed clause anew, or cut it where a blank line stands."""
    row = document_or_404(document_id, staff=True)
    here = or_404(lambda: _one(row, proposed_id))
    form = ClauseForm(request.POST if request.method == "POST" else None, initial=clause(here.row))
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {
            "document_id": document_id, "proposed_id": proposed_id, "by": asking(request), "at": timezone.now(),
            "version": version_of(request),
        }  # fmt: skip
        if request.POST.get("act") == "cut":
            saved = done(form, lambda: actions.cut(text=form.cleaned_data["text"], **who))
        else:
            saved = done(form, lambda: actions.edit(row=form.row(), **who))
        if saved:
            return redirect(_back(request, document_id, here.row.place))
    context = {
        "form": form,
        "document": row,
        "one": here,
        "version": request.POST.get("version", row.version),
    }
    return render(request, "policy/desk_clause.html", context)


def _one(row: Document, proposed_id: UUID) -> reads.Proposal:
    found = next((p for p in reads.proposed(row.pk) if p.row.pk == proposed_id), None)
    if found is None or row.state not in ("draft", "reviewed"):
        raise NotFound("没有找到这一条")
    return found


@needs(Permission.KEEP_POLICY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Add a clause behind a place."""
    row = document_or_404(document_id, staff=True)
    behind = asked_number(request.POST.get("behind") or request.GET.get("behind")) or 0
    form = ClauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.add_clause(
                document_id=document_id, behind=behind, row=form.row(), version=version_of(request), by=asking(request),
                at=timezone.now(),
            ),
        )  # fmt: skip
        if saved:
            return redirect(_back(request, document_id, behind + 1))
    context = {
        "form": form,
        "document": row,
        "behind": behind,
        "version": request.POST.get("version", row.version),
    }
    return render(request, "policy/desk_clause.html", context)
