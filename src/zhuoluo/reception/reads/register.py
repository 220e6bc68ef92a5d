"""The register of receptions: batches newest first, by month, leader and form; and its rows for a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Raised
from zhuoluo.matters.reads.whole import Whole, whole
from zhuoluo.matters.rules import OUTCOMES
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.reads import SHANGHAI, units
from zhuoluo.org.rules import Actor
from zhuoluo.reception.models import Batch, Representative, Request
from zhuoluo.reception.reads.roster import DayRow, rows_of
from zhuoluo.reception.rules.register import Row
from zhuoluo.reception.rules.words import DECISIONS
from zhuoluo.residents.reads import full, masked, same_people

PAGE = 25


@dataclass(frozen=True)
class Sought:
    """What the register is limited to; what is empty limits nothing. `month`: its first day."""

    month: date | None = None
    leader: UUID | None = None
    form: str = ""


@dataclass(frozen=True)
class Kept:
    """One request of the register: its cells, the matter, and the day and batch it stands under."""

    row: Row
    matter: UUID
    number: str
    day: date
    sequence: int
    leaders: str


@dataclass(frozen=True)
class RegisterPage:
    """One keyset page of the register, by batches; `hidden`: requests whose matters the reader may not see."""

    rows: list[Kept]
    next: str
    hidden: int


def register(
    actor: Actor, sought: Sought, *, now: datetime, after: str = "", limit: int = PAGE, identity: bool = False
) -> RegisterPage:
    """Return a page of the register, newest batches first, in a fixed number of questions.

    `identity` shows names and addresses in clear: only for an export that was permitted and is recorded.
    """
    rows = Batch.objects.filter(behind(after, "arrived_at", newest_first=True)).select_related("session")
    if sought.month is not None:
        first = datetime.combine(sought.month, time.min, SHANGHAI)
        until = (sought.month + timedelta(days=32)).replace(day=1)
        rows = rows.filter(
            arrived_at__gte=first.astimezone(UTC),
            arrived_at__lt=datetime.combine(until, time.min, SHANGHAI).astimezone(UTC),
        )
    if sought.leader is not None:
        rows = rows.filter(session__seats__sits_id=sought.leader)
    if sought.form:
        rows = rows.filter(session__form=sought.form)
    found = list(rows.order_by("-arrived_at", "-id")[: limit + 1])
    page = found[:limit]
    more = write_cursor(page[-1].arrived_at, page[-1].id) if len(found) > limit else ""
    kept, hidden = Cells(actor, page, now, identity=identity).rows()
    return RegisterPage(kept, more, hidden)


class Cells:
    """Everything the rows of some batches are made of, asked for once."""

    def __init__(self, actor: Actor, batches: Sequence[Batch], now: datetime, *, identity: bool) -> None:
        self.batches, self.identity = batches, identity
        ids = [b.id for b in batches]
        self.days = {
            row.session.id: row for row in rows_of({b.session_id: b.session for b in batches}.values())
        }
        self.requests = list(Request.objects.filter(batch_id__in=ids).order_by("place"))
        self.words: dict[UUID, Whole] = whole(actor, [r.matter_id for r in self.requests])
        speakers = list(Representative.objects.filter(batch_id__in=ids).order_by("place"))
        self.speakers: dict[UUID, list[UUID]] = {}
        for speaker in speakers:
            self.speakers.setdefault(speaker.batch_id, []).append(speaker.raiser_id)
        self.people = full({s.raiser_id for s in speakers})
        self.same = same_people([s.raiser_id for s in speakers])
        everybody = {row for rows in self.same.values() for row, name_only in rows.items() if not name_only}
        self.before: dict[UUID, list[Raised]] = {}
        for raised in matters.raised_by(actor, everybody, now=now):
            self.before.setdefault(raised.raiser, []).append(raised)

    def rows(self) -> tuple[list[Kept], int]:
        """Return the rows, batch by batch, and how many are hidden from the reader."""
        mine: dict[UUID, list[Request]] = {}
        for request in self.requests:
            mine.setdefault(request.batch_id, []).append(request)
        kept, hidden = [], 0
        for batch in self.batches:
            for request in mine.get(batch.id, []):
                words = self.words.get(request.matter_id)
                if words is None:
                    hidden += 1
                    continue
                kept.append(self._kept(batch, request, words, {r.matter_id for r in mine[batch.id]}))
        return kept, hidden

    def _kept(self, batch: Batch, request: Request, words: Whole, here: set[UUID]) -> Kept:
        day = self.days[batch.session_id]
        leaders = "、".join(f"{s.name}（{s.post.split(' ')[-1]}）" if s.post else s.name for s in day.seated)
        unit = units().get(request.unit_id) if request.unit_id else None
        row = Row(
            names=self._names(batch),
            address=self._addresses(batch),
            text=words.text,
            place="".join(part for part in (words.area, words.place) if part),
            cause=request.cause,
            opinion="：".join(part for part in (DECISIONS.get(request.decision, ""), request.said) if part),
            unit=unit.name if unit is not None else words.unit,
            result="，".join(p for p in (STAGE_WORDS[words.stage], OUTCOMES.get(words.outcome, "")) if p),
            wish=request.wish,
            before=self.earlier(batch, here),
            now=self._today(batch, request, day, leaders),
        )
        return Kept(row, words.id, words.number, day.session.day, batch.sequence, leaders)

    def _names(self, batch: Batch) -> str:
        shown = [self.people[r] for r in self.speakers.get(batch.id, []) if r in self.people]
        names = "、".join(r.name if self.identity else masked(r).name for r in shown)
        return f"{names}等 {batch.people} 人" if batch.people > len(shown) else names

    def _addresses(self, batch: Batch) -> str:
        shown = [self.people[r] for r in self.speakers.get(batch.id, []) if r in self.people]
        told = (r.address if self.identity else masked(r).address for r in shown)
        return "；".join(dict.fromkeys(address for address in told if address))

    def earlier(self, batch: Batch, here: set[UUID]) -> str:
        """What the same people raised before this day: by phone only, never by a name alone."""
        rows = {row for speaker in self.speakers.get(batch.id, []) for row in self.same.get(speaker, {})}
        told = [
            raised
            for row in rows
            for raised in self.before.get(row, [])
            if raised.line.id not in here and raised.line.registered_at < batch.arrived_at
        ]
        told.sort(key=lambda raised: raised.line.registered_at, reverse=True)
        return "；".join(f"{r.line.number} {STAGE_WORDS[r.line.stage]}" for r in told[:5])

    def _today(self, batch: Batch, request: Request, day: DayRow, leaders: str) -> str:
        head = f"{day.session.day:%Y-%m-%d} 第{batch.sequence}批，{leaders}接待"
        until = f"，{request.until:%Y-%m-%d}前" if request.until else ""
        return f"{head}：{DECISIONS.get(request.decision, '还没有处理意见')}{until}"
