"""What a leader must know of a visitor before they come in, in at most 120 words, on one screen. Nothing is invented.

A Chinese character counts as a word, and so does a run of letters or of digits; punctuation does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CAP = 120
SHARES = {"what": 46, "before": 42, "owed": 32}  # what each part may take before the others give up theirs
_WORD = re.compile(
    r"[A-Za-z]+|[0-9]+|[\u2e80-\u2fdf\u3005-\u3007\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]"
)
_STOPS = "。；，、：！？,;:!? "
_MORE = "…"


@dataclass(frozen=True)
class Earlier:
    """A matter the visitor raised before."""

    title: str
    raised: date
    unit: str
    stage: str
    outcome: str = ""
    same_name_only: bool = False


@dataclass(frozen=True)
class Owed:
    """What is still owed on one of them."""

    what: str
    unit: str
    until: date
    late: bool


@dataclass(frozen=True)
class Brief:
    """The three parts; an empty one says so in words of its own."""

    what: str
    before: str
    owed: str

    @property
    def words(self) -> int:
        """Return how many words the reader reads."""
        return sum(count(part) for part in (self.what, self.before, self.owed))


def count(text: str) -> int:
    """Return the number of words, as a reader would count them."""
    return len(_WORD.findall(text))


def cut(text: str, most: int) -> str:
    """Return the text, or as much of it as stays within so many words, ended at a pause where there is one near."""
    text = " ".join(text.split())
    ends = [match.end() for match in _WORD.finditer(text)]
    if len(ends) <= most:
        return text
    if most <= 0:
        return ""
    kept = text[: ends[most - 1]]
    pause = max(kept.rfind(stop) for stop in _STOPS)
    if pause > len(kept) * 2 // 3:
        kept = kept[:pause]
    return kept.rstrip(_STOPS) + _MORE


def compose(
    *, about: str, people: int, earlier: Sequence[Earlier], owed: Sequence[Owed], today: date
) -> Brief:
    """Return the brief. What one part does not need, the others may use; together never more than CAP words."""
    parts = {
        "what": _what(about, people),
        "before": _before(earlier),
        "owed": _owed(owed, today) if earlier else "没有未办结的事。",
    }
    need = {name: count(text) for name, text in parts.items()}
    spare = sum(max(SHARES[name] - need[name], 0) for name in parts)
    given: dict[str, int] = {}
    for name in parts:
        more = min(spare, max(need[name] - SHARES[name], 0))
        spare -= more
        given[name] = min(need[name], SHARES[name] + more)
    return Brief(**{name: cut(text, given[name]) for name, text in parts.items()})


def _what(about: str, people: int) -> str:
    crowd = f"{people} 人来，" if people > 1 else ""
    return f"{crowd}{about.strip() or '没有写要说什么'}"


def _before(earlier: Sequence[Earlier]) -> str:
    if not earlier:
        return "以前没有来过。"
    told = [_one(row) for row in earlier[:2]]
    head = f"反映过 {len(earlier)} 件：" if len(earlier) > 1 else ""
    return head + "；".join(told) + "。"


def _one(row: Earlier) -> str:
    doubt = "（只是同名，请核对）" if row.same_name_only else ""
    result = f"，{row.outcome}" if row.outcome else ""
    return (
        f"{row.raised.year}年{row.raised.month}月{cut(row.title, 14)}，{row.unit}{row.stage}{result}{doubt}"
    )


def _owed(owed: Sequence[Owed], today: date) -> str:
    if not owed:
        return "没有未办结的事。"
    told = [f"{row.unit}{row.what}{_until(row, today)}" for row in owed[:3]]
    more = f"，另有 {len(owed) - 3} 项" if len(owed) > 3 else ""
    return "；".join(told) + more + "。"


def _until(row: Owed, today: date) -> str:
    if row.late and row.until < today:
        return f"已超期 {(today - row.until).days} 天"
    return f"{row.until.month}月{row.until.day}日前"
