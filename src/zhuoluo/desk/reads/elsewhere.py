"""What the registers of the fronts have under the words asked for: firms, projects, research topics, problems, on-site days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.desk.reads.nav import holds
from zhuoluo.enterprise import reads as enterprise
from zhuoluo.onsite import reads as onsite
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.research import reads as research

MOST = 5  # of each register; its own page lists the rest
_P = Permission


@dataclass(frozen=True)
class Place:
    """A row of a register: which register, what it is called there, and its page."""

    register: str
    name: str
    note: str
    url: str


def elsewhere(actor: Actor, words: str, *, today: date) -> list[Place]:
    """Return the rows of the registers that the actor may open; at most eight queries."""
    return [*_firms(actor, words, today), *_topics(actor, words), *_days(actor, words)]


def _firms(actor: Actor, words: str, today: date) -> Iterator[Place]:
    if not holds(actor, _P.ENTERPRISE, _P.READ_ALL):
        return
    for firm in enterprise.firms(enterprise.Asked(words=words)).rows[:MOST]:
        yield Place(_("企业"), firm.name, firm.code, reverse("enterprise:firm", args=[firm.pk]))
    for line in enterprise.projects(words=words, today=today)[0][:MOST]:
        row = line.project
        yield Place(_("项目"), row.name, row.firm.name, reverse("enterprise:project", args=[row.pk]))


def _topics(actor: Actor, words: str) -> Iterator[Place]:
    if not holds(actor, _P.RESEARCH, _P.READ_ALL):
        return
    for line in research.topics(actor, words=words)[0][:MOST]:
        row = line.topic
        yield Place(_("调研课题"), row.title, row.lead.name, reverse("research:topic", args=[row.pk]))
    for found in research.by_external_id(actor, words):
        yield Place(
            _("调研问题"),
            found.measure,
            found.external_id or "",
            reverse("research:finding", args=[found.pk]),
        )


def _days(actor: Actor, words: str) -> Iterator[Place]:
    if not holds(actor, _P.ONSITE, _P.READ_ALL):
        return
    for line in onsite.days(words=words)[0][:MOST]:
        row = line.day
        name = _("第%(number)s个%(series)s") % {"number": row.number, "series": row.series.name}
        yield Place(
            _("现场办公"), name, f"{row.day:%Y-%m-%d} {row.place}", reverse("onsite:day", args=[row.pk])
        )
