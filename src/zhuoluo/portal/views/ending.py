"""The end of the form: photos, who, checking, filing."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.files.reads import describe
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.rules import KeyReused, Refused
from zhuoluo.org.reads import law
from zhuoluo.portal import actions
from zhuoluo.portal.forms import PhotosForm, WhoForm
from zhuoluo.portal.reads.drafts import rows
from zhuoluo.portal.reads.front import anonymous_allowed
from zhuoluo.portal.rules.limits import PHOTOS
from zhuoluo.portal.rules.steps import KINDS, MAX_PHOTOS, Answers, gap
from zhuoluo.portal.views.screen import Screen


def photos(page: Screen) -> HttpResponse:
    """Photos, added and taken off one by one or several at once; never demanded."""
    if page.posted:
        return _photos_pressed(page)
    kept = describe([UUID(file_id) for file_id in page.answers.photos])
    return page.show(PhotosForm(), kept=list(kept.values()), full=len(kept) >= MAX_PHOTOS)


def _photos_pressed(page: Screen) -> HttpResponse:
    assert page.draft is not None  # noqa: S101  # only the first question is shown without a draft
    gone = page.request.POST.get("remove", "")
    if gone in page.answers.photos:
        actions.remove_photo(draft=page.draft, file_id=UUID(gone), at=page.now)
        return page.again()
    uploads = page.request.FILES.getlist("photos")
    for _upload in uploads:
        actions.count_try(kind="photo", value=page.address, most=PHOTOS, at=page.now)
    refused = actions.add_photos(draft=page.draft, uploads=uploads, at=page.now)
    for words in refused:
        messages.error(page.request, words)
    return page.again() if refused or "more" in page.request.POST else page.go_on()


def who(page: Screen) -> HttpResponse:
    """Who raises it and how to be reached. Another kind is chosen by a link; every kind has its own fields."""
    now = page.answers
    source = page.request.POST if page.posted else page.request.GET
    kind = source.get("as", now.kind)
    if kind not in _kinds(now):
        kind = "person"
    initial = {"name": now.name, "phone": now.phone, "address": now.address, "people": now.people or None}
    if kind == "group":
        initial["name"] = "\n".join(now.names())
    form = WhoForm(page.request.POST if page.posted else None, initial=initial, answers=now, kind=kind)
    if not page.posted or not form.is_valid():
        return page.show(form, kind=kind, kinds=_other_kinds(page, kind))
    given = form.cleaned_data
    page.save(
        lambda answers: replace(
            answers,
            kind=kind,
            name=given.get("name", ""),
            phone=given.get("phone", ""),
            address=given.get("address", ""),
            people=given.get("people") or 0,
        )
    )
    return page.go_on()


def _kinds(answers: Answers) -> list[str]:
    allowed = anonymous_allowed(answers.klass)
    return [kind for kind in KINDS if kind != "anonymous" or allowed]


def _other_kinds(page: Screen, kind: str) -> list[SimpleNamespace]:
    words = {
        "person": _("我自己"), "group": _("好几个人一起"), "enterprise": _("企业或组织"), "anonymous": _("不想留名"),
    }  # fmt: skip
    tail = "&then=check" if page.then else ""
    here = reverse("portal:step", args=[page.token, "who"])
    return [
        SimpleNamespace(url=f"{here}?as={name}{tail}", label=words[name], current=name == kind)
        for name in _kinds(page.answers)
    ]


def check(page: Screen) -> HttpResponse:
    """Every answer once more, each with its way back; filing is the only button."""
    missing = gap(page.answers)
    if missing:
        return redirect(f"{page.url(missing)}?then=check")
    return _file(page) if page.posted else _checked(page)


def _checked(page: Screen, problem: str = "", status: int = 200) -> HttpResponse:
    kept = describe([UUID(file_id) for file_id in page.answers.photos])
    shown = [
        SimpleNamespace(term=row.term, value=row.value, change_url=f"{page.url(row.step)}?then=check")
        for row in rows(page.answers, page.now)
    ]
    return page.show(status=status, rows=shown, kept=list(kept.values()), problem=problem)


def _file(page: Screen) -> HttpResponse:
    """File once; a repetition leads to the same receipt."""
    assert page.draft is not None  # noqa: S101  # only the first question is shown without a draft
    try:
        counted = actions.count_try(
            kind="filing", value=page.address, most=settings.FILINGS_PER_HOUR, at=page.now
        )
    except actions.TooMany:
        return _checked(page, _("这个网络地址一小时内提交得太多了，请过一会儿再提交。您写的都还在。"), 429)
    try:
        filed = actions.file(draft=page.draft, at=page.now, law=law())
    except (KeyReused, Refused) as refusal:
        actions.forget_tries(ids=[counted])
        return _checked(page, spoken(refusal), 409 if isinstance(refusal, KeyReused) else 400)
    if filed.again:
        actions.forget_tries(ids=[counted])
    return redirect("portal:done", page.token)
