"""Small registers for tests, written as people write them and taken in as people take them in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tests.county import County
from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import actions, tasks
from zhuoluo.exchange.sheets.checking import check
from zhuoluo.exchange.sheets.histories import Defaults
from zhuoluo.exchange.sheets.mapping import Mapping
from zhuoluo.exchange.sheets.reads import defaults as kept
from zhuoluo.exchange.sheets.write import write_xlsx

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEADS = ("留言编号", "反映人", "联系电话", "主题", "详情", "反映时间", "答复意见", "答复时间")
Row = tuple[Any, ...]


def row(
    number: object, *, text: str = "", raised: object = "2019/4/25 9:32:09", answer: str = "", on: object = ""
) -> Row:
    """One row under HEADS."""
    words = text or f"第 {number} 件：路灯不亮，晚上走路看不见。"
    return (str(number), "张三丰", "13812340000", words[:12], words, raised, answer, on)


def book(rows: Sequence[Row], heads: Sequence[str] = HEADS) -> bytes:
    """A workbook with one table."""
    return write_xlsx(rows, heads, sheet_name="台账")


def checked(
    county: County, data: bytes, *, who: str = "clerk", name: str = "台账.xlsx", **given: Any
) -> ImportRun:
    """Upload, map as guessed, check: what the pages do up to the preview."""
    by = county.who(who)
    run = actions.upload(data=data, name=name, by=by, at=NOW)
    if run.sheet is None:
        run = actions.choose(run_id=run.id, sheet=0, by=by, at=NOW)
    targets = {choice.letter: choice.target for choice in Mapping.from_json(run.mapping).choices}
    wanted = Defaults(**{**kept(run).__dict__, **given})
    actions.map_columns(run_id=run.id, targets=targets, defaults=wanted, by=by, at=NOW)
    return check(run_id=run.id, now=NOW, law=county.law)


def started(
    county: County, data: bytes, *, mode: str = "good", who: str = "clerk", **given: Any
) -> ImportRun:
    """A run that the worker is to go on with."""
    run = checked(county, data, who=who, **given)
    return actions.start(run_id=run.id, mode=mode, by=county.who(who), at=NOW)


def worked_off(run: ImportRun) -> ImportRun:
    """The run after the worker has nothing left to do."""
    while tasks.continue_runs(now=NOW):
        pass
    return ImportRun.objects.get(pk=run.id)


def imported(county: County, data: bytes, *, mode: str = "good", **given: Any) -> ImportRun:
    """The whole way of a file."""
    return worked_off(started(county, data, mode=mode, **given))


def states(run: ImportRun) -> dict[int, str]:
    """What became of each row, by its number."""
    return dict(ImportRow.objects.filter(run=run).values_list("number", "state"))
