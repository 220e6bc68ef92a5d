"""What everybody sees: what is in force, found by words and cited; documents; one clause with all it ever said."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhuoluo.org.access import public
from zhuoluo.outreach.policy import reads
from zhuoluo.outreach.policy.rules.words import AUDIENCES
from zhuoluo.outreach.policy.views.shown import asked_on, document_or_404, page_of_clauses, sought, today


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Look for a clause by words on a day; without words the documents, those in force or those that ended."""
    on = asked_on(request)
    context = sought(request, on)
    if not context["words"]:
        audience = request.GET.get("who", "")
        chosen = audience if audience in AUDIENCES else ""
        over = request.GET.get("show") == "ended"
        page = reads.documents(
            "published", audience=chosen, after=request.GET.get("after", ""), ended=today() if over else None,
            on=None if over else today(),
        )  # fmt: skip
        context |= {
            "documents": page.rows,
            "next": page.next,
            "who": chosen,
            "over": over,
            "audiences": AUDIENCES.items(),
        }
    return render(request, "policy/home.html", context | {"calculators": reads.calculators(today())})


@public
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show a document as it stood on a day, some clauses a page; all of them for printing."""
    row = document_or_404(document_id)
    context = page_of_clauses(request, row, asked_on(request), whole="whole" in request.GET)
    return render(request, "policy/document.html", context)


@public
@require_GET
def clause(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Show a clause as it stood on a day, how it is cited, and its other versions."""
    on = asked_on(request)
    versions = reads.versions(clause_id)
    if not versions:
        raise Http404
    chosen = next(
        (v for v in versions if v.from_day <= on and (v.until_day is None or on <= v.until_day)), None
    )
    context = {"clause": chosen, "versions": versions, "any": versions[0], "on": on, "today": today()}
    return render(request, "policy/clause.html", context)
