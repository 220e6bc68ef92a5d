"""The night's log on the desk: tonight, one night, households, what was raised, the hand-over, the register."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhuoluo.duty import actions, reads
from zhuoluo.duty.forms.log import HandOverForm, HouseForm, RaiseForm, RespondForm
from zhuoluo.duty.models import Household
from zhuoluo.duty.reads import NightFile, NightLine
from zhuoluo.duty.rules.nights import can_write
from zhuoluo.duty.rules.sheet import NIGHTS
from zhuoluo.duty.views.shown import DEEDS, READS, named, of_night, or_404, sought
from zhuoluo.kit.asked import asked_id
from zhuoluo.kit.printing import printed
from zhuoluo.kit.taking import taken_in, workbook_answer
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.forms.choose import offices
from zhuoluo.matters.reads import NotFound as MatterNotFound
from zhuoluo.matters.reads import by_number
from zhuoluo.matters.templatetags.matter_words import standing_word
from zhuoluo.matters.views.unmasking import shown_once
from zhuoluo.org.access import asking, needs
from zhuoluo.org.reads import jurisdiction, law, today
from zhuoluo.org.rules import Permission
from zhuoluo.residents.actions import record_view

asks = require_http_methods(["GET", "POST"])
WIDTHS = (12, 16, 14, 10, 44, 44, 22, 14)
COLUMNS = [(names[0], width) for names, width in zip(NIGHTS.values(), WIDTHS, strict=True)]


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show tonight, one's own nights, and the register."""
    by, now, limits = asking(request), timezone.now(), sought(request)
    rows, more = reads.register(by, limits, now=now, after=request.GET.get("after", ""))
    on = today()
    context = {
        "tonight": [r for r in reads.coming(on) if by.can(Permission.READ_ALL) or actions.may_write(by, r.night, r.here)],
        "rows": rows, "next": more, "sought": limits, "plans": actions.may_plan(by), "today": on,
        "towns": [u for u in offices(on) if u.kind == "township"],
        "month": f"{limits.first:%Y-%m}" if limits.first else "", "writes": by.can(Permission.DUTY),
    }  # fmt: skip
    return render(request, "duty/home.html", context)


def _file(request: HttpRequest, night_id: UUID) -> NightFile:
    return or_404(lambda: reads.night_file(asking(request), night_id, now=timezone.now()))


