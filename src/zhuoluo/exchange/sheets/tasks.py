"""What the worker and the terminal do with sheets: check, take in, go on with what was killed, make exports, sweep."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from zhuoluo.exchange.models import ExportRun, ImportRun
from zhuoluo.exchange.sheets import actions, exporting, reads, shelf
from zhuoluo.exchange.sheets.checking import check
from zhuoluo.exchange.sheets.headers import find_table
from zhuoluo.exchange.sheets.histories import Defaults
from zhuoluo.exchange.sheets.loading import reading_once
from zhuoluo.exchange.sheets.mapping import Mapping as Columns
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.exchange.sheets.problems import reason
from zhuoluo.exchange.sheets.read import read_sheet
from zhuoluo.exchange.sheets.taking import Says, give_up, says, take_all, take_batch
from zhuoluo.exchange.sheets.tree import tree_codes
from zhuoluo.matters.actions import set_categories
from zhuoluo.matters.reads.categories import category_codes
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import law
from zhuoluo.org.rules import Actor

Progress = Callable[[int, int], None]
SECONDS = 2.0  # of one turn of the worker: others wait for it
KEPT = timedelta(days=90)  # how long an upload stays, for its returned copy
GIVEN_UP = timedelta(days=7)  # how long one that was never imported stays
# The rows of one run stay read between two turns of the worker; a turn of another run drops them.
_read: dict[UUID, Says] = {}


def continue_runs(*, now: datetime) -> int:
    """Go on with the oldest run that waits, for a short while; returns how many rows were dealt with."""
    run = ImportRun.objects.filter(state__in=["checking", "running"]).order_by("made_at").first()
    if run is None:
        _read.clear()
        return 0
    if run.state == "checking":
        check(run_id=run.id, now=now, law=law())
        return max(run.rows, 1)
    return _take(run, now)


def _take(run: ImportRun, now: datetime) -> int:
    if run.id not in _read:
        _read.clear()
        try:
            _read[run.id] = says(run)
        except Unreadable as error:
            give_up(run.id, error, now)
            return 1
    if run.mode == "all":
        take_all(run_id=run.id, said=_read[run.id], now=now, law=law())
        return max(run.ready, 1)
    done, since = 0, monotonic()
    while some := take_batch(run_id=run.id, said=_read[run.id], now=now, law=law()):
        done += some
        if monotonic() - since > SECONDS:
            return done
    return max(done, 1)


def make_exports(*, now: datetime) -> int:
    """Make the oldest sheet that was asked for and waits; returns how many rows it has."""
    run = ExportRun.objects.filter(state="waiting").order_by("made_at").first()
    return 0 if run is None else max(exporting.make(run_id=run.id, now=now).rows, 1)


def sweep(*, now: datetime) -> int:
    """Forget the bytes of uploads and exports whose time is over; returns how many."""
    over = ImportRun.objects.filter(swept_at__isnull=True, moved_at__lt=now - GIVEN_UP)
    old = [run for run in over if run.state not in {"running", "checking"} and _over(run, now)]
    for run in old:
        ImportRun.objects.filter(pk=run.id).update(swept_at=now)
        shelf.drop(run.id)
    return len(old) + exporting.sweep(now=now) + _orphans(now)


def _over(run: ImportRun, now: datetime) -> bool:
    return run.started_at is None or run.moved_at < now - KEPT


def _orphans(now: datetime) -> int:
    """Forget files whose row never came to be, because saving it failed."""
    found = 0
    for path in shelf.place(UUID(int=0)).parent.glob("*"):
        if path.stat().st_mtime > (now - timedelta(days=1)).timestamp():
            continue
        stem = path.name.partition(".")[0]
        if not any(model.objects.filter(pk=stem).exists() for model in (ImportRun, ExportRun)):
            path.unlink(missing_ok=True)
            found += 1
    return found


def import_file(
    path: Path, *, by: Actor, at: datetime, on_progress: Progress | None = None,
    mapping: str | Columns | None = None, mode: str = "good", origin: str | None = None,
    sheet: str | int | None = None, defaults: Mapping[str, str] | None = None,
) -> ImportRun:  # fmt: skip
    """Import a file from the terminal by the same steps as the pages, to its end; a run that fails says why.

    `mapping`: the name of a saved one, or one itself; else guessed. `sheet`: name or place from 0; else the first
    table that says what was raised. `defaults`: klass, channel, unit. Raises sheets' Refused and matters' Refused.
    """
    with reading_once():
        run = actions.upload(data=path.read_bytes(), name=path.name, by=by, at=at)
        run = _checked(_chosen(run, sheet, by, at), by, at, mapping, origin, defaults or {})
        return finish(run, mode=mode, by=by, at=at, on_progress=on_progress)


def _checked(
    run: ImportRun, by: Actor, at: datetime, mapping: str | Columns | None, origin: str | None,
    defaults: Mapping[str, str],
) -> ImportRun:  # fmt: skip
    """Map the columns and check every row."""
    columns = _columns(run, mapping)
    given = {**run.defaults, **defaults}
    wanted = Defaults(
        klass=given["klass"], channel=given["channel"], unit=UUID(given["unit"]) if given.get("unit") else None,
        origin=origin or run.origin,
    )  # fmt: skip
    targets = {choice.letter: choice.target for choice in columns.choices}
    actions.map_columns(run_id=run.id, targets=targets, defaults=wanted, by=by, at=at, save=mapping is None)
    return check(run_id=run.id, now=at, law=law())


def _chosen(run: ImportRun, sheet: str | int | None, by: Actor, at: datetime) -> ImportRun:
    """Choose the table asked for, or the first whose columns can be used."""
    if sheet is None and run.sheet is not None:
        return run
    tables: list[dict[str, Any]] = run.tables
    wanted = [told for told in tables if sheet is None or sheet in (told["name"], told["sheet"])]
    if not wanted:
        raise Refused("文件里没有名为“%(sheet)s”的工作表", sheet=sheet)
    for told in sorted(wanted, key=lambda told: not told["visible"]):
        run = actions.choose(run_id=run.id, sheet=told["sheet"], table=told["table"], by=by, at=at)
        if not Columns.from_json(run.mapping).faults():
            break
    return run


def _columns(run: ImportRun, mapping: str | Columns | None) -> Columns:
    guessed = Columns.from_json(run.mapping)
    if mapping is None:
        return guessed
    if isinstance(mapping, str):
        named = reads.saved_named(mapping)
        if named is None:
            raise Refused("没有名为“%(name)s”的列对应方案", name=mapping)
        mapping = Columns.from_json(named.mapping)
    told = {choice.label: choice.target for choice in mapping.choices}
    for choice in guessed.choices:
        if choice.label in told:
            guessed = guessed.with_choice(choice.letter, told[choice.label])
    return guessed


def finish(
    run: ImportRun, *, mode: str, by: Actor, at: datetime, on_progress: Progress | None = None
) -> ImportRun:
    """Start a checked run and see it through, in this process."""
    if run.state != "previewed" or not run.ready or (mode == "all" and run.rejected):
        return actions.leave(run_id=run.id, mode=mode, by=by, at=at)
    actions.start(run_id=run.id, mode=mode, by=by, at=at)
    said, total = says(run), run.ready
    if mode == "all":
        take_all(run_id=run.id, said=said, now=at, law=law(), on_progress=on_progress)
    else:
        done = 0
        while some := take_batch(run_id=run.id, said=said, now=at, law=law()):
            done += some
            if on_progress is not None:
                on_progress(done, total)
    return ImportRun.objects.get(pk=run.id)


def import_tree(path: Path, *, by: Actor, at: datetime) -> int:
    """Make a sheet's columns the site's classification tree; returns how many categories it has.

    Raises sheets' Refused, Forbidden for whoever is no administrator.
    """
    table = find_table(read_sheet(path.read_bytes(), path.name))
    if table is None:
        raise Unreadable(reason("file_empty"))
    return set_categories(rows=tree_codes(table, category_codes()), by=by, at=at)
