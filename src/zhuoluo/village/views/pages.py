"""The pages: the public list, the office's list and what it gave, the mediator's own quarrels on a phone."""

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
from zhuoluo.kit.deeds import FormPage
from zhuoluo.matters.actions import Registered
from zhuoluo.matters.reads import by_number
from zhuoluo.org.access import asking, needs, public
from zhuoluo.org.reads import law, today
from zhuoluo.org.rules import Permission
from zhuoluo.village import actions, reads
from zhuoluo.village.forms.quarrels import BackForm, BeginForm, GiveForm, ListForm, RecordForm
from zhuoluo.village.models import Mediator
from zhuoluo.village.rules.errors import NotFound, Refused
from zhuoluo.village.views.shown import DEEDS, GIVES, OFFICE, MatterNotFound, or_404

asks = require_http_methods(["GET", "POST"])


@public
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """Show everybody who mediates where; only who agreed is listed."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:30]
    return render(request, "village/public.html", {"towns": reads.public(words), "words": words})


@needs(*OFFICE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the mediators of one's townships, and the quarrels given."""
    by = asking(request)
    rows, more = reads.given(by, now=timezone.now(), after=request.GET.get("after", ""))
    context = {
        "mediators": reads.listed(by), "rows": rows, "next": more, "lists": actions.may_list(by), "gives": actions.may_give(by),
    }  # fmt: skip
    return render(request, "village/home.html", context)


@needs(Permission.TRIAGE)
@asks
def enlist(request: HttpRequest) -> HttpResponse:
    """Put a mediator on the list."""
    by = asking(request)
    if not actions.may_list(by):
        raise PermissionDenied
    posts = list(actions.able_posts(today()))
    form = ListForm(
        request.POST if request.method == "POST" else None, posts=posts, initial={"consented_on": today()}
    )

    def deed() -> object:
        data = form.cleaned_data
        return actions.list_mediator(
            user_id=UUID(data["user"]), area=data["area"], consented_on=data["consented_on"], good_at=data["good_at"],
            phone=data["phone"], by=by, at=timezone.now(),
        )  # fmt: skip

    page = FormPage(
        _("列一位明白人"), reverse("village:home"), _("湾村明白人"), _("列上"), _("列好了，群众看得到。"),
        lead=_("列名要本人同意；电话另外同意才公布。本人随时可以撤下。"),
    )  # fmt: skip
    return DEEDS.page(request, form, deed, page)


