"""From the bytes of a run to the table chosen in it, read the same way every time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import shelf
from zhuoluo.exchange.sheets.headers import Table, find_tables
from zhuoluo.exchange.sheets.mapping import Mapping, RowResult, results
from zhuoluo.exchange.sheets.problems import Refused, reason
from zhuoluo.exchange.sheets.read import RawSheet, read_workbook

LABELS = 12  # shown of each table when one is chosen
# What was read inside `reading_once`, by run; outside, every step reads its file anew and keeps nothing.
_read: ContextVar[dict[UUID, list[RawSheet]] | None] = ContextVar("sheets read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Let several steps in a row read a file once."""
    token = _read.set({} if _read.get() is None else _read.get())
    try:
        yield
    finally:
        _read.reset(token)


def sheets_in(data: bytes, name: str, run_id: UUID) -> list[RawSheet]:
    """The worksheets of a file, remembered for the run inside `reading_once`. Raises Refused."""
    kept = _read.get()
    sheets = read_workbook(data, name)
    if kept is not None:
        kept[run_id] = sheets
    return sheets


@dataclass(frozen=True)
class Loaded:
    """The chosen table of a run and what its columns mean."""

    table: Table
    mapping: Mapping

    def results(self) -> Iterator[RowResult]:
        """What each row says, in order."""
        return results(self.mapping, self.table)


def tables_in(sheets: Sequence[RawSheet]) -> list[dict[str, object]]:
    """Every table of a file with its place and first labels. Raises Refused for a file without any."""
    found: list[dict[str, object]] = []
    for number, sheet in enumerate(sheets):
        found += [_told(number, place, table) for place, table in enumerate(find_tables(sheet)) if table.rows]
    if not found:
        raise Refused(reason("file_empty"))
    return found


def _told(number: int, place: int, table: Table) -> dict[str, object]:
    return {
        "sheet": number, "name": table.sheet.name, "visible": table.sheet.visible, "table": place,
        "rows": len(table.rows), "first_row": table.first_row, "header": list(table.header_rows),
        "labels": [column.label for column in table.columns[:LABELS]], "columns": len(table.columns),
    }  # fmt: skip


def table_of(run: ImportRun) -> Table:
    """The table chosen in a run. Raises Refused, also once the bytes were swept."""
    sheets = (_read.get() or {}).get(run.id) or sheets_in(_bytes(run), run.name, run.id)
    place = run.sheet or 0
    if place >= len(sheets):
        raise Refused(reason("sheet_missing", sheet=place + 1))
    return chosen(sheets[place], run.table, run.header)


def _bytes(run: ImportRun) -> bytes:
    try:
        return shelf.take(run.id)
    except FileNotFoundError:
        raise Refused(reason("file_gone")) from None


def chosen(sheet: RawSheet, place: int, header: Sequence[int] | None) -> Table:
    """One table of a sheet; with a header given by hand the whole sheet is one."""
    tables = find_tables(sheet, header)
    if place >= len(tables):
        raise Refused(reason("sheet_missing", sheet=sheet.name))
    return tables[place]


def load(run: ImportRun) -> Loaded:
    """The table of a run with its mapping. Raises Refused, also once the bytes were swept."""
    table = table_of(run)
    return Loaded(table, Mapping.from_json(run.mapping).fit(table.columns))
