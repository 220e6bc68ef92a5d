"""Taking checked rows in: batch by batch, each a transaction with its rows marked, or all in one.

What is done stands in the rows themselves, so a killed worker goes on exactly where it stopped.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.utils.translation import gettext_noop

from zhuoluo.clock import ClockError
from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import reads, shelf
from zhuoluo.exchange.sheets.actions import note
from zhuoluo.exchange.sheets.histories import Built, build_row
from zhuoluo.exchange.sheets.loading import Loaded, load
from zhuoluo.exchange.sheets.mapping import RowResult
from zhuoluo.exchange.sheets.problems import Problem, Reason, fault, reason
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.matters.actions import History, import_histories
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Forbidden

logger = logging.getLogger("zhuoluo.sheets")
BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Says:
    """What each row of a run says, by its number; read once and used for every batch."""

    loaded: Loaded
    results: Mapping[int, RowResult]


def says(run: ImportRun) -> Says:
    """Read the rows of a run. Raises sheets' Refused."""
    loaded = load(run)
    return Says(loaded, {result.number: result for result in loaded.results() if result.part_of is None})


def take_batch(*, run_id: UUID, said: Says, now: datetime, law: Law, limit: int = BATCH) -> int:
    """Take in the next rows of a running run, in one transaction; returns how many were dealt with, 0 at its end."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state != "running":
            return 0
        rows = _ready(run, limit)
        by = reads.run_actor(run, now)
        if not rows:
            _finish(run, by, now)
            return 0
        try:
            _Taking(run, said, by, now, law).some(rows)
        except Forbidden as error:
            _fail(run, str(error), by, now)
            return 0
        _count(run, rows, now)
        run.save()
    return len(rows)


def take_all(
    *, run_id: UUID, said: Says, now: datetime, law: Law, on_progress: Progress | None = None
) -> None:
    """Take in every row of a run or none, in one transaction; the first row that cannot come in ends it."""
    try:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=run_id)
            if run.state != "running":
                return
            by, total, done = reads.run_actor(run, now), run.ready, 0
            taking = _Taking(run, said, by, now, law)
            while rows := _ready(run, BATCH):
                taking.together(rows)
                _count(run, rows, now)
                done += len(rows)
                _tell(run, done, total, on_progress)
            _finish(run, by, now)
    except (Refused, Forbidden, ClockError, DatabaseError) as error:
        if isinstance(error, OperationalError):
            raise
        give_up(run_id, error, now)


def _tell(run: ImportRun, done: int, total: int, on_progress: Progress | None) -> None:
    shelf.mark(run.id, done)
    if on_progress is not None:
        on_progress(done, total)


def _ready(run: ImportRun, limit: int) -> list[ImportRow]:
    return list(ImportRow.objects.filter(run=run, state="ready").order_by("number")[:limit])


def _count(run: ImportRun, rows: Sequence[ImportRow], now: datetime) -> None:
    """Move rows from ready to where they went, and save them."""
    states = [row.state for row in rows]
    run.ready -= len(rows)
    run.taken += states.count("in")
    run.known += states.count("already")
    run.rejected += states.count("rejected")
    run.moved_at = now
    ImportRow.objects.bulk_update(rows, ["state", "matter_id", "problems", "flagged"], batch_size=250)


def _finish(run: ImportRun, by: Actor, now: datetime) -> None:
    run.state, run.ended_at, run.moved_at = "done", now, now
    run.save()
    note("finish", run, by, now, taken=run.taken, known=run.known, rejected=run.rejected, mode=run.mode)


def _fail(run: ImportRun, why: str, by: Actor, now: datetime) -> None:
    run.state, run.why, run.ended_at, run.moved_at = "failed", why, now, now
    run.save()
    note("fail", run, by, now, taken=run.taken)


def give_up(run_id: UUID, error: Exception, now: datetime) -> None:
    """End a running run that cannot go on, saying why."""
    why = _why(error)
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state == "running":
            _fail(run, why, reads.run_actor(run, now), now)


def _why(error: Exception) -> str:
    if isinstance(error, Unreadable):
        return fault(error)
    if isinstance(error, Refused | Forbidden):
        return str(error)
    # The text of a database error can carry the words of a row, so only its kind is kept.
    logger.error("a run ended: %s", type(error).__name__)
    return gettext_noop("有一行没能保存，没有一行被导入。请把日志交给系统管理员")


class _Taking:
    """Registers rows of one run, together where possible, one by one where one of them is refused."""

    def __init__(self, run: ImportRun, said: Says, by: Actor, now: datetime, law: Law) -> None:
        self.run = run
        self.said = said
        self.by = by
        self.now = now
        self.law = law
        self.defaults = reads.defaults(run)
        self.lookups = reads.lookups(law, now)

    def some(self, rows: Sequence[ImportRow]) -> None:
        """Take in what can come in; a row that is refused in the last moment is rejected, the others stay."""
        try:
            with transaction.atomic():
                self.together(rows)
        except OperationalError:
            raise
        except (Refused, ClockError, DatabaseError) as error:
            if len(rows) == 1:
                self.reject(rows[0], error)
                return
            for row in rows:  # nothing of the attempt was kept
                row.state, row.matter_id = "ready", None
            half = len(rows) // 2
            self.some(rows[:half])
            self.some(rows[half:])

    def together(self, rows: Sequence[ImportRow]) -> None:
        """Take in rows all or none, but for those that are here already."""
        known = reads.known(self.run.origin, {row.key for row in rows})
        fresh: list[tuple[ImportRow, History]] = []
        for row in rows:
            here = known.ids.get(row.key)
            if here is None:
                fresh.append((row, self.history(row)))
                continue
            row.matter_id, row.state = here, "already"
            if known.changed(row.key, row.digest):
                raise Refused("编号“%(number)s”刚刚由另一次导入登记，内容不同", number=row.key)
        matters = import_histories(
            histories=[history for _, history in fresh], by=self.by, at=self.now, law=self.law
        )
        for (row, _), matter in zip(fresh, matters, strict=True):
            row.matter_id, row.state = matter.id, "in"

    def history(self, row: ImportRow) -> History:
        """The matter a checked row becomes. Raises Refused when it no longer can."""
        built: Built = build_row(
            self.said.results[row.number], self.said.loaded.mapping, self.defaults, self.lookups
        )
        if built.history is None:
            raise Refused(
                "；".join(problem.reason_zh.rstrip("。") for problem in built.problems if problem.blocking)
            )
        return built.history

    def reject(self, row: ImportRow, error: Exception) -> None:
        """Keep a row out, naming why."""
        if isinstance(error, Refused):
            why = Reason("row_refused", (("why", str(error)),))
        else:
            why = reason("row_unsaved", kind=type(error).__name__)
        first = self.said.loaded.mapping.choices[0]
        problem = Problem(f"{first.letter}{row.number}", first.label, why)
        row.state, row.flagged = "rejected", True
        row.problems = [*row.problems, reads.problem_json(problem)]
