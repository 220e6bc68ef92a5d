"""The papers of a matter: which are due, drafts, issued and void ones; their copies; the two packets."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.files import actions as files
from zhuoluo.files.reads import describe
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.actions import packets, papers
from zhuoluo.matters.forms.papers import PacketForm, ServeForm, TextForm, VoidForm
from zhuoluo.matters.reads.met import Case
from zhuoluo.matters.reads.papers import Basis, bases, name_of
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.views import story
from zhuoluo.matters.views.open import look, open_case, show
from zhuoluo.org.access import needs
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.papers import reads as kept
from zhuoluo.papers.models import METHODS, RECIPIENTS, Paper
from zhuoluo.papers.rules import KINDS, STATES, from_json
from zhuoluo.papers.rules import Refused as PaperRefused

REFUSED = (Refused, PaperRefused, FileRefused)
PARTS = {"text": TextForm, "void": VoidForm, "serve": ServeForm}


@dataclass(frozen=True)
class Row:
    """A paper as listed."""

    paper: Paper
    name: str
    state: str
    tone: str
    unit: str
    served: str


def signs(case: Case, kind: str, unit_id: UUID) -> bool:
    """Say whether the reader may issue and void papers of the kind for a unit: no button leads to a refusal."""
    return _held(case, unit_id, KINDS[kind].signers)


def writes(case: Case, kind: str, unit_id: UUID) -> bool:
    """Say whether the reader may write papers of the kind and record their service: also who handles."""
    return _held(case, unit_id, (*KINDS[kind].signers, "handle"))


def _held(case: Case, unit_id: UUID, permissions: tuple[str, ...]) -> bool:
    granted = (units for p, units in case.actor.grants.items() if p.value in permissions)
    return case.actor.can(Permission.UNMASK) and any(unit_id in units for units in granted)


def _row(paper: Paper) -> Row:
    proof = kept.proof_of(paper)
    served = f"{_(METHODS[proof.method])} · {_(RECIPIENTS[proof.recipient])}" if proof else ""
    tone = {"draft": "warn", "issued": "good", "void": "bad"}[paper.state]
    return Row(paper, _(KINDS[paper.kind].name), _(STATES[paper.state]), tone, name_of(paper.unit_id), served)


@needs(Permission.UNMASK)
@require_GET
def listed(request: HttpRequest, number: str) -> HttpResponse:
    """Show which papers the matter's facts call for now, and those there are."""
    return _list(request, open_case(request, number))


def _list(request: HttpRequest, case: Case, refused: str = "", status: int = 200) -> HttpResponse:
    there = kept.of(case.matter.id)
    live = {(p.kind, p.source_id) for p in there if p.state != "void"}
    due = [
        _wanted(b)
        for b in bases(case.page)
        if (b.kind, b.source_id) not in live and writes(case, b.kind, b.unit_id)
    ]
    context = {
        "due": due, "rows": [_row(paper) for paper in there], "refused": refused, "shown": story.brief(case.matter),
    }  # fmt: skip
    return show(request, case, "matters/papers.html", context, status=status, reason=_("文书"))


def _wanted(basis: Basis) -> dict[str, Any]:
    return {"basis": basis, "name": _(KINDS[basis.kind].name), "unit": name_of(basis.unit_id)}


@needs(Permission.UNMASK)
@require_POST
def make(request: HttpRequest, number: str) -> HttpResponse:
    """Make a paper of a kind from what the matter holds, and open it."""
    case = open_case(request, number)
    try:
        source = UUID(request.POST["source"]) if request.POST.get("source") else None
    except ValueError:
        source = None
    try:
        paper = papers.make_paper(
            matter_id=case.matter.id, kind=request.POST.get("kind", ""), source_id=source, by=case.actor, at=case.now,
            law=case.law,
        )  # fmt: skip
    except (*REFUSED, Forbidden) as error:
        return _list(request, case, spoken(error), 403 if isinstance(error, Forbidden) else 409)
    return redirect("matters:paper", case.matter.number, paper.id)


@needs(Permission.UNMASK)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, number: str, paper_id: UUID) -> HttpResponse:
    """Show a paper with what can be done with it, or do one of these: save the words, issue, void, record the service."""
    case = open_case(request, number, entries=500)
    row = _mine(case, paper_id)
    if request.method == "GET":
        return _show(request, case, row)
    part = request.POST.get("part", "")
    form = _bound(request, part)
    if part != "issue" and (form is None or not form.is_valid()):
        return _show(request, case, row, {part: form} if form else {}, status=422)
    try:
        done = _do(request, case, row, part, form)
    except (*REFUSED, Forbidden) as error:
        if form is not None:
            form.add_error(None, spoken(error))
        status = 403 if isinstance(error, Forbidden) else 409
        return _show(
            request, case, _mine(case, paper_id), {part: form} if form else {}, spoken(error), status
        )
    messages.success(request, done)
    return redirect("matters:paper", case.matter.number, paper_id)


def _bound(request: HttpRequest, part: str) -> Form | None:
    made = PARTS.get(part)
    return made(request.POST, request.FILES) if made else None


