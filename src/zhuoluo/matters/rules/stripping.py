"""Taking identity out of words, for those who must know the problem and not the person. Pure.

What is known of the raiser goes wherever it stands, however it is spaced or written wide; and whatever looks like a phone,
an identity number, an address of a house or an e-mail goes too, whoever's it is.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhuoluo.residents.rules import COMPOUND_SURNAMES, mask_address

GONE = "〔已隐去〕"
_GONE = re.compile(rf"(?:{re.escape(GONE)}\s*)+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Signs that mean something in Chinese text stay wide; digits, letters and the signs inside phones and addresses do not.
for _sign in "，。！？：；（）":
    _WIDE.pop(ord(_sign), None)
_SIGNS = frozenset("-—–_.·•,，/()（）")
_BREAK = r"[\s\-—–_.·•,，/()（）]*"
_TITLES = "某某|某|先生|女士|大爷|大娘|大妈|大伯|大叔|阿姨|叔叔|婶|嫂|奶奶|爷爷|老汉|师傅|老师|同志|老板|家"
_HOUSE = r"[0-9一二三四五六七八九十百零〇]+"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+",
        r"(?:微信|QQ|qq|Wechat|wechat|WeChat)号?" + _BREAK + r"[:：是]?\s*[A-Za-z0-9][\w\-]{4,}",
        rf"\d(?:{_BREAK}\d){{6,}}{_BREAK}[\dXx]?",
        rf"[零〇一二三四五六七八九幺两](?:{_BREAK}[零〇一二三四五六七八九幺两]){{6,}}",
        rf"(?:[一-鿿]{{1,6}}(?:巷|弄|胡同|小区|花园|公寓|新村))?{_HOUSE}(?:[-－]{_HOUSE})*(?:号楼|栋|幢|座|单元)"
        rf"(?:{_HOUSE}(?:[-－]{_HOUSE})*(?:号楼|栋|幢|座|单元|楼|层|室|号|户)?)*",
        rf"[一-鿿]{{1,6}}(?:巷|弄|胡同)(?:{_HOUSE}号?)?",
        rf"(?<![月〕第年0-9一二三四五六七八九十百零〇]){_HOUSE}(?:[-－]{_HOUSE})*(?:号|室|户)(?![线召称])",
    )
)


@dataclass(frozen=True)
class Identity:
    """What is known of one who raised a matter."""

    name: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    address: str = ""
    more: str = ""


def cleaner(known: Iterable[Identity]) -> Callable[[str], str]:
    """Return what takes out of a text whatever names anybody in `known`, and whatever looks like identity."""
    words, surnames = named(known)
    called = [re.compile(f"[老小]{s}|{s}(?:{_TITLES})") for s in map(re.escape, surnames)]

    def clean(text: str) -> str:
        out = _without(text.translate(_WIDE), words)
        for pattern in (*called, *_PATTERNS):
            out = pattern.sub(GONE, out)
        return _GONE.sub(GONE, out)

    return clean


def strip(text: str, known: Iterable[Identity]) -> str:
    """Return one text without identity."""
    return cleaner(known)(text)


def named(known: Iterable[Identity]) -> tuple[list[str], list[str]]:
    """Return the words that lead to the known people, bare and the longest first, and their surnames."""
    words: set[str] = set()
    surnames: set[str] = set()
    for one in known:
        words |= {one.phone, one.email, one.id_number, one.more, one.address, _tail(one.address)}
        words |= {line for line in re.split(r"[\s,，;；]+", one.more) if len(line) > 3}
        name = one.name.strip().translate(_WIDE)
        surname = name[: 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1]
        words |= {name, name[len(surname) :]}
        if 1 < len(name) <= 5:
            surnames.add(surname)
    bare = {"".join(char for _, char in _bare(word.translate(_WIDE))) for word in words}
    return sorted((word for word in bare if len(word) > 1), key=len, reverse=True), sorted(surnames)


def _tail(address: str) -> str:
    """The part of an address below its township."""
    return address.strip()[len(mask_address(address)) - 4 :] if address.strip() else ""


def _bare(text: str) -> list[tuple[int, str]]:
    """The characters that count, small, each with its place: blanks and signs between them hide nothing."""
    return [(i, char.lower()[:1]) for i, char in enumerate(text) if char not in _SIGNS and not char.isspace()]


def _without(text: str, words: Iterable[str]) -> str:
    """The text without the words, however they are spaced."""
    counted = _bare(text)
    plain = "".join(char for _, char in counted)
    spans = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            spans.append((counted[at][0], counted[at + len(word) - 1][0] + 1))
            at = plain.find(word, at + 1)
    out, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            out += [text[end:start], GONE]
        end = max(end, stop)
    return "".join([*out, text[end:]])
