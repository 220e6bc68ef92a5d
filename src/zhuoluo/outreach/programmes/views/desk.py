"""Programmes on the desk: the list with its figures, drawing up, announcing, publishing awards."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuoluo.kit.asked import asked_id, asked_year
from zhuoluo.org.access import asking, needs
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import law, today, units
from zhuoluo.org.rules import Permission
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.forms.desk import ItemForm, ProgrammeForm
from zhuoluo.outreach.programmes.reads import applications, payments, programmes
from zhuoluo.outreach.programmes.rules.words import PROGRAMMES
from zhuoluo.outreach.programmes.views.public import told
from zhuoluo.outreach.programmes.views.shown import clauses, done, or_404, tried

READS = (Permission.PROGRAMMES, Permission.PAY, Permission.READ_ALL)
STEPS = {"announce": actions.announce, "close": actions.close, "settle": actions.settle}


@needs(*READS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the programmes with the money of each, and the figures of a year."""
    by = asking(request)
    year = asked_year(request.GET.get("year")) or today().year
    state = request.GET.get("state", "")
    rows, following = programmes.page(by, year=year, state=state, after=request.GET.get("after", ""))
    context = {
        "rows": rows, "next": following, "year": year, "year_words": str(year), "state": state,
        "states": PROGRAMMES.items(), "last_year": year - 1,
        "next_year": year + 1, "figures": payments.figures(by, year), "keeps": by.can(Permission.PROGRAMMES),
        "pays": by.can(Permission.PAY),
    }  # fmt: skip
    return render(request, "programmes/home.html", context)


def _units() -> list[Unit]:
    kinds = ("department", "township", "office", "supervision")
    live = [u for u in units().values() if u.until_date is None and u.kind in kinds]
    return sorted(live, key=lambda u: (kinds.index(u.kind), u.code))


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Draw up a programme."""
    by = asking(request)
    start = {"year": today().year, "unit": str(by.unit_id)}
    form = ProgrammeForm(request.POST if request.method == "POST" else None, units=_units(), initial=start)
    made: list[Any] = []
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            key = form.cleaned_data["key"]
            made.append(actions.make_programme(content=form.content(), key=key, by=by, at=timezone.now()))

        if done(form, deed):
            told(request, "", _("写好了草稿。再加上给什么、依据哪一条，就可以公布。"))
            return redirect("programmes:page", made[0].pk)
    return render(request, "programmes/programme_form.html", {"form": form})


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Change a draft."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, units=_units(), initial=ProgrammeForm.of(row)
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> object:
            return actions.change_programme(
                programme_id=row.pk, content=form.content(), by=by, at=timezone.now()
            )

        if done(form, deed):
            return redirect("programmes:page", row.pk)
    return render(request, "programmes/programme_form.html", {"form": form, "row": row})


@needs(*READS)
@require_GET
def page(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show one programme: its items, its money, what waits to be published, what is under publication."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    context = {
        "row": row, "shown": programmes.row_of(row), "items": programmes.items(row, programmes.day_of_rules(row, today())),
        "row_words": str(row.pk), "waiting": applications.waiting(by, row.pk), "notices": applications.notices(today(), row.pk),
        "states": programmes.by_state(row), "keeps": actions.may_keep(by, row),
    }  # fmt: skip
    return render(request, "programmes/page.html", context)


@needs(Permission.PROGRAMMES)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Write down one thing a programme gives: find the clause, then say how much."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    words = (request.POST if request.method == "POST" else request.GET).get("q", "")
    found = clauses(words, today())
    form = ItemForm(request.POST if request.method == "POST" else None, clauses=found)
    if request.method == "POST" and form.is_valid():

        def deed() -> object:
            return actions.add_item(programme_id=row.pk, item=form.item(), by=by, at=timezone.now())

        if done(form, deed):
            told(request, "", _("加上了。"))
            return redirect("programmes:page", row.pk)
    return render(request, "programmes/item.html", {"form": form, "row": row, "q": words, "found": found})


@needs(Permission.PROGRAMMES)
@require_POST
def drop(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Take an item off a draft."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    wanted = asked_id(request.POST.get("item", ""))
    if wanted is not None and row.items.filter(pk=wanted).exists():
        why = tried(lambda: actions.drop_item(item_id=wanted, by=by, at=timezone.now()))
        told(request, why, _("去掉了。"))
    return redirect("programmes:page", row.pk)


@needs(Permission.PROGRAMMES)
@require_POST
def step(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Announce, close or settle a programme."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    deed = STEPS.get(request.POST.get("step", ""))
    if deed is not None:
        why = tried(lambda: deed(programme_id=row.pk, by=by, at=timezone.now()))
        told(request, why, _("办好了。"))
    return redirect("programmes:page", row.pk)


@needs(Permission.PROGRAMMES)
@require_POST
def publish(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Publish the approved applications chosen."""
    by = asking(request)
    row = or_404(lambda: programmes.find(by, programme_id))
    ids = [one for text in request.POST.getlist("application") if (one := asked_id(text)) is not None]
    why = tried(
        lambda: actions.publish(programme_id=row.pk, application_ids=ids, by=by, at=timezone.now(), law=law())
    )
    told(request, why, _("公示了，公示期满、没有异议就可以兑现。"))
    return redirect("programmes:page", row.pk)
