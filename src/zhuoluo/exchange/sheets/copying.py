"""The returned copy: the sheet as it came, every row with what became of it and how to mend it."""

from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import reads
from zhuoluo.exchange.sheets.loading import table_of
from zhuoluo.exchange.sheets.problems import Language, Problem, label
from zhuoluo.exchange.sheets.write import returned_copy

_WORDS = {
    "already": ("系统里已有", "Already here"), "joined": ("并入上一行", "Part of the row above"),
    "ready": ("还没有导入", "Not imported yet"), "in": ("已导入", "Imported"), "rejected": ("未导入", "Not imported"),
}  # fmt: skip


def returned(run: ImportRun, language: Language = "zh") -> bytes:
    """The returned copy as a workbook. Raises sheets' Refused, also once the upload was swept."""
    table = table_of(run)
    problems: dict[int, list[Problem]] = {}
    outcomes: dict[int, str] = {}
    rows = ImportRow.objects.filter(run=run).values_list("number", "state", "problems")
    for number, state, saved in rows.iterator(chunk_size=2000):
        if saved:
            problems[number] = [reads.problem_from(one) for one in saved]
        outcomes[number] = _WORDS[state][0 if language == "zh" else 1]
    if not outcomes:
        outcomes = {row.number: label("rejected", language) for row in table.rows}
    return returned_copy(table, problems, outcomes=outcomes, language=language)
