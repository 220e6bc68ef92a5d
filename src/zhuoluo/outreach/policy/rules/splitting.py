"""Cutting a document into numbered clauses. It proposes; people decide: every doubt is told, nothing is dropped silently."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhuoluo.outreach.policy.rules.numerals import CHINESE, read_numeral

_N = f"[{CHINESE}0-9０-９]{{1,9}}"
# How a clause can begin, from the outermost sign to the innermost.
SIGNS: dict[str, re.Pattern[str]] = {
    "article": re.compile(rf"^第\s*({_N})\s*条(?:之[一二三四五六七八九十])?[\s　：:、.．]*"),
    "count": re.compile(rf"^([{CHINESE}]{{1,5}})、\s*"),
    "paren": re.compile(rf"^[（(]\s*([{CHINESE}]{{1,5}})\s*[）)]\s*"),
    "digit": re.compile(r"^([0-9０-９]{1,4})\s*[.．、]\s*(?![0-9０-９])"),
    "paren_digit": re.compile(r"^[（(]\s*([0-9０-９]{1,4})\s*[）)]\s*"),
}
_PART = re.compile(rf"^第\s*{_N}\s*[编章节]")
_PAGE = re.compile(
    r"^[\s\-—–－·]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[,，/／共]?\s*共?\s*[0-9０-９]{1,4}\s*页)?[\s\-—–－·]*$"
)
_ENDED = tuple("。；;：:！？!?”》）)")
LONG, SHORT, HEADING = 1_500, 8, 40


@dataclass(frozen=True)
class Proposal:
    """One clause as proposed: its label as the source writes it, under which heading, its text, and what is in doubt."""

    label: str
    text: str
    heading: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """A document cut: what stands before the first clause (title, opening words), and the clauses."""

    opening: str
    clauses: tuple[Proposal, ...]


def split(pages: Sequence[Sequence[str]], *, wrapped: bool) -> Split:
    """Cut the lines of a document, page by page, into clauses.

    `wrapped`: lines end where the paper ends (a PDF), so that one without an end goes on in the next; otherwise each
    line is a paragraph. Without any numbering the whole is the opening, and there are no clauses.
    """
    lines = _joined(_clean(pages)) if wrapped else [line for page in pages for line in _plain(page)]
    sign = _sign(lines)
    if sign is None:
        return Split("\n".join(lines), ())
    opening: list[str] = []
    found: list[tuple[str, int, str, list[str]]] = []
    heading = ""
    for line in lines:
        match = SIGNS[sign].match(line)
        if match:
            number = read_numeral(unicodedata.normalize("NFKC", match[1])) or 0
            found.append(
                (match[0].strip(" 　：:、.．\t") or match[0], number, heading, [line[match.end() :].strip()])
            )
        elif _is_heading(line, sign):
            heading = line
        elif found:
            found[-1][3].append(line)
        else:
            opening.append(line)
    return Split("\n".join(opening), tuple(_proposals(found)))


def _plain(lines: Iterable[str]) -> list[str]:
    return [line for raw in lines if (line := re.sub(r"[ \t　\xa0]+", " ", raw).strip())]


def _clean(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines without page numbers, and without what stands at the head or foot of page after page."""
    plain = [_plain(page) for page in pages]
    edges = Counter(line for page in plain for line in {*page[:1], *page[-2:]} if len(line) <= HEADING)
    often = {line for line, count in edges.items() if count >= 3 and count * 2 > len(plain)}
    return [line for page in plain for line in page if line not in often and not _PAGE.match(line)]


def _joined(lines: Iterable[str]) -> list[str]:
    whole: list[str] = []
    for line in lines:
        begins = _PART.match(line) or any(sign.match(line) for sign in SIGNS.values())
        if begins or not whole or whole[-1].endswith(_ENDED) or _PART.match(whole[-1]):
            whole.append(line)
        else:
            gap = " " if whole[-1][-1:].isascii() and line[:1].isascii() else ""
            whole[-1] += gap + line
    return whole


def _sign(lines: Sequence[str]) -> str | None:
    """The sign whose numbers run on the longest from one: in 一、… with 1. to 36. through all of it, the latter."""
    best, longest = None, 1
    for name, sign in SIGNS.items():
        run = _run(
            read_numeral(unicodedata.normalize("NFKC", m[1])) for line in lines if (m := sign.match(line))
        )
        if name == "article" and run >= 2:
            return name
        if run > longest:
            best, longest = name, run
    return best


def _run(numbers: Iterable[int | None]) -> int:
    """How far the numbers count up from one, forgiving one that is missing; starting over counts anew."""
    best = last = 0
    for number in numbers:
        if number == 1:
            last = 1
        elif number is not None and last < number <= last + 2:
            last = number
        best = max(best, last)
    return best


def _is_heading(line: str, sign: str) -> bool:
    if _PART.match(line):
        return True
    outer = list(SIGNS)[: list(SIGNS).index(sign)]
    return len(line) <= HEADING and not line.endswith("。") and any(SIGNS[name].match(line) for name in outer)


def _proposals(found: Sequence[tuple[str, int, str, list[str]]]) -> Iterable[Proposal]:
    last, seen = 0, set[int]()
    for label, number, heading, lines in found:
        text = "\n".join(line for line in lines if line)
        doubts = []
        if number in seen:
            doubts.append("编号重复")
        elif number != last + 1:
            doubts.append("编号不连续")
        if len(text) > LONG:
            doubts.append("内容很长，看看是不是几条并在了一起")
        if len(text) < SHORT:
            doubts.append("内容很短，看看是不是断开了")
        seen.add(number)
        last = number
        yield Proposal(label, text, heading, tuple(doubts))
