"""The catalogue of wanted talents: for everybody, and kept on the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.asked import asked_year
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.spoken import spoken
from zhuoluo.kit.taking import workbook_answer
from zhuoluo.kit.workbook import Cell, workbook
from zhuoluo.org.access import asking, needs, public
from zhuoluo.org.reads import jurisdiction, today
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.desk import WantedFileForm, WantedForm
from zhuoluo.outreach.programmes.reads import wanted
from zhuoluo.outreach.programmes.rules.sheet import WANTED
from zhuoluo.outreach.programmes.views.public import told
from zhuoluo.outreach.programmes.views.shown import done, or_404, tried

PRINTED = 500
WIDTHS = (8, 28, 24, 10, 44, 34, 12, 18, 14)
COLUMNS = [(names[0], width) for names, width in zip(WANTED.values(), WIDTHS, strict=True)]


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:60].replace("\x00", "")


@public
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show who is still looked for, by words and year; printable."""
    words, year = _words(request), asked_year(request.GET.get("year"))
    rows, following = wanted.page(today=today(), year=year, words=words, after=request.GET.get("after", ""))
    posts, people, employers = wanted.totals(today=today(), year=year, words=words)
    context = {
        "rows": rows, "next": following, "q": words, "year": year, "years": wanted.years(), "posts": posts, "people": people,
        "employers": employers,
    }  # fmt: skip
    return render(request, "programmes/wanted.html", context)


@public
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show the catalogue as it is printed."""
    words, year = _words(request), asked_year(request.GET.get("year"))
    rows, more = wanted.page(today=today(), year=year, words=words, limit=PRINTED)
    context = {"rows": rows, "more": more, "place": jurisdiction(), "now": timezone.now(), "year": year}
    return render(request, "programmes/wanted_print.html", context)


@needs(Permission.PROGRAMMES)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the whole catalogue, the ended ones too."""
    words, year = _words(request), asked_year(request.GET.get("year"))
    rows, following = wanted.page(year=year, words=words, after=request.GET.get("after", ""))
    context = {
        "rows": rows,
        "next": following,
        "q": words,
        "year": year,
        "years": wanted.years(),
        "today": today(),
    }
    return render(request, "programmes/wanted_desk.html", context)


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Put a post into the catalogue."""
    form = WantedForm(
        request.POST if request.method == "POST" else None, initial={"year": today().year, "people": 1}
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> object:
            return actions.want(row=form.row(), by=asking(request), at=timezone.now())

        if done(form, deed):
            told(request, "", _("记进目录了。"))
            return redirect("programmes:wanted-desk")
    return render(request, "programmes/wanted_form.html", {"form": form})


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, wanted_id: UUID) -> HttpResponse:
    """Change what a post in the catalogue says."""
    row = or_404(lambda: wanted.find(wanted_id))
    form = WantedForm(request.POST if request.method == "POST" else None, initial=WantedForm.of(row))
    if request.method == "POST" and form.is_valid():

        def deed() -> object:
            return actions.change_wanted(
                wanted_id=wanted_id, row=form.row(), by=asking(request), at=timezone.now()
            )

        if done(form, deed):
            told(request, "", _("改好了。"))
            return redirect("programmes:wanted-desk")
    return render(request, "programmes/wanted_form.html", {"form": form, "row": row})


@needs(Permission.PROGRAMMES)
@require_POST
def end(request: HttpRequest, wanted_id: UUID) -> HttpResponse:
    """Take a post off the public list."""
    why = tried(lambda: actions.end_wanted(wanted_id=wanted_id, by=asking(request), at=timezone.now()))
    told(request, why, _("不再公开了。"))
    return redirect("programmes:wanted-desk")


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a catalogue from a sheet."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WantedFileForm(*bound)
    wrong: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        taken: list[actions.Taken] = []

        def deed() -> None:
            data = form.cleaned_data["file"].read()
            taken.append(actions.import_wanted(data=data, by=asking(request), at=timezone.now()))

        try:
            if done(form, deed):
                words = _("新记 %(new)s 个岗位，原有 %(known)s 个按表更新。")
                messages.success(request, words % {"new": taken[0].new, "known": taken[0].known})
                return redirect("programmes:wanted-desk")
        except BadRows as error:
            wrong = [(w.place, spoken(w.error)) for w in error.wrong]
            form.add_error(None, _("有 %(n)s 行不对，一行也没有登记。改好再导入。") % {"n": len(wrong)})
    return render(request, "programmes/wanted_import.html", {"form": form, "wrong": wrong})


@public
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the open catalogue as a workbook, in the layout that is read again; empty, it is the form to fill."""
    rows, _more = wanted.page(
        today=today(), year=asked_year(request.GET.get("year")), words=_words(request), limit=5000
    )
    cells: list[list[Cell]] = [
        [row.year, row.employer, row.post, row.people, row.demands, row.offer, row.contact, row.phone, f"{row.until:%Y-%m-%d}"]
        for row in rows
    ]  # fmt: skip
    title = _("%(place)s紧缺急需人才需求目录") % {"place": jurisdiction().name}
    return workbook_answer(workbook(title, COLUMNS, cells), f"wanted-{today():%Y%m%d}")
