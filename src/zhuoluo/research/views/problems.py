"""The problem list on the desk: the wall board, the list, one problem, sheets and print."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.enterprise import reads as enterprise
from zhuoluo.kit.asked import asked_id, asked_year
from zhuoluo.kit.deeds import FormPage
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.reads import STANDINGS
from zhuoluo.matters.templatetags.matter_words import standing_word
from zhuoluo.org.access import asking, needs
from zhuoluo.org.models import User
from zhuoluo.org.reads import SHANGHAI, jurisdiction, law, people, today
from zhuoluo.org.rules import Permission
from zhuoluo.research import actions, reads
from zhuoluo.research.forms.findings import CheckForm, FindingForm, MeasureForm, measure_initial
from zhuoluo.research.models import Topic
from zhuoluo.research.reads import FindingLine, Sought
from zhuoluo.research.rules.sheet import PROBLEMS
from zhuoluo.research.rules.words import PACES
from zhuoluo.research.views.shown import CHECKS, DEEDS, READS, of_topic, or_404, sought, towns

asks = require_http_methods(["GET", "POST"])
WIDTHS = (16, 24, 44, 40, 10, 18, 10, 12, 10, 14, 16, 10, 14, 12, 18, 14, 14)
COLUMNS = [(names[0], width) for names, width in zip(PROBLEMS.values(), WIDTHS, strict=True)]


@needs(*READS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the wall board of a year."""
    year = asked_year(request.GET.get("year")) or today().year
    context = {
        "board": reads.board(asking(request), year),
        "year": str(year),
        "before": year - 1,
        "after": year + 1,
        "standings": STANDINGS,
    }
    return render(request, "research/board.html", context)


def _topic(request: HttpRequest, topic_id: UUID | None) -> Topic | None:
    return or_404(lambda: reads.topic(asking(request), topic_id)) if topic_id else None


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the problem list."""
    by, limits = asking(request), sought(request)
    rows, more = reads.problems(by, limits, now=timezone.now(), after=request.GET.get("after", ""))
    everything = Sought(**{**limits.__dict__, "standing": ""})
    context = {
        "rows": rows, "next": more, "sought": limits, "counted": reads.by_standing(by, everything), "standings": STANDINGS,
        "chains": enterprise.chains(ended=True), "towns": towns(), "works": actions.may_work(by),
        "month": f"{limits.first:%Y-%m}" if request.GET.get("month") and limits.first else "",
        "lead": User.objects.filter(pk=limits.lead).first() if limits.lead else None,
        "topic": _topic(request, limits.topic),
        "chain": request.GET.get("chain", ""),
    }  # fmt: skip
    return render(request, "research/problems.html", context)


def _cells(line: FindingLine) -> list[str]:
    row, standing = line.finding, line.standing
    closed = standing.closed_at if standing.state == "closed" else None
    return [
        row.external_id or "", row.topic.title, standing.line.title, row.measure, row.lead.name, row.unit.name, row.person,
        f"{row.until:%Y-%m-%d}", _(PACES[row.pace]), row.area.name if row.area else "", row.chain.name if row.chain else "", "", "",
        f"{row.at.astimezone(SHANGHAI):%Y-%m-%d}", standing.line.number, standing_word(standing.state),
        f"{closed.astimezone(SHANGHAI):%Y-%m-%d}" if closed else "",
    ]  # fmt: skip


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the problem list as a workbook, with the province's ids, in the layout that is read again."""
    rows = reads.whole_problems(asking(request), sought(request), now=timezone.now())
    title = _("%(place)s调研问题清单") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, COLUMNS, (_cells(r) for r in rows)), f"problems-{today():%Y%m%d}")


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the problem list for printing."""
    by, now = asking(request), timezone.now()
    rows = reads.whole_problems(by, sought(request), now=now)
    table = printed([head for head, _width in COLUMNS], (_cells(r) for r in rows))
    context = {
        "title": _("%(place)s调研问题清单") % {"place": jurisdiction().name}, "tables": [table], "by": by, "now": now,
        "back": reverse("research:problems"), "back_words": _("问题清单"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@needs(Permission.RESEARCH)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("调研问题清单"), COLUMNS, []), "problems-blank")


@needs(Permission.RESEARCH)
@asks
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a problem list, the province's or one's own."""
    by = asking(request)
    more = {
        "title": _("导入问题清单"), "back": reverse("research:problems"), "back_words": _("问题清单"),
        "blank": reverse("research:problems-blank"),
        "help": _(
            "每行一个问题：课题、问题、措施、分管领导、责任单位、责任人、完成时限。省系统编号有就带上，"
            "再导入认得出，不重复。课题没有开的自动开，由分管领导牵头。"
        ),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_findings(data=data, by=by, at=timezone.now(), law=law()),
        _("新登记 %(new)s 个问题，原有 %(known)s 个没有重复登记。"), "kit/import_page.html", "research:problems", more,
    )  # fmt: skip


