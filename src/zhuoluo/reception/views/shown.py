"""What the pages share: the day asked for, today in Shanghai, doing an act and saying why it was refused."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404
from django.utils import timezone

from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Forbidden
from zhuoluo.reception import reads
from zhuoluo.reception.reads import DayRow, NotFound

WHY = (Sentence, Forbidden)


def today() -> date:
    """Return the day it is in Shanghai."""
    return timezone.now().astimezone(SHANGHAI).date()


def day_or_404(session_id: UUID) -> DayRow:
    """Return the day of an address."""
    try:
        return reads.find(session_id)
    except NotFound as error:
        raise Http404 from error


def done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do it; when it is refused, say why on the form, where everything typed still stands."""
    try:
        deed()
    except WHY as error:
        form.add_error(None, spoken(error))
        return False
    return True


def tried(deed: Callable[[], object]) -> str:
    """Do it; return why it was refused, or nothing."""
    try:
        deed()
    except WHY as error:
        return spoken(error)
    return ""
