"""What can be wrong with a sheet: reasons, problems of cells, refusals of files.

A reason is a code with parameters, so that it can be stored and shown later in either language;
its words stand in `sentences.py` and `sentences_rows.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhuoluo.exchange.sheets.sentences import SENTENCES as FILE_SENTENCES
from zhuoluo.exchange.sheets.sentences import Sentence
from zhuoluo.exchange.sheets.sentences_rows import ROW_SENTENCES

SENTENCES: Mapping[str, Sentence] = {**FILE_SENTENCES, **ROW_SENTENCES}
Language = Literal["zh", "en"]

LABELS: Mapping[str, tuple[str, str]] = {
    "result": ("导入结果", "Import result"),
    "reason": ("原因和改法", "Reason and remedy"),
    "rejected": ("未导入", "Not imported"),
    "imported": ("已导入", "Imported"),
    "known": ("系统里已有", "Already here"),
    "overflow": ("超长内容", "Long contents"),
    "overflow_mark": ("……（全文见“超长内容”表 {place}）", "… (whole text in sheet “Long contents” {place})"),
    "overflow_cell": ("所在格子", "Cell"),
    "overflow_text": ("全文（按顺序相接）", "Whole text (joined in order)"),
    "group": ("所在分组", "Group"),
    "row_part": ("第 {row} 行 {label}", "Row {row} {label}"),
}


def label(key: str, language: Language = "zh", /, **params: str) -> str:
    """A fixed word of returned copies in the language asked for."""
    return LABELS[key][0 if language == "zh" else 1].format(**params)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is wrong: a code of `SENTENCES` and its parameters, in order of name."""

    code: str
    params: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: Language = "zh") -> str:
        """What is wrong, as one plain sentence."""
        found = SENTENCES[self.code]
        return (found.zh if language == "zh" else found.en).format(**dict(self.params))

    def mend(self, language: Language = "zh") -> str:
        """What to do about it, as one plain sentence."""
        found = SENTENCES[self.code]
        return (found.mend_zh if language == "zh" else found.mend_en).format(**dict(self.params))


def reason(code: str, /, **params: object) -> Reason:
    """A reason of a known code; raises KeyError for an unknown one. Long values are shortened."""
    if code not in SENTENCES:
        raise KeyError(code)
    return Reason(code, tuple(sorted((name, _short(str(value))) for name, value in params.items())))


def _short(text: str) -> str:
    """A value short and printable enough to stand inside a sentence: at most 40 characters, one line."""
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text[:200]).split())
    return line if len(line) <= 40 else line[:39] + "…"


def fault(error: "Refused") -> str:
    """Why a file is refused, to be kept: the code alone where it says everything, else the Chinese sentence."""
    return error.reason.code if not error.reason.params else str(error)


class Refused(Exception):
    """The whole file is refused; `reason` says where and how to mend it."""

    def __init__(self, why: Reason) -> None:
        super().__init__(f"{why.sentence()}{why.mend()}")
        self.reason = why

    def sentence(self, language: Language = "zh") -> str:
        """What is wrong with the file."""
        return self.reason.sentence(language)

    def mend(self, language: Language = "zh") -> str:
        """What the clerk can do about it."""
        return self.reason.mend(language)


class Unreadable(ValueError):
    """One value cannot be understood; `reason` says why."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.sentence())
        self.reason = why


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one cell. A blocking problem keeps the row out; others are only pointed out."""

    cell: str
    column: str
    reason: Reason
    blocking: bool = True

    @property
    def reason_zh(self) -> str:
        """What is wrong, in Chinese."""
        return self.reason.sentence("zh")

    @property
    def how_to_mend(self) -> str:
        """How to mend it, in Chinese."""
        return self.reason.mend("zh")

    def line(self, language: Language = "zh") -> str:
        """One line for a list: cell, column, what is wrong, how to mend it."""
        wrong, mend = self.reason.sentence(language), self.reason.mend(language)
        if language == "zh":
            return f"{self.cell}（{self.column}）：{wrong}{mend}"
        return f"{self.cell} ({self.column}): {wrong} {mend}"
