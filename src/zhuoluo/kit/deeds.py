"""What a view does with an act: do it, or say why not, or that there is no such page."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest

from zhuoluo.kit.spoken import spoken

T = TypeVar("T")


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
