"""The menu on the desk, who teaches, and the teams."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.matters.forms.choose import ids
from zhuoluo.org.access import asking, needs
from zhuoluo.org.models import Post
from zhuoluo.org.reads import people, today
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.forms.menu import LecturerForm, LessonForm, TeamForm
from zhuoluo.outreach.talks.models import Lesson
from zhuoluo.outreach.talks.rules.words import KINDS
from zhuoluo.outreach.talks.views.shown import (
    READS,
    allow,
    asked_words,
    clauses,
    done,
    or_404,
    own_units,
    tried,
)


@needs(*READS)
@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """Show the menu: each lesson with how often it was held and how it was found."""
    words, kind = asked_words(request), request.GET.get("kind", "")
    page = reads.menu(words=words, kind=kind if kind in KINDS else "", after=request.GET.get("after", ""))
    held = reads.taught([row.pk for row in page.rows])
    context = {
        "rows": [(row, held[row.pk]) for row in page.rows], "next": page.next, "q": words, "kind": kind,
        "kinds": KINDS.items(), "holds": asking(request).can(Permission.HOLD_TALKS),
    }  # fmt: skip
    return render(request, "talks/menu.html", context)


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Put a lesson on the menu."""
    by = asking(request)
    return _edit(request, None, {"unit": str(by.unit_id or "")})


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Change a lesson that stands on the menu."""
    row = _own(request, lesson_id)
    return _edit(request, row, LessonForm.of(row, reads.teachers_of(row.pk)))


def _own(request: HttpRequest, lesson_id: UUID) -> Lesson:
    row = or_404(lambda: reads.lesson(lesson_id, open_only=True))
    allow(asking(request), row.unit_id)
    return row


def _edit(request: HttpRequest, row: Lesson | None, start: dict[str, object]) -> HttpResponse:
    by = asking(request)
    form = LessonForm(
        request.POST if request.method == "POST" else None, units=own_units(by), lecturers=reads.lecturers(),
        teams=reads.teams(), initial=start,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        kept = reads.cited_by(row.pk) if row else []
        saved: list[Lesson] = []

        def deed() -> None:
            made = actions.save_lesson(
                content=form.content(kept), lesson_id=row.pk if row else None, by=by, at=timezone.now()
            )
            saved.append(made)

        if done(form, deed):
            messages.success(request, _("写好了。再把讲到的条款挂上，宣讲时好查。"))
            return redirect("talks:lesson", saved[0].pk)
    return render(request, "talks/lesson_form.html", {"form": form, "row": row})


@needs(*READS)
@require_GET
def lesson(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Show one lesson: what, by whom, under which clauses, how often held."""
    row = or_404(lambda: reads.lesson(lesson_id))
    words = asked_words(request)
    context = {
        "row": row, "taught": reads.taught([lesson_id])[lesson_id], "teachers": reads.teachers_of(lesson_id),
        "clauses": reads.clauses_of(lesson_id, today()), "q": words, "found": clauses(words, today()),
        "holds": actions.may_hold(asking(request), row.unit_id) and row.ended_at is None,
        "plans": asking(request).can(Permission.HOLD_TALKS) and row.ended_at is None,
        "kinds": [KINDS[kind] for kind in row.kinds],
    }  # fmt: skip
    return render(request, "talks/lesson.html", context)


@needs(Permission.HOLD_TALKS)
@require_POST
def cite(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Say which clauses a lesson explains."""
    row = _own(request, lesson_id)
    content = actions.LessonContent(
        title=row.title, summary=row.summary, audience=row.audience, minutes=row.minutes, kinds=tuple(row.kinds),
        unit_id=row.unit_id, season=row.season, team_id=row.team_id,
        lecturers=tuple(one.pk for one in reads.teachers_of(lesson_id)), clauses=tuple(ids(request.POST.getlist("clause"))),
    )  # fmt: skip
    tried(
        request,
        lambda: actions.save_lesson(
            content=content, lesson_id=lesson_id, by=asking(request), at=timezone.now()
        ),
        _("记下了。"),
    )
    return redirect("talks:lesson", lesson_id)


@needs(Permission.HOLD_TALKS)
@require_POST
def end(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Take a lesson off the menu."""
    _own(request, lesson_id)
    tried(
        request,
        lambda: actions.end_lesson(lesson_id=lesson_id, by=asking(request), at=timezone.now()),
        _("下架了，讲过的场次都在。"),
    )
    return redirect("talks:menu")


@needs(Permission.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def lecturers(request: HttpRequest) -> HttpResponse:
    """Show who teaches and the teams; list somebody, form a team."""
    by, everybody = asking(request), reads.lecturers()
    team_sent = request.method == "POST" and "team" in request.POST
    posts = people(today())
    form = LecturerForm(request.POST if request.method == "POST" and not team_sent else None, posts=posts)
    team = TeamForm(
        request.POST if team_sent else None, units=own_units(by), lecturers=everybody, initial={"unit": str(by.unit_id or "")}
    )  # fmt: skip
    if form.is_bound and form.is_valid() and done(form, lambda: _list(request, form, posts)):
        messages.success(request, _("登记好了。"))
        return redirect("talks:lecturers")
    if team.is_bound and team.is_valid() and done(team, lambda: _form_team(request, team)):
        messages.success(request, _("记下了。"))
        return redirect("talks:lecturers")
    context = {"rows": everybody, "teams": reads.teams(), "form": form, "team_form": team}
    return render(request, "talks/lecturers.html", context)


def _list(request: HttpRequest, form: LecturerForm, posts: Sequence[Post]) -> object:
    data = form.cleaned_data
    unit = next((p.unit_id for p in posts if str(p.user_id) == data["who"]), None)
    return actions.list_lecturer(
        user_id=UUID(data["who"]) if data["who"] else None, name=data["name"], agreed_on=data["agreed_on"], unit_id=unit,
        title=data["title"], subjects=data["subjects"], by=asking(request), at=timezone.now(),
    )  # fmt: skip


def _form_team(request: HttpRequest, form: TeamForm) -> object:
    data = form.cleaned_data
    return actions.form_team(
        name=data["team"], unit_id=UUID(data["unit"]), lecturers=ids(data["members"]), by=asking(request), at=timezone.now()
    )  # fmt: skip


@needs(Permission.HOLD_TALKS)
@require_POST
def end_lecturer(request: HttpRequest, lecturer_id: UUID) -> HttpResponse:
    """Take somebody off the list; what they taught stays."""
    tried(
        request,
        lambda: actions.end_lecturer(lecturer_id=lecturer_id, by=asking(request), at=timezone.now()),
        _("从名单上去掉了，讲过的场次都在。"),
    )
    return redirect("talks:lecturers")
