"""Projects on the desk: the list, one project day by day, its steps."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.enterprise import actions, reads
from zhuoluo.enterprise.forms.work import EndStepForm, FinishForm, ProjectForm, StepForm
from zhuoluo.enterprise.models import Project, Step
from zhuoluo.enterprise.reads import ProjectLine
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.steps import Planned, plans
from zhuoluo.enterprise.views.shown import DEEDS, READS, of_firm, or_404
from zhuoluo.kit.deeds import FormPage
from zhuoluo.kit.ical import Entry, calendar
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import ICAL, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.forms.choose import offices
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import SHANGHAI, Law, jurisdiction, law, today
from zhuoluo.org.rules import Permission

asks = require_http_methods(["GET", "POST"])


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the projects, newest first."""
    rows, more = reads.projects(today=today(), after=request.GET.get("after", ""))
    return render(request, "enterprise/projects.html", {"rows": rows, "next": more})


COLUMNS = [
    ("企业", 30), ("项目", 30), ("从哪天", 12), ("到哪天", 12), ("天数", 8), ("目标天数", 10), ("超了几天", 10), ("现在在谁手里", 40),
]  # fmt: skip


def _cells(line: ProjectLine) -> list[str]:
    row = line.project
    ends = f"{row.last_day:%Y-%m-%d}" if row.last_day else ""
    over = str(line.days - row.aim) if line.late else ""
    here = _("办成了") if row.last_day else "；".join(line.here)
    return [
        row.firm.name,
        row.name,
        f"{row.first_day:%Y-%m-%d}",
        ends,
        str(line.days),
        str(row.aim),
        over,
        here,
    ]


def _title() -> str:
    return _("%(place)s项目台账") % {"place": jurisdiction().name}


@needs(*READS)
@require_GET
def sheet(_request: HttpRequest) -> HttpResponse:
    """Hand out the projects as a workbook."""
    rows = (_cells(line) for line in reads.whole_projects(today=today()))
    heads = [(_(head), width) for head, width in COLUMNS]
    return workbook_answer(workbook(_title(), heads, rows), f"projects-{today():%Y%m%d}")


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the projects for printing."""
    rows = (_cells(line) for line in reads.whole_projects(today=today()))
    context = {
        "title": _title(), "tables": [printed([_(head) for head, _width in COLUMNS], rows)], "by": asking(request),
        "now": timezone.now(), "back": reverse("enterprise:projects"), "back_words": _("项目"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@needs(Permission.ENTERPRISE)
@asks
def make(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Begin a project of an enterprise."""
    by, firm = asking(request), or_404(lambda: reads.firm(firm_id))
    if not actions.may_keep(by, firm):
        raise PermissionDenied
    start = {"first_day": today(), "plan": "land_certificate"}
    form = ProjectForm(request.POST if request.method == "POST" else None, today=today(), initial=start)

    def deed() -> object:
        data = form.cleaned_data
        return actions.begin_project(
            firm_id=firm_id, name=data["name"], plan=data["plan"], first_day=data["first_day"], aim=form.days(),
            unit_id=UUID(data["unit"]), key=data["key"], who=form.who(), by=by, at=timezone.now(), law=law(),
        )  # fmt: skip

    lead = _("项目本身是一件事项，有单位、有编号；每一步在哪个单位办，就是那个单位的责任和期限。")
    return DEEDS.page(
        request, form, deed, of_firm(firm, _("开始一个项目"), _("开始"), _("开始了。"), lead=lead)
    )


