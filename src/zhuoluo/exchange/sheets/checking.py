"""Looking at every row before anything is registered: what can come in, what is here already, what cannot and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import reads
from zhuoluo.exchange.sheets.fields import BY_KEY
from zhuoluo.exchange.sheets.headers import Table
from zhuoluo.exchange.sheets.histories import Built, Defaults, Lookups, build_row
from zhuoluo.exchange.sheets.loading import Loaded, load
from zhuoluo.exchange.sheets.mapping import Mapping, RowResult
from zhuoluo.exchange.sheets.problems import Problem, Reason, Refused, fault, reason
from zhuoluo.exchange.sheets.rowvalues import PERSONAL
from zhuoluo.exchange.sheets.values import as_text
from zhuoluo.matters.actions import History
from zhuoluo.org.reads import Law
from zhuoluo.residents.rules import mask_name

SAMPLE = 50
NUMBERS = 100  # numbers of skipped rows kept, of each kind
SHOWN = ("external_id", "title", "raised_at", "unit", "answered_at")


@dataclass
class Checked:
    """The rows of a table, each with what will become of it."""

    rows: list[ImportRow] = field(default_factory=list)
    sample: list[dict[str, str]] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)


def check(*, run_id: UUID, now: datetime, law: Law) -> ImportRun:
    """Check every row of a mapped run, which is then ready for the preview; done twice, the second stands."""
    run = ImportRun.objects.get(pk=run_id)
    try:
        loaded = load(run)
    except Refused as error:
        return _unreadable(run, error, now)
    checked = look(run, loaded, reads.defaults(run), reads.lookups(law, now))
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state != "checking":
            return run
        ImportRow.objects.filter(run=run).delete()
        ImportRow.objects.bulk_create(checked.rows, batch_size=1000)
        run.rows, run.ready, run.known = len(checked.rows), checked.count("ready"), checked.count("already")
        run.rejected, run.joined, run.taken = checked.count("rejected"), checked.count("joined"), 0
        run.skipped, run.sample = _skipped(loaded.table), checked.sample
        run.state, run.moved_at = "previewed", now
        if run.known and not run.ready and not run.rejected:  # nothing is left to decide
            run.state, run.ended_at = "done", now
        run.save()
    return run


def _unreadable(run: ImportRun, error: Refused, now: datetime) -> ImportRun:
    run.state, run.moved_at, run.ended_at = "failed", now, now
    run.why = fault(error)
    run.save(update_fields=["state", "moved_at", "ended_at", "why"])
    return run


def _skipped(table: Table) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in table.skipped:
        told = found.setdefault(row.kind, {"count": 0, "numbers": []})
        told["count"] += 1
        if len(told["numbers"]) < NUMBERS:
            told["numbers"].append(row.number)
    return found


def look(run: ImportRun, loaded: Loaded, defaults: Defaults, lookups: Lookups) -> Checked:
    """Say of every row what will become of it; nothing is written."""
    checked = Checked()
    built: list[Built | RowResult] = []
    for result in loaded.results():
        if result.part_of is not None:
            built.append(result)
            continue
        whole = build_row(result, loaded.mapping, defaults, lookups)
        if len(checked.sample) < SAMPLE:
            checked.sample.append(_sample(result, whole.history))
        built.append(replace(whole, history=None))  # the words are read again when they come in
    sound = [one for one in built if isinstance(one, Built) and not _blocked(one.problems)]
    known = reads.known(defaults.origin, {one.key for one in sound})
    first: dict[str, Built] = {}
    hide = Hidden(loaded.mapping)
    for one in built:
        row = _joined(one) if isinstance(one, RowResult) else _judged(one, first, known)
        row.run = run
        row.problems = [hide.of(problem) for problem in row.problems]
        row.flagged = bool(row.problems)
        checked.rows.append(row)
    return checked


def _blocked(problems: Iterable[Problem]) -> bool:
    return any(problem.blocking for problem in problems)


def _joined(result: RowResult) -> ImportRow:
    return ImportRow(number=result.number, state="joined", problems=list(result.problems))


def _judged(built: Built, first: dict[str, Built], known: reads.Known) -> ImportRow:
    """A row as ready, already here, or rejected; of two rows with one number the first comes in."""
    row = ImportRow(number=built.number, key=built.key, digest=built.digest, problems=list(built.problems))
    if _blocked(built.problems):
        row.state = "rejected"
        return row
    earlier, row.matter_id = first.setdefault(built.key, built), known.ids.get(built.key)
    why: Reason | None = None
    if row.matter_id is not None:
        row.state = "already"
        why = reason("known_differs", id=built.key) if known.changed(built.key, built.digest) else None
    elif earlier is not built:
        row.state = "already"
        if earlier.digest != built.digest:
            why = reason("same_number", id=built.key, first=earlier.number, second=built.number)
    else:
        row.state = "ready"
    if why is not None:
        row.state = "rejected"
        row.problems.append(Problem(built.cell, built.column, why))
    return row


class Hidden:
    """Keeps values of personal cells out of what is stored: the cell is named, its content stays in the file."""

    def __init__(self, mapping: Mapping) -> None:
        self.personal = {
            choice.label
            for choice in mapping.choices
            if PERSONAL.search(choice.label) or (choice.target in BY_KEY and BY_KEY[choice.target].personal)
        }

    def of(self, problem: Problem) -> list[Any]:
        """The stored form of a problem."""
        if problem.column in self.personal:
            params = tuple(
                (name, "***" if name == "value" else value) for name, value in problem.reason.params
            )
            problem = replace(problem, reason=Reason(problem.reason.code, params))
        return reads.problem_json(problem)


def _sample(result: RowResult, history: History | None) -> dict[str, str]:
    """What the preview shows of a row: as it will be filed, the name masked, no other identity."""
    shown = {key: as_text(result.values[key])[:120] for key in SHOWN if key in result.values}
    if "title" not in shown and "text" in result.values:
        shown["title"] = as_text(result.values["text"])[:60]
    name = result.values.get("raiser_name")
    shown |= {"number": str(result.number), "raiser": mask_name(as_text(name)) if name else ""}
    if history is not None:
        filing = history.filing
        shown |= {
            "klass": filing.klass,
            "channel": filing.channel,
            "area": filing.area or "",
            "place": filing.place,
        }
    return shown
