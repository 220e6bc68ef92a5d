"""Applications: lists of them, one whole, and the published awards. Applicants are masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from zhuoluo.files.reads import FileInfo
from zhuoluo.files.reads import describe as describe_files
from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.ledger.reads import story
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes.models import (
    Application,
    Ask,
    Award,
    Notice,
    Objection,
    Paper,
    Payment,
)
from zhuoluo.outreach.programmes.reads.programmes import mine, summed
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.amounts import Reckoned
from zhuoluo.outreach.programmes.rules.errors import NotFound
from zhuoluo.outreach.programmes.rules.words import APPLICANTS, APPLICATIONS, TONES
from zhuoluo.outreach.programmes.states import GIVEN
from zhuoluo.residents.reads import Masked, masked_by_id

PAGE = 50
GRANTED = "given"  # in the place of a state: all whose award stands


@dataclass(frozen=True)
class Sought:
    """What a list of applications is limited to."""

    programme: UUID | None = None
    state: str = ""
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Line:
    """One application in a list."""

    row: Application
    who: Masked
    state: str
    tone: str
    awarded: int
    paid: int


@dataclass(frozen=True)
class AskRow:
    """One item asked for, and what its rule gives."""

    ask: Ask
    reckoned: Reckoned


@dataclass(frozen=True)
class AwardRow:
    """One award and the rows of money that went out or came back on it."""

    award: Award
    payments: Sequence[Payment]

    @property
    def left(self) -> int:
        """Return what may still be paid."""
        return self.award.amount - self.award.paid - self.award.barred


@dataclass(frozen=True)
class Whole:
    """One application with everything that hangs on it."""

    row: Application
    who: Masked
    state: str
    tone: str
    asks: Sequence[AskRow]
    awards: Sequence[AwardRow]
    files: Sequence[FileInfo]
    objections: Sequence[Objection]
    story: Sequence[Any]  # ledger entries, oldest first

    @property
    def awarded(self) -> int:
        """Return the sum of the awards."""
        return sum(a.award.amount for a in self.awards)

    @property
    def paid(self) -> int:
        """Return the sum of the payments."""
        return sum(p.amount for a in self.awards for p in a.payments)


def _wanted(by: Actor, sought: Sought) -> "QuerySet[Application]":
    rows = Application.objects.filter(mine(by, "programme__"))
    if sought.programme is not None:
        rows = rows.filter(programme=sought.programme)
    if sought.state == GRANTED:
        rows = rows.filter(state__in=GIVEN)
    elif sought.state in APPLICATIONS:
        rows = rows.filter(state=sought.state)
    if sought.kind in APPLICANTS:
        rows = rows.filter(kind=sought.kind)
    if sought.year is not None:
        rows = rows.filter(programme__year=sought.year)
    return rows


def page(by: Actor, sought: Sought, *, after: str = "", limit: int = PAGE) -> tuple[list[Line], str]:
    """Return a page of applications, newest first, and the cursor of the next."""
    rows = _wanted(by, sought).filter(behind(after, "made_at", newest_first=True))
    found = list(rows.select_related("programme").order_by("-made_at", "-id")[: limit + 1])
    shown = found[:limit]
    following = write_cursor(shown[-1].made_at, shown[-1].id) if len(found) > limit else ""
    return lines_of(shown), following


def lines_of(rows: Sequence[Application]) -> list[Line]:
    """Return applications as lines, in three queries."""
    ids = [row.id for row in rows]
    people = masked_by_id([row.raiser_id for row in rows])
    awarded = summed(Award.objects.filter(application__in=ids), "application", F("amount"))
    paid = summed(Payment.objects.filter(award__application__in=ids), "award__application", F("amount"))
    return [
        Line(
            row, people[row.raiser_id], APPLICATIONS[row.state], TONES[row.state], awarded.get(row.id, 0), paid.get(row.id, 0)
        )
        for row in rows
    ]  # fmt: skip


def find(by: Actor, application_id: UUID) -> Application:
    """Return an application somebody may read. Raises NotFound."""
    row = (
        Application.objects.filter(mine(by, "programme__"), pk=application_id)
        .select_related("programme", "notice")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def whole(row: Application) -> Whole:
    """Return an application with everything that hangs on it."""
    asks = Ask.objects.filter(application=row).select_related("item").order_by("item__place")
    awards = list(Award.objects.filter(application=row).select_related("item").order_by("item__place"))
    payments: dict[UUID, list[Payment]] = {}
    for payment in Payment.objects.filter(award__in=awards).order_by("day", "id"):
        payments.setdefault(payment.award_id, []).append(payment)
    papers = Paper.objects.filter(application=row).order_by("at", "id").values_list("file_id", flat=True)
    return Whole(
        row=row,
        who=masked_by_id([row.raiser_id])[row.raiser_id],
        state=APPLICATIONS[row.state],
        tone=TONES[row.state],
        asks=[AskRow(ask, reckoned(ask.item, ask.base, ask.grade)) for ask in asks],
        awards=[AwardRow(award, payments.get(award.id, [])) for award in awards],
        files=list(describe_files(list(papers)).values()),
        objections=list(
            Objection.objects.filter(application=row).select_related("matter").order_by("made_at")
        ),
        story=story(row.id),
    )


def owns_file(application_id: UUID, file_id: UUID) -> bool:
    """Say whether a file was handed in with an application."""
    return Paper.objects.filter(application=application_id, file_id=file_id).exists()


@dataclass(frozen=True)
class Published:
    """One award on a published list: the name as the law lets it be shown, what for, how much, under which clause."""

    row: Application
    name: str
    awards: Sequence[Award]

    @property
    def total(self) -> int:
        """Return the sum awarded."""
        return sum(a.amount for a in self.awards)


def notices(today: date, programme: UUID | None = None) -> list[tuple[Notice, list[Published]]]:
    """Return the published lists whose days have not ended, the latest first."""
    rows = Notice.objects.filter(until_day__gte=today).select_related("programme")
    if programme is not None:
        rows = rows.filter(programme=programme)
    found = list(rows.order_by("-until_day", "-id")[:20])
    applications = list(
        Application.objects.filter(notice__in=found, state="noticed").order_by("number")[:1000]
    )
    shown = _published(applications)
    return [(n, [p for p in shown if p.row.notice_id == n.id]) for n in found]


def published(application_id: UUID, today: date) -> Published:
    """Return one award on a list that is open to objections. Raises NotFound."""
    row = (
        Application.objects.filter(pk=application_id, state="noticed", notice__until_day__gte=today)
        .select_related("programme", "notice")
        .first()
    )
    if row is None:
        raise NotFound
    return _published([row])[0]


def _published(rows: Sequence[Application]) -> list[Published]:
    people = masked_by_id([row.raiser_id for row in rows])
    awards: dict[UUID, list[Award]] = {}
    for award in Award.objects.filter(application__in=rows).select_related("item").order_by("item__place"):
        awards.setdefault(award.application_id, []).append(award)
    return [Published(row, people[row.raiser_id].name, awards.get(row.id, [])) for row in rows]


def waiting(by: Actor, programme: UUID) -> list[Line]:
    """Return the approved applications of a programme that are still to be published."""
    rows = Application.objects.filter(mine(by, "programme__"), programme=programme, state="approved")
    return lines_of(list(rows.select_related("programme").order_by("made_at", "id")[:200]))


def opened_by(ids: Sequence[UUID]) -> list[Application]:
    """Return the applications a browser opened with number and code, the newest first."""
    rows = Application.objects.filter(pk__in=list(ids)[:20]).select_related("programme", "notice")
    return list(rows.order_by("-made_at", "-id"))


def objection(by: Actor, objection_id: UUID) -> Objection:
    """Return an objection somebody may read. Raises NotFound."""
    row = (
        Objection.objects.filter(mine(by, "application__programme__"), pk=objection_id)
        .select_related("application__programme", "matter")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def award(by: Actor, award_id: UUID) -> AwardRow:
    """Return one award with its money, for whoever may read it. Raises NotFound."""
    row = (
        Award.objects.filter(mine(by, "application__programme__"), pk=award_id)
        .select_related("application__programme", "application__notice", "item")
        .first()
    )
    if row is None:
        raise NotFound
    return AwardRow(row, list(Payment.objects.filter(award=row).order_by("day", "id")))
