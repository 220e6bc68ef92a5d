"""What a view does with an act: do it, or say why not, or that there is no such page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhuoluo.kit.spoken import spoken

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: its words, where it comes from and where it leads. `help`: how it is used."""

    title: str
    back: str
    back_words: str
    submit: str
    said: str = ""
    lead: str = ""
    help: str = ""
    icon: str = "check"
    kind: str = "primary"
    to: str = ""  # where afterwards; empty: back
    template: str = "kit/form_page.html"


class Deeds:
    """The acts of one room: `missing` is its error for what is not there, `refused` those whose words are for the reader."""

    def __init__(self, missing: type[Exception], refused: tuple[type[Exception], ...]) -> None:
        self._missing, self._refused = missing, refused

    def or_404(self, find: Callable[[], T]) -> T:
        """Return what is found, or say that there is no such page."""
        try:
            return find()
        except self._missing as error:
            raise Http404 from error

    def done(self, form: BaseForm, deed: Callable[[], object]) -> bool:
        """Do it; when it is refused, say why on the form, where everything typed still stands."""
        try:
            self.or_404(deed)
        except self._refused as error:
            form.add_error(None, spoken(error))
            return False
        return True

    def tried(self, request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
        """Do it and say so; when it is refused, say why."""
        try:
            self.or_404(deed)
        except self._refused as error:
            messages.error(request, spoken(error))
            return False
        messages.success(request, said)
        return True

    def page(
        self, request: HttpRequest, form: BaseForm, deed: Callable[[], object], page: FormPage, **more: Any
    ) -> HttpResponse:  # fmt: skip
        """Show a form, or do what it asks and go on; refused, everything typed still stands."""
        if request.method == "POST" and form.is_valid() and self.done(form, deed):
            if page.said:
                messages.success(request, page.said)
            return redirect(page.to or page.back)
        return render(request, page.template, {"form": form, "page": page, **more})

    def locked(self, rows: "QuerySet[M]", pk: object) -> "M":
        """Return one row locked for the rest of the transaction, or raise the room's own error for what is not there."""
        row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise self._missing("没有找到")
        return row
