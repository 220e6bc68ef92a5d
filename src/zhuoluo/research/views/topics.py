"""Topics on the desk: the list, one topic, its visits and notes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.enterprise import reads as enterprise
from zhuoluo.kit.deeds import FormPage
from zhuoluo.matters.views.unmasking import shown_once
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import people, today
from zhuoluo.org.rules import Permission
from zhuoluo.research import actions, reads
from zhuoluo.research.forms.topics import NoteForm, TopicForm, VisitForm, topic_initial
from zhuoluo.research.models import Topic
from zhuoluo.research.views.shown import DEEDS, READS, of_list, of_topic, or_404
from zhuoluo.residents.actions import record_view

asks = require_http_methods(["GET", "POST"])


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the topics, newest first, and the week."""
    by, given = asking(request), request.GET
    words = given.get("q", "").replace("\x00", "").strip()[:60]
    rows, more = reads.topics(by, words=words, state=given.get("state", ""), after=given.get("after", ""))
    context = {
        "rows": rows, "next": more, "words": words, "state": given.get("state", ""), "week": reads.week(by, today()),
        "works": actions.may_work(by),
    }  # fmt: skip
    return render(request, "research/home.html", context)


def _form(request: HttpRequest, **more: Any) -> TopicForm:
    bound = request.POST if request.method == "POST" else None
    return TopicForm(bound, posts=people(today()), chains=enterprise.chains(), today=today(), **more)


@needs(Permission.RESEARCH)
@asks
def make(request: HttpRequest) -> HttpResponse:
    """Open a topic."""
    by = asking(request)
    start = {"from_day": today(), "until_day": today(), "unit": f"={by.unit_id}" if by.unit_id else ""}
    form = _form(request, initial=start)

    def deed() -> object:
        return actions.save_topic(
            content=form.content(), key=form.cleaned_data["key"], by=by, at=timezone.now()
        )

    return DEEDS.page(request, form, deed, of_list(_("开一个调研课题"), _("开题"), _("开好了。")))


@needs(*READS)
@require_GET
def topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Show a topic with its visits and problems."""
    by = asking(request)
    file = or_404(lambda: reads.topic_file(by, topic_id, now=timezone.now()))
    context = {"file": file, "topic": file.topic, "works": actions.may_work(by, file.topic)}
    return render(request, "research/topic.html", context)


def _mine(request: HttpRequest, topic_id: UUID) -> Topic:
    row = or_404(lambda: reads.topic(asking(request), topic_id))
    if not actions.may_work(asking(request), row):
        raise PermissionDenied
    return row


@needs(Permission.RESEARCH)
@asks
def change(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Change a topic."""
    row = _mine(request, topic_id)
    form = _form(request, initial=topic_initial(row))

    def deed() -> object:
        return actions.save_topic(
            content=form.content(), topic_id=topic_id, version=form.cleaned_data["version"], by=asking(request),
            at=timezone.now(),
        )  # fmt: skip

    return DEEDS.page(request, form, deed, of_topic(row, _("改课题"), _("保存"), _("改好了。")))


@needs(Permission.RESEARCH)
@require_POST
def close(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Say that the research is over."""
    row, by = _mine(request, topic_id), asking(request)
    said = _("调研结束了。没有销号的问题照常办，直到销号。")
    DEEDS.tried(request, lambda: actions.close_topic(topic_id=row.pk, by=by, at=timezone.now()), said)
    return redirect("research:topic", topic_id)


@needs(Permission.RESEARCH)
@asks
def visit_new(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Record a visit with who was met and what was noted."""
    row, by = _mine(request, topic_id), asking(request)
    bound = request.POST if request.method == "POST" else None
    firms = list(enterprise.whole_firms(enterprise.Asked()))
    form = VisitForm(bound, firms=firms, initial={"day": today(), "kind": "visit", "who": by.name})

    def deed() -> object:
        data = form.cleaned_data
        return actions.record_visit(
            topic_id=topic_id, kind=data["kind"], day=data["day"], place=data["place"], who=data["who"], key=data["key"],
            area=data["area"] or None, firm_id=UUID(data["firm"]) if data["firm"] else None, met=form.met(),
            notes=form.notes(), by=by, at=timezone.now(),
        )  # fmt: skip

    page = of_topic(
        row,
        _("记一次调研"),
        _("记下"),
        _("记下了。发现的问题，从记录里提。"),
        template="research/visit_form.html",
    )
    return DEEDS.page(request, form, deed, page)


@needs(*READS)
@asks
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Show a visit; add a note."""
    by = asking(request)
    file = or_404(lambda: reads.visit_file(by, visit_id))
    works = actions.may_work(by, file.visit.topic)
    if request.method == "POST" and not works:
        raise PermissionDenied
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" and file.met:
        record_view(subject_id=file.visit.pk, kind="opened", by=by, at=timezone.now())
    here = reverse("research:visit", args=[visit_id])
    page = FormPage(
        file.visit.place, reverse("research:topic", args=[file.visit.topic_id]), file.visit.topic.title, _("记下"),
        _("记下了。"), to=here, template="research/visit.html",
    )  # fmt: skip

    def deed() -> object:
        return actions.add_note(visit_id=visit_id, text=form.cleaned_data["text"], by=by, at=timezone.now())

    more = {"file": file, "visit": file.visit, "works": works, "unmasks": works and by.can(Permission.UNMASK)}
    return DEEDS.page(request, form, deed, page, **more)


@needs(Permission.RESEARCH)
@never_cache
@asks
def identity(request: HttpRequest, visit_id: UUID, met_id: UUID) -> HttpResponse:
    """Ask why, record it, and show once who was met."""
    row = or_404(lambda: reads.visit(asking(request), visit_id))
    met = or_404(lambda: reads.met_person(visit_id, met_id))
    if not actions.may_work(asking(request), row.topic):
        raise PermissionDenied
    return shown_once(request, met.raiser_id, row.pk, reverse("research:visit", args=[visit_id]), row.place)
