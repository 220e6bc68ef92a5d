"""One page that looks through policy, talks and answered questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhuoluo.org.access import needs, public
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.live import reads
from zhuoluo.outreach.policy import reads as policy

LONGEST = 60


def _found(words: str) -> dict[str, object]:
    if not words:
        return {"words": ""}
    today = timezone.now().astimezone(SHANGHAI).date()
    return {
        "words": words, "clauses": policy.search(words, on=today, limit=20), "questions": reads.answered_by_words(words),
        "talks": reads.talks_by_words(words),
    }  # fmt: skip


@public
@require_GET
def everybody(request: HttpRequest) -> HttpResponse:
    """Look through what is public."""
    return render(request, "live/search.html", _found(request.GET.get("q", "").strip()[:LONGEST]))


@needs(Permission.MODERATE, Permission.HOLD_TALKS, Permission.KEEP_POLICY)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Look through the same from the desk."""
    return render(request, "live/search_desk.html", _found(request.GET.get("q", "").strip()[:LONGEST]))
