"""What people do with a sheet: upload, choose the table, say what the columns mean, start, stop, go on."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from zhuoluo.exchange.models import MODES, ImportRow, ImportRun, SavedMapping
from zhuoluo.exchange.sheets import reads, shelf
from zhuoluo.exchange.sheets.choices import signature
from zhuoluo.exchange.sheets.headers import Table
from zhuoluo.exchange.sheets.histories import Defaults, default_origin, hashed_file
from zhuoluo.exchange.sheets.loading import reading_once, sheets_in, table_of, tables_in
from zhuoluo.exchange.sheets.mapping import Mapping, guess
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.matters.rules import CHANNELS, KLASSES, Refused
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may

OPEN = ("uploaded", "checking", "previewed", "failed")  # may still be mapped anew


def note(verb: str, run: ImportRun, by: Actor, at: datetime, **payload: Any) -> None:
    """Write the entry of an act on a run. The file's name is left out: it may hold a person's."""
    act = Act(
        verb=f"sheets.{verb}", subject_id=run.id, subject_kind="import_run", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def may_import(by: Actor) -> None:
    """Raise Forbidden without the right to import."""
    if not may(by, Permission.IMPORT):
        raise Forbidden("您的岗位不能导入台账")


def upload(*, data: bytes, name: str, by: Actor, at: datetime) -> ImportRun:
    """Keep an upload that can be read, with every table found in it; a file of one table is chosen at once.

    Raises sheets' Refused, with how to mend the file, and Forbidden.
    """
    may_import(by)
    with reading_once():
        return _uploaded(data, name, by, at)


def _uploaded(data: bytes, name: str, by: Actor, at: datetime) -> ImportRun:
    key = uuid7()
    tables = tables_in(sheets_in(data, name, key))
    run = ImportRun(
        id=key, name=name[-120:], size=len(data), sha256=hashed_file(data), tables=tables, by_id=by.id,
        unit_id=by.unit_id, made_at=at, moved_at=at,
    )  # fmt: skip
    shelf.keep(run.id, data)
    with transaction.atomic():
        run.save(force_insert=True)
        note("upload", run, by, at, size=run.size, sha256=run.sha256, tables=len(tables))
    if len(tables) == 1:
        return choose(
            run_id=run.id, sheet=_number(tables[0], "sheet"), table=_number(tables[0], "table"), by=by, at=at
        )
    return run


def _number(told: MappingOf[str, object], name: str) -> int:
    value = told[name]
    assert isinstance(value, int)  # noqa: S101 - our own JSON
    return value


def choose(
    *, run_id: UUID, sheet: int, table: int = 0, header: Sequence[int] | None = None, by: Actor, at: datetime
) -> ImportRun:
    """Choose a table of the file; `header` names the rows of its header where they were found wrongly.

    Its columns get the meaning they had last time, else a guess. Raises sheets' Refused, Refused, Forbidden.
    """
    may_import(by)
    run = _open(run_id, by)
    run.sheet, run.table, run.header = sheet, table, list(header) if header is not None else None
    found = table_of(run)
    run.signature = signature(found.columns)
    known = reads.saved(run.signature)
    mapping = (
        Mapping.from_json(known.mapping).fit(found.columns) if known else guess(found.columns, found.rows)
    )
    run.mapping = mapping.as_json()
    run.origin = known.origin if known else default_origin(run.signature, found.sheet.name)
    run.defaults = _given(known.defaults if known else {}, by)
    run.rows = len(found.rows)
    run.ready, run.state, run.moved_at = run.rows, "uploaded", at
    _uncounted(run)
    with transaction.atomic():
        ImportRow.objects.filter(run=run).delete()
        run.save()
        note("choose", run, by, at, sheet=sheet, table=table, rows=run.rows)
    return run


def _given(saved: MappingOf[str, Any], by: Actor) -> dict[str, Any]:
    """Defaults remembered from last time; the unit only if it is one of the actor's."""
    unit = saved.get("unit")
    own = unit if unit and UUID(unit) in by.units else str(by.unit_id or "")
    return {"klass": saved.get("klass", "claim"), "channel": saved.get("channel", "sheet"), "unit": own}


def _uncounted(run: ImportRun) -> None:
    run.taken = run.known = run.rejected = run.joined = 0
    run.skipped, run.sample, run.why = {}, [], ""


def _open(run_id: UUID, by: Actor) -> ImportRun:
    try:
        run = reads.run(by, run_id)
    except reads.NotFound as error:
        raise Forbidden(str(error)) from error
    if run.state not in OPEN or run.taken:
        raise Refused("这次导入已经开始，不能再改")
    if run.swept_at is not None:
        raise Refused("上传的文件已按期清除，请重新上传")
    return run


