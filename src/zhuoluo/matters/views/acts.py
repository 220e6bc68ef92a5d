"""One view for every act: ask, check, call the one action, go back; refused or overtaken, nothing typed is lost."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhuoluo.files import actions as files
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.actions import DraftConflict, code_of
from zhuoluo.matters.forms.act import ActForm, Kept
from zhuoluo.matters.forms.answer import differences, kept_version
from zhuoluo.matters.forms.route import OtherMatterForm
from zhuoluo.matters.reads.case import Case, permitted, why_not
from zhuoluo.matters.reads.found import by_words
from zhuoluo.matters.reads.similar import similar_matters
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.matters.views import story
from zhuoluo.matters.views.open import look, open_case, show
from zhuoluo.matters.views.said import letter
from zhuoluo.matters.views.table import ACTS, ALIASES, Act
from zhuoluo.org.access import needs
from zhuoluo.org.rules import Forbidden


@dataclass(frozen=True)
class Doing:
    """An act under way: the request, the row of the table, the matter as it is now."""

    request: HttpRequest
    act: Act
    case: Case

    def form(self, data: QueryDict | None = None, **more: Any) -> ActForm:
        """Return the act's form for this matter and reader."""
        return self.act.form(self.case, data, self.request.FILES if data is not None else None, **more)


@needs()
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show an act's form, or do the act. Whether it is allowed is decided by the action."""
    found = ACTS.get(ALIASES.get(name, name))
    if found is None:
        raise Http404
    doing = Doing(request, found, open_case(request, number))
    if request.method == "POST":
        return _look_again(doing) if "_all" in request.POST else _do(doing)
    against = why_not(doing.case, found.name)
    if against is not None:
        context = {
            "act": found,
            "against": against,
            "shown": story.brief(doing.case.matter),
            **_shell(request),
        }
        return show(request, doing.case, "matters/act_closed.html", context, status=403)
    return _show(doing, doing.form(initial={"other": request.GET.get("other", "")}))


def _look_again(doing: Doing) -> HttpResponse:
    """Show the whole list to pick from, with everything typed still there; nothing is done."""
    typed = {name: value for name, value in doing.request.POST.items() if name != "csrfmiddlewaretoken"}
    return _show(doing, doing.form(initial=typed))


def _do(doing: Doing) -> HttpResponse:
    form = doing.form(doing.request.POST)
    if not form.is_valid():
        return _show(doing, form, status=422)
    kept = form.remembered()
    try:
        kept += _keep(doing, form)
        result = _run(doing, form, kept)
    except (Refused, Stale, Forbidden, FileRefused) as error:
        return _again(doing, form, kept, error)
    return _after(doing, result)


def _keep(doing: Doing, form: ActForm) -> list[Kept]:
    """Keep the files of this press, of those who may do the act; a refused one is named, the others stay kept."""
    sent = cast("list[tuple[UploadedFile[bytes], str, str]]", form.sent())
    if sent and not permitted(doing.case, doing.act.name):
        raise Forbidden(_("您的岗位不能对这件事项这样办理"))
    return [
        (files.keep(data=upload, name=upload.name or "", at=doing.case.now).id, role, caption)
        for upload, role, caption in sent
    ]


def _run(doing: Doing, form: ActForm, kept: list[Kept]) -> Any:
    case = doing.case
    asked = form.asked() | form.with_files(kept)
    if doing.act.to_matter:
        asked["matter_id"] = case.matter.id
    return doing.act.action(by=case.actor, at=case.now, law=case.law, **asked)


def _after(doing: Doing, result: Any) -> HttpResponse:
    request, case = doing.request, doing.case
    if doing.act.name == "new_code":
        # Shown once and stored nowhere: neither in the session nor behind an address that could be opened again.
        context = {"act": doing.act, "code": code_of(result)}
        return show(request, case, "matters/new_code.html", context)
    messages.success(request, doing.act.done)
    back = _back(request)
    return redirect(back or f"{reverse('matters:page', args=[case.matter.number])}?done={doing.act.name}")


def _back(request: HttpRequest) -> str:
    """The list the reader came from, if it is a page of this site."""
    back = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if safe else ""


def _again(doing: Doing, form: ActForm, kept: list[Kept], error: Exception) -> HttpResponse:
    """Show the form again with everything typed, the files kept, and what others did meanwhile."""
    fresh = Doing(doing.request, doing.act, open_case(doing.request, doing.case.matter.number))
    data = doing.request.POST.copy()
    seen = form.cleaned_data.get("version")
    data["version"] = str(fresh.case.matter.version)
    data["kept"] = form.sign(kept)
    context: dict[str, Any] = {}
    if isinstance(error, DraftConflict):
        data["draft_version"] = str(kept_version(error.theirs))
        context["conflict"] = differences(error)
    elif isinstance(error, Stale) and "draft_version" in data:
        draft = fresh.case.page.draft
        data["draft_version"] = str(draft.version if draft else 0)
    if isinstance(error, Stale) and seen:
        context["since"] = story.since(fresh.case, seen)
    again = fresh.act.form(fresh.case, data)
    again.full_clean()
    for name in again.uploads:  # the files are kept already
        again.errors.pop(name, None)
    again.add_error(None, spoken(error))
    return _show(fresh, again, status=403 if isinstance(error, Forbidden) else 409, **context)


def _show(doing: Doing, form: ActForm, *, status: int = 200, **context: Any) -> HttpResponse:
    case = doing.case
    if isinstance(form, OtherMatterForm):
        context |= _beside(doing, form)
    if doing.act.name == "issue" and case.page.draft is not None:
        context |= {"letter": letter(case.page.draft), "kind": _(case.page.raiser.kind_word)}
    if doing.act.template == "matters/act_review.html" and case.page.current_answer is not None:
        context["letter"] = letter(case.page.current_answer)
    context |= {
        "act": doing.act,
        "form": form,
        "explain": form.explain(),
        "shown": story.brief(case.matter),
        "next": _back(doing.request),
    }
    return show(doing.request, case, doing.act.template, context | _shell(doing.request), status=status)


def _beside(doing: Doing, form: OtherMatterForm) -> dict[str, Any]:
    """The other matter beside this one; looking at it is a look like any other. Else the likely ones."""
    case = doing.case
    if form.found is not None:
        look(case, reason=_("对照"), other=form.found.id)
        return {"found": form.found, "found_brief": story.brief(form.found)}
    if form.sought:
        lines = by_words(case.actor, form.sought, now=case.now)
    else:
        matter = case.matter
        similar = similar_matters(case.actor, now=case.now, text=matter.text, area=matter.area_id or "")
        lines = [one.line for one in similar]
    return {"candidates": [line for line in lines if line.id != case.matter.id], "sought": form.sought}


def _shell(request: HttpRequest) -> dict[str, str]:
    """A whole page, or only the panel that the matter's page opens in itself."""
    panel = getattr(request, "htmx", False)
    return {"shell": "matters/act_panel.html" if panel else "matters/act_page.html"}
