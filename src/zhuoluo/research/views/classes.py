"""Classes of problems and reports on the desk."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.files import actions as files
from zhuoluo.files.reads import get
from zhuoluo.files.responses import response
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.asked import asked_id
from zhuoluo.kit.deeds import FormPage
from zhuoluo.kit.taking import DOCX, handed
from zhuoluo.matters.forms.choose import ids, offices
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import law, today
from zhuoluo.org.rules import Permission
from zhuoluo.research import actions, reads
from zhuoluo.research.actions.classes import may_open
from zhuoluo.research.forms.findings import DissectForm, GatherForm, RollOutForm, SiteForm, StatementForm
from zhuoluo.research.models import Topic
from zhuoluo.research.reads import ClassFile
from zhuoluo.research.reads.problems import Sought, rows_of
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.views.shown import DEEDS, READS, of_topic, or_404

asks = require_http_methods(["GET", "POST"])


@needs(*READS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the classes, newest first."""
    rows, more = reads.classes(asking(request), after=request.GET.get("after", ""))
    return render(request, "research/classes.html", {"rows": rows, "next": more})


@needs(Permission.RESEARCH)
@asks
def dissect(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Dissect one problem for its class."""
    by, row = asking(request), or_404(lambda: reads.finding(asking(request), finding_id))
    if not actions.may_work(by, row.topic):
        raise PermissionDenied
    form = DissectForm(request.POST if request.method == "POST" else None, today=today())

    def deed() -> object:
        data = form.cleaned_data
        return actions.dissect(
            finding_id=finding_id, title=data["title"], cause=data["cause"], remedy=data["remedy"],
            unit_id=UUID(data["unit"]), until=data["until"], by=by, at=timezone.now(), law=law(),
        )  # fmt: skip

    page = FormPage(
        _("解剖一个，解决一类"), reverse("research:finding", args=[finding_id]), _("问题 %(n)s") % {"n": row.number}, _("列为一类"),
        _("列好了。办法本身是一件事项，有单位、有日期。"), to=reverse("research:classes"),
        lead=_("从这一个问题，写清为什么到处都有，一个管长远的办法是什么。"),
    )  # fmt: skip
    return DEEDS.page(request, form, deed, page)


def _file(request: HttpRequest, dissection_id: UUID) -> ClassFile:
    return or_404(lambda: reads.class_file(asking(request), dissection_id, now=timezone.now()))


@needs(*READS)
@require_GET
def page(request: HttpRequest, dissection_id: UUID) -> HttpResponse:
    """Show a class: cause, fix, its problems, where it was rolled out."""
    by, file = asking(request), _file(request, dissection_id)
    works = actions.may_work(by, file.row.finding.topic)
    opens = {t.rollout.pk for t in file.towns if may_open(by, t.rollout) and t.opened < t.rollout.count}
    return render(
        request, "research/class.html", {"file": file, "row": file.row, "works": works, "opens": opens}
    )


def _of_class(file: ClassFile, title: str, submit: str, said: str, lead: str = "") -> FormPage:
    back = reverse("research:class", args=[file.row.pk])
    return FormPage(title, back, file.row.title, submit, said, lead)


def _mine(request: HttpRequest, dissection_id: UUID) -> ClassFile:
    file = _file(request, dissection_id)
    if not actions.may_work(asking(request), file.row.finding.topic):
        raise PermissionDenied
    return file


@needs(Permission.RESEARCH)
@asks
def gather(request: HttpRequest, dissection_id: UUID) -> HttpResponse:
    """Say which other problems are of the class."""
    by, file = asking(request), _mine(request, dissection_id)
    form = GatherForm(request.POST if request.method == "POST" else None, found=reads.likely(by, file.row))

    def deed() -> object:
        return actions.gather(
            dissection_id=dissection_id,
            finding_ids=ids(form.cleaned_data["findings"]),
            by=by,
            at=timezone.now(),
        )

    words = _of_class(
        file, _("归到这一类"), _("归进来"), _("归好了。"), _("先列分类相同的，再列同一课题的。")
    )
    return DEEDS.page(request, form, deed, words)


@needs(Permission.RESEARCH)
@asks
def roll_out(request: HttpRequest, dissection_id: UUID) -> HttpResponse:
    """Give townships their share of the fix."""
    by, file = asking(request), _mine(request, dissection_id)
    known = {t.rollout.unit_id for t in file.towns}
    towns = [u for u in offices(today()) if u.kind == "township" and u.pk not in known]
    form = RollOutForm(request.POST if request.method == "POST" else None, towns=towns)

    def deed() -> object:
        return actions.roll_out(
            dissection_id=dissection_id, shares=form.shares(), until=form.cleaned_data["until"], by=by, at=timezone.now(),
            law=law(),
        )  # fmt: skip

    lead = _("每个乡镇几处、哪天前办成，都是它的责任和期限。不推广的写 0。")
    return DEEDS.page(request, form, deed, _of_class(file, _("推广"), _("交下去"), _("交下去了。"), lead))


@needs(Permission.RESEARCH, Permission.HANDLE)
@asks
def site_new(request: HttpRequest, dissection_id: UUID) -> HttpResponse:
    """Record one place where the fix works: the pilot, or one of a township's share."""
    by, file = asking(request), _file(request, dissection_id)
    rollout_id = asked_id(request.GET.get("of"))
    share = or_404(lambda: reads.rollout(by, dissection_id, rollout_id)) if rollout_id else None
    allowed = may_open(by, share) if share else actions.may_work(by, file.row.finding.topic)
    if not allowed:
        raise PermissionDenied
    form = SiteForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None,
        initial={"day": today()},
    )  # fmt: skip

    def deed() -> object:
        data, now = form.cleaned_data, timezone.now()
        photo = None
        if data["photo"]:
            try:
                photo = files.keep(data=data["photo"], name=data["photo"].name, at=now).id
            except FileRefused as error:
                raise Refused(str(error)) from error
        return actions.open_site(
            dissection_id=dissection_id, rollout_id=rollout_id, area=data["area"], name=data["name"], day=data["day"],
            serves=data["serves"], photo=photo, by=by, at=now, law=law(),
        )  # fmt: skip

    title = _("%(town)s办成一处") % {"town": share.unit.short_name} if share else _("登记试点")
    return DEEDS.page(request, form, deed, _of_class(file, title, _("登记"), _("登记好了。")))