@needs(Permission.TRIAGE, Permission.MEDIATE)
@require_POST
def delist(request: HttpRequest, mediator_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    by = asking(request)
    row = or_404(lambda: _found(mediator_id))
    if row.user_id != by.id and not actions.may_list(by, row.area_id):
        raise PermissionDenied
    DEEDS.tried(
        request, lambda: actions.end_listing(mediator_id=mediator_id, by=by, at=timezone.now()), _("撤下了。")
    )
    return redirect("village:mine" if row.user_id == by.id else "village:home")


def _found(mediator_id: UUID) -> Mediator:
    row = Mediator.objects.filter(pk=mediator_id).first()
    if row is None:
        raise NotFound("没有找到")
    return row


@needs(*GIVES)
@asks
def give(request: HttpRequest) -> HttpResponse:
    """Give a quarrel to a mediator."""
    by = asking(request)
    form = GiveForm(
        request.POST if request.method == "POST" else None, mediators=reads.open_to(),
        initial={"number": request.GET.get("number", "")[:40]},
    )  # fmt: skip

    def deed() -> object:
        data = form.cleaned_data
        try:
            matter = by_number(by, data["number"])
        except MatterNotFound as error:
            raise Refused("没有找到这件事项，或者您没有查看权限") from error
        return actions.give(
            matter_id=matter.pk,
            mediator_id=form.mediator_id(),
            told=data["told"],
            by=by,
            at=timezone.now(),
            law=law(),
        )

    page = FormPage(
        _("交给明白人"), reverse("village:home"), _("湾村明白人"), _("交给他"), _("交给他了。他接了、谈得怎样，都会写在事项里。"),
        lead=_("邻里之间的疙瘩，本村信得过的人去说更管用。办理的期限照样算，单位的责任不变。"), icon="users",
    )  # fmt: skip
    return DEEDS.page(request, form, deed, page)


@needs(Permission.MEDIATE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show a mediator their own quarrels."""
    by = asking(request)
    page = reads.mine(by, after=request.GET.get("after", ""))
    context = {"rows": page.rows, "next": page.next, "me": reads.my_listing(by)}
    return render(request, "village/mine.html", context)


@needs(Permission.MEDIATE)
@asks
def begin(request: HttpRequest) -> HttpResponse:
    """Register a quarrel that came to the mediator first."""
    by = asking(request)
    if reads.my_listing(by) is None:
        raise PermissionDenied
    form = BeginForm(request.POST if request.method == "POST" else None)
    made: list[Registered] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def deed() -> None:
            made.append(
                actions.begin(
                    text=data["text"],
                    contact=form.contact(),
                    key=data["key"],
                    by=by,
                    at=timezone.now(),
                    law=law(),
                )
            )

        if DEEDS.done(form, deed):
            return render(request, "village/begun.html", {"made": made[0]})
    page = FormPage(_("有人来找我说事"), reverse("village:mine"), _("我的调解"), _("登记"), icon="plus")
    return render(request, "kit/form_page.html", {"form": form, "page": page})


@needs(Permission.MEDIATE)
@asks
def quarrel(request: HttpRequest, quarrel_id: UUID) -> HttpResponse:
    """Show a mediator one quarrel: what they were told; record a round."""
    by = asking(request)
    row = or_404(lambda: reads.quarrel(by, quarrel_id))
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RecordForm(*bound)
    here = reverse("village:quarrel", args=[quarrel_id])
    page = FormPage(
        _("这件事"),
        reverse("village:mine"),
        _("我的调解"),
        _("记下"),
        _("记下了。"),
        to=here,
        template="village/quarrel.html",
    )

    def deed() -> object:
        data, now = form.cleaned_data, timezone.now()
        voice = None
        if data["voice"]:
            try:
                voice = files.keep(data=data["voice"], name=data["voice"].name, at=now).id
            except FileRefused as error:
                raise Refused(str(error)) from error
        return actions.record(
            quarrel_id=quarrel_id, result=data["result"], present=data["present"], said=data["said"], voice=voice,
            key=data["key"], by=by, at=now, law=law(),
        )  # fmt: skip

    more = {"row": row, "records": reads.records(quarrel_id), "open": row.state in ("given", "taken")}
    return DEEDS.page(request, form, deed, page, **more)


@needs(Permission.MEDIATE)
@require_POST
def take(request: HttpRequest, quarrel_id: UUID) -> HttpResponse:
    """Take a quarrel."""
    by = asking(request)
    or_404(lambda: reads.quarrel(by, quarrel_id))
    DEEDS.tried(request, lambda: actions.take(quarrel_id=quarrel_id, by=by, at=timezone.now()), _("接了。"))
    return redirect("village:quarrel", quarrel_id)


@needs(Permission.MEDIATE)
@asks
def give_back(request: HttpRequest, quarrel_id: UUID) -> HttpResponse:
    """Give a quarrel back."""
    by = asking(request)
    or_404(lambda: reads.quarrel(by, quarrel_id))
    form = BackForm(request.POST if request.method == "POST" else None)

    def deed() -> object:
        return actions.give_back(
            quarrel_id=quarrel_id, reason=form.cleaned_data["reason"], by=by, at=timezone.now()
        )

    page = FormPage(
        _("我来不合适，退回"), reverse("village:mine"), _("我的调解"), _("退回"), _("退回了。"), icon="return"
    )
    return DEEDS.page(request, form, deed, page)


@needs(Permission.MEDIATE, *OFFICE)
@require_GET
def voice(request: HttpRequest, record_id: UUID) -> FileResponse:
    """Hand out a voice note."""
    file_id = or_404(lambda: reads.voice_of(asking(request), record_id))
    return response(get(file_id))