@needs(*READS)
@require_GET
def night(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Show a night's log."""
    by, now, file = asking(request), timezone.now(), _file(request, night_id)
    may = actions.may_write(by, file.night, file.row.here)
    writes = may and file.night.state not in ("handed", "cancelled")
    if file.households:
        record_view(subject_id=file.night.pk, kind="opened", by=by, at=now)
    context = {
        "file": file, "night": file.night, "name": named(file.night), "writes": writes, "open": can_write(file.night.day, now),
        "plans": actions.may_plan(by), "unmasks": writes and by.can(Permission.UNMASK),
        "responds": may,
    }  # fmt: skip
    return render(request, "duty/night.html", context)


def _writing(request: HttpRequest, night_id: UUID) -> NightFile:
    file = _file(request, night_id)
    if not actions.may_write(asking(request), file.night, file.row.here):
        raise PermissionDenied
    return file


@needs(Permission.DUTY)
@asks
def household(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Record a household visited."""
    file, by = _writing(request, night_id), asking(request)
    form = HouseForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        data = form.cleaned_data
        return actions.visit(
            night_id=night_id, contact=form.contact(), area=data["area"] or None, heard=data["heard"], key=data["key"], by=by,
            at=timezone.now(),
        )  # fmt: skip

    page = of_night(
        file.night,
        _("走访一户"),
        _("记下"),
        _("记下了。"),
        icon="home",
        help=_("不用打卡，不用拍照，不记位置。"),
    )
    return DEEDS.page(request, form, deed, page)


@needs(Permission.DUTY)
@never_cache
@asks
def identity(request: HttpRequest, night_id: UUID, household_id: UUID) -> HttpResponse:
    """Ask why, record it, and show once who lives there."""
    file = _writing(request, night_id)
    row = Household.objects.filter(pk=household_id, night_id=night_id).first()
    if row is None:
        raise PermissionDenied
    back = reverse("duty:night", args=[night_id])
    return shown_once(request, row.raiser_id, file.night.pk, back, named(file.night))


@needs(Permission.DUTY)
@asks
def raised(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Make what was raised a matter; show number and code, and ask for tonight's response."""
    file, by = _writing(request, night_id), asking(request)
    start = {"household": str(asked_id(request.GET.get("of")) or "")}
    form = RaiseForm(
        request.POST if request.method == "POST" else None, houses=file.households, initial=start
    )
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> None:
            made.append(
                actions.raise_matter(
                    night_id=night_id, klass=data["klass"], text=data["text"], contact=form.contact(),
                    household_id=form.household_id(), place=data["place"], key=data["key"], by=by, at=timezone.now(), law=law(),
                )
            )  # fmt: skip

        if DEEDS.done(form, deed):
            return render(request, "duty/raised.html", {"made": made[0], "night": file.night})
    lead = _("登记以后是一件事项。事不隔夜：今晚要回应，定下谁去办、哪天办。")
    page = of_night(file.night, _("提一件事"), _("登记成事项"), "", lead=lead, icon="plus")
    return render(request, "kit/form_page.html", {"form": form, "page": page})


@needs(Permission.DUTY)
@asks
def respond(request: HttpRequest, night_id: UUID, number: str) -> HttpResponse:
    """Give the same-night response."""
    file, by = _writing(request, night_id), asking(request)
    standing = next((s for s in file.raised if s.line.number == number), None)
    if standing is None:
        raise PermissionDenied
    form = RespondForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        try:
            matter = by_number(by, number)
        except MatterNotFound as error:
            raise reads.NotFound(str(error)) from error
        return actions.respond(
            night_id=night_id,
            matter_id=matter.pk,
            words=form.cleaned_data["words"],
            by=by,
            at=timezone.now(),
            law=law(),
        )

    page = of_night(
        file.night,
        _("今晚的回应"),
        _("记下"),
        _("记下了，提的人看得到。"),
        lead=standing.line.title,
        icon="phone",
    )
    return DEEDS.page(request, form, deed, page)


@needs(Permission.DUTY)
@asks
def hand_over(request: HttpRequest, night_id: UUID) -> HttpResponse:
    """Hand the night over to the day."""
    file, by = _writing(request, night_id), asking(request)
    form = HandOverForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        data = form.cleaned_data
        return actions.hand_over(
            night_id=night_id, words=data["words"], taken_by=data["taken_by"], by=by, at=timezone.now()
        )

    page = of_night(
        file.night, _("交班"), _("交班"), _("交好了。"), template="duty/hand_over.html", icon="forward"
    )
    return DEEDS.page(request, form, deed, page, file=file)


def _cells(line: NightLine) -> list[list[str]]:
    night_, who = line.row.night, "、".join(s.name for s in line.row.seated)
    head = [f"{night_.day:%Y-%m-%d}", line.row.unit, who, str(line.households)]
    if not line.raised:
        return [[*head, "", "", "", ""]]
    return [
        [
            *head,
            s.line.title,
            _("还没有回应") if "tonight" in s.owed else _("已回应"),
            s.line.number,
            standing_word(s.state),
        ]
        for s in line.raised
    ]


@needs(*READS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register as a workbook, in the layout that is read again."""
    rows = reads.whole_register(asking(request), sought(request), now=timezone.now())
    title = _("%(place)s值班台账") % {"place": jurisdiction().name}
    cells = (cell for line in rows for cell in _cells(line))
    return workbook_answer(workbook(title, COLUMNS, cells), f"nights-{today():%Y%m%d}")


@needs(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the register for printing."""
    by, now = asking(request), timezone.now()
    rows = reads.whole_register(by, sought(request), now=now)
    table = printed([head for head, _width in COLUMNS], (cell for line in rows for cell in _cells(line)))
    context = {
        "title": _("%(place)s值班台账") % {"place": jurisdiction().name}, "tables": [table], "by": by, "now": now,
        "back": reverse("duty:home"), "back_words": _("夜宿值班"),
    }  # fmt: skip
    return render(request, "kit/print_table.html", context)


@needs(Permission.NIGHTS)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the empty form."""
    return workbook_answer(workbook(_("值班台账"), COLUMNS, []), "nights-blank")


@needs(Permission.NIGHTS)
@asks
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a register of nights."""
    by = asking(request)
    more = {
        "title": _("导入值班台账"), "back": reverse("duty:home"), "back_words": _("夜宿值班"), "blank": reverse("duty:blank"),
        "help": _("每行一晚；一晚提了几件事的写几行。带事项编号的行是这里导出的，不重复登记。"),
    }  # fmt: skip
    return taken_in(
        request, DEEDS, lambda data: actions.import_nights(data=data, by=by, at=timezone.now(), law=law()),
        _("新登记 %(new)s 行，原有 %(known)s 行没有重复登记。"), "kit/import_page.html", "duty:home", more,
    )  # fmt: skip