def map_columns(
    *,
    run_id: UUID,
    targets: MappingOf[str, str],
    defaults: Defaults,
    by: Actor,
    at: datetime,
    save: bool = True,
) -> ImportRun:
    """Say what each column means, by its letter, and what holds for all rows; the rows are checked next.

    With `save` the same header means the same next time. Raises sheets' Refused for a mapping that cannot be used.
    """
    may_import(by)
    run = _open(run_id, by)
    _check_defaults(defaults, by)
    table = table_of(run)
    mapping = _mapped(run, table, targets)
    for fault in mapping.faults():
        raise Unreadable(fault)
    run.mapping, run.origin = mapping.as_json(), defaults.origin.strip()[:60]
    run.defaults = {key: str(value or "") for key, value in asdict(defaults).items() if key != "origin"}
    run.ready, run.state, run.moved_at = run.rows, "checking", at
    _uncounted(run)
    with transaction.atomic():
        ImportRow.objects.filter(run=run).delete()
        run.save()
        if save:
            _save(run, table, at)
        note("map", run, by, at, targets=sorted(t for t in targets.values() if t), origin=bool(run.origin))
    return run


def _mapped(run: ImportRun, table: Table, targets: MappingOf[str, str]) -> Mapping:
    """The mapping with the choices made; a field given twice stays given twice, to be refused."""
    mapping = Mapping.from_json(run.mapping).fit(table.columns)
    changed = [
        {"letter": one.letter, "label": one.label, "target": targets.get(one.letter, one.target)}
        for one in mapping.choices
    ]
    return Mapping.from_json({"version": 1, "signature": mapping.signature, "columns": changed})


def _check_defaults(defaults: Defaults, by: Actor) -> None:
    if defaults.klass not in KLASSES or defaults.channel not in CHANNELS:
        raise Refused("请选择类别和来源")
    if not defaults.origin.strip():
        raise Refused("请填写来源名称")
    if defaults.unit is not None:
        anywhere = by.kind == "system" or by.can(Permission.READ_ALL)
        if defaults.unit not in units() or not (anywhere or defaults.unit in by.units):
            raise Refused("请选择一个现有的单位")


def _save(run: ImportRun, table: Table, at: datetime) -> None:
    SavedMapping.objects.update_or_create(
        signature=run.signature,
        defaults={
            "name": table.sheet.name[:60], "mapping": run.mapping, "defaults": run.defaults, "origin": run.origin,
            "saved_at": at,
        },
    )  # fmt: skip


@transaction.atomic
def start(*, run_id: UUID, mode: str, by: Actor, at: datetime) -> ImportRun:
    """Start a checked run. Raises Refused when there is nothing to take in, or something is wrong and all was asked."""
    may_import(by)
    run = _locked(run_id, by)
    if run.state not in {"previewed", "failed"} or run.swept_at is not None:
        raise Refused("请先核对，再开始导入")
    if mode not in MODES:
        raise Refused("请选择怎样导入")
    if run.ready == 0:
        raise Refused("没有可以导入的行")
    if mode == "all" and run.rejected:
        raise Refused("有不能导入的行，没有一行被导入；请改好后重新上传，或者选择只导入没有问题的行")
    run.mode, run.state, run.why = mode, "running", ""
    run.started_at = run.moved_at = at
    run.save()
    shelf.mark(run.id, 0)
    note("start", run, by, at, mode=mode, ready=run.ready)
    return run


@transaction.atomic
def leave(*, run_id: UUID, mode: str, by: Actor, at: datetime) -> ImportRun:
    """End a checked run of which nothing comes in, saying why."""
    may_import(by)
    run = _locked(run_id, by)
    if run.state == "previewed":
        run.mode, run.state, run.ended_at = mode, "failed", at
        none, some = gettext_noop("没有可以导入的行"), gettext_noop("有不能导入的行，所以没有一行被导入")
        run.why = some if run.ready else none
        run.save()
        note("leave", run, by, at, ready=run.ready, rejected=run.rejected)
    return run


@transaction.atomic
def cancel(*, run_id: UUID, by: Actor, at: datetime) -> ImportRun:
    """Stop a run: what is in stays in, the rest can go on later. One that never started is given up for good."""
    may_import(by)
    run = _locked(run_id, by)
    if run.state in {"done", "cancelled"}:
        raise Refused("这次导入已经结束")
    run.state, run.ended_at = "cancelled", at
    if run.started_at is None:
        transaction.on_commit(lambda: shelf.drop(run_id))
        run.swept_at = at
    run.save()
    note("cancel", run, by, at, taken=run.taken, left=run.ready)
    return run


@transaction.atomic
def resume(*, run_id: UUID, by: Actor, at: datetime) -> ImportRun:
    """Go on with a run that was stopped, exactly where it stopped."""
    may_import(by)
    run = _locked(run_id, by)
    if run.state != "cancelled" or run.swept_at is not None or run.ready == 0:
        raise Refused("这次导入不能继续，请重新上传")
    run.state, run.ended_at, run.moved_at = "running", None, at
    run.save()
    note("resume", run, by, at, left=run.ready)
    return run


@transaction.atomic
def hand_out(*, run_id: UUID, by: Actor, at: datetime) -> None:
    """Record that the returned copy, with everything that the upload told, was taken out."""
    may_import(by)
    note("hand_out", reads.run(by, run_id), by, at)


def _locked(run_id: UUID, by: Actor) -> ImportRun:
    run = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None or not reads.runs(by).filter(pk=run_id).exists():
        raise Forbidden("没有找到这次导入，或者您没有查看权限")
    return run
