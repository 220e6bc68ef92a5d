"""Opening a matter: only what the reader may see, and never unseen."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhuoluo.matters.reads.case import Case, case
from zhuoluo.matters.reads.visible import NotFound
from zhuoluo.matters.views.shown import reader
from zhuoluo.org.reads import law
from zhuoluo.residents.actions import record_view


def open_case(request: HttpRequest, number: str, **more: Any) -> Case:
    """Return the matter as the reader meets it now. What they may not see is as if it were not there (404)."""
    try:
        return case(reader(request), number, now=timezone.now(), law=law(), **more)
    except NotFound as error:
        raise Http404 from error


def look(case: Case, kind: str = "opened", reason: str = "", other: UUID | None = None) -> None:
    """Record one look at the matter, or at the `other` one shown beside it."""
    record_view(subject_id=other or case.matter.id, kind=kind, by=case.actor, at=case.now, reason=reason)


def show(
    request: HttpRequest,
    case: Case,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    reason: str = "",
) -> HttpResponse:
    """Show a page of the matter and record the look. Nothing of it stays in a shared computer's cache."""
    look(case, reason=reason)
    answer = render(request, template, {"case": case, "matter": case.matter, **context}, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
