"""The page of one matter, the same on paper, and who has seen it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.files import reads as files
from zhuoluo.files.responses import response
from zhuoluo.kit.asked import asked_number
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.actions.packets import STRIPPED
from zhuoluo.matters.forms.confirm import UnmaskForm
from zhuoluo.matters.reads.case import Case, likely, offered
from zhuoluo.matters.reads.visible import NotFound, audited, visible
from zhuoluo.matters.rules import CHANNELS
from zhuoluo.matters.states import Verb, allowed
from zhuoluo.matters.views import reviewing, said, story
from zhuoluo.matters.views.open import look, open_case, show
from zhuoluo.matters.views.owing import facts, owing
from zhuoluo.matters.views.shown import reader
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org.access import needs
from zhuoluo.org.rules import Forbidden, Permission, may
from zhuoluo.residents.actions import unmask as unmask_raiser
from zhuoluo.residents.reads import who_saw

ENTRIES = 40  # of the story on the page; older ones a page each
IN_SIGHT = 3  # buttons beside the likely one; the others under "more"
LOOKS = 50


@dataclass(frozen=True)
class Button:
    """One act the reader can do now."""

    name: str
    words: Any
    url: str
    key: str
    icon: str
    kind: str


def buttons(case: Case) -> tuple[list[Button], list[Button]]:
    """Return the acts open to the reader: those in sight, the likely one first, and the others."""
    names = offered(case)
    first = likely(case, names)
    if first is not None:
        names = [first, *(name for name in names if name != first)]
    made = [_button(case, name, "primary" if name == first else "") for name in names]
    cut = IN_SIGHT + (first is not None)
    return made[:cut], made[cut:]


def _button(case: Case, name: str, kind: str) -> Button:
    act = ACTS[name]
    url = reverse("matters:act", args=[case.matter.number, name])
    return Button(name, act.words, url, act.key, act.icon, kind)


@needs()
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a matter whole; with `before` an older part of its story."""
    before = asked_number(request.GET.get("before"))
    case = open_case(request, number, entries=ENTRIES, before=before)
    if number != case.matter.number:
        return redirect("matters:page", case.matter.number)
    if before is not None:
        context = {"lines": story.lines(case.page.story), "shown": story.brief(case.matter)}
        return show(request, case, "matters/page_story.html", context)
    near, more = buttons(case)
    done = request.GET.get("done", "")
    context = _context(case) | {
        "near": near,
        "more": more,
        "done": done if done in ACTS else "",
        "may_unmask": case.actor.can(Permission.UNMASK) and case.page.raiser.kind != "anonymous",
        "may_ask_who": may_ask_who(case),
        "papers": case.actor.can(Permission.UNMASK),
        "packet": any(case.actor.can(permission) for permission in STRIPPED),
    }
    return show(request, case, "matters/page.html", context)


@needs()
@require_GET
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Show the matter for printing: masked, and with the name of whoever prints it on the sheet."""
    case = open_case(request, number, entries=500)
    return show(request, case, "matters/page_print.html", _context(case), reason=_("打印页"))


def _context(case: Case) -> dict[str, Any]:
    duties = owing(case)
    return {
        "shown": story.brief(case.matter),
        "channel": _(CHANNELS[case.matter.channel]),
        "owing": duties,
        "first": next((duty for duty in duties if duty.light), None),
        "supervised": case.owed("supervise") is not None,
        "facts": facts(case),
        "letters": said.letters(case),
        "words": said.spoken(case),
        "disputes": said.disputes(case),
        "extensions": list(reversed(case.page.extensions)),
        "way": reviewing.way(case),
        "hearings": reviewing.hearings(case),
        "designations": reviewing.designations(case),
        "recused": reviewing.recused(case),
        "groups": said.attached(case),
        "settlements": said.settlements(case),
        "parties": said.parties(case),
        "related": said.related(case),
        "raiser": case.page.raiser,
        "kind": _(case.page.raiser.kind_word),
        "lines": story.lines(case.page.story),
        "may_seal": may(case.actor, Permission.TRIAGE, units=case.units)
        and allowed(Verb.SEAL, case.matter.stage),
    }


@needs()
@require_GET
def file(request: HttpRequest, number: str, file_id: Any) -> HttpResponseBase:
    """Hand out a file of a matter the reader may see; opening it is recorded, its small picture came with the page."""
    case = open_case(request, number, entries=1)
    if all(row.file_id != file_id for row in case.page.attachments):
        raise Http404
    stored = files.get(file_id)
    if "small" in request.GET and stored.thumbnail:
        return response(stored, thumbnail=True, inline=True)
    look(case, "file", reason=stored.get_kind_display())
    return response(stored, inline="save" not in request.GET)


@needs(Permission.UNMASK)
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Ask why, record it, and show once who raised the matter."""
    case = open_case(request, number, entries=1)
    form = UnmaskForm(
        request.POST if request.method == "POST" else None, initial={"reason": request.GET.get("for", "")}
    )
    context: dict[str, Any] = {"form": form, "shown": story.brief(case.matter)}
    if request.method == "POST" and form.is_valid():
        try:
            raiser = unmask_raiser(
                raiser_id=case.matter.raiser_id,
                subject_id=case.matter.id,
                reason=form.why(),
                by=case.actor,
                at=case.now,
            )
        except Forbidden as error:
            form.add_error(None, spoken(error))
            return show(request, case, "matters/page_identity.html", context, status=403)
        context |= {"raiser": raiser, "kind": _(raiser.get_kind_display()), "why": form.why()}
        answer = render(
            request, "matters/page_identity_shown.html", {"case": case, "matter": case.matter, **context}
        )
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    return show(request, case, "matters/page_identity.html", context, status=422 if form.errors else 200)


def may_ask_who(case: Case) -> bool:
    """Say whether the reader may know who saw the matter: holders of the permission, and the head of the unit."""
    if case.actor.can(Permission.WHO_SAW):
        return True
    headed = case.actor.grants.get(Permission.ISSUE, frozenset())
    return not headed.isdisjoint({case.matter.lead_unit_id, case.matter.registered_by_id})


@needs(Permission.WHO_SAW, Permission.ISSUE)
@require_GET
def seen(request: HttpRequest, number: str) -> HttpResponse:
    """Answer "who saw this?" completely, newest first. Auditors see the looks, not the matter."""
    by = reader(request)
    try:
        matter = audited(by, number)
    except NotFound as error:
        raise Http404 from error
    if not by.can(Permission.WHO_SAW) and not may_ask_who(open_case(request, number, entries=1)):
        raise Http404
    after = request.GET.get("after", "")
    looks, more = who_saw(matter.id, after=after, limit=LOOKS)
    rows = [{"look": one, "kind": _(one.get_kind_display())} for one in looks]
    readable = visible(by).filter(pk=matter.pk).exists()
    context = {"number": matter.number, "readable": readable, "rows": rows, "next": more, "after": after}
    return render(request, "matters/page_seen.html", context)
