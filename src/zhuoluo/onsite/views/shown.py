"""What the pages share: the acts of the room, words of pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.kit.deeds import Deeds, FormPage
from zhuoluo.kit.sentences import Sentence
from zhuoluo.onsite.models import Day
from zhuoluo.onsite.rules.errors import NotFound
from zhuoluo.onsite.templatetags.onsite_words import named
from zhuoluo.org.rules import Forbidden, Permission

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404 = DEEDS.or_404
READS = (Permission.ONSITE, Permission.READ_ALL)


def of_day(row: Day, title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form about one day."""
    return FormPage(title, reverse("onsite:day", args=[row.pk]), named(row), submit, said, **more)


def of_list(title: str, submit: str, said: str, **more: Any) -> FormPage:
    """Return the words of a form of the room."""
    return FormPage(title, reverse("onsite:home"), _("现场办公"), submit, said, **more)