@needs(Permission.RESEARCH)
@asks
def finding_new(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Raise a finding, from a visit or by itself; show number and code."""
    by = asking(request)
    topic = or_404(lambda: reads.topic(by, topic_id))
    if not actions.may_work(by, topic):
        raise PermissionDenied
    visit_id = asked_id((request.POST if request.method == "POST" else request.GET).get("visit"))
    file = or_404(lambda: reads.visit_file(by, visit_id)) if visit_id else None
    if file is not None and file.visit.topic_id != topic.pk:
        raise PermissionDenied
    notes = file.notes if file else reads.notes_of(topic_id)
    start = {
        "lead": f"={topic.lead_id}", "chain": str(topic.chain_id or ""),
        "area": f"={file.visit.area_id}" if file and file.visit.area_id else "", "visit": str(visit_id or ""),
    }  # fmt: skip
    form = FindingForm(
        request.POST if request.method == "POST" else None, posts=people(today()), chains=enterprise.chains(),
        today=today(), notes=notes, met=file.met if file else (), initial=start,
    )  # fmt: skip
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        firm_id = file.visit.firm_id if file else None

        def deed() -> None:
            made.append(
                actions.raise_finding(
                    topic_id=topic_id, content=form.content(visit_id, firm_id), key=form.cleaned_data["key"], by=by,
                    at=timezone.now(), law=law(),
                )
            )  # fmt: skip

        if DEEDS.done(form, deed):
            return render(request, "research/raised.html", {"made": made[0], "topic": topic})
    lead = _("登记以后是一件事项：责任单位有期限，办完有答复，提出的人说解决没有，再由第二个人认定，才销号。")
    page = of_topic(topic, _("提一个问题"), _("列入问题清单"), "", lead=lead, icon="plus")
    return render(request, "kit/form_page.html", {"form": form, "page": page})


@needs(*READS)
@require_GET
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Show one problem: its columns, what a close-out still takes, later checks."""
    by = asking(request)
    file = or_404(lambda: reads.finding_file(by, finding_id, now=timezone.now()))
    works = actions.may_work(by, file.finding.topic)
    context = {
        "file": file, "row": file.finding, "s": file.standing, "works": works,
        "checks": any(by.can(p) for p in CHECKS) and "resolved" in file.standing.facts,
        "notes": file.notes if works or by.can(Permission.READ_ALL) else [],
    }  # fmt: skip
    return render(request, "research/finding.html", context)


def _of_finding(finding_id: UUID, number: int, title: str, submit: str, said: str) -> FormPage:
    back = reverse("research:finding", args=[finding_id])
    return FormPage(title, back, _("问题 %(n)s") % {"n": number}, submit, said)


@needs(Permission.RESEARCH)
@asks
def reword(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Change measure, leader, person, chain."""
    by, row = asking(request), or_404(lambda: reads.finding(asking(request), finding_id))
    if not actions.may_work(by, row.topic):
        raise PermissionDenied
    form = MeasureForm(
        request.POST if request.method == "POST" else None, posts=people(today()), chains=enterprise.chains(ended=True),
        initial=measure_initial(row),
    )  # fmt: skip

    def deed() -> object:
        data = form.cleaned_data
        return actions.reword(
            finding_id=finding_id, measure=data["measure"], person=data["person"], lead_id=UUID(data["lead"]),
            chain_id=form.chain_id(), pace=data["pace"], by=by, at=timezone.now(),
        )  # fmt: skip

    return DEEDS.page(
        request, form, deed, _of_finding(row.pk, row.number, _("改措施和责任人"), _("保存"), _("改好了。"))
    )


@needs(*CHECKS)
@asks
def check(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Record a spot check; what does not hold is done anew."""
    by = asking(request)
    file = or_404(lambda: reads.finding_file(by, finding_id, now=timezone.now()))
    if "resolved" not in file.standing.facts:
        raise PermissionDenied
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"day": today()})

    def deed() -> object:
        data = form.cleaned_data
        return actions.spot_check(
            finding_id=finding_id, day=data["day"], found=data["found"], holds=data["holds"] == "yes", by=by,
            at=timezone.now(), law=law(),
        )  # fmt: skip

    page = _of_finding(finding_id, file.finding.number, _("抽查"), _("记下"), _("记下了。"))
    return DEEDS.page(request, form, deed, page)
