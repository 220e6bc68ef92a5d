"""How runs, columns and problems are shown in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import reads, shelf
from zhuoluo.exchange.sheets.checking import Hidden
from zhuoluo.exchange.sheets.fields import BY_KEY
from zhuoluo.exchange.sheets.forms import english
from zhuoluo.exchange.sheets.headers import Table
from zhuoluo.exchange.sheets.mapping import Mapping as Columns
from zhuoluo.exchange.sheets.problems import SENTENCES, Language, Problem, Reason, Refused
from zhuoluo.exchange.sheets.values import Value, as_text, blank
from zhuoluo.matters.reads import Line
from zhuoluo.matters.rules import CHANNELS, KLASSES
from zhuoluo.org.access import asking
from zhuoluo.org.reads import areas
from zhuoluo.residents.rules import mask_name

STEPS = (
    gettext_noop("上传"),
    gettext_noop("选表"),
    gettext_noop("对应列"),
    gettext_noop("核对"),
    gettext_noop("导入"),
)
RUN_WORDS = {
    "uploaded": gettext_noop("已上传"),
    "checking": gettext_noop("正在核对"),
    "previewed": gettext_noop("等您确认"),
    "running": gettext_noop("正在导入"),
    "done": gettext_noop("已完成"),
    "failed": gettext_noop("没有导入"),
    "cancelled": gettext_noop("已停止"),
}
ROW_WORDS = {
    "ready": gettext_noop("可以导入"),
    "in": gettext_noop("已导入"),
    "already": gettext_noop("系统里已有"),
    "rejected": gettext_noop("不能导入"),
    "joined": gettext_noop("并入上一行"),
    "flagged": gettext_noop("要看一看的行"),
}
EXPORT_WORDS = {
    "waiting": gettext_noop("排队中"),
    "ready": gettext_noop("可以下载"),
    "failed": gettext_noop("没有做成"),
    "swept": gettext_noop("已清除"),
}
TONES = {"done": "good", "failed": "bad", "running": "info", "checking": "info", "cancelled": "warn"}
ROW_TONES = {"in": "good", "already": "", "rejected": "bad", "ready": "info", "joined": ""}
SKIPPED = {
    "title": gettext_noop("标题行"),
    "units": gettext_noop("计量单位行"),
    "numbering": gettext_noop("列号行"),
    "repeated_header": gettext_noop("重复的表头"),
    "group": gettext_noop("分组行"),
    "total": gettext_noop("合计行"),
    "footer": gettext_noop("填表说明行"),
    "blank": gettext_noop("空行"),
}
_SAMPLES, _WIDTH = 3, 40


def found(request: HttpRequest, run_id: Any) -> ImportRun:
    """The run asked for, or page not found."""
    try:
        return reads.run(asking(request), run_id)
    except reads.NotFound as error:
        raise Http404 from error


def language() -> Language:
    """The reader's language as the sheets' sentences know it."""
    return "en" if english() else "zh"


def refusal(error: Refused) -> str:
    """Why a file is refused and how to mend it."""
    return " ".join(part for part in (error.sentence(language()), error.mend(language())) if part)


def fault_words(run: ImportRun) -> str:
    """Why a run failed: a code of the sheets' sentences, or a sentence of ours."""
    if run.why in SENTENCES:
        kept = Reason(run.why)
        return f"{kept.sentence(language())} {kept.mend(language())}"
    return _(run.why) if run.why else ""


def steps() -> list[str]:
    """The steps of an import."""
    return [_(word) for word in STEPS]


@dataclass(frozen=True)
class ShownProblem:
    """A problem in the reader's language."""

    cell: str
    column: str
    wrong: str
    mend: str
    blocking: bool


def problem(one: Problem) -> ShownProblem:
    """A problem in the reader's language; a sentence of the matters' rules is translated on its way."""
    params = {name: _(value) if name == "why" else value for name, value in one.reason.params}
    said = type(one.reason)(one.reason.code, tuple(params.items()))
    return ShownProblem(one.cell, one.column, said.sentence(language()), said.mend(language()), one.blocking)


