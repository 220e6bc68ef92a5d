"""What the pages share: today in Shanghai, doing an act and saying why it was refused, what an address asks for."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.forms import BaseForm
from django.http import Http404
from django.utils.translation import gettext as _

from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.programmes.rules.errors import NotFound

WHY = (Sentence, Forbidden)
T = TypeVar("T")


def or_404(find: Callable[[], T]) -> T:
    """Return what is found, or say that there is no such page."""
    try:
        return find()
    except NotFound as error:
        raise Http404 from error


def done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do it; when it is refused, say why on the form, where everything typed still stands."""
    try:
        deed()
    except NotFound as error:
        raise Http404 from error
    except FileRefused as error:
        form.add_error(None, str(error))
        return False
    except WHY as error:
        form.add_error(None, spoken(error))
        return False
    return True


def tried(deed: Callable[[], object]) -> str:
    """Do it; return why it was refused, or nothing."""
    try:
        deed()
    except NotFound as error:
        raise Http404 from error
    except WHY as error:
        return spoken(error)
    return ""


def clauses(words: str, on: date) -> list[tuple[str, str]]:
    """Return the clauses in force that words find, to choose from."""
    if not words.strip():
        return []
    return [
        (str(f.clause_id), f"{f.citation}：{f.text[:60]}")
        for f in policy.search(words[:100], on=on, limit=12)
    ]


def heads(columns: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return column heads in the reader's language."""
    return [(_(label), width) for label, width in columns]