def _do(request: HttpRequest, case: Case, row: Paper, part: str, form: Any) -> str:
    who: dict[str, Any] = {"matter_id": case.matter.id, "paper_id": row.id, "by": case.actor, "at": case.now}
    given = form.cleaned_data if form is not None else {}
    if part == "text":
        papers.change_paper(**who, text=given["text"], version=given["version"])
        return _("草稿已保存")
    if part == "void":
        papers.void_paper(**who, reason=given["reason"])
        return _("文书已作废")
    if part == "serve":
        _serve(case, row, given, who)
        return _("送达已记录")
    seen = request.POST.get("version", "")
    papers.issue_paper(**who, version=int(seen) if seen.isdigit() else None)
    return _("文书已出具")


def _serve(case: Case, row: Paper, given: dict[str, Any], who: dict[str, Any]) -> None:
    """The day as given; today means now, the day of issue not before it."""
    ends = datetime.combine(given["on"], time(23, 59, 59), SHANGHAI).astimezone(UTC)
    receipt = given["receipt"]
    stored = files.keep(data=receipt, name=receipt.name, at=case.now).id if receipt else None
    papers.serve_paper(
        **who, method=given["method"], recipient=given["recipient"], served_at=min(ends, case.now), receipt_id=stored,
        note=given["note"],
    )  # fmt: skip


def _show(
    request: HttpRequest,
    case: Case,
    row: Paper,
    forms: dict[str, Any] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    content = from_json(row.content)
    made = {
        "text": TextForm(initial={"text": content.text, "version": row.version}),
        "void": VoidForm(),
        "serve": ServeForm(initial={"on": case.now.astimezone(SHANGHAI).date()}),
    } | (forms or {})
    context = {
        "row": _row(row), "paper": row, "content": content, "forms": made, "refused": refused,
        "signs": signs(case, row.kind, row.unit_id), "writes": writes(case, row.kind, row.unit_id),
        "kind": KINDS[row.kind], "damaged": kept.verify(row),
        "shown": story.brief(case.matter),
    }  # fmt: skip
    look(case, "unmasked", reason=_seen(row))
    return show(request, case, "matters/paper.html", context, status=status, reason=_("文书"))


def _seen(row: Paper) -> str:
    return f"文书：{KINDS[row.kind].name}{row.number}"


def _mine(case: Case, paper_id: UUID) -> Paper:
    """A paper of this matter, for who may deal with its papers; else it is as if it were not there."""
    try:
        papers.readable_matter(case.matter.id, case.actor)
        return papers.paper_of(case.matter.id, paper_id)
    except (Refused, Forbidden) as error:
        raise Http404 from error


@needs(Permission.UNMASK)
@require_GET
def copy(request: HttpRequest, number: str, paper_id: UUID, form: str) -> HttpResponse:
    """Hand out a copy as PDF or docx, marked with the reader's name, unit and the time; recorded."""
    case = open_case(request, number, entries=1)
    row = _mine(case, paper_id)
    look(case, "unmasked", reason=_seen(row))
    name = f"{KINDS[row.kind].name}{row.number}"
    try:
        if form == "docx":
            return download(kept.copy_docx(row, mark=mark_of(case.actor, case.now)), f"{name}.docx")
        return download(kept.copy_pdf(row, mark=mark_of(case.actor, case.now), at=case.now), f"{name}.pdf")
    except PaperRefused as error:
        return _show(request, case, row, refused=spoken(error), status=409)


def mark_of(by: Actor, now: datetime) -> str:
    """Return whom a copy is for, and when it was taken."""
    return f"{by.name}　{by.unit_name}　{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(data: bytes, name: str) -> HttpResponse:
    """Return a file that stays in no shared computer's cache."""
    answer = HttpResponse(data, content_type=TYPES[name.rsplit(".", 1)[-1]])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""  # Django's own
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@needs(*sorted(packets.STRIPPED))
@require_http_methods(["GET", "POST"])
def packet(request: HttpRequest, number: str) -> HttpResponse:
    """Choose a packet; hand it out as PDF, every page marked with the reader and the time."""
    case = open_case(request, number, entries=1)
    attached = describe([a.file_id for a in case.page.attachments])
    choices = [(one, info.name) for one, info in attached.items() if info.kind in {"photo", "document"}]
    form = PacketForm(
        choices, request.POST if request.method == "POST" else None, initial={"which": "stripped"}
    )
    context: dict[str, Any] = {"form": form, "shown": story.brief(case.matter)}
    if request.method == "GET" or not form.is_valid():
        return show(request, case, "matters/packet.html", context, status=422 if form.errors else 200)
    whole = form.cleaned_data["which"] == "whole"
    try:
        made = packets.take_packet(
            matter_id=case.matter.id, whole=whole, files=form.chosen(), by=case.actor, at=case.now
        )
        heading = _("完整案卷") if whole else _("案卷（已隐去身份信息）")
        data = {"number": made.number, "title": made.title, "heading": heading} | {
            "sections": [asdict(section) for section in made.sections]
        }
        whole_pdf = kept.packet_pdf(
            data, mark=mark_of(case.actor, case.now), at=case.now, attached=made.files
        )
    except (PaperRefused, Forbidden) as error:
        form.add_error(None, spoken(error))
        return show(request, case, "matters/packet.html", context, status=403)
    return download(whole_pdf, f"{made.number}.pdf")