@needs(*READS)
@require_GET
def project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project: its steps, and where each day went and with whom."""
    by = asking(request)
    file = or_404(lambda: reads.project_file(by, project_id, now=timezone.now(), today=today(), law=law()))
    context = {
        "file": file, "row": file.project, "plan": plans().get(file.project.plan),
        "keeps": actions.may_keep(by, file.project.firm) and file.project.last_day is None,
        "steps": [(s, file.states.get(s.pk), s.until is None and actions.may_end(by, s)) for s in file.steps],
        "running": any(s.until is None for s in file.steps),
    }  # fmt: skip
    return render(request, "enterprise/project.html", context)


def _page(row: Project, title: str, submit: str, said: str, **more: Any) -> FormPage:
    return FormPage(title, reverse("enterprise:project", args=[row.pk]), row.name, submit, said, **more)


@needs(Permission.ENTERPRISE)
@asks
def begin(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Begin the next step; the usual one is filled in."""
    by = asking(request)
    file = or_404(lambda: reads.project_file(by, project_id, now=timezone.now(), today=today(), law=law()))
    row = file.project
    if row.last_day is not None or not actions.may_keep(by, row.firm):
        raise PermissionDenied
    start = {"since": today(), "place": len(file.steps) + 1} | (_usual(file.next) if file.next else {})
    form = StepForm(request.POST if request.method == "POST" else None, today=today(), initial=start)

    def deed() -> object:
        data = form.cleaned_data
        try:
            return actions.begin_step(
                project_id=project_id, name=data["name"], since=data["since"], unit_id=form.unit_id(), workdays=data["workdays"],
                place=data["place"], by=by, at=timezone.now(), law=law(),
            )  # fmt: skip
        except Refused:
            form.count_on(Step.objects.filter(project=row).count() + 1)
            raise

    return DEEDS.page(
        request, form, deed, _page(row, _("开始下一步"), _("交过去"), _("交过去了。"), icon="forward")
    )


def _usual(step: Planned) -> dict[str, Any]:
    unit = next((u for u in offices(today()) if step.office and step.office in u.name), None)
    return {
        "name": step.name, "workdays": step.workdays if step.office else None,
        "unit": f"={unit.pk}" if unit else "",
    }  # fmt: skip


@needs(Permission.ENTERPRISE, Permission.HANDLE)
@asks
def end(request: HttpRequest, project_id: UUID, step_id: UUID) -> HttpResponse:
    """Say that a step is done."""
    by, row = asking(request), or_404(lambda: reads.project(project_id))
    step = Step.objects.filter(pk=step_id, project=row).first()
    if step is None:
        raise Http404
    if not actions.may_end(by, step):
        raise PermissionDenied
    form = EndStepForm(request.POST if request.method == "POST" else None, initial={"until": today()})

    def deed() -> object:
        data = form.cleaned_data
        return actions.end_step(
            step_id=step_id, until=data["until"], account=data["account"], by=by, at=timezone.now(), law=law()
        )

    return DEEDS.page(
        request, form, deed, _page(row, _("办好了：%(step)s") % {"step": step.name}, _("记下"), _("记下了。"))
    )


@needs(Permission.ENTERPRISE)
@asks
def finish(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Say that a project reached its end."""
    by, row = asking(request), or_404(lambda: reads.project(project_id))
    if not actions.may_keep(by, row.firm):
        raise PermissionDenied
    form = FinishForm(request.POST if request.method == "POST" else None, initial={"last_day": today()})

    def deed() -> object:
        return actions.finish_project(
            project_id=project_id, last_day=form.cleaned_data["last_day"], by=by, at=timezone.now()
        )

    lead = _("记下办成的日子，天数就定了。给企业的答复、企业自己的话，还在事项里走完。")
    return DEEDS.page(request, form, deed, _page(row, _("项目办成了"), _("记下"), _("记下了。"), lead=lead))


@needs(*READS)
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the running steps of the reader's own units (of all, for who reads all) with their dates as a calendar."""
    by = asking(request)
    rows = Step.objects.filter(until__isnull=True, workdays__isnull=False).select_related(
        "project__firm", "unit"
    )
    if not by.can(Permission.READ_ALL):
        rows = rows.filter(unit_id__in=by.units)
    here = law()
    entries = [_entry(row, here) for row in rows.order_by("since", "id")[:500]]
    return HttpResponse(calendar(entries, _("项目步骤")), content_type=ICAL)


def _entry(row: Step, here: Law) -> Entry:
    day = actions.promised(row, here)
    starts = datetime.combine(day, time(9), SHANGHAI)
    ends = datetime.combine(day, time(17), SHANGHAI)
    unit = row.unit.short_name if row.unit else ""
    return Entry(
        str(row.pk),
        starts,
        ends,
        f"{row.project.name}：{row.name}",
        unit,
        row.project.firm.name,
        row.project.made_at,
        1,
        False,
    )
