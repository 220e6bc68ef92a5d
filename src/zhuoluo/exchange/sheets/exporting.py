"""Sheets taken out: what a reader may see, in the layout in which sheets come in, each matter's going recorded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.exchange.models import ExportRun
from zhuoluo.exchange.sheets import reads, shelf
from zhuoluo.exchange.sheets.fields import FIELDS, Field
from zhuoluo.exchange.sheets.values import Value
from zhuoluo.exchange.sheets.when import SHANGHAI
from zhuoluo.exchange.sheets.write import OutColumn, write_xlsx
from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Line, Sought
from zhuoluo.matters.reads.whole import Whole, whole
from zhuoluo.matters.rules import ANSWERS, CHANNELS, KLASSES, Refused
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.residents.actions import record_exports
from zhuoluo.residents.reads import full

AT_ONCE = 2_000  # rows made while one waits; more are made by the worker
WITH_IDENTITY = 200  # rows that may leave with identities
PAGE = 500
KEPT = timedelta(days=3)
_INSTANT = timedelta(microseconds=1)
_NOT_KEPT = frozenset({"likes", "dislikes", "remark"})  # read on the way in, written into the note
COLUMNS: tuple[Field, ...] = tuple(field for field in FIELDS if field.key not in _NOT_KEPT)
STATE_COLUMNS = ("办理阶段", "待办", "期限")
_WIDTHS = {"text": 60, "answer_text": 60, "title": 36, "block": 40, "when": 20, "id_number": 20}


def template() -> bytes:
    """The empty sheet to be filled in: the same columns in the same order as an export."""
    return write_xlsx([], [_column(field) for field in FIELDS])


def _column(field: Field) -> OutColumn:
    return OutColumn(field.label, _WIDTHS.get(field.key, _WIDTHS.get(field.shape, 16)))


def ask(*, sought: Sought, identity: bool, why: str, by: Actor, at: datetime) -> ExportRun:
    """Ask for the matters of a list as a sheet. A small one is made at once, a large one by the worker.

    Raises Forbidden without the right, Refused for identities without a reason or of too many people.
    """
    _check(sought, identity, why, by, at)
    run = ExportRun(
        id=uuid7(), sought=_json(sought), identity=identity, reason=why.strip()[:200] or "导出台账",
        by_id=_person(by), made_at=at,
    )  # fmt: skip
    small = not matters.matters(by, sought, now=at, limit=AT_ONCE).next
    with transaction.atomic():
        run.save(force_insert=True)
        _note("export", run, by, at, identity=identity, sought=run.sought)
    return make(run_id=run.id, now=at) if small else run


def _check(sought: Sought, identity: bool, why: str, by: Actor, at: datetime) -> None:
    if not may(by, Permission.EXPORT):
        raise Forbidden("您的岗位不能导出台账")
    if not identity:
        return
    if not may(by, Permission.EXPORT_IDENTITY):
        raise Forbidden("您的岗位不能导出身份信息")
    if len(why.strip()) < 5:
        raise Refused("请写明导出身份信息的理由，理由会留在每件事项的查看记录里")
    if matters.matters(by, sought, now=at, limit=WITH_IDENTITY).next:
        raise Refused("带身份信息的，一次最多导出 200 件，请缩小范围")


def _person(by: Actor) -> UUID:
    """Sheets are taken out by people: whoever asks is whoever gets it."""
    if by.id is None:
        raise Forbidden("您的岗位不能导出台账")
    return by.id


def _note(verb: str, run: ExportRun, by: Actor, at: datetime, **payload: Any) -> None:
    act = Act(
        verb=f"sheets.{verb}", subject_id=run.id, subject_kind="export_run", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def make(*, run_id: UUID, now: datetime) -> ExportRun:
    """Make the sheet of a run, with what its asker may see now; every matter in it gets its entry of having left."""
    run = ExportRun.objects.get(pk=run_id)
    by = reads.run_actor(run, now)
    try:
        _check(_sought(run.sought), run.identity, run.reason, by, now)
    except (Forbidden, Refused):
        run.state, run.ended_at = "failed", now
        run.save(update_fields=["state", "ended_at"])
        return run
    columns = [field for field in COLUMNS if run.identity or not field.personal]
    heads = [_column(field) for field in columns] + [OutColumn(label, 14) for label in STATE_COLUMNS]
    rows = _Rows(run, by, now, columns)
    shelf.keep(run.id, write_xlsx(rows, heads))
    with transaction.atomic():
        run.state, run.rows, run.ended_at = "ready", rows.count, now
        run.save(update_fields=["state", "rows", "ended_at"])
        _note("made", run, by, now, rows=rows.count)
    return run


def sweep(*, now: datetime) -> int:
    """Forget sheets made some days ago; returns how many."""
    old = list(ExportRun.objects.filter(state="ready", made_at__lt=now - KEPT))
    for run in old:
        ExportRun.objects.filter(pk=run.id).update(state="swept")
        shelf.drop(run.id)
    return len(old)


class _Rows:
    """The rows of an export, read page by page; each page is recorded as having left before it is handed on."""

    def __init__(self, run: ExportRun, by: Actor, now: datetime, columns: Sequence[Field]) -> None:
        self.run = run
        self.by = by
        self.now = now
        self.columns = columns
        self.count = 0

    def __iter__(self) -> Iterator[list[Value | None]]:
        sought, after = _sought(self.run.sought), ""
        while True:
            page = matters.matters(self.by, sought, now=self.now, after=after, limit=PAGE)
            yield from self.page(page.rows)
            after = page.next
            if not after:
                return

    def page(self, lines: Sequence[Line]) -> Iterator[list[Value | None]]:
        """The rows of one page."""
        ids = [line.id for line in lines]
        words = whole(self.by, ids)
        raisers = full({one.raiser for one in words.values()}) if self.run.identity else {}
        record_exports(subject_ids=list(words), by=self.by, at=self.now, reason=self.run.reason)
        for line in lines:
            one = words.get(line.id)
            if one is None:
                continue
            self.count += 1
            values = _values(one)
            raiser = raisers.get(one.raiser)
            if raiser is not None:
                values |= {
                    "raiser_name": raiser.name, "phone": raiser.phone, "id_number": raiser.id_number,
                    "address": raiser.address,
                }  # fmt: skip
            yield [values.get(field.key) for field in self.columns] + _state(line)


def _values(one: Whole) -> dict[str, Value | None]:
    """What a matter says, by the fields of the template."""
    return {
        "external_id": one.number, "title": one.title, "text": one.text, "raised_at": one.raised_at, "area": one.area,
        "place": one.place, "klass": KLASSES[one.klass], "topic": one.category, "channel": CHANNELS[one.channel],
        "unit": one.unit, "answer_text": one.answer, "answered_at": one.answered_at, "served_at": one.served_at,
        "outcome": ANSWERS.get(one.outcome, ""),
    }  # fmt: skip


def _state(line: Line) -> list[Value | None]:
    day = (line.due - _INSTANT).astimezone(SHANGHAI).date() if line.due else None
    return [STAGE_WORDS[line.stage], line.owes, day]


def _json(sought: Sought) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, UUID | date) else value
        for key, value in asdict(sought).items()
        if value
    }


def _sought(saved: Mapping[str, Any]) -> Sought:
    """The filters of a list as they were kept."""
    readers: dict[str, Callable[[str], Any]] = {
        "unit": UUID,
        "since": date.fromisoformat,
        "until": date.fromisoformat,
    }
    return Sought(**{key: readers[key](value) if key in readers else value for key, value in saved.items()})