@needs(*READS)
@require_GET
def photo(request: HttpRequest, dissection_id: UUID, site_id: UUID) -> FileResponse:
    """Show the photo of a place."""
    file_id = or_404(lambda: reads.site_photo(asking(request), dissection_id, site_id))
    return response(get(file_id), thumbnail=True)


def _topic(request: HttpRequest, topic_id: UUID, *, write: bool = False) -> Topic:
    row = or_404(lambda: reads.topic(asking(request), topic_id))
    if write and not actions.may_work(asking(request), row):
        raise PermissionDenied
    return row


@needs(*READS)
@require_GET
def report(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Show the report as it stands, each statement with what it rests on."""
    row = _topic(request, topic_id)
    context = {
        "topic": row, "rows": reads.report(topic_id), "works": actions.may_work(asking(request), row),
        "notes": reads.notes_of(topic_id),
    }  # fmt: skip
    return render(request, "research/report.html", context)


@needs(*READS)
@require_GET
def document(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Hand out the report as a Word document."""
    row, now = _topic(request, topic_id), timezone.now()
    made = reads.report_docx(asking(request), row, reads.report(topic_id), at=now)
    return handed(made, DOCX, f"report-{now:%Y%m%d}.docx")


@needs(Permission.RESEARCH)
@asks
def statement(request: HttpRequest, topic_id: UUID, statement_id: UUID | None = None) -> HttpResponse:
    """Write a statement, or change one."""
    by, row = asking(request), _topic(request, topic_id, write=True)
    kept = next((p for p in reads.report(topic_id) if p.statement.pk == statement_id), None)
    start = (
        {
            "heading": kept.statement.heading,
            "text": kept.statement.text,
            "sources": [str(one) for one in kept.chosen],
        }
        if kept
        else {}
    )
    found = list(rows_of(by, Sought(topic=topic_id)).select_related("matter").order_by("number"))
    notes = reads.notes_of(topic_id)
    form = StatementForm(
        request.POST if request.method == "POST" else None, notes=notes, findings=found, initial=start
    )

    def deed() -> object:
        data = form.cleaned_data
        chosen = ids(data["sources"])
        return actions.state(
            topic_id=topic_id, heading=data["heading"], text=data["text"], notes=chosen, findings=chosen,
            statement_id=statement_id, by=by, at=timezone.now(),
        )  # fmt: skip

    words = of_topic(
        row, _("写一段"), _("写进报告"), _("写好了。"), to=reverse("research:report", args=[topic_id])
    )
    return DEEDS.page(request, form, deed, words)


@needs(Permission.RESEARCH)
@require_POST
def drop(request: HttpRequest, topic_id: UUID, statement_id: UUID) -> HttpResponse:
    """Take a statement out of the report."""
    by, row = asking(request), _topic(request, topic_id, write=True)
    DEEDS.tried(
        request, lambda: actions.drop_statement(topic_id=row.pk, statement_id=statement_id, by=by, at=timezone.now()),
        _("拿掉了。"),
    )  # fmt: skip
    return redirect("research:report", topic_id)
