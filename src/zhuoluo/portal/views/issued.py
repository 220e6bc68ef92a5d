"""The official papers addressed to the raiser, once they were served."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhuoluo.matters.reads.papers import moment, served_papers
from zhuoluo.org.access import public
from zhuoluo.papers.reads import copy_pdf
from zhuoluo.papers.rules import KINDS, Refused
from zhuoluo.portal.views.follow import back_to_asking, opened


@public
@never_cache
@require_GET
def issued(request: HttpRequest, number: str, paper_id: UUID) -> HttpResponse:
    """Hand the raiser a paper that was served on them, marked with the matter's number and the time."""
    found = opened(request, number)
    if found is None:
        return back_to_asking(request, number)
    paper = next((one for one in served_papers(found.id) if one.id == paper_id), None)
    if paper is None:
        raise Http404
    now = timezone.now()
    try:
        data = copy_pdf(paper, mark=f"{found.number}　{moment(now)}", at=now)
    except Refused as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"{KINDS[paper.kind].name}{paper.number}.pdf"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""  # Django's own
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
