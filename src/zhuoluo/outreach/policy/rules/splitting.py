"""Cutting a document into numbered clauses. It proposes; people decide: every doubt is told, nothing is dropped silently."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from zhuoluo.outreach.policy.rules.numerals import CHINESE, read_numeral

_N = f"[{CHINESE}0-9０-９]{{1,9}}"
# What the rules doubt, in the words of the review page.
DOUBTS = (
    "没有编号", "编号重复", "编号不连续", "内容很长，看看是不是几条并在了一起", "内容很短，看看是不是断开了",
)  # fmt: skip
# How a clause can begin, from the outermost sign to the innermost.
SIGNS: dict[str, re.Pattern[str]] = {
    "article": re.compile(rf"^第\s*({_N})\s*条(?:之[一二三四五六七八九十])?[\s　：:、.．]*"),
    "count": re.compile(rf"^([{CHINESE}]{{1,5}})、\s*"),
    "paren": re.compile(rf"^[（(]\s*([{CHINESE}]{{1,5}})\s*[）)]\s*"),
    "digit": re.compile(r"^([0-9０-９]{1,4})\s*[.．、]\s*(?![0-9０-９])"),
    "paren_digit": re.compile(r"^[（(]\s*([0-9０-９]{1,4})\s*[）)]\s*"),
}
_PART = re.compile(rf"^第\s*{_N}\s*[编章节]")
_LABEL = re.compile(rf"^第?\s*[（(]?\s*({_N})\s*[）)]?\s*(?:条|款|项)?(?:之([一二三四五六七八九十]))?$")
_PAGE = re.compile(
    r"^[\s\-—–－·]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[,，/／共]?\s*共?\s*[0-9０-９]{1,4}\s*页)?[\s\-—–－·]*$"
)
# A PDF parts Chinese from numbers by a blank that nobody typed.
_APART = re.compile(r"(?<=[\u3400-\u9fff〕】）]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[\u3400-\u9fff〔【（])")
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
    lines = _joined(cleaned(pages)) if wrapped else [line for page in pages for line in _plain(page)]
    sign = _sign(lines)
    if sign is None:
        return Split("\n".join(lines), ())
    opening: list[str] = []
    found: list[tuple[str, int, str, list[str]]] = []
    heading = ""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        match = SIGNS[sign].match(line)
        if match:
            number = read_numeral(unicodedata.normalize("NFKC", match[1])) or 0
            found.append(
                (match[0].strip(" 　：:、.．\t") or match[0], number, heading, [line[match.end() :].strip()])
            )
        elif _is_heading(line, following, sign):
            heading = line
        elif found:
            found[-1][3].append(line)
        else:
            opening.append(line)
    return Split("\n".join(opening), tuple(_proposals(found)))


def _plain(lines: Iterable[str]) -> list[str]:
    return [line for raw in lines if (line := re.sub(r"[ \t　\xa0]+", " ", raw).strip())]


def cleaned(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines without page numbers, and without what stands at the head or foot of page after page.

    Only the first and last two lines of a page can be either; a page's own number in them does not make them differ.
    """
    plain = [_plain(page) for page in pages]
    edges = Counter(same for page in plain for same in {_same(page[at]) for at in _edges(page)} - {""})
    often = {line for line, count in edges.items() if count >= 3 and count * 3 >= len(plain)}
    kept = []
    for page in plain:
        gone = {at for at in _edges(page) if _PAGE.match(page[at]) or _same(page[at]) in often}
        kept += [line for at, line in enumerate(page) if at not in gone]
    return kept


def _edges(page: Sequence[str]) -> set[int]:
    return {at for at in (0, 1, len(page) - 2, len(page) - 1) if 0 <= at < len(page)}


def _same(line: str) -> str:
    """A line as it would stand on every page; nothing for one that begins a clause, ends a sentence or is too long."""
    begins = any(sign.match(line) for sign in SIGNS.values()) or _PART.match(line)
    if begins or len(line) > HEADING or line.endswith(("。", "；", "，", "：")):
        return ""
    return re.sub(r"\d+", "#", line)


def _joined(lines: Iterable[str]) -> list[str]:
    whole: list[str] = []
    for line in (_APART.sub("", line) for line in lines):
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


def _is_heading(line: str, following: str, sign: str) -> bool:
    """Say whether a line heads the clauses behind it: a chapter, or a short line under an outer sign.

    Between articles a line 一、… is a heading only where an article follows at once; else it is an item of its article.
    """
    if _PART.match(line):
        return True
    if len(line) > HEADING or line.endswith(("。", "；", ";", "：")):
        return False
    if sign == "article":
        return bool(SIGNS["count"].match(line) and SIGNS[sign].match(following))
    outer = list(SIGNS)[: list(SIGNS).index(sign)]
    return any(SIGNS[name].match(line) for name in outer)


def _proposals(found: Sequence[tuple[str, int, str, list[str]]]) -> Iterable[Proposal]:
    rows = [(label, "\n".join(line for line in lines if line)) for label, _number, _heading, lines in found]
    for (label, text), told, one in zip(rows, doubts(rows), found, strict=True):
        yield Proposal(label, text, one[2], told)


def doubts(rows: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return what is in doubt about each clause, given the labels and texts of all of a document in their order."""
    told: list[tuple[str, ...]] = []
    last, seen = 0, set[tuple[int, str]]()
    for label, text in rows:
        number, suffix = numbered(label)
        told.append((*_of_number(number, suffix, last, seen), *_of_length(text)))
        if number is not None:
            seen.add((number, suffix))
            last = number
    return told


def numbered(label: str) -> tuple[int | None, str]:
    """Return the number of a label, and what it adds to it: 第十七条之一 is 17 and 一. None where it has no number."""
    match = _LABEL.match(unicodedata.normalize("NFKC", label).strip())
    return (read_numeral(match[1]), match[2] or "") if match else (None, "")


def _of_number(number: int | None, suffix: str, last: int, seen: set[tuple[int, str]]) -> Iterable[str]:
    if number is None:
        yield "没有编号"
    elif (number, suffix) in seen:
        yield "编号重复"
    elif number != last + 1 and not (suffix and number == last):
        yield "编号不连续"


def _of_length(text: str) -> Iterable[str]:
    if len(text) > LONG:
        yield "内容很长，看看是不是几条并在了一起"
    if len(text) < SHORT:
        yield "内容很短，看看是不是断开了"