@dataclass(frozen=True)
class ShownRow:
    """A row of a run with what became of it."""

    number: int
    state: str
    word: str
    tone: str
    problems: list[ShownProblem]
    line: Line | None = None
    said: Mapping[str, str] = field(default_factory=dict)


def shown_row(
    row: ImportRow, lines: Mapping[Any, Line] | None = None, said: Mapping[str, str] | None = None
) -> ShownRow:
    """A row as the page shows it."""
    problems = [problem(reads.problem_from(saved)) for saved in row.problems]
    line = (lines or {}).get(row.matter_id)
    word = _(ROW_WORDS[row.state])
    told = {**said, "about": _about(said)} if said else {}
    return ShownRow(row.number, row.state, word, ROW_TONES[row.state], problems, line, told)


def _about(said: Mapping[str, str]) -> str:
    """How a row will be filed, in a few words."""
    area = areas().get(said.get("area", ""))
    words = [
        said.get("raiser", ""),
        area.full_name if area else "",
        said.get("place", ""),
        said.get("unit", ""),
    ]
    if "klass" in said:
        words = [_(KLASSES[said["klass"]]), _(CHANNELS[said["channel"]]), *words]
    return " · ".join(word for word in words if word)


@dataclass(frozen=True)
class ShownColumn:
    """A column of the table with its first values, identities masked."""

    letter: str
    label: str
    name: str
    sure: bool
    known: bool
    samples: list[str]


def columns(table: Table, mapping: Columns) -> list[ShownColumn]:
    """The columns as the page shows them."""
    hidden = Hidden(mapping)
    found = []
    for position, choice in enumerate(mapping.choices):
        values = [row.values[position] for row in table.rows[:200] if not blank(row.values[position])]
        personal = choice.label in hidden.personal
        samples = [_sample(value, personal) for value in _different(values)]
        sure, known = choice.confidence >= 0.8, choice.target in BY_KEY
        found.append(ShownColumn(choice.letter, choice.label, f"col_{choice.letter}", sure, known, samples))
    return found


def _different(values: Iterable[Value]) -> list[Value]:
    found: dict[str, Value] = {}
    for value in values:
        found.setdefault(as_text(value), value)
        if len(found) == _SAMPLES:
            break
    return list(found.values())


def _sample(value: Value, personal: bool) -> str:
    text = " ".join(as_text(value).split())
    if personal:
        return mask_name(text[:6]) if len(text) <= 6 else f"{text[:2]}***"
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


@dataclass(frozen=True)
class Doing:
    """How far a run has come."""

    done: int
    of: int
    words: str
    checking: bool
    idle: bool


def doing(run: ImportRun, idle_seconds: float) -> Doing:
    """How far a run has come, in words; `idle` when nothing has moved for long."""
    done = run.rows - run.ready
    if run.state == "running" and run.mode == "all":
        done = min(done + shelf.marked(run.id), run.rows)
    if run.state == "checking":
        said = ngettext("正在核对 %(n)d 行", "正在核对 %(n)d 行", run.rows) % {"n": run.rows}
    else:
        said = _("已处理 %(done)s 行，共 %(of)s 行") % {"done": done, "of": run.rows}
    return Doing(done, run.rows, said, run.state == "checking", idle_seconds > 60)


def skipped(run: ImportRun) -> list[tuple[str, int, str]]:
    """The rows that are no data: what they are, how many, the first numbers."""
    return [(_(SKIPPED[kind]), told["count"], _first_numbers(told)) for kind, told in run.skipped.items()]


def _first_numbers(told: dict[str, Any]) -> str:
    first = told["numbers"][:20]
    return _("、").join(str(number) for number in first) + ("…" if told["count"] > len(first) else "")
